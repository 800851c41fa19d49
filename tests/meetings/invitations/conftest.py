import pytest

from tests.mail_server import mail_server
from tests.roles import user_of


@pytest.fixture
def server(settings):
    """A mail server on loopback that keeps what the portal sends to it."""
    with mail_server() as (postbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield postbox


@pytest.fixture
def clerk():
    return user_of("secretariat")
