"""What stands in braces in a text module, and what of a meeting it is filled with."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from council_portal.persian import wording
from council_portal.persian.text import unify

IN_BRACES = re.compile(r"\{([^{}]*)\}")


class UnknownPlaceholder(ValueError):
    """A text names something in braces that no meeting has; the message says what."""

    def __init__(self, names: list[str]):
        self.names = names
        super().__init__(
            _("Nothing is known by the name %(names)s. These can stand in braces: %(known)s.")
            % {
                "names": _(", ").join(f"«{name}»" for name in names),
                "known": _(", ").join(f"{{{one.name}}}" for one in PLACEHOLDERS),
            }
        )


@dataclass(frozen=True)
class Facts:
    """What the texts may say of one meeting. `counts` are those of Attendance, None where nobody is on record."""

    meeting: object
    counts: dict[str, int] | None

    def count(self, *names: str) -> int | None:
        return sum(self.counts[name] for name in names) if self.counts else None


@dataclass(frozen=True)
class Placeholder:
    """`name` is what the secretariat writes, `key` what a program may write instead; `value(facts)` the text."""

    name: str
    key: str
    value: Callable[[Facts], str | None]


def _number(value: int | None) -> str | None:
    return None if value is None else wording.count(value)


PLACEHOLDERS = (
    Placeholder("رکن", "body", lambda facts: facts.meeting.body.name),
    Placeholder("نشست", "meeting", lambda facts: str(facts.meeting)),
    Placeholder("شماره", "number", lambda facts: wording.ordinal(facts.meeting.number) or None),
    Placeholder("تاریخ", "date", lambda facts: facts.meeting.held_on and wording.weekday_date(facts.meeting.held_on)),
    Placeholder("آغاز", "starts", lambda facts: facts.meeting.starts_at and wording.clock(facts.meeting.starts_at)),
    Placeholder("پایان", "ends", lambda facts: facts.meeting.ends_at and wording.clock(facts.meeting.ends_at)),
    Placeholder("میزبان", "host", lambda facts: facts.meeting.host and facts.meeting.host.name),
    Placeholder("محل", "venue", lambda facts: facts.meeting.venue),
    Placeholder("شمار اعضا", "expected", lambda facts: _number(facts.count("expected"))),
    Placeholder("حاضران", "present", lambda facts: _number(facts.count("present"))),
    Placeholder("جانشینان", "represented", lambda facts: _number(facts.count("represented"))),
    Placeholder("حاضران و جانشینان", "taking_part", lambda facts: _number(facts.count("present", "represented"))),
    Placeholder("عذرخواهان", "excused", lambda facts: _number(facts.count("excused"))),
    Placeholder("غایبان", "absent", lambda facts: _number(facts.count("absent"))),
    Placeholder("مهمانان", "guests", lambda facts: _number(facts.count("guests"))),
    Placeholder("حد نصاب", "quorum", lambda facts: _number(facts.meeting.body.quorum)),
)


def _plain(name: str) -> str:
    return " ".join(unify(name).replace("\u200c", " ").split()).lower()


_BY_NAME = {_plain(name): one for one in PLACEHOLDERS for name in (one.name, one.key)}


def check(text: str) -> None:
    """Raise UnknownPlaceholder for a text that names in braces what is not known."""
    unknown = [name for name in IN_BRACES.findall(text) if _plain(name) not in _BY_NAME]
    if unknown:
        raise UnknownPlaceholder(unknown)


def fill(text: str, facts: Facts) -> str:
    """Return the text with what is in braces replaced, «not recorded» for what is not known; unknown names stay."""

    def value(match: re.Match) -> str:
        one = _BY_NAME.get(_plain(match[1]))
        return match[0] if one is None else one.value(facts) or wording.not_recorded()

    return IN_BRACES.sub(value, text)


def facts_of(meeting) -> Facts:
    """What is on record of a meeting whose body and host are loaded; one query."""
    counts = meeting.attendance.counts()
    return Facts(meeting, counts if any(counts.values()) else None)


def as_paragraphs(text: str) -> str:
    """Plain text as the rich text that the minutes are written in: a paragraph for each line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))
