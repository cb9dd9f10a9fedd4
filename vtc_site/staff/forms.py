"""The form of a staff account. Used by admin.py."""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from intake import typed_text
from vtc_site.staff.roles import ROLES

User = get_user_model()
OWNER = ROLES["owner"].group


class StaffEmailField(forms.EmailField):
    """Takes out the marks that address books add: with one in it every email to the account fails."""

    def to_python(self, value):
        return super().to_python(typed_text.email_address(value or "").lower())


class StaffForm(forms.ModelForm):
    """Email, name, roles, active or not. `signed_in` is set by the admin: the person filling in the form."""

    signed_in = None
    email = StaffEmailField(
        label="Email", max_length=150, help_text="For signing in, notices, and password links."
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.filter(name__in=[role.group for role in ROLES.values()]).order_by("name"),
        label="Roles",
        widget=forms.CheckboxSelectMultiple,
        help_text=(
            "Editor: writes drafts. Reviewer: signs off medical content. Publisher: makes pages live. "
            "Intake: reads and answers messages. Owner: all of that, and staff accounts."
        ),
    )

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "groups", "is_active"]
        help_texts = {"is_active": "Uncheck it when someone leaves. They are signed out everywhere at once."}

    def clean_email(self):
        email = self.cleaned_data["email"]
        if User.objects.filter(username__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("There is already an account with this email.")
        return email

    def clean_first_name(self):
        return typed_text.one_line(self.cleaned_data["first_name"])

    def clean_last_name(self):
        return typed_text.one_line(self.cleaned_data["last_name"])

    def clean(self):
        """Nobody shuts themselves out, so at least one owner always stays."""
        fields = super().clean()
        if self.signed_in is None or self.instance.pk != self.signed_in.pk or self.errors:
            return fields
        had_owner = self.instance.groups.filter(name=OWNER).exists()
        keeps_owner = any(group.name == OWNER for group in fields["groups"])
        if not fields["is_active"] or (had_owner and not keeps_owner):
            raise forms.ValidationError(
                "You can’t deactivate yourself or give up your own role as owner. Another owner can do it."
            )
        return fields
