"""How much of what people look for is found: `manage.py evaluate_search FILE.tsv --min-recall 95 --min-traps 100`."""

from collections import Counter, defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from council_portal.search.evaluation import evaluate, read_cases


class Command(BaseCommand):
    help = (
        "Looks for the queries of a file of cases in its texts, through real tsvectors in a transaction that is rolled "
        "back, and says how many wanted ones are found and unwanted ones are not, by category. Columns, "
        "separated by tabs: id, category, mode (all, phrase, prefix, fuzzy), expect (match, nomatch), query, text, "
        "reason."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--min-recall", type=float, default=0, help="fail below this percentage of wanted cases found"
        )
        parser.add_argument("--min-traps", type=float, default=0, help="fail below this percentage of traps held")

    def handle(self, *, file, min_recall, min_traps, **options):
        with transaction.atomic():
            results = evaluate(read_cases(file), connection)
            transaction.set_rollback(True)
        counts = defaultdict(Counter)
        for case, right in results:
            for name in (case.category, "total"):
                counts[name][case.expect] += 1
                counts[name][case.expect, right] += 1
            if not right:
                self.stdout.write(
                    f"{case.id}  {case.category}  {case.expect}: {case.query} — {case.text} ({case.reason})"
                )
        for name in sorted(counts, key=lambda name: (name == "total", name)):
            self.stdout.write(
                f"{name:20} {_share(counts[name], 'match'):>20} found {_share(counts[name], 'nomatch'):>20} held"
            )
        if _percent(counts["total"], "match") < min_recall or _percent(counts["total"], "nomatch") < min_traps:
            raise CommandError("Less than asked for.")


def _percent(counts: Counter, expect: str) -> float:
    return 100 * counts[expect, True] / counts[expect] if counts[expect] else 100


def _share(counts: Counter, expect: str) -> str:
    return f"{counts[expect, True]}/{counts[expect]} ({_percent(counts, expect):.1f}%)" if counts[expect] else "–"
