"""A question in its parts: «مصوبات باز وزارت نیرو در سال ۱۴۰۴ درباره اتوماسیون»."""

import re
from dataclasses import dataclass

from council_portal.persian.partial_date import PartialDate

from .asking import ABOUT, RELATED, date_in, telling
from .folding import fold
from .models import Kind
from .sources import words_of_standings
from .tokens import MONTHS, WEEKDAY, dates_of

BLANK = r"[\s\u200c]+"
# What is asked for before the name that has it.
EZAFE = r"(?:[\s\u200c]?ی)?"
PLURAL = rf"(?:[\s\u200c]?ها)?{EZAFE}"
LISTS = re.compile(rf"(?:فهرست|لیست|تعداد|آمار|کدام|همه|تمام|کلیه){EZAFE}\s+")
# What is left of «در سال ۱۴۰۴», «مصوبات از …» and the like is no part of a name.
SEAM = "در"
LINKING = re.compile(rf"^(?:(?:{SEAM}|از|برای|طی)\s+)+|(?:\s+(?:{SEAM}|از|برای|طی))+$|^(?:{SEAM}|از|برای|طی)$")
SIGNS = re.compile(r"[،؛,;:|](?!\d)|(?<!\S)[-–—](?!\S)|[()\[\]]")  # «مصوبات معوق، وزارت نیرو»
_ABOUT = re.compile(rf"(?<!\S)(?:{ABOUT})(?!\S)")
_RELATED = re.compile(rf"(?<!\S)(?:{RELATED})(?!\S)")
_WITHIN = re.compile(rf"(?:^|\s)(?:{SEAM}|طی)\s+(?P<days>\S.*)$")
AS_IT_STANDS = rf"(?:\s+(?:شده|است|اند)|{EZAFE})"
ASSEMBLY = "اجلاس"  # in short; the bodies meet under other words
DECISIONS = re.compile(r"(?<!\S)(?:مصوبات|مصوبه[\s\u200c]?های?|decisions)(?:\s+|$)")
KINDS = {
    Kind.DECISION: rf"(?:متن\s+)?مصوب(?:ات|ه{PLURAL})|decisions?",
    Kind.MATERIAL: rf"مطالب|مطلب{PLURAL}",
    Kind.MINUTES: rf"صورت[\s\u200c]?جلس(?:ات|ه{PLURAL})",
    Kind.MEETING: rf"جلس(?:ات|ه{PLURAL})|نشست{PLURAL}|meetings?|sessions?",
}
KIND = {kind: re.compile(rf"(?:{words})(?:\s+|$)") for kind, words in KINDS.items()}
ASSEMBLIES = re.compile(rf"^{ASSEMBLY}[\s\u200c]?های?(?!\S)")
A_MEETING = re.compile("جلسه|نشست")  # of some day, as in «مصوبات جلسه ۱۸ شهریور»: which one, the day says
A_YEAR = r"1[234]\d\d"
_FURTHER_DAYS = re.compile(rf"(?<!\S){A_YEAR}(?!\S)|(?:^|\s)(?:{'|'.join(MONTHS)})\s+(?:و|یا|تا)(?!\S)")
YEAR = re.compile(rf"(?<!\S)سال\s+(?P<year>{A_YEAR})(?!\S)|^(?P<first>{A_YEAR})(?!\S)|(?<!\S)(?P<last>{A_YEAR})$")


