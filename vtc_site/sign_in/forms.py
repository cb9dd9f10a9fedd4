"""What staff type when they sign in. Used by views.py."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm

from intake import typed_text
from vtc_site.sign_in import passwords, second_factor, throttling
from vtc_site.staff.forms import StaffEmailField

WRONG = "Email and password don’t match. Check both, including capital letters."
LOCKED = "Too many wrong passwords from here. Wait 15 minutes, then try again. Nobody else is locked out."
GUESSED_AT = (
    "Someone tried many passwords for this account today. Sign in with a browser you have used before,"
    " or choose “Forgot your password?”: the link we send lets you in here."
)
EXPIRED = "This one-time password has expired. Ask an owner for a new one."


class PasswordForm(forms.Form):
    """The first step. It says the same for a wrong password and for an account that does not exist."""

    username = forms.CharField(
        label="Email",
        max_length=254,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "inputmode": "email",
                "autocapitalize": "none",
                "autofocus": True,
            }
        ),
    )
    password = forms.CharField(
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.user = request, None

    def clean_username(self):
        return typed_text.email_address(self.cleaned_data["username"]).lower()

    def clean(self):
        fields = super().clean()
        if "username" not in fields or "password" not in fields:
            return fields
        try:
            password = passwords.as_meant(fields["username"], fields["password"])
            self.user = throttling.check_password(self.request, fields["username"], password)
        except throttling.TooManyTries:
            raise forms.ValidationError(LOCKED, code="locked") from None
        except throttling.AccountGuessedAt:
            raise forms.ValidationError(GUESSED_AT, code="locked") from None
        if self.user is None or not self.user.is_staff:
            raise forms.ValidationError(WRONG, code="wrong")
        if passwords.is_expired(self.user):
            raise forms.ValidationError(EXPIRED, code="wrong")
        return fields


class CodeForm(forms.Form):
    """A code from the app or a recovery code; `self.device` is what accepted it."""

    code = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autofocus": True}))

    def __init__(self, *args, user, is_recovery=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.device = user, None
        field = self.fields["code"]
        field.label = "Recovery code" if is_recovery else "6-digit code"
        mode = {"inputmode": "text", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        field.widget.attrs |= (
            mode if is_recovery else {"inputmode": "numeric", "autocomplete": "one-time-code"}
        )

    def clean_code(self):
        try:
            self.device = self.accept(self.cleaned_data["code"])
        except second_factor.Refused as refused:
            raise forms.ValidationError(str(refused), code="refused") from None
        return self.cleaned_data["code"]

    def accept(self, code):
        return second_factor.verify(self.user, code)


class EnrollForm(CodeForm):
    """The first code of an app that was just set up with `key`; `self.codes` are the new recovery codes."""

    def __init__(self, *args, key, **kwargs):
        super().__init__(*args, **kwargs)
        self.key, self.codes = key, []
        del self.fields["code"].widget.attrs["autofocus"]  # a phone would scroll past the picture

    def accept(self, code):
        device, self.codes = second_factor.enroll(self.user, self.key, code)
        return device


class OwnPasswordForm(SetPasswordForm):
    """A password that only the person knows: not the one that was printed for them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = "New password", "New password again"
        first.help_text = "At least 12 characters, such as four or five random words. Don’t use your name."
        second.help_text = ""
        first.widget.attrs["autofocus"] = True

    def clean_new_password1(self):
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(passwords.as_meant(self.user.get_username(), password)):
            raise forms.ValidationError("Choose a different password from the one you were given.")
        return password


class ForgottenForm(forms.Form):
    email = StaffEmailField(
        label="Email",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
