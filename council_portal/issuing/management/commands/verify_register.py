import time

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from council_portal.issuing import chain, inspecting
from council_portal.issuing.models import Entry
from council_portal.issuing.verifying import is_sha256
from council_portal.persian.wording import digits


class Command(BaseCommand):
    help = (
        "Prove the register of issued documents: that no entry was changed, left out or moved, that every file is the "
        "one that was issued, that its signature holds, and that it bears the code and the head on record. Says which "
        "entry is broken, and why; then exits with 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("--head", help="A head as printed on a document: prove that this register has it.")
        parser.add_argument("--chain-only", action="store_true", help="Leave the files out.")
        parser.add_argument(
            "--no-signatures",
            action="store_true",
            help="Compare the files' hashes, but leave their signatures out, and what they bear.",
        )

    def handle(self, *, head: str | None, chain_only: bool, no_signatures: bool, **options):
        head = _read(head) if head is not None else None
        left_out = [inspecting.FILES] * chain_only + [inspecting.SIGNATURES] * (chain_only or no_signatures)
        parts = {name: faults for name, faults in inspecting.PARTS.items() if name not in left_out}
        told = {"count": digits(Entry.objects.count()), "head": chain.head()}
        self.stdout.write(_("%(count)s entries; the head is %(head)s") % told)
        count = sum(self._look(name, faults) for name, faults in parts.items()) + self._look_for(head)
        if count:
            broken = ngettext(
                "The register is broken: %(count)s fault.", "The register is broken: %(count)s faults.", count
            )
            raise CommandError(broken % {"count": digits(count)})
        self.stdout.write(_("The register is whole."))

    def _look(self, name: str, faults) -> int:
        """Show each fault as it is found; return how many there are."""
        begin, count = time.monotonic(), 0
        for fault in faults():
            count += 1
            self.stdout.write(f"  {inspecting.in_words(fault)}")
        told = {"part": name, "count": digits(count), "seconds": digits(f"{time.monotonic() - begin:.1f}")}
        self.stdout.write(_("%(part)s: %(count)s faults (%(seconds)s s)") % told)
        return count

    def _look_for(self, head: str | None) -> int:
        if head is None:
            return 0
        is_there = chain.is_on_record(head)
        found = _("on record") if is_there else _("not of this register: it was rewritten, or its end was taken off")
        self.stdout.write(_("printed head: %(found)s") % {"found": found})
        return int(not is_there)


def _read(head: str) -> str:
    """A head as it was typed, in the form in which it is kept. Raises CommandError for what can be none."""
    head = "".join(head.split()).lower()
    if not is_sha256(head):
        words = _("This is no head: one has 64 digits, from 0 to 9 and from a to f; this has %(count)s symbols.")
        raise CommandError(words % {"count": digits(len(head))}, returncode=2)
    return head