@dataclass(frozen=True, slots=True)
class Parts:
    """What `kind` of thing is asked for, how it stands, of which `days`, of whom or which, about what."""

    kind: Kind | None
    status: str
    days: PartialDate | None
    name: str
    topic: str

    @classmethod
    def of(cls, text: str) -> "Parts":
        before, topic = (*_ABOUT.split(_plain(text), maxsplit=1), "")[:2]
        name = telling(before)
        name = name[match.end() :] if (match := LISTS.match(name)) else name
        kind, name = _kind_in(name)
        if not kind and (match := DECISIONS.search(name)) and _is_before(name[: match.start()].strip()):
            kind, name = Kind.DECISION, f"{name[: match.start()]}{name[match.end() :]}"  # «وزارت نیرو مصوبات معوق»
        status, name = _status_in(name, is_of_a_kind=bool(kind))
        days, name = _days_in(name, is_year=bool(kind or status))
        if not days:
            days, topic = _days_after(topic)
        name = LINKING.sub("", " ".join(name.split()))
        if not kind:  # «overdue decisions»
            kind, name = _kind_in(name)
        name = "" if days and A_MEETING.fullmatch(name) else name
        topic = " ".join(topic.split()) if any(map(str.isalnum, topic)) else ""
        return cls(kind, status, days, name, topic)

    @classmethod
    def of_whom(cls, text: str) -> "Parts":
        """The same question of whom it is about: «مصوبات کمیته آموزش مربوط به وزارت نیرو» are those of both."""
        return cls.of(_ABOUT.sub(f" {SEAM} ", _plain(text)))

    @property
    def is_of_several_days(self) -> bool:
        """Whether a further one is left in the name: «۱۴۰۴ و ۱۴۰۵», «وزارت نیرو، مهر و آبان ۱۴۰۵»."""
        return bool(self.days and _FURTHER_DAYS.search(self.name))


def is_related(text: str) -> bool:
    """Whether somebody asks for what belongs to whom it is about, if to anybody: «مربوط به», not «درباره»."""
    return bool(_RELATED.search(_plain(text)))


def _plain(text: str) -> str:
    return SIGNS.sub(" ", fold(text).text)


def _is_before(text: str) -> bool:
    """Whether words before «مصوبات» may be whose these are: of one alone they are «آمار مصوبات» and the like."""
    return " " in text or text == ASSEMBLY


def _kind_in(text: str) -> tuple[Kind | None, str]:
    """The kind of thing with which a text begins, and the text without it."""
    if ASSEMBLIES.match(text):  # no sessions of a body
        return Kind.MEETING, ASSEMBLIES.sub(ASSEMBLY, text)
    for kind, words in KIND.items():
        if match := words.match(text):
            return kind, text[match.end() :]
    return None, text


def _days_after(topic: str) -> tuple[PartialDate | None, str]:
    """The days that are asked about, or at the end of it, and the rest: «درباره آب در سال ۱۴۰۴»."""
    days, left = _days_in(topic, is_year=True)
    if days and not left.strip():
        return days, ""
    if match := _WITHIN.search(topic):
        days, left = _days_in(match["days"], is_year=True)
        if days and not left.strip():
            return days, topic[: match.start()]
    return None, topic


def _status_in(text: str, *, is_of_a_kind: bool) -> tuple[str, str]:
    """The status whose words stand in a text, the longest first, and the text without them.

    Without a kind of thing it is what the text begins or ends with: «معوقات وزارت نیرو».
    """
    text = text.strip()
    for status, words in sorted(words_of_standings(), key=lambda item: -len(item[1])):
        said = however_joined(words) + AS_IT_STANDS
        said = re.compile(rf"(?<!\S){said}(?!\S)" if is_of_a_kind else rf"^{said}(?!\S)|(?<!\S){said}$")
        if said.search(text):
            return status, said.sub(" ", text).strip()
    return "", text


def however_joined(words: str) -> str:
    """A pattern for words between which there may be a blank, a half-space or nothing."""
    return f"(?:{BLANK})?".join(map(re.escape, re.split(BLANK, fold(words).text)))


def _days_in(text: str, *, is_year: bool) -> tuple[PartialDate | None, str]:
    """The one date in a text, and the text without it; a number at an end of it is a year where `is_year`."""
    text = text.strip()
    dates = dates_of(text, is_question=True)
    known = date_in(dates[0].lexeme.removeprefix("d")) if len(dates) == 1 else None
    if not known and (found := YEAR.search(text)):
        if found["year"] or is_year:
            return PartialDate.year(int(found[found.lastgroup])), YEAR.sub(" ", text, count=1)
        return None, text
    if whole := date_in(text):
        return (whole, "") if whole.precision != "year" else (None, text)
    return (known, WEEKDAY.sub(" ", f"{text[: dates[0].start]} {text[dates[0].end :]}")) if known else (None, text)
