import time

from django.core.management.base import BaseCommand, CommandError

from council_portal.issuing import chain
from council_portal.issuing.models import Entry


class Command(BaseCommand):
    help = (
        "Prove the register of issued documents: that no entry was changed, left out or moved, that every file is the "
        "one that was issued, and that its signature holds. Says which entry is broken, and why; then exits with 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("--head", help="A head as printed on a document: prove that this register has it.")
        parser.add_argument("--chain-only", action="store_true", help="Leave the files out.")
        parser.add_argument(
            "--no-signatures", action="store_true", help="Compare the files' hashes, but leave their signatures out."
        )

    def handle(self, *, head: str | None, chain_only: bool, no_signatures: bool, **options):
        parts = {"guards of the database": chain.faults_of_guards, "chain": chain.faults_of_chain}
        if not chain_only:
            parts["files"] = chain.faults_of_files
            if not no_signatures:
                parts["signatures"] = chain.faults_of_signatures
        self.stdout.write(f"{Entry.objects.count()} entries; the head is {chain.head()}")
        count = sum(self._look(name, faults) for name, faults in parts.items()) + self._look_for(head)
        if count:
            raise CommandError(f"The register is broken: {count} faults.")
        self.stdout.write("The register is whole.")

    def _look(self, name: str, faults) -> int:
        """Show each fault as it is found; return how many there are."""
        begin, count = time.monotonic(), 0
        for fault in faults():
            count += 1
            self.stdout.write(f"  entry {fault.number}: {fault.why}" if fault.number else f"  {fault.why}")
        self.stdout.write(f"{name}: {count or 'no'} faults ({time.monotonic() - begin:.1f} s)")
        return count

    def _look_for(self, head: str | None) -> int:
        if head is None:
            return 0
        is_there = chain.is_on_record("".join(head.split()).lower())
        self.stdout.write(f"printed head: {'on record' if is_there else 'not of this register, which was rewritten'}")
        return int(not is_there)
