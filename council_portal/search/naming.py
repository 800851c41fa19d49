"""What a question names, which stands before all that merely has its words.

That is a thing by its name or reference, the meetings of a day, a month or a year, or what a meeting, a body or an
organisation has of a kind: «مصوبات وزارت نیرو درباره اتوماسیون», «جلسه ۵ بهمن ۱۳۸۷ هیئت رئیسه».
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from council_portal.persian.calendar import today
from council_portal.persian.partial_date import ONE_DAY, PartialDate

from .asking import ABOUT, Question, date_in, read, telling
from .finding import ONLY_NAMES, PER_PAGE, Document, documents_of, each_once, rank_for
from .folding import fold
from .indexing import folded_name
from .models import Kind, Paragraph, ParagraphQuerySet
from .query import Query
from .sources import source_named
from .tokens import NUMBER, dates_of
from .words import Word, words_of

EXACT = 3
NAMED = 30  # rows of a name: of an article, one in each edition
LONGEST_NAME = 5  # words of what decisions are counted in

# What is asked for before the name that has it; a meeting has its minutes on its page.
PLURAL = r"(?:[\s\u200c]?ها)?\u200c?ی?"
KINDS = {
    Kind.DECISION: rf"(?:متن\s+)?مصوب(?:ات|ه{PLURAL})",
    Kind.MATERIAL: rf"مطالب|مطلب{PLURAL}",
    Kind.MEETING: rf"(?:صورت[\s\u200c]?)?جلس(?:ات|ه{PLURAL})|نشست{PLURAL}|اجلاس[\s\u200c]?های?",
}
KIND = {kind: re.compile(rf"(?:{words})(?:\s+|$)") for kind, words in KINDS.items()}
YEAR = re.compile(r"(?<!\S)سال\s+(?P<year>1[234]\d\d)(?!\S)|^(?P<alone>1[234]\d\d)$")
WEEKDAY = re.compile(r"(?<!\S)(?:روز\s+)?(?:(?:(?:یک|دو|سه|چهار|پنج)[\s\u200c]*)?شنبه|جمعه)(?!\S)")
# What has decisions, material and meetings, by which column of theirs.
HOLDERS = {Kind.MEETING: "meeting", Kind.BODY: "body", Kind.ORGANIZATION: "organizations__contains"}


@dataclass(frozen=True, slots=True)
class Naming:
    """A question in its parts: what `kind` of thing, of which `days`, of whom or which (`name`), and about what."""

    kind: Kind | None
    days: PartialDate | None
    name: str
    topic: str

    @classmethod
    def of(cls, text: str) -> "Naming":
        before, topic = (*re.split(rf"(?<!\S)(?:{ABOUT})(?!\S)", fold(text).text, maxsplit=1), "")[:2]
        name = telling(before)
        kind = next((kind for kind, words in KIND.items() if words.match(name)), None)
        name = KIND[kind].sub("", name, count=1) if kind else name
        days, name = _days_in(name, is_year=bool(kind))
        return cls(kind, days, " ".join(name.split()), topic.strip())


def _days_in(text: str, *, is_year: bool) -> tuple[PartialDate | None, str]:
    """The one date in a text, and the text without it; a number alone is a year where `is_year`."""
    if found := YEAR.search(text):
        if found["year"] or is_year:
            return PartialDate.year(int(found["year"] or found["alone"])), YEAR.sub(" ", text)
        return None, text
    if whole := date_in(text):
        return (whole, "") if whole.precision != "year" else (None, text)
    dates = dates_of(text, is_question=True)
    known = date_in(dates[0].lexeme.removeprefix("d")) if len(dates) == 1 else None
    return (known, WEEKDAY.sub(" ", f"{text[: dates[0].start]} {text[dates[0].end :]}")) if known else (None, text)


def exactly(question: Question, query: Query, *, user) -> list[Document]:
    """What a question names, for one reader.

    Where it is nothing, what is called so in short, or by a name from which one letter parts the question.
    """
    naming = Naming.of(question.q)
    return (
        _by_name(question.q, user=user)
        or _by_reference(question.q, user=user)
        or (_of_days(naming, user=user) if naming.days else _of_a_kind(naming, user=user))
        or documents_of([[row] for row in query.named], user=user)
    )


def _by_name(text: str, *, user) -> list[Document]:
    names = [folded_name(text), folded_name(telling(text))]
    rows = Paragraph.objects.visible_to(user).filter(cited_as__overlap=names)
    rows = rows.order_by(F("day").asc(nulls_last=True), "pk")
    return _that_hold(documents_of([[key] for key in each_once(rows, NAMED)], user=user), user=user)[:EXACT]


def _by_reference(text: str, *, user) -> list[Document]:
    """A decision whose reference is or stands in a text, whatever holds its parts together: «متن مصوبه اجلاس-۴۶»."""
    names = [form for whose, number in _counted_in(text) for form in _references(whose, number)]
    rows = _titles(user).filter(kind=Kind.DECISION, cited_as__overlap=names)
    return _documents(rows.order_by("pk"), EXACT, user=user)


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


def _of_days(naming: Naming, *, user) -> list[Document]:
    """The meetings of a day, month or year in whose name or place the other words stand, or what was decided then.

    Who asks for a meeting of a day on which another one was is shown that.
    """
    days = (naming.days.first, naming.days.last + ONE_DAY)  # as of any range: up to, but without, its end
    rows = Paragraph.objects.visible_to(user).filter(kind=naming.kind or Kind.MEETING, days__overlap=days)
    within = ExpressionWrapper(Q(days__contained_by=days), BooleanField())
    rows = rows.order_by(within.desc(nulls_last=True), F("day").asc(nulls_last=True), "object_id", "pk")
    words = f"{naming.name} {naming.topic}".strip()
    if words and (found := _documents(rows.matching(_words(words, user).tsquery), PER_PAGE, user=user)):
        return found
    return [] if words and naming.kind != Kind.MEETING else _documents(rows.titles(), PER_PAGE, user=user)


def _of_a_kind(naming: Naming, *, user) -> list[Document]:
    """What a meeting has, in its order; what a body or an organisation has, the newest first and plans last.

    Of decisions about something, those of everybody.
    """
    holder = _holder(naming.name, user=user) if naming.kind and naming.name else None
    is_of_all = naming.kind == Kind.DECISION and naming.topic and not naming.name
    if not (holder or is_of_all):
        return []
    rows = Paragraph.objects.visible_to(user).filter(kind=naming.kind)
    if holder:
        key = [holder.object_id] if holder.kind == Kind.ORGANIZATION else holder.object_id
        rows = rows.filter(**{HOLDERS[holder.kind]: key})
    # The topic with a word under which each of these is found besides: an index has both.
    about = f"{holder.heading if holder else naming.kind.label} {naming.topic}"
    rows = rows.matching(_words(about, user).tsquery) if naming.topic else rows.titles()
    if holder and holder.kind == Kind.MEETING:
        rows = rows.order_by("object_id", "pk")
    else:
        was = ExpressionWrapper(Q(day__lte=today()), BooleanField())
        rows = rows.order_by(was.desc(nulls_last=True), F("day").desc(nulls_last=True), "object_id", "pk")
    return _documents(rows, PER_PAGE, user=user)


def _holder(name: str, *, user) -> Paragraph | None:
    """The meeting, body or organisation of this name, or the one body or organisation in whose name its words stand."""
    titles = _titles(user)
    if named := titles.filter(kind__in=HOLDERS, cited_as__contains=[folded_name(name)]).first():
        return named
    words = _words(name, user)
    if not words.tsquery:
        return None
    alike = titles.filter(kind__in=(Kind.BODY, Kind.ORGANIZATION)).matching(words.tsquery)
    alike = alike.annotate(rank=rank_for(words, ONLY_NAMES)).filter(rank__gt=0)
    found = {(row.kind, row.object_id): row for row in alike[:NAMED]}
    return next(iter(found.values())) if len(found) == 1 else None


def _titles(user) -> ParagraphQuerySet:
    return Paragraph.objects.visible_to(user).titles()


def _words(text: str, user) -> Query:
    return read(Question(q=text, exact="1"), user=user)


def _documents(rows, number: int, *, user) -> list[Document]:
    return documents_of([[key] for key in each_once(rows, number)], user=user)


def _that_hold(documents: list[Document], *, user) -> list[Document]:
    """Without parts of what a later one has replaced: of an article, the edition in force."""
    parts: dict[str, set[int]] = {}
    for row in (document.passages[0] for document in documents):
        if row.ordinal and source_named(row.source).holding:
            parts.setdefault(row.source, set()).add(row.object_id)
    holding = {name: source_named(name).holding(keys, user) for name, keys in parts.items()}
    firsts = [(document, document.passages[0]) for document in documents]
    return [document for document, row in firsts if row.object_id in holding.get(row.source, {row.object_id})]
