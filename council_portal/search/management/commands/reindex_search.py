import time
from contextlib import contextmanager, suppress

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from council_portal.search import analysis
from council_portal.search.indexing import (
    BATCH,
    Busy,
    index,
    index_all_noted,
    index_units,
    is_alone,
    raise_revision,
)
from council_portal.search.models import Change, Paragraph, Progress
from council_portal.search.rows import SECRETARIAT
from council_portal.search.sources import Source, all_sources
from council_portal.search.terms import refresh_terms

PATIENCE = 60  # seconds


class Command(BaseCommand):
    help = (
        "Build the search index anew, newest first. Broken off, it goes on next time where it was; meanwhile the "
        "portal is searched as before."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--stale",
            action="store_true",
            help="Only what is missing or has changed since, or by an older analyser.",
        )
        parser.add_argument("--from-start", action="store_true", help="Do not go on where the last run was broken off.")

    def handle(self, *args, stale=False, from_start=False, verbosity=1, **options):
        self.began, self.done, self.is_quiet = time.monotonic(), 0, verbosity == 0
        if stale and not self._stale():
            self._say("Nothing is stale")
            return
        if not stale:
            with self._alone():
                self._everything(from_start)
        self._say("Counting the words")
        words = refresh_terms()
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {Paragraph._meta.db_table}")
        raise_revision()
        self._say(f"Done: {self.done:,} paragraphs, {words:,} words, {self._rate():.0f} paragraphs a second")

    @contextmanager
    def _alone(self):
        """Raises CommandError while another run is at work, and when this one is broken off."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtext('reindex_search'))")
            if cursor.fetchone() == (False,):
                raise CommandError("Another run is building the index.")
            try:
                yield
            except KeyboardInterrupt:
                raise CommandError("Broken off: the next run goes on from here.") from None
            finally:
                cursor.execute("SELECT pg_advisory_unlock(hashtext('reindex_search'))")

    def _everything(self, from_start: bool) -> None:
        if from_start:
            Progress.objects.all().delete()
        if Progress.objects.exists():
            self._say("Going on where a run was broken off; --from-start begins anew")
        with transaction.atomic():
            may_forget = not Progress.objects.exists() and is_alone()  # else somebody may change what is not seen yet
            noted = list(Change.objects.values_list("pk", flat=True))
        for source in all_sources():
            self._source(source, max(noted, default=0))
        Paragraph.objects.exclude(source__in=[source.name for source in all_sources()]).delete()
        if may_forget:
            Change.objects.filter(pk__in=noted).delete()  # of before the run: all that they hid has been indexed since
        Progress.objects.all().delete()

    def _source(self, source: Source, last_note: int) -> None:
        records = source.model._base_manager.order_by("-pk").values_list("pk", flat=True)
        total = records.count()
        begun = Progress.objects.filter(source=source.name).first()
        below = records.filter(pk__lt=begun.done_from) if begun else records
        self._forget_what_is_gone(source)
        while keys := list(below[:BATCH]):
            with transaction.atomic():
                self.done += index(source, keys, wait=True, is_news=False)
                Progress.objects.update_or_create(source=source.name, defaults={"done_from": keys[-1]})
            with suppress(Busy):  # what is saved meanwhile is not found before
                index_all_noted(after=last_note)
            below = records.filter(pk__lt=keys[-1])
            self._say(f"{source.name}: {total - below.count():,} of {total:,} records")

    def _forget_what_is_gone(self, source: Source) -> None:
        there = source.model._base_manager.values("pk")
        Paragraph.objects.filter(source=source.name).exclude(object_id__in=there).delete()

    def _stale(self) -> bool:
        """Returns whether there was anything."""
        found = False
        try:
            if noted := index_all_noted(patience=PATIENCE):
                found = True
                self._say(f"{noted:,} changes")
        except Busy:
            self._say("Others are saving at this moment: what they change is left to the queue")
        old = Paragraph.objects.exclude(analysis=analysis.VERSION).order_by("-pk").values_list("source", "object_id")
        while rows := list(old[:BATCH]):
            found = True
            units = {name: {key for other, key in rows if other == name} for name, _key in rows}
            self.done += index_units(units, wait=True, is_news=False)
            self._say(f"{old.count():,} paragraphs of an older analyser are left")
        return self._missing() or found

    def _missing(self) -> bool:
        """Index what has no rows though somebody may read it; returns whether there was anything."""
        found = False
        for source in all_sources():
            rows = Paragraph.objects.filter(source=source.name, object_id=OuterRef("pk"))
            missing = source.readable(SECRETARIAT.reader).filter(~Exists(rows)).order_by("-pk")
            keys = list(missing.values_list("pk", flat=True))
            for start in range(0, len(keys), BATCH):
                found = True
                self.done += index(source, keys[start : start + BATCH], wait=True, is_news=False)
                self._say(f"{source.name}: {len(keys):,} records were missing")
        return found

    def _rate(self) -> float:
        return self.done / max(time.monotonic() - self.began, 0.001)

    def _say(self, text: str) -> None:
        if self.is_quiet:
            return
        self.stdout.write(f"{time.monotonic() - self.began:7.1f} s  {text}")
