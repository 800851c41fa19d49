"""What a search box offers while its reader types: things by their name, and how the last word may go on.

Both are looked for among what this reader may read: no closed name and no closed word is offered.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from council_portal.persian.text import unify_letters

from .analysis import analyse, quoted
from .asking import LONGEST, Question, corrections_for, read
from .finding import ONLY_NAMES, documents_of, each_once, rank_for
from .folding import fold, spell
from .highlighting import whole
from .models import Kind, Paragraph, Term
from .names import nearly
from .page import WORDS, address_of
from .query import Query
from .stemming import respell
from .tokens import WORD

NAMES = 6
COMPLETED = 3
TRIED = 12  # names of which several may be alike, words of which this reader may find none
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    title: str
    kind: str
    url: str


def suggestions_for(text: str, *, user) -> list[Suggestion]:
    """Names, the likeliest first, then searches by a whole word; none before there are SHORTEST letters."""
    text, everything = unify_letters(text)[:LONGEST], _("Search everything")
    names = names_for(text, user=user)
    words = completed(text, user=user)
    return [
        *(Suggestion(row.heading, _what(row), row.address) for row in names),
        *(Suggestion(whole_text, everything, address_of(Question(q=whole_text))) for whole_text in words),
    ]


def _what(row: Paragraph) -> str:
    """What bears the name and, for a part of something, of what."""
    kind = str(WORDS[Kind(row.kind)])
    return kind if row.heading == row.document_title else f"{kind} · {row.document_title}"


def names_for(text: str, *, user) -> list[Paragraph]:
    """The rows that bear the names of things in whose name these words stand, the last of them begun.

    Where there are none, of those from whose name one letter parts the words.
    """
    query = read(Question.of({"q": _begun(text), "exact": "1"}), user=user, prefix=True)
    if not query.tsquery:
        return []
    titles = Paragraph.objects.visible_to(user).titles().matching(query.tsquery)
    titles = titles.annotate(rank=rank_for(query, ONLY_NAMES)).filter(rank__gt=0)
    best = each_once(titles.order_by("-rank", F("day").desc(nulls_last=True), "pk"), TRIED)
    best = best or nearly(text, user=user)
    found = [document.passages[0] for document in documents_of([[key] for key in best], user=user)]
    return _not_all_alike(found)[:NAMES]


def _not_all_alike(rows: list[Paragraph]) -> list[Paragraph]:
    """Without further parts of the same name: every agenda has its review of open decisions."""
    once: dict[tuple, Paragraph] = {}
    for row in rows:
        part = row.heading != row.document_title
        once.setdefault((row.kind, row.heading) if part else (row.source, row.object_id), row)
    return [*once.values()]


def _begun(text: str) -> str:
    """The words without a last one of which too little is written yet."""
    words = text.split()
    return " ".join(words[:-1] if words and len(words[-1]) < SHORTEST else words)


def completed(text: str, *, user) -> list[str]:
    """The text with its last word whole, the commonest first, where something is found by all of it."""
    *before, begun = text.split() or [""]
    start = respell(fold(begun).text)
    if len(start) < SHORTEST or not text[-1:].isalnum():
        return []
    others = read(Question.of({"q": " ".join(before), "exact": "1"}), user=user).tsquery
    found: dict[str, str] = {}
    for term in Term.objects.filter(word__startswith=start).order_by("-paragraphs", "word")[:TRIED]:
        word = as_written(term.word, others, user=user)
        if spell(fold(word).text).startswith(start):
            found.setdefault(spell(fold(word).text), " ".join([*before, word]))
        if len(found) > COMPLETED:
            break
    found.pop(start, None)
    return [*found.values()][:COMPLETED]


def perhaps_meant(question: Question, query: Query, *, user) -> list[tuple[str, str]]:
    """What may have been meant, each with its search: names, or other words for one that stands nowhere."""
    if query.perhaps:
        return [(name, address_of(question.but(q=name))) for name in query.perhaps]
    if question.exact or query.corrections or [unit.kind for unit in query.units] != [WORD]:
        return []
    words = written(corrections_for(user)(query.units[0].typed), user=user)
    return [(word, address_of(question.but(q=word))) for word in words]


def written(words: Iterable[str], *, user) -> list[str]:
    """Words of the index, which are folded, as they stand somewhere."""
    return [as_written(word, "", user=user) or word for word in words]


def as_written(word: str, others: str, *, user) -> str:
    """How a word of the index, which is folded, stands in a text that this reader finds by it and by `others`."""
    lexemes = {word, f"={word}"}
    either = " | ".join(map(quoted, sorted(lexemes)))
    rows = Paragraph.objects.visible_to(user).matching(f"{others} & ({either})" if others else either)
    for texts in rows.any().values_list("document_title", "heading", "text"):
        for text in texts:
            for token in analyse(text):
                if token.lexeme in lexemes:
                    start, end = whole(text, token)
                    return text[start:end]
    return ""
