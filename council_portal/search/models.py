"""The index: a row for each paragraph that may be found, and what is noted about rows that have become stale."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.access.audiences import Group, audience_q, group_of


class Kind(models.TextChoices):
    """What a reader looks for; the records of one kind may come from several models."""

    MEETING = "meeting", pgettext_lazy("of any body", "Meetings")
    AGENDA = "agenda", _("Agenda items")
    MINUTES = "minutes", _("Minutes")
    DECISION = "decision", _("Decisions")
    FOLLOW_UP = "follow_up", _("Follow-up")
    MATERIAL = "material", _("Materials")
    PROPOSAL = "proposal", _("Proposals")
    PUBLICATION = "publication", _("Publications")
    ANNOUNCEMENT = "announcement", _("Announcements")
    PERSON = "person", _("People")
    ORGANIZATION = "organization", _("Organisations")
    BODY = "body", _("Board and committees")


class IsSettled(models.Func):
    """Whether nothing of this, as `rests_on` names it, waits to be indexed again.

    Nearly always nothing waits, which is asked once for all rows. Else the names are looked up in a table that is made
    once: to compare each with the notes of a thousand changes took seconds. Of what is not equal to a number the
    planner guesses that it is nearly always so; of a condition, that it is half the time.
    """

    template = (
        "(CASE WHEN EXISTS (SELECT FROM search_change WHERE hides)"
        " THEN (SELECT max((one IN (SELECT source || ':' || object_id FROM search_change WHERE hides))::int)"
        " FROM unnest(%(expressions)s) AS one) ELSE 0 END <> 1)"
    )
    output_field = models.BooleanField()


class Matches(models.Func):
    template, arg_joiner, output_field = "(%(expressions)s)", " @@ ", models.BooleanField()


class IsAmong(models.Func):
    """Whether a key is among many, written as one array: of a list, each would be a value of its own to be read."""

    template, arg_joiner, output_field = "(%(expressions)s))", " = ANY (", models.BooleanField()

    def __init__(self, key: str, keys):
        super().__init__(F(key), Value([*keys]))


class TsQuery(models.Func):
    """Finished tsquery text; to_tsquery would cut its lexemes apart again."""

    template = "(%(expressions)s)::tsquery"


class AnyOf(models.Subquery):
    """The keys of any `most` of these rows, NULL if there are none: planned as if all of them were wanted.

    Where one row is wanted the planner hopes to meet it soon; of a word that stands nowhere it reads the whole table.
    """

    template = "(WITH found AS MATERIALIZED (%(subquery)s) SELECT * FROM found LIMIT %(most)s)"

    def __init__(self, rows, most=1, **extra):
        super().__init__(rows.order_by().values("pk"), most=most, **extra)


class ParagraphQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Paragraphs that `user` may read, without those of which something has changed since they were indexed.

        A row holds nothing that not everybody may read who may read the row: so counts, facets and suggestions may be
        made of all its columns.
        """
        return self.filter(audience_q(user, "readers"), IsSettled(F("rests_on")))

    def matching(self, *tsqueries):
        """Those that all of these finished tsqueries find, given as text or as expressions; "" and none find nothing.

        Of several by themselves the index passes over what only one finds sooner than of one that joins them.
        """
        if not tsqueries or "" in tsqueries:
            return self.none()
        given = (one if hasattr(one, "resolve_expression") else Value(one) for one in tsqueries)
        return self.filter(*(Matches(F("tsv"), TsQuery(one)) for one in given))

    def any(self, most: int = 1):
        """Any one of these rows, or so many, if there are some, found by the index of their words."""
        return self.model.objects.filter(pk__in=AnyOf(self, most))

    def named(self, tsquery: str):
        """The rows of names in which all of it stands: what a thing belongs to is no part of its name."""
        name = models.Func(F("tsv"), Value("{a}"), function="ts_filter")
        return self.titles().matching(tsquery).filter(Matches(name, TsQuery(Value(tsquery))))

    def titles(self):
        """The rows that bear the name of a thing: one for each audience that reads more of it than the one before."""
        return self.filter(ordinal=0)


