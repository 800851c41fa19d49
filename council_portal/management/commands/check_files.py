from django.core.management.base import BaseCommand, CommandError

from council_portal.files.checking import problems
from council_portal.files.models import StoredFile
from council_portal.files.reading import Unavailable


class Command(BaseCommand):
    help = "Read every stored file from its store and prove that it has its SHA-256; name each that has not."

    def handle(self, *args, **options):
        files = StoredFile.objects.order_by("pk")
        found = 0
        try:
            for stored_file, problem in problems(files.iterator()):
                found += 1
                self.stdout.write(f"{problem}: {stored_file.sha256} {stored_file.name}")
        except Unavailable as error:
            raise CommandError(f"The store does not answer: {error}") from error
        if found:
            raise CommandError(f"{found} of {files.count()} files are not whole.")
        self.stdout.write(f"All {files.count()} files are there, and are what they were.")
