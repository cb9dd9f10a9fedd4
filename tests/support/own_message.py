"""What senders type on the pages about their own message, and where. Used by tests/intake/own_message/."""

CANARY = {"name": "Canary", "phone": "818 555 0142", "message": "canary"}
ADD, ADDED, STATUS, DELETE = "/contact/add/", "/contact/added/", "/contact/status/", "/contact/delete/"
YES = {"is_sure": "on"}


def two(sent, contact="0142"):
    """Return the two that find a message."""
    return {"reference": sent.reference, "contact": contact}
