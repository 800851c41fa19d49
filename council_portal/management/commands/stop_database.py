from django.conf import settings
from django.core.management.base import BaseCommand

from council_portal import embedded


class Command(BaseCommand):
    help = "Stop the embedded PostgreSQL of this checkout."

    def handle(self, **options):
        if embedded.stop(settings.VAR_DIR / "postgresql"):
            self.stdout.write("The embedded PostgreSQL has stopped.")
