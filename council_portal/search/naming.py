"""What a question names, which stands before all that merely has its words.

That is a thing by its name or reference, the meetings of a day, a month or a year, or what a meeting, a body or an
organisation has of a kind: «مصوبات وزارت نیرو درباره اتوماسیون», «جلسه ۵ بهمن ۱۳۸۷ هیئت رئیسه».
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from django.db.models import BooleanField, ExpressionWrapper, F, Q, TextField, Value
from django.db.models.functions import Concat

from council_portal.persian.calendar import today
from council_portal.persian.partial_date import ONE_DAY, PartialDate

from .analysis import folded_name
from .asking import ABOUT, Question, date_in, name_of, read, telling, without_end
from .finding import each_once, in_meeting
from .folding import fold, spell
from .models import Kind, Paragraph, ParagraphQuerySet
from .query import Query
from .sources import all_sources, share_of, source_named, standing_named, words_of_standings
from .tokens import NUMBER, WEEKDAY, dates_of
from .words import Word, words_of

EXACT = 3
NAMED = 100  # rows of a name: of an article, one in each edition
LONGEST_NAME = 5  # words of what decisions are counted in
LONGEST_PART = 12  # words of the name of a part that is begun
MOST_LISTED = 10_000
PLACE = ("source", "object_id", "ordinal")

# What is asked for before the name that has it; a meeting has its minutes on its page.
EZAFE = r"(?:[\s\u200c]?ی)?"
PLURAL = rf"(?:[\s\u200c]?ها)?{EZAFE}"
LISTS = re.compile(rf"(?:فهرست|لیست|تعداد|آمار|کدام|همه|تمام|کلیه){EZAFE}\s+")
# What is left of «در سال ۱۴۰۴», «مصوبات از …» and the like is no part of a name.
LINKING = re.compile(r"^(?:(?:در|از|برای|طی)\s+)+|(?:\s+(?:در|از|برای|طی))+$|^(?:در|از|برای|طی)$")
SIGNS = re.compile(r"[،؛,;:](?=\s|$)|(?<!\S)[-–—](?!\S)")  # «مصوبات معوق، وزارت نیرو»
AS_IT_STANDS = rf"(?:\s+(?:شده|است|اند)|{EZAFE})"
ASSEMBLY = "اجلاس"  # in short; the bodies meet under other words
DECISIONS = re.compile(r"(?<!\S)(?:مصوبات|مصوبه[\s\u200c]?های?|decisions)(?:\s+|$)")
KINDS = {
    Kind.DECISION: rf"(?:متن\s+)?مصوب(?:ات|ه{PLURAL})|decisions?",
    Kind.MATERIAL: rf"مطالب|مطلب{PLURAL}",
    Kind.MEETING: rf"(?:صورت[\s\u200c]?)?جلس(?:ات|ه{PLURAL})|نشست{PLURAL}|meetings?|sessions?",
}
KIND = {kind: re.compile(rf"(?:{words})(?:\s+|$)") for kind, words in KINDS.items()}
ASSEMBLIES = re.compile(rf"^{ASSEMBLY}[\s\u200c]?های?(?!\S)")
A_MEETING = re.compile("جلسه|نشست")  # of some day, as in «مصوبات جلسه ۱۸ شهریور»: which one, the day says
A_YEAR = r"1[234]\d\d"
YEAR = re.compile(rf"(?<!\S)سال\s+(?P<year>{A_YEAR})(?!\S)|^(?P<first>{A_YEAR})(?!\S)|(?<!\S)(?P<last>{A_YEAR})$")
BLANK = r"[\s\u200c]+"
# What has decisions, material and meetings, by which column of theirs.
HOLDERS = {Kind.MEETING: "meeting", Kind.BODY: "body", Kind.ORGANIZATION: "organizations__contains"}


@dataclass(frozen=True, slots=True)
class Naming:
    """A question in its parts: what `kind` of thing, how it stands, of which `days`, of whom or which, about what.

    `beside` is the name of another whom it concerns too.
    """

    kind: Kind | None
    status: str
    days: PartialDate | None
    name: str
    topic: str
    beside: str = ""

    @classmethod
    def of(cls, text: str) -> "Naming":
        text = SIGNS.sub(" ", fold(text).text)
        before, topic = (*re.split(rf"(?<!\S)(?:{ABOUT})(?!\S)", text, maxsplit=1), "")[:2]
        name = telling(before)
        name = name[match.end() :] if (match := LISTS.match(name)) else name
        kind, name = _kind_in(name)
        if not kind and (match := DECISIONS.search(name)) and " " in name[: match.start()].strip():
            kind, name = Kind.DECISION, f"{name[: match.start()]}{name[match.end() :]}"  # «وزارت نیرو مصوبات معوق»
        status, name = _status_in(name, is_of_a_kind=bool(kind))
        days, name = _days_in(name, is_year=bool(kind or status))
        name = LINKING.sub("", " ".join(name.split()))
        if not kind:  # «overdue decisions»
            kind, name = _kind_in(name)
        name = "" if days and A_MEETING.fullmatch(name) else name
        return cls(kind, status, days, name, topic.strip())

    def with_whole_name(self, user) -> "Naming":
        """The same, of whom it is about where that is a name in full: «مصوبات کمیته آموزش مربوط به وزارت کشور».

        In short a body may be called as what it is about.
        """
        holder = _called([self.topic], user=user).get(self.topic) if self.topic else None
        if not holder or folded_name(holder.heading) not in _names_in(self.topic):
            return self
        return replace(self, beside=self.topic, topic="") if self.name else replace(self, name=self.topic, topic="")

    def holders(self, user) -> list[Paragraph]:
        """Whose it is or which.

        By a part of a name only after a kind, and by several words of it: «کارهای باز» is of no ministry, «مصوبات آمار»
        of no office of statistics.
        """
        loosely = bool(self.kind and re.search(BLANK, self.name))
        own = _holders(self.name, loosely=loosely, user=user) if self.name else []
        return own + _holders(self.beside, loosely=False, user=user) if own and self.beside else own


def _kind_in(text: str) -> tuple[Kind | None, str]:
    """The kind of thing with which a text begins, and the text without it."""
    if ASSEMBLIES.match(text):  # no sessions of a body
        return Kind.MEETING, ASSEMBLIES.sub(ASSEMBLY, text)
    for kind, words in KIND.items():
        if match := words.match(text):
            return kind, text[match.end() :]
    return None, text


def _status_in(text: str, *, is_of_a_kind: bool) -> tuple[str, str]:
    """The status whose words stand in a text, the longest first, and the text without them.

    Without a kind of thing it is what the text begins or ends with: «معوقات وزارت نیرو».
    """
    text = text.strip()
    for status, words in sorted(words_of_standings(), key=lambda item: -len(item[1])):
        said = _however_joined(words) + AS_IT_STANDS
        said = re.compile(rf"(?<!\S){said}(?!\S)" if is_of_a_kind else rf"^{said}(?!\S)|(?<!\S){said}$")
        if said.search(text):
            return status, said.sub(" ", text).strip()
    return "", text


def _however_joined(words: str) -> str:
    """A pattern for words between which there may be a blank, a half-space or nothing."""
    return f"(?:{BLANK})?".join(map(re.escape, re.split(BLANK, fold(words).text)))


def _days_in(text: str, *, is_year: bool) -> tuple[PartialDate | None, str]:
    """The one date in a text, and the text without it; a number at an end of it is a year where `is_year`."""
    text = text.strip()
    dates = dates_of(text, is_question=True)
    known = date_in(dates[0].lexeme.removeprefix("d")) if len(dates) == 1 else None
    if not known and (found := YEAR.search(text)):
        if found["year"] or is_year:
            return PartialDate.year(int(found[found.lastgroup])), YEAR.sub(" ", text)
        return None, text
    if whole := date_in(text):
        return (whole, "") if whole.precision != "year" else (None, text)
    return (known, WEEKDAY.sub(" ", f"{text[: dates[0].start]} {text[dates[0].end :]}")) if known else (None, text)


def named_by(question: Question, query: Query, *, user) -> list[int]:
    """The rows, one for each thing, of all that the words of a question name, for one reader.

    Choices narrow them later. Where it is nothing, what is called so in short, or by a name from which one letter parts
    the question.
    """
    text, rows = without_end(question.q), in_meeting(Paragraph.objects.visible_to(user), question)
    about = Naming.of(text)
    naming = about.with_whole_name(user)
    corrected = Naming.of(query.corrected(text)).with_whole_name(user) if query.corrections else naming
    chosen = name_of(Kind.ORGANIZATION, question.organization, user=user) if question.organization else None
    in_turn = [lambda: _by_reference(rows, text), lambda: _listed(rows, naming, chosen, user=user)]
    if DECISIONS.match(text):  # «مصوبات اجلاس ۲۱» are those of a meeting, «مصوبه اجلاس ۲۱» is one
        in_turn.reverse()
    return (
        _by_name(rows, text, user=user)
        or in_turn[0]()
        or in_turn[1]()
        or _by_office(rows, text, user=user)
        or [*rows.filter(pk__in=query.named).values_list("pk", flat=True)]
        or (_listed(rows, corrected, chosen, user=user) if corrected != naming else [])
        or (_listed(rows, about, chosen, user=user) if about != naming else [])
        or _by_part_of_a_name(rows, naming, user=user)
    )


def is_of_none(question: Question, query: Query, *, user) -> bool:
    """Whether a question that names nothing asks for what stands in some way, or for what somebody has of a kind."""
    naming = Naming.of(query.corrected(without_end(question.q))).with_whole_name(user)
    if naming.topic or not (naming.status or naming.kind and naming.name):
        return False
    return not naming.name or bool(naming.holders(user))


def asks_how_things_stand(question: Question) -> bool:
    """Whether by its words."""
    return bool(Naming.of(without_end(question.q)).status)


def _by_name(rows: ParagraphQuerySet, text: str, *, user) -> list[int]:
    rows = rows.filter(cited_as__overlap=[*_names_in(text), *_names_in(telling(text))])
    thing = Concat("source", Value(":"), "object_id", output_field=TextField())
    is_a_whole = ExpressionWrapper(Q(document=thing), BooleanField())  # not so the minutes of a meeting
    return _that_hold(each_once(rows.order_by(F("day").asc(nulls_last=True), is_a_whole, "pk"), NAMED), user=user)


def _by_office(rows: ParagraphQuerySet, text: str, *, user) -> list[int]:
    """Who holds an office of a body today, which the index cannot know: «رئیس کمیته آموزش»."""
    text = spell(fold(text).text)
    held = [one for source in all_sources() if source.offices for one in source.offices(user)]
    for office in sorted({office for office, *_ in held}):
        if match := re.match(rf"{_however_joined(spell(office))}\s+(?=\S)", text):
            of = _holders(text[match.end() :], loosely=True, user=user)
            bodies = [one.object_id for one in of if one.kind == Kind.BODY]
            keys = [key for other, body, key in held if other == office and body in bodies]
            return each_once(rows.titles().filter(kind=Kind.PERSON, object_id__in=keys), NAMED)
    return []


def _names_in(text: str) -> list[str]:
    """The exact names that a text may be: what the assembly and the bodies call their meetings, all call «نشست» too."""
    return [folded_name(re.sub(r"(?<!\S)نشست(?!\S)", word, text)) for word in ("نشست", "اجلاس", "جلسه")]


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


def _by_part_of_a_name(rows: ParagraphQuerySet, naming: Naming, *, user) -> list[int]:
    """The one body or organisation in whose name several words stand: «مرکز پژوهش‌های مجلس»."""
    if naming.kind or naming.status or naming.days or naming.topic or len(words_of(naming.name)) == 1:
        return []
    holders = _holders(naming.name, loosely=True, user=user)
    return [*rows.filter(pk=holders[0].pk).values_list("pk", flat=True)] if len(holders) == 1 else []


def _listed(rows: ParagraphQuerySet, naming: Naming, chosen: Paragraph | None, *, user) -> list[int]:
    """What there is of a kind: of some days, of whom or which, about something. How it stands is told by the part of
    the organisation that is named, or `chosen` beside the words.

    Of decisions about something alone, those of everybody. Who asks for a meeting of a day on which another one was is
    shown that.
    """
    is_of_all = naming.status or (naming.kind == Kind.DECISION and naming.topic)
    if not (naming.days or is_of_all or (naming.kind and naming.name)):
        return []
    rows = _of_days(_of_kind(rows, naming), naming.days)
    if holders := naming.holders(user):
        theirs = rows
        for one in holders:
            key = [one.object_id] if one.kind == Kind.ORGANIZATION else one.object_id
            theirs = theirs.filter(**{HOLDERS[one.kind]: key})
        organization = next((one.object_id for one in holders if one.kind == Kind.ORGANIZATION), None)
        theirs = _that_stand(theirs, naming.status, organization, user=user)
        found = _about(theirs, naming.topic, beside=holders[0].heading, user=user)
        is_of_meetings = naming.days and not naming.status and naming.kind in (None, Kind.MEETING)
        if found or not is_of_meetings:
            return found
    rows = _that_stand(rows, naming.status, chosen.object_id if chosen else None, user=user)
    if not naming.days:
        beside = (naming.kind or Kind.DECISION).label
        return [] if naming.name else _about(rows, naming.topic, beside=beside, user=user)
    words = f"{naming.name} {naming.topic}".strip()
    found = _once(rows.matching(_words(words, user).tsquery)) if words else []
    is_of_a_day = naming.kind == Kind.MEETING and naming.days.is_day and not naming.topic
    return found or ([] if words and not is_of_a_day else _once(rows.titles()))


def _of_kind(rows: ParagraphQuerySet, naming: Naming) -> ParagraphQuerySet:
    """Those of the kind that is asked for; what has a date alone is a meeting."""
    return rows if naming.status and not naming.kind else rows.filter(kind=naming.kind or Kind.MEETING)


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
    return _once(rows.matching(_words(f"{beside} {topic}", user).tsquery) if topic else rows.titles())


def _holders(name: str, *, loosely: bool, user) -> list[Paragraph]:
    """The meeting, body or organisation of this name, or the one body or organisation that is called so in short.

    Where there is none, two of different kinds that are named one after the other or, `loosely`, the one body or
    organisation in whose name the words stand.
    """
    halves = _halves(name)
    called = _called({name, *chain(*halves)}, user=user)
    if name in called:
        return [called[name]]
    titles = Paragraph.objects.visible_to(user).titles().filter(kind__in=(Kind.BODY, Kind.ORGANIZATION))
    if named := _only_one(titles.filter(names__contains=[name])):
        return [named]
    for one, other in halves:
        if one in called and other in called and called[one].kind != called[other].kind:
            return [called[one], called[other]]
    words = _words(name, user) if loosely else Query()
    named = _only_one(titles.named(words.tsquery)) if words.tsquery else None
    return [named] if named else []


def _halves(name: str) -> list[tuple[str, str]]:
    """Into what two names a text may fall: «وزارت کشور در کمیته آموزش». A word alone is too little to be one."""
    words = name.split()
    parted = [(words[:seam], words[seam:]) for seam in range(1, len(words))] if len(words) <= LONGEST_PART else []
    halves = [tuple(LINKING.sub("", " ".join(half)) for half in pair) for pair in parted]
    return [pair for pair in halves if all(" " in half or half == ASSEMBLY for half in pair)]


def _called(names: Iterable[str], *, user) -> dict[str, Paragraph]:
    """The meeting, body or organisation of each of these names that has one.

    Before who was called so once, or is in short, who is called so now.
    """
    written = {name: set(_names_in(name)) for name in names}
    titles = Paragraph.objects.visible_to(user).titles()
    rows = titles.filter(kind__in=HOLDERS, cited_as__overlap=[*chain(*written.values())]).defer("tsv")[:NAMED]
    called = {}
    for name, forms in written.items():
        if bearing := [row for row in rows if not forms.isdisjoint(row.cited_as)]:
            called[name] = min(
                bearing, key=lambda row: (folded_name(row.heading) not in forms, row.kind, row.object_id)
            )
    return called


def _only_one(titles: ParagraphQuerySet) -> Paragraph | None:
    found = {(row.kind, row.object_id): row for row in titles[:NAMED]}
    return next(iter(found.values())) if len(found) == 1 else None


def _words(text: str, user) -> Query:
    return read(Question(q=text, exact="1"), user=user)


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
