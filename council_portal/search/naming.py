"""What a question names, which stands before all that merely has its words.

That is a thing by its name or reference, the meetings of a day, a month or a year, or what a meeting, a body or an
organisation has of a kind: «مصوبات وزارت نیرو درباره اتوماسیون», «جلسه ۵ بهمن ۱۳۸۷ هیئت رئیسه».
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial

from django.db.models import BooleanField, ExpressionWrapper, F, Q, TextField, Value
from django.db.models.functions import Concat

from council_portal.persian.calendar import today
from council_portal.persian.partial_date import ONE_DAY, PartialDate

from .analysis import folded_name
from .asking import Question, name_of, read_exactly, telling, without_end
from .finding import each_once, in_meeting
from .folding import fold
from .holders import (
    COLUMNS,
    begins_as_called,
    holders_named,
    holders_of,
    is_clear,
    is_several_words,
    names_in,
    with_names_as_phrases,
)
from .models import Kind, Paragraph, ParagraphQuerySet
from .parts import BLANK, DECISIONS, KIND, Parts, however_joined, is_related
from .query import Query
from .sources import all_sources, share_of, source_named, standing_named
from .stemming import respell
from .tokens import NUMBER
from .words import Word, words_of

EXACT = 3
NAMED = 100  # rows of a name: of an article, one in each edition
LONGEST_NAME = 5  # words of what decisions are counted in
LONGEST_PART = 12  # words of the name of a part that is begun
MOST_LISTED = 10_000
PLACE = ("source", "object_id", "ordinal")

Whose = Callable[[Parts], list[Paragraph]]


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names, for one reader: the rows, one for each thing, in order; choices narrow them later.

    `asks_how_things_stand` says whether it does so by its words; `is_of_none`, that there is nothing of what it asks
    for, be it what stands in some way or what somebody has of a kind.
    """

    rows: list[int] = field(default_factory=list)
    asks_how_things_stand: bool = False
    is_of_none: bool = False


def named_by(question: Question, query: Query, *, user) -> Named:
    """What the words of a question name; where that is nothing, what is called so in short, or by a name from which one
    letter parts the question.
    """
    if not question.q:
        return Named()
    text, rows = without_end(question.q), in_meeting(Paragraph.objects.visible_to(user), question)
    whose = cache(partial(holders_of, user=user))
    readings = _readings_of(text, whose, user=user)
    meant = query.corrected(text)
    corrected = _readings_of(meant, whose, user=user) if query.corrections else readings
    chosen = name_of(Kind.ORGANIZATION, question.organization, user=user) if question.organization else None

    def listed(readings: list[Parts]) -> list[int]:
        return next(filter(None, (_listed(rows, parts, whose, chosen, user=user) for parts in readings)), [])

    in_turn = [lambda: _by_reference(rows, text), lambda: listed(readings)]
    if DECISIONS.match(text):  # «مصوبات اجلاس ۲۱» are those of a meeting, «مصوبه اجلاس ۲۱» is one
        in_turn.reverse()
    found = (
        _by_name(rows, text, user=user)
        or in_turn[0]()
        or in_turn[1]()
        or _by_office(rows, text, user=user)
        or [*rows.filter(pk__in=query.named).values_list("pk", flat=True)]
        or (corrected != readings and (listed(corrected) or _by_office(rows, meant, user=user)))
        or _by_part_of_a_name(rows, readings[0], user=user)
    )
    return Named(
        found,
        any(parts.status for parts in [*readings, *corrected]),
        not found and _asks_of_somebody(corrected[0], whose),
    )


def _readings_of(text: str, whose: Whose, *, user) -> list[Parts]:
    """In which ways a question may be meant, the likeliest first.

    Who asks for the minutes of a day is led to its meeting, if there are none.
    """
    readings = _with_whom_or_what(text, whose, user=user)
    of_a_day = [one for one in readings if one.kind == Kind.MINUTES and one.days and one.days.is_day]
    return readings + [replace(one, kind=Kind.MEETING) for one in of_a_day]


def _with_whom_or_what(text: str, whose: Whose, *, user) -> list[Parts]:
    """What is «مربوط به» somebody is theirs. So it is with «درباره» where that can only be a name; where they have
    nothing, it is what speaks of them. Days that a thing is about are its own.
    """
    parts = Parts.of(text)
    if not parts.topic:
        return [parts]
    of_whom = Parts.of_whom(text)
    if not of_whom.name or of_whom.is_of_several_days:
        return [of_whom]
    holders = whose(of_whom)
    if is_related(text) and holders and is_clear(of_whom.name, holders[0]):
        return [of_whom]
    topic = with_names_as_phrases(parts.topic, user=user)
    is_name = topic == f"«{parts.topic}»" or any(begins_as_called(parts.topic, one) for one in holders)
    speaking = replace(parts, topic=topic)
    return [of_whom, speaking] if holders and is_name else [speaking]


