"""What a search box offers while its reader types: things whose name has these words, the last of them begun."""

from django.db.models import F

from .asking import LONGEST, Question, read
from .finding import documents_of, each_once, rank_for
from .models import Paragraph

SHOWN = 7
SHORTEST = 3
ONLY_NAMES = "{0,0,0,1}"  # what a thing belongs to is no part of its name


def suggestions_for(text: str, *, user) -> list[Paragraph]:
    """The rows that bear the names, the likeliest first; none before there are SHORTEST letters."""
    question = Question.of({"q": _begun(text[:LONGEST]), "exact": "1"})
    query = read(question, user=user, prefix=True)
    if not query.tsquery:
        return []
    names = Paragraph.objects.visible_to(user).titles().matching(query.tsquery)
    names = names.annotate(rank=rank_for(query, ONLY_NAMES)).filter(rank__gt=0)
    best = each_once(names.order_by("-rank", F("day").desc(nulls_last=True), "pk"), SHOWN)
    return [document.passages[0] for document in documents_of([[key] for key in best], user=user)]


def _begun(text: str) -> str:
    """The words without a last one of which too little is written yet."""
    words = text.split()
    return " ".join(words[:-1] if words and len(words[-1]) < SHORTEST else words)
