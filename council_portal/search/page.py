"""What the page of a search shows, in words: results with passages, further choices with their counts."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from council_portal.access.audiences import Group
from council_portal.persian.partial_date import ONE_DAY, PartialDate
from council_portal.persian.wording import digits

from . import finding
from .asking import Question
from .finding import Document, Found, number_of
from .highlighting import highlight, passage
from .models import Kind, Paragraph
from .query import PHRASE, Query, Unit
from .sources import status_words

PASSAGE = 260
LINES = 3
MOST_TRIED = 6
ICONS = {
    Kind.MEETING: "calendar",
    Kind.AGENDA: "programme",
    Kind.MINUTES: "minutes",
    Kind.DECISION: "decision",
    Kind.FOLLOW_UP: "progress",
    Kind.MATERIAL: "speech",
    Kind.PROPOSAL: "document",
    Kind.PUBLICATION: "publication",
    Kind.ANNOUNCEMENT: "announcement",
    Kind.PERSON: "person",
    Kind.ORGANIZATION: "organization",
    Kind.BODY: "committee",
}
# Of one result; Kind has the words of many.
WORDS = {
    Kind.MEETING: pgettext_lazy("one of any body", "Meeting"),
    Kind.AGENDA: gettext_lazy("Agenda item"),
    Kind.MINUTES: gettext_lazy("Minutes"),
    Kind.DECISION: gettext_lazy("Decision"),
    Kind.FOLLOW_UP: gettext_lazy("Follow-up"),
    Kind.MATERIAL: gettext_lazy("Material"),
    Kind.PROPOSAL: gettext_lazy("Proposal"),
    Kind.PUBLICATION: gettext_lazy("Publication"),
    Kind.ANNOUNCEMENT: gettext_lazy("Announcement"),
    Kind.PERSON: gettext_lazy("Person"),
    Kind.ORGANIZATION: gettext_lazy("Organisation"),
    Kind.BODY: gettext_lazy("Body"),
}
FACETS = {
    "kind": gettext_lazy("What it is"),
    "body": gettext_lazy("Body"),
    "year": gettext_lazy("Year"),
    "organization": gettext_lazy("Organisation"),
    "status": gettext_lazy("Status"),
}
CHOICES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A passage of a result: `heading` is empty where it is the result's own name.

    `readers` says who may read it, where those are fewer than the readers of the result.
    """

    heading: SafeString | str
    text: SafeString | str
    address: str
    readers: str


@dataclass(frozen=True, slots=True)
class Result:
    """A thing that was found; `readers` says who may read it, where not everybody may."""

    title: SafeString
    address: str
    kind: str
    icon: str
    date: PartialDate | None
    lines: list[Line]
    readers: str


def result_of(document: Document, query: Query) -> Result:
    """The result for a thing; where a part of it was asked for by its name, such as an article, under that."""
    name, asked_for, title = document.name, document.name, document.name.document_title
    group = _group_of(name, document)
    lines = [_line(row, query, _readers(document, row, but_for=group)) for row in _telling(document)[:LINES]]
    if _is_part_named(document):
        asked_for = document.passages[0]
        title = asked_for.heading if title in asked_for.heading else f"{asked_for.heading} · {title}"
        lines = [replace(lines[0], heading="")] if lines[0].text else []
    return Result(
        title=highlight(title, query),
        address=asked_for.address,
        kind=str(WORDS[Kind(asked_for.kind)]),
        icon=ICONS[Kind(asked_for.kind)],
        date=_date_of(name),
        lines=lines,
        readers=_readers(document, asked_for, but_for=Group.PUBLIC),
    )


def _is_part_named(document: Document) -> bool:
    first = document.passages[0]
    is_whole = first.is_own_document and (first.ordinal == 0 or first.heading == first.document_title)
    return document.is_named and not is_whole


def _readers(document: Document, row: Paragraph, *, but_for: Group) -> str:
    group = _group_of(row, document)
    return "" if group in (Group.PUBLIC, but_for) else str(group.label)


def _group_of(row: Paragraph, document: Document) -> Group:
    return document.groups.get((row.source, row.object_id), row.group)


def _telling(document: Document) -> list[Paragraph]:
    """The passages that say something, one of each record; a mere heading where no text has the words."""
    best: dict[tuple[str, int], Paragraph] = {}
    for row in document.passages:
        key = (row.source, row.object_id)
        if key not in best or row.text and not best[key].text:
            best[key] = row
    return [row for row in best.values() if row.text or row.heading != row.document_title]