def _asks_of_somebody(parts: Parts, whose: Whose) -> bool:
    """Whether a question asks for what stands in some way, or for what somebody has of a kind."""
    if parts.topic or not (parts.status or parts.kind and parts.name):
        return False
    return not parts.name or bool(whose(parts))


def _by_name(rows: ParagraphQuerySet, text: str, *, user) -> list[int]:
    rows = rows.filter(cited_as__overlap=[*names_in(text), *names_in(telling(text))])
    thing = Concat("source", Value(":"), "object_id", output_field=TextField())
    is_a_whole = ExpressionWrapper(Q(document=thing), BooleanField())  # not so the minutes of a meeting
    return _that_hold(each_once(rows.order_by(F("day").asc(nulls_last=True), is_a_whole, "pk"), NAMED), user=user)


def _by_office(rows: ParagraphQuerySet, text: str, *, user) -> list[int]:
    """Who holds an office of a body today, which the index cannot know: «رئیس کمیته آموزش»."""
    text = _spelled(text)
    held = [one for source in all_sources() if source.offices for one in source.offices(user)]
    for office in sorted({office for office, *_ in held}):
        if match := re.match(rf"{however_joined(_spelled(office))}\s+(?=\S)", text):
            of = holders_named(text[match.end() :], loosely=True, user=user)
            bodies = [one.object_id for one in of if one.kind == Kind.BODY]
            keys = [key for other, body, key in held if other == office and body in bodies]
            return each_once(rows.titles().filter(kind=Kind.PERSON, object_id__in=keys), NAMED)
    return []


def _spelled(text: str) -> str:
    return " ".join(respell(word) for word in re.split(BLANK, fold(text).text))


def parts_begun_by(text: str, *, user) -> list[int]:
    """The rows of parts, such as articles, whose exact name begins so: «ماده ۵ اسا»."""
    words, begun = text.split()[:LONGEST_PART], folded_name(text)
    shorter = [folded_name(" ".join(words[:number])) for number in range(1, len(words))]
    rows = Paragraph.objects.visible_to(user).filter(ordinal__gt=0, cited_as__overlap=shorter)
    found = rows.order_by(F("day").desc(nulls_last=True), "pk").values_list("pk", "cited_as")[:NAMED]
    return _that_hold([key for key, names in found if any(name.startswith(begun) for name in names)], user=user)


def _by_reference(rows: ParagraphQuerySet, text: str) -> list[int]:
    """A decision whose reference is or stands in a text, whatever holds its parts together: «متن مصوبه اجلاس-۴۶»."""
    names = [form for whose, number in _counted_in(text) for form in _references(whose, number)]
    return each_once(rows.titles().filter(kind=Kind.DECISION, cited_as__overlap=names).order_by("pk"), EXACT)


def _counted_in(text: str) -> Iterator[tuple[list[Word], Word]]:
    """Words and the number that may count in them: all of a text; within it, where a sign stands between."""
    whole = words_of(KIND[Kind.DECISION].sub("", telling(fold(text).text), count=1))
    if whole and whole[0].kind == NUMBER:
        whole = [*whole[1:], whole[0]]
    if 1 < len(whole) <= LONGEST_NAME + 1:
        yield whole[:-1], whole[-1]
    words = words_of(fold(text).text)
    for place, number in enumerate(words):
        if number.kind == NUMBER and number.glue.strip():
            yield from ((words[first:place], number) for first in range(max(0, place - LONGEST_NAME), place))


def _references(whose: list[Word], number: Word) -> list[str]:
    """As a decision is cited: «اجلاس/۴۶», assembly-46."""
    name = folded_name(" ".join(word.surface for word in whose))
    return [f"{name}{sign}{number.surface}" for sign in "/-"]


def _by_part_of_a_name(rows: ParagraphQuerySet, parts: Parts, *, user) -> list[int]:
    """The one body or organisation in whose name several words stand: «مرکز پژوهش‌های مجلس»."""
    if parts.kind or parts.status or parts.days or parts.topic or not is_several_words(parts.name):
        return []
    holders = holders_named(parts.name, loosely=True, user=user)
    return [*rows.filter(pk=holders[0].pk).values_list("pk", flat=True)] if len(holders) == 1 else []