class Paragraph(models.Model):
    """A paragraph, or the name, of something that may be found, with the words under which it is.

    It is made of its source (`source` and `object_id`, see sources.py) for one audience, its `readers`, and can be made
    again at any time. At `changed_at` what these readers are told of the record last became another, or could be read
    by them first.
    """

    source = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    document = models.CharField(max_length=60)
    document_title = models.TextField()
    heading = models.TextField(blank=True)
    text = models.TextField()
    address = models.CharField(max_length=300)
    readers = models.CharField(max_length=33)
    body = models.BigIntegerField(null=True)
    meeting = models.BigIntegerField(null=True)
    days = DateRangeField(null=True)
    day = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    organizations = ArrayField(models.BigIntegerField(), default=list)
    statuses = ArrayField(models.TextField(), default=list)
    cited_as = ArrayField(models.TextField(), default=list)
    names = ArrayField(models.TextField(), default=list)
    name_keys = ArrayField(models.TextField(), default=list)
    rests_on = ArrayField(models.TextField())
    changed_at = models.DateTimeField(null=True)
    tsv = SearchVectorField()
    analysis = models.SmallIntegerField()

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id", "readers", "ordinal"], name="paragraph_once"),
        ]
        indexes = [
            GinIndex(fields=["tsv"], name="paragraph_words"),
            GinIndex(fields=["tsv"], condition=Q(ordinal=0), name="paragraph_words_of_titles"),
            GinIndex(fields=["rests_on"], name="paragraph_rests_on"),
            GinIndex(fields=["cited_as"], name="paragraph_cited_as"),
            GinIndex(fields=["name_keys"], condition=Q(ordinal=0), fastupdate=False, name="paragraph_name_keys"),
            models.Index(F("day").desc(nulls_last=True), F("id").desc(), name="paragraph_newest_first"),
            models.Index(fields=["kind", "object_id"], condition=Q(ordinal=0), name="paragraph_titles"),
            models.Index(fields=["document"], condition=Q(ordinal=0), name="paragraph_titles_within"),
        ]

    def __str__(self):
        return self.heading or self.document_title

    @property
    def is_own_document(self) -> bool:
        """Whether its record is a document by itself, not shown within another one as the minutes of a meeting are."""
        return self.document == f"{self.source}:{self.object_id}"

    @property
    def group(self) -> Group:
        """The kind of audience for which this is."""
        return group_of(self.readers)


class Change(models.Model):
    """That a row was changed from which something in the index is made: triggers note it (`records.NOTE_FOR_SEARCH`).

    While `hides`, nothing is found that rests on it. `noted_in` is the number of the transaction: each has notes of its
    own, so that none waits for another.
    """

    source = models.CharField(max_length=63)
    object_id = models.BigIntegerField()
    hides = models.BooleanField()
    noted_in = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "object_id", "noted_in"], name="change_once")]
        indexes = [
            models.Index("id", condition=Q(hides=True), name="change_hides"),
            models.Index("noted_in", name="change_noted_in"),
        ]

    def __str__(self):
        return f"{self.source}:{self.object_id}"


class Term(models.Model):
    """A word that stands somewhere in the index, and in how many paragraphs.

    No reader is shown one before a search as that reader has found it.
    """

    word = models.TextField(primary_key=True)
    paragraphs = models.IntegerField()

    def __str__(self):
        return self.word


class TermKey(models.Model):
    """A word with letters left out: two words that differ by one letter have such a key in common."""

    key = models.TextField()
    term = models.ForeignKey(Term, models.CASCADE, related_name="keys")

    class Meta:
        indexes = [models.Index("key", name="termkey_key")]

    def __str__(self):
        return self.key


class Progress(models.Model):
    """How far `reindex_search` has come with one source: everything from `done_from` on is done, newest first."""

    source = models.CharField(max_length=40, primary_key=True)
    done_from = models.BigIntegerField()

    def __str__(self):
        return f"{self.source} {self.done_from}"
