"""How accounts behave: opened by the administrator, and spoken to as an office does."""

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

from council_portal.persian.wording import digits

# Phrases of allauth and Django whose own Persian is too familiar for an office, or wrongly written: being named here,
# they stand in our catalogue, which goes before theirs.
REWORDED = (
    gettext_noop("Forgot your password?"),
    gettext_noop("Forgot Password?"),
    gettext_noop("Please type your current password."),
    gettext_noop("You must type the same password each time."),
    gettext_noop("Please contact us if you have any trouble resetting your password."),
    gettext_noop("Your password is now changed."),
    gettext_noop("Successfully signed in as %(name)s."),
    gettext_noop("You have signed out."),
    gettext_noop("Two-Factor Authentication"),
    gettext_noop("Authenticator App"),
    gettext_noop("An authenticator app is not active."),
    gettext_noop("Please reauthenticate to safeguard your account."),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("Your password can’t be entirely numeric."),
    # A password has one name everywhere; Django's catalogue has four.
    gettext_noop("Enter a new password for the user <strong>%(username)s</strong>."),
    gettext_noop("No password set."),
    gettext_noop("Invalid password format or unknown hashing algorithm."),
    gettext_noop("Enter the same password as before, for verification."),
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    gettext_noop("This password is too common."),
    gettext_noop("This password is entirely numeric."),
    gettext_noop("Incorrect password."),
    ngettext_lazy(
        "This password is too short. It must contain at least %(min_length)d character.",
        "This password is too short. It must contain at least %(min_length)d characters.",
    ),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the administrator; nobody signs up."""

    def is_open_for_signup(self, request):
        return False


class LoginForm(forms.LoginForm):
    """allauth's, with labels that need no placeholder to repeat them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Keep me signed in on this device")
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django's, with the digits of the page's language."""

    def get_error_message(self):
        return digits(super().get_error_message())

    def get_help_text(self):
        return digits(super().get_help_text())
