import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from council_portal.issuing.signing import make_certificate

NAME = "Council portal, trial certificate"


class Command(BaseCommand):
    help = (
        "Make a certificate to sign issued documents, for trials: nobody vouches for it. It is locked with "
        "SIGNING_PASSWORD. Its folder is made; an existing file is left as it is."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="The PKCS#12 file to write; then set SIGNING_CERTIFICATE to it.")
        parser.add_argument("--name", default=NAME, help="The name of its owner.")

    def handle(self, *, file: Path, name: str, **options):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise CommandError(f"{file} is there already.") from None
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
        with os.fdopen(descriptor, "wb") as target:
            target.write(make_certificate(name, password=settings.SIGNING_PASSWORD))
        self.stdout.write(f"{file} is made.")
