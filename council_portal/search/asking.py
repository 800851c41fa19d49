"""What somebody asks: the words, and what narrows them down. The address of the page holds all of it."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cache
from urllib.parse import urlencode

from django.db.models import OuterRef, TextField, Value
from django.db.models.functions import Concat

from council_portal.persian.calendar import PERSIAN_MONTHS
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.text import to_latin_digits, unify

from . import names, typos
from . import query as queries
from .folding import fold
from .models import AnyOf, Kind, Paragraph, Term
from .tokens import whole_date

BY_DATE = "date"
LONGEST = 300
# How people lead up to what they ask for, and end with it; no text is found by these.
RELATED = r"مربوط[\s\u200c]?به|مرتبط[\s\u200c]?با"
ABOUT = (
    r"درباره|دربارهٔ|درباره\u200cی|پیرامون|بابت|در[\s\u200c]?مورد|در[\s\u200c]?خصوص|در[\s\u200c]?زمینه|راجع[\s\u200c]?به"
    rf"|{RELATED}|در[\s\u200c]?رابطه[\s\u200c]?با|در[\s\u200c]?ارتباط[\s\u200c]?با"
)
NUMBER = r"شماره(?:ٔ|\u200cی)?(?=\s*[:#]?\s*\d)"
NAME = r"(?:(?:جناب|سرکار)\s+)?(?:آقای|خانم)(?=\s+(?!های?(?!\S))\S)"
DATE = (
    r"(?:(?:در|به)\s+)?(?:مورخ|مورخه|مورخهٔ|مورخه\u200cی|تاریخ|بتاریخ)"
    rf"(?=\s+(?:\d|روز\s|\S*شنبه|جمعه|(?:{'|'.join(PERSIAN_MONTHS)})(?!\S)))"
)
ASKING = re.compile(r"(?<=\S)\s+(?:کیست|چیست|کجاست|کدام\s+است|چه\s+کسی\s+است|کدام\s?اند)[\s؟?!.]*$")
LEADING_UP = re.compile(rf"(?<!\S)(?:{ABOUT}|{NAME}|{DATE})(?!\S)|(?<!\S){NUMBER}")


@dataclass(frozen=True, slots=True)
class Question:
    """`body` and `organization` are slugs, `meeting` and `year` numbers, as text; "" asks nothing.

    `exact` asks for the words as they are typed, also where nobody ever wrote them.
    """

    q: str = ""
    kind: str = ""
    body: str = ""
    meeting: str = ""
    year: str = ""
    organization: str = ""
    status: str = ""
    order: str = ""
    exact: str = ""

    @classmethod
    def of(cls, data) -> "Question":
        """What an address asks; unified, with single blanks, and cut where it is longer than a question."""
        asked = {name: " ".join(unify(data.get(name, ""))[:LONGEST].split()) for name in cls.__slots__}
        return cls(**asked | {"year": to_latin_digits(asked["year"])})

    def but(self, **changes: str) -> "Question":
        return replace(self, **changes)

    @property
    def encoded(self) -> str:
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def narrowing(self) -> dict[str, str]:
        """What is asked besides the words."""
        return {name: value for name, value in asdict(self).items() if value and name not in ("q", "order", "exact")}

    @property
    def has_choices_alone(self) -> bool:
        """Whether everything is asked for that the choices leave, by no word."""
        return bool(self.narrowing) and not self.q


def read(question: Question, *, user, prefix: bool = False) -> queries.Query:
    """The words as a query; what this reader would find nowhere is looked for as what it may be a mistake for."""
    text, paragraphs = telling(question.q), Paragraph.objects.visible_to(user)

    @cache
    def known(word: str) -> bool:
        return paragraphs.matching(f"'{word}' | '={word}'").any().exists()

    query = queries.parse(
        text,
        prefix=prefix,
        known=known,
        corrections=None if question.exact else corrections_for(user),
    )
    if not question.exact:
        names.correct(query, text, user=user)
    return query


def read_exactly(text: str, *, user) -> queries.Query:
    """Words as a query, without what they may be a mistake for."""
    return read(Question(q=text, exact="1"), user=user)


def telling(text: str) -> str:
    """The words without «درباره», «آقای», «کیست» and the like, unless nothing else is asked for, or a phrase is."""
    left = " ".join(ASKING.sub("", LEADING_UP.sub(" ", text)).split())
    return left if left and without_marks(text) == text else text


def without_end(text: str) -> str:
    """The words without the full stop or the question of a sentence: «رئیس کمیته آموزش کیست؟»."""
    text = text.rstrip(" ؟?!.،,؛;:…") or text
    return ASKING.sub("", text)


def without_marks(text: str) -> str:
    """The words without the quotation marks of phrases."""
    return re.sub('[«»"“”„]', "", text)


def date_in(text: str) -> PartialDate | None:
    """The date that a text is, also with a year of two digits, the day in words or last: «بهمن ۸۷», «۱۲/۵/۸۷»."""
    date = whole_date(fold(text).text.strip())
    try:
        return PartialDate.parse(date.lexeme.removeprefix("d") if date else text)
    except ValueError:
        return None


def corrections_for(user) -> Callable[[str], list[str]]:
    """What a word may be a mistake for, of the words that this reader can find."""
    quoted = Concat(
        Value("'"), OuterRef("word"), Value("' | '="), OuterRef("word"), Value("'"), output_field=TextField()
    )
    somewhere = AnyOf(Paragraph.objects.visible_to(user).matching(quoted))

    @cache
    def corrections(word: str) -> list[str]:
        # The words first: beside what it takes to see where they stand, the planner does not mind to read them all.
        alike = list(Term.objects.filter(keys__key__in=typos.keys_of(word)).values_list("word", flat=True).distinct())
        found = Term.objects.filter(word__in=alike).alias(somewhere=somewhere).filter(somewhere__isnull=False)
        return typos.corrections_of(word, found.values_list("word", "paragraphs"))

    def of_some_form(word: str) -> list[str]:
        """Of the word or, where no text has it with such an ending, of what it is without: «گزراش‌ها»."""
        return next(filter(None, map(corrections, (word, *typos.without_ending(word)))), [])

    return of_some_form


def name_of(kind: Kind, slug: str, *, user) -> Paragraph | None:
    """A body or an organisation by its slug, as far as this reader may know of it."""
    return Paragraph.objects.visible_to(user).titles().filter(kind=kind, cited_as__contains=[slug.lower()]).first()
