from django.core.management.base import BaseCommand

from council_portal.content.record import load_council


class Command(BaseCommand):
    help = "Enter the council's record as far as it is known; what is already there is left as it is."

    def handle(self, *args, **options):
        entered = load_council()
        self.stdout.write(f"The council's record: {entered} rows entered.")