def _listed(rows: ParagraphQuerySet, parts: Parts, whose: Whose, chosen: Paragraph | None, *, user) -> list[int]:
    """What there is of a kind: of some days, of whom or which, about something. How it stands is told by the part of
    the organisation that is named, or `chosen` beside the words.

    Of decisions and material about something alone, those of everybody. Who asks for a meeting of a day on which
    another one was is shown that; by words that are no name, sessions of some days are told apart.
    """
    is_of_all = parts.status or (parts.kind in (Kind.DECISION, Kind.MATERIAL) and parts.topic)
    if not (parts.days or is_of_all or (parts.kind and parts.name)):
        return []
    rows = _of_days(_of_kind(rows, parts), parts.days)
    if holders := whose(parts):
        theirs = rows
        for one in holders:
            key = [one.object_id] if one.kind == Kind.ORGANIZATION else one.object_id
            theirs = theirs.filter(**{COLUMNS[one.kind]: key})
        organization = next((one.object_id for one in holders if one.kind == Kind.ORGANIZATION), None)
        theirs = _that_stand(theirs, parts.status, organization, user=user)
        found = _about(theirs, parts.topic, beside=holders[0].heading, user=user)
        is_of_meetings = parts.days and not parts.status and parts.kind in (None, Kind.MEETING)
        if found or not is_of_meetings:
            return found
    rows = _that_stand(rows, parts.status, chosen.object_id if chosen else None, user=user)
    if parts.name and (parts.status or parts.kind in (Kind.DECISION, Kind.MATERIAL) or not parts.days):
        return []  # of nobody who is known: «مصوبات با مهلت مهر ۱۴۰۵»
    if not parts.days:
        return _about(rows, parts.topic, beside=(parts.kind or Kind.DECISION).label, user=user)
    words = f"{parts.name} {parts.topic}".strip()
    found = _once(rows.matching(read_exactly(words, user=user).tsquery)) if words else []
    is_of_a_day = parts.kind == Kind.MEETING and parts.days.is_day and not parts.topic
    return found or ([] if words and not is_of_a_day else _once(rows.titles()))


def _of_kind(rows: ParagraphQuerySet, parts: Parts) -> ParagraphQuerySet:
    """Those of the kind that is asked for; what has a date alone is a meeting.

    Of minutes those by which a meeting is known, not each of their parts.
    """
    if parts.status and not parts.kind:
        return rows
    rows = rows.filter(kind=parts.kind or Kind.MEETING)
    return rows.exclude(cited_as=[]) if parts.kind == Kind.MINUTES else rows


def _that_stand(rows: ParagraphQuerySet, status: str, organization: int | None, *, user) -> ParagraphQuerySet:
    """Those that stand so, in the part of one organisation unless that is None; all of them without a status."""
    if not status:
        return rows
    if found := standing_named(status):
        source, standing = found
        return rows.filter(source=source.name, object_id__in=standing.keys(user, organization))
    return rows.filter(statuses__contains=[share_of(organization, status) if organization else status])


def _of_days(rows: ParagraphQuerySet, days: PartialDate | None) -> ParagraphQuerySet:
    """Those of a day or a month as they came, what is dated within it first; of a year, and of all, the newest first.

    What is still to come stands last there.
    """
    was = ExpressionWrapper(Q(day__lte=today()), BooleanField()).desc(nulls_last=True)
    newest_first = [was, F("day").desc(nulls_last=True), "object_id", "pk"]
    if not days:
        return rows.order_by(*newest_first)
    span = (days.first, days.last + ONE_DAY)  # as of any range: up to, but without, its end
    within = ExpressionWrapper(Q(days__contained_by=span), BooleanField()).desc(nulls_last=True)
    in_turn = [F("day").asc(nulls_last=True), "object_id", "pk"]
    return rows.filter(days__overlap=span).order_by(within, *(newest_first if days.precision == "year" else in_turn))


def _about(rows: ParagraphQuerySet, topic: str, *, beside: str, user) -> list[int]:
    """Those about a topic, looked for with a word under which each is found besides: an index has both."""
    return _once(rows.matching(read_exactly(f"{beside} {topic}", user=user).tsquery) if topic else rows.titles())


def _once(rows: ParagraphQuerySet) -> list[int]:
    return each_once(rows, MOST_LISTED)


def _that_hold(keys: list[int], *, user) -> list[int]:
    """Without parts of what a later one has replaced: of an article, the edition in force."""
    rows = {key: place for key, *place in Paragraph.objects.filter(pk__in=keys).values_list("pk", *PLACE)}
    parts: dict[str, set[int]] = {}
    for source, object_id, ordinal in rows.values():
        if ordinal and source_named(source).holding:
            parts.setdefault(source, set()).add(object_id)
    holding = {name: source_named(name).holding(of_parts, user) for name, of_parts in parts.items()}
    kept = [key for key in keys if key in rows]  # without what was indexed anew this moment
    return [key for key in kept for source, thing, _ in [rows[key]] if thing in holding.get(source, {thing})]