def _line(row: Paragraph, query: Query, readers: str) -> Line:
    heading = highlight(row.heading, query) if row.heading != row.document_title else ""
    return Line(heading, passage(row.text, query, PASSAGE), row.address, readers)


def _date_of(row: Paragraph) -> PartialDate | None:
    return PartialDate.from_range(row.days.lower, row.days.upper - ONE_DAY) if row.days else None


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The choices of one facet: those shown at once, and those behind «more»."""

    label: str
    choices: list[Choice]
    more: list[Choice]


def address_of(question: Question) -> str:
    return f"{reverse('search:search')}?{question.encoded}"


def facets_of(question: Question, found: Found, *, user) -> list[FacetGroup]:
    """The further choices, the likeliest first; years from the latest. A second press takes a choice back."""
    names = _names(found, user=user)
    groups = []
    for name, label in FACETS.items():
        counts = dict(found.facets.get(name, {}))
        asked = getattr(question, name)
        choices = [
            Choice(words, number, address_of(question.but(**{name: "" if value == asked else value})), value == asked)
            for value, words, number in _worded(name, counts, names)
        ]
        if len(choices) > 1 or any(choice.is_chosen for choice in choices):
            chosen_first = sorted(choices, key=lambda choice: not choice.is_chosen)
            groups.append(FacetGroup(str(label), chosen_first[:CHOICES_SHOWN], chosen_first[CHOICES_SHOWN:]))
    return groups


def _worded(name: str, counts: dict[str, int], names: dict[tuple[str, str], tuple[str, str]]):
    """Of each choice what stands in the address, its words and its count."""
    if name == "year":
        return [(year, digits(year), counts[year]) for year in sorted(counts, reverse=True)]
    words = {"kind": dict(Kind.choices), "status": status_words()}.get(name)
    most_first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if words is None:
        return [(*names[name, key], number) for key, number in most_first if (name, key) in names]
    return [(value, str(words[value]), number) for value, number in most_first if value in words]


def _names(found: Found, *, user) -> dict[tuple[str, str], tuple[str, str]]:
    """Slug and name of each body and organisation among the choices, as far as this reader may know of them."""
    keys = {kind: [int(key) for key in found.facets.get(kind, {})] for kind in (Kind.BODY, Kind.ORGANIZATION)}
    titles = Paragraph.objects.visible_to(user).titles()
    rows = titles.filter(kind=Kind.BODY, object_id__in=keys[Kind.BODY])
    rows |= titles.filter(kind=Kind.ORGANIZATION, object_id__in=keys[Kind.ORGANIZATION])
    wanted = rows.values_list("kind", "object_id", "cited_as", "document_title")
    return {(kind, str(key)): (slugs[0], name) for kind, key, slugs, name in wanted}


def chosen_of(question: Question, *, user) -> list[tuple[str, str]]:
    """What narrows the search now: the words, and the address without it."""
    chosen = []
    for name, value in question.narrowing.items():
        words = _words_of_choice(name, value, user=user)
        chosen.append((words, address_of(question.but(**{name: ""}))))
    return chosen


def _words_of_choice(name: str, value: str, *, user) -> str:
    if name == "kind":
        return str(dict(Kind.choices).get(value) or _("unknown"))
    if name == "status":
        return str(status_words().get(value) or _("unknown"))
    if name == "year":
        return _("Year %(number)s") % {"number": digits(value) if value.isdecimal() else _("unknown")}
    titles = Paragraph.objects.visible_to(user).titles()
    if name == "meeting":
        rows = titles.filter(kind=Kind.MEETING, object_id=number_of(value))
    else:
        rows = titles.filter(kind=name, cited_as__contains=[value.lower()])
    return rows.values_list("document_title", flat=True).first() or _("unknown")


@dataclass(frozen=True, slots=True)
class Without:
    """A search that leaves out one word of another that found nothing."""

    word: str
    count: int
    address: str


def without_one_word(question: Question, query: Query, *, user) -> list[Without]:
    """Where all words together find nothing: what is found without one of them, the most first."""
    if not 1 < len(query.units) <= MOST_TRIED:
        return []
    tries = []
    for left_out in query.units:
        others = [unit for unit in query.units if unit is not left_out]
        asked = question.but(q=" ".join(_typed(unit) for unit in others))
        number = finding.count_of(asked, Query(others), user=user)
        if number:
            tries.append(Without(digits(left_out.written), number, address_of(asked)))
    return sorted(tries, key=lambda one: -one.count)


def _typed(unit: Unit) -> str:
    return f"«{unit.written}»" if unit.kind == PHRASE else unit.written
