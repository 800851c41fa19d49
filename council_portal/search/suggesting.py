"""What a search box offers while its reader types: things by their name, and how the last word may go on.

Both are looked for among what this reader may read: no closed name and no closed word is offered.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils.translation import gettext as _

from council_portal.persian.text import unify_letters

from .analysis import analyse, folded_name, quoted
from .asking import LONGEST, Question, corrections_for, read, read_exactly
from .finding import ONLY_NAMES, documents_of, rank_for
from .folding import as_they_stand, fold, spell
from .highlighting import whole
from .models import Kind, Paragraph, ParagraphQuerySet, Term
from .names import nearly
from .naming import named_by, parts_begun_by
from .page import MOST_TRIED, WORDS, address_of
from .parts import Parts
from .query import Query, starts_of
from .tokens import WORD
from .words import groups_of, words_of

NAMES = 6
COMPLETED = 3
TRIED = 12  # names of which the records' own rule may close some, words of which this reader may find none
ALIKE = 120  # rows among which those that are called alike are looked for: each agenda has its review of decisions
READ = 5  # rows in which a word is looked up as it is written
SHORTEST = 3
NAMES_AND_CONTEXT = "{0,0.1,0,1}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    title: str
    kind: str
    url: str


def suggestions_for(text: str, *, user) -> list[Suggestion]:
    """Names, the likeliest first, then searches by a whole word; none before there are SHORTEST letters."""
    text, everything = unify_letters(text)[:LONGEST], _("Search everything")
    found = [Suggestion(row.heading, _what(row), row.address) for row in names_for(text, user=user)]
    titles = {folded_name(one.title) for one in found}
    words = [words for words in completed(text, user=user) if folded_name(words) not in titles]
    return [*found, *(Suggestion(one, everything, address_of(Question(q=one))) for one in words)]


def _what(row: Paragraph) -> str:
    """What bears the name and, for a part of something, of what."""
    kind = str(WORDS[Kind(row.kind)])
    return kind if row.heading == row.document_title else f"{kind} · {row.document_title}"


def names_for(text: str, *, user) -> list[Paragraph]:
    """The rows that bear the names of things: of what the text names as it stands, then of what it may begin.

    Where there are none, of those in whose name all words stand whole, or from which one letter parts them.
    """
    text = " ".join(text.split()) + (" " if text[-1:].isspace() else "")
    if len(text) < SHORTEST:
        return []
    question = Question(q=text, exact="1")
    keys = [*named_by(question, Query(), user=user).rows[:NAMES], *parts_begun_by(text, user=user)]
    kind = Parts.of(text).kind
    kind = Kind.MEETING if kind == Kind.MINUTES else kind  # that says whether it has any
    keys += _named_with(read(question, user=user, prefix=True), text, kind, user=user)
    keys = keys or _named_with(read(question, user=user), text, None, user=user) or nearly(text, user=user)
    found = [document.passages[0] for document in documents_of([[key] for key in keys], user=user)]
    return _each_title_once(found)[:NAMES]


def _named_with(query: Query, text: str, kind: Kind | None, *, user) -> list[int]:
    """The rows in whose name all words of a text stand; of the kind that is asked for also those of what they belong
    to.

    A report on a decision has no name but that of who sent it.
    """
    if not query.tsquery:
        return []
    titles = Paragraph.objects.visible_to(user).titles().exclude(kind=Kind.FOLLOW_UP)
    keys = _likeliest(titles.named(query.tsquery), query, ONLY_NAMES, text)
    if kind:
        keys += _likeliest(titles.filter(kind=kind).matching(query.tsquery), query, NAMES_AND_CONTEXT, text)
    return keys


def _likeliest(titles: ParagraphQuerySet, query: Query, weights: str, text: str) -> list[int]:
    """One of each name: first those in which the words stand as they are typed, «نیرو» before «نیروهای», and one after
    another, «جلسه ۱۴» before a «جلسه» of the 14th.
    """
    titles = titles.annotate(rank=rank_for(query, weights))
    rows = titles.order_by("-rank", F("day").desc(nulls_last=True), "pk").values_list("pk", "heading")[:ALIKE]
    once: dict[str, tuple[int, str]] = {}
    for key, title in rows:
        once.setdefault(folded_name(title), (key, title))
    typed, name = as_they_stand(text), folded_name(text)
    likeliest = sorted(once.items(), key=lambda one: (not typed <= as_they_stand(one[1][1]), name not in one[0]))
    return [key for _name, (key, _title) in likeliest][:TRIED]


def _each_title_once(rows: list[Paragraph]) -> list[Paragraph]:
    """Who sees two that are called alike cannot tell them apart: every agenda has its review of open decisions."""
    once: dict[str, Paragraph] = {}
    for row in rows:
        once.setdefault(folded_name(row.heading), row)
    return [*once.values()]


def completed(text: str, *, user) -> list[str]:
    """The text with its last word whole, the commonest first, where something is found by all of it."""
    folded = fold(text)
    words = words_of(folded.text, is_begun=True)
    if not words or not text[-1:].isalnum():
        return []
    [*_others, (first, _last)] = groups_of(words)
    place = words[first].start
    before, starts = text[: folded.start(place)].rstrip(), tuple(starts_of(folded.text[place:]))
    if not starts or len(starts[0]) < SHORTEST:
        return []
    others = read_exactly(before, user=user).tsquery
    found: dict[str, str] = {}
    begun = Q.create([("word__startswith", start) for start in starts], connector=Q.OR)
    for term in Term.objects.filter(begun).order_by("-paragraphs", "word")[:TRIED]:
        word = as_written(term.word, others, user=user)
        if spell(fold(word).text).startswith(starts):
            found.setdefault(spell(fold(word).text), f"{before} {word}".strip())
        if len(found) > COMPLETED:
            break
    return [words for word, words in found.items() if word not in starts][:COMPLETED]


def perhaps_meant(question: Question, query: Query, *, user) -> list[tuple[str, str]]:
    """What may have been meant, each with its search: names, or other words for one that stands nowhere.

    Where a word stands at all, nothing else is meant by it though it is not found in the part that is searched, or with
    the others.
    """
    if query.perhaps and not question.narrowing:
        return [(name, address_of(question.but(q=name))) for name in query.perhaps]
    if question.exact or query.corrections or len(query.units) > MOST_TRIED:
        return []
    paragraphs = Paragraph.objects.visible_to(user)
    unknown = [unit for unit in query.units if not paragraphs.matching(unit.tsquery).any().exists()]
    if [unit.kind for unit in unknown] != [WORD]:
        return []
    meant = written(corrections_for(user)(unknown[0].typed), user=user)
    texts = [question.q.replace(unknown[0].written, word) for word in meant]
    return [(text, address_of(question.but(q=text))) for text in texts]


def written(words: Iterable[str], *, user) -> list[str]:
    """Words of the index, which are folded, as they stand somewhere."""
    return [*dict.fromkeys(as_written(word, "", user=user) or word for word in words)]


def as_written(word: str, others: str, *, user) -> str:
    """How a word of the index, which is folded, stands in a text that this reader finds by it and by `others`: as a
    word of its own or, where it is met in none of the first texts, within a longer one.
    """
    lexemes = {word, f"={word}"}
    either = " | ".join(map(quoted, sorted(lexemes)))
    rows = Paragraph.objects.visible_to(user).matching(f"{others} & ({either})" if others else either)
    longer = ""
    for texts in rows.any(READ).values_list("document_title", "heading", "text"):
        for text in texts:
            for token in analyse(text):
                if token.lexeme in lexemes:
                    start, end = whole(text, token)
                    if (token.start, token.end) == (start, end):
                        return text[start:end]
                    longer = longer or text[start:end]
    return longer
