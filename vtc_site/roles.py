"""The roles of staff: a name for commands, and the group that migrations give permissions to."""

ROLES = {
    "editor": "Editor",
    "reviewer": "Reviewer",
    "publisher": "Publisher",
    "intake": "Intake",
    "owner": "Owner",
}
