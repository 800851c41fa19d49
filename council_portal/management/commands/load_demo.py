from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from council_portal.content.demo.load import DatabaseInUse, load_demo
from council_portal.content.demo.people import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Enter a fictional council besides the real record, to try the portal; later, say how to sign in to it."

    def add_arguments(self, parser):
        parser.add_argument(
            "--years", type=int, help="Years of meetings, for measuring; about fourteen months without it."
        )

    def handle(self, *args, years=None, **options):
        if years is not None and not 1 <= years <= 50:
            raise CommandError("Give a number of years from 1 to 50.")
        try:
            is_new = load_demo(years=years)
        except DatabaseInUse:
            raise CommandError("This database is in use. Load the demo into a new one.") from None
        if is_new:
            call_command("reindex_search", from_start=True, verbosity=0)
        self.stdout.write("The demo is loaded." if is_new else "The demo is there already.")
        self.stdout.write("Sign in with one of these names, and the password " + PASSWORD)
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:12} {account.role}")
