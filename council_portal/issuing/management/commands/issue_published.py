import time

from django.core.management.base import BaseCommand, CommandError

from council_portal.issuing.backlog import documents_due
from council_portal.issuing.kinds import all_kinds
from council_portal.issuing.papers import Unfetchable
from council_portal.issuing.signing import require_certificate
from council_portal.refusing import Refused


class Command(BaseCommand):
    help = (
        "Issue what was published before there was a register, or what is missing there: minutes, excerpts, editions. "
        "Each is entered by itself, so the command can be stopped at any moment and run again; what is on record stays."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--kind", action="append", default=[], choices=[kind.name for kind in all_kinds()], help="Only this kind."
        )
        parser.add_argument("--later", action="store_true", help="Let the queue's worker do it, and do not wait.")
        parser.add_argument("--dry-run", action="store_true", help="Only say how many there are.")

    def handle(self, *, kind: list[str], later: bool, dry_run: bool, **options):
        due = documents_due(*kind)
        self.stdout.write(f"{len(due)} documents are published and not on record.")
        if not due or dry_run:
            return
        try:
            require_certificate()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        failed = sum(not self._issue(document, place, len(due), later) for place, document in enumerate(due, start=1))
        if failed:
            raise CommandError(f"{failed} could not be issued.")

    def _issue(self, document, place: int, count: int, later: bool) -> bool:
        """Issue one and say so; False where that failed, which holds up none of the others."""
        begin = time.monotonic()
        try:
            if later:
                document.issue_later()
                return True
            entry = document.issue()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except (Exception, Unfetchable) as error:  # which is no Exception, so that WeasyPrint passes it on
            self.stderr.write(f"{place}/{count}  {document.kind.name} {document.pk}: {error!r}")
            return False
        self.stdout.write(f"{place}/{count}  {entry}  ({time.monotonic() - begin:.1f} s)")
        return True
