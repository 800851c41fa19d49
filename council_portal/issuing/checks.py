"""What `manage.py check` says of the certificate for signing."""

from datetime import timedelta

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.utils import timezone

WARN_BEFORE = timedelta(days=30)
HINT = (
    "Set SIGNING_CERTIFICATE to the council's PKCS#12 file and SIGNING_PASSWORD to its password. "
    "For trials `manage.py make_certificate FILE` makes one."
)


@register(Tags.security, deploy=True)
def certificate_is_there(app_configs, **kwargs):
    """Without a certificate nothing is published: minutes, decisions and editions are issued when they are."""
    from .signing import NoCertificate, certificate

    if not settings.SIGNING_CERTIFICATE:
        return [
            Error("No certificate is set to sign issued documents: nothing can be published.", HINT, id="issuing.E001")
        ]
    try:
        ends_at = certificate().ends_at
    except NoCertificate as problem:
        return [Error(f"Nothing can be issued. {problem}", HINT, id="issuing.E002")]
    if ends_at < timezone.now() + WARN_BEFORE:
        return [
            Warning(f"The certificate that signs issued documents ends on {ends_at:%Y-%m-%d}.", HINT, id="issuing.W001")
        ]
    return []
