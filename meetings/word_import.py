"""Minutes that were written in Word: read, cleaned, cut at their headings, and matched to the items of the agenda."""

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import BinaryIO

import mammoth
from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _

from council_portal import rich_text
from council_portal.persian.text import ZWNJ, shaped_digits, to_latin_digits, unify
from members.models import User

from .holding import Refused
from .models import AgendaItem, Minutes
from .writing import Part, locked

MOST_TEXT_BYTES = 30_000_000  # of the main part, unpacked: a thousand pages
MOST_SECTIONS = 300
MOST_HTML_BYTES = 2_000_000  # what the preview carries to the storing, below settings.DATA_UPLOAD_MAX_MEMORY_SIZE
ALIKE = 0.6
SAME_NUMBER = 0.3
STYLES = """
p[style-name='Title'] => h3:fresh
p[style-name='Subtitle'] => h4:fresh
p[style-name='heading 1'] => h3:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='heading 3'] => h4:fresh
p[style-name='heading 4'] => h4:fresh
p[style-name='heading 5'] => h4:fresh
p[style-name='heading 6'] => h4:fresh
"""
OPENING, CLOSING, NOWHERE = "opening", "closing", ""
WORDS_FOR = {OPENING: ("آغاز", "افتتاح", "مقدمه"), CLOSING: ("پایان", "خاتمه", "اختتام")}
NUMBERED = re.compile(r"^(?:بند|دستور|موضوع|ماده)?\s*(\d+(?:\s*[–—/.-]\s*\d+)?)\s*[-–—.:)،]*\s*")


class Unreadable(Refused):
    """The file is no Word document that can be read; the message says so."""


@dataclass(frozen=True)
class Section:
    """A heading of the file ("" before the first) and the clean HTML below it; `target` is the key of its place."""

    heading: str
    html: str
    target: str = NOWHERE


def read(file: BinaryIO) -> list[Section]:
    """Return the sections of a Word file whose kind was checked already. Raises Unreadable for one that is broken."""
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.getinfo("word/document.xml").file_size > MOST_TEXT_BYTES:
                raise Unreadable(_("There is more text in the file than any minutes have."))
        file.seek(0)
        html = mammoth.convert_to_html(file, style_map=STYLES, convert_image=lambda image: []).value
    except Unreadable:
        raise
    except Exception as error:  # a file from anywhere can break its reader anywhere
        raise Unreadable(_("The file is damaged or incomplete: it cannot be opened.")) from error
    sections = list(_sections(rich_text.clean(html)))
    if not sections:
        raise Unreadable(_("There is no text in the file."))
    if sum(len((one.heading + one.html).encode()) for one in sections) > MOST_HTML_BYTES:
        raise Unreadable(_("There is more text in the file than any minutes have."))
    if len(sections) > MOST_SECTIONS:
        raise Unreadable(_("The file has more headings than any minutes have."))
    return sections


class _Blocks(HTMLParser):
    """Cuts clean HTML into the elements of its uppermost level, each with its tag, its HTML and its plain text, digits
    as Word showed them."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.blocks: list[tuple[str, str, str]] = []
        self.depth, self.tag, self.html, self.text = 0, "p", "", ""

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.html, self.text = self.html + "<br>", self.text + " "
            return
        if self.depth == 0:
            self.flush()
            self.tag = tag
        self.depth += 1
        self.html += self.get_starttag_text()

    def handle_endtag(self, tag):
        if tag == "br":
            return
        self.html += f"</{tag}>"
        self.depth -= 1
        if self.depth == 0:
            self.flush()

    def handle_data(self, data):
        data = shaped_digits(data)
        self.html, self.text = self.html + data, self.text + data

    def handle_entityref(self, name):
        self.html, self.text = self.html + f"&{name};", self.text + " "

    def handle_charref(self, name):
        self.html, self.text = self.html + f"&#{name};", self.text + " "

    def flush(self):
        if self.text.strip():
            html = self.html if self.html.startswith("<") else f"<p>{self.html}</p>"
            self.blocks.append((self.tag, html, " ".join(self.text.split())))
        self.tag, self.html, self.text = "p", "", ""


def _sections(html: str) -> Iterable[Section]:
    cutter = _Blocks()
    cutter.feed(html)
    cutter.close()
    cutter.flush()
    heading, below = "", []
    for tag, block, text in cutter.blocks:
        if _is_heading(tag, block):
            if heading or below:
                yield Section(heading, "".join(below))
            heading, below = text, []
        else:
            below.append(block)
    if heading or below:
        yield Section(heading, "".join(below))


def _is_heading(tag: str, block: str) -> bool:
    """A heading by its style, or as many write it: a paragraph all of which is bold."""
    return tag in ("h3", "h4") or re.fullmatch(r"<p><strong>[^<]*</strong></p>", block) is not None


def matched(sections: list[Section], parts: list[Part]) -> list[Section]:
    """The sections, each with the place that its heading names: by number, by likeness of the titles, or none."""
    items = [part for part in parts if part.item and not part.closed]
    return [Section(one.heading, one.html, _target(one, items, is_first=i == 0)) for i, one in enumerate(sections)]


def _target(section: Section, items: list[Part], *, is_first: bool) -> str:
    if not section.heading:
        return OPENING if is_first else NOWHERE
    best = max(items, key=lambda part: likeness(section.heading, part), default=None)
    if best is not None and likeness(section.heading, best) >= ALIKE:
        return str(best.item.pk)
    words = _plain(section.heading)
    return next((place for place, those in WORDS_FOR.items() if any(word in words for word in those)), NOWHERE)


def likeness(heading: str, part: Part) -> float:
    """How surely a heading means an item, 0 to 1.3: how alike they read, and more where it gives the item's number."""
    plain = _plain(heading)
    number = NUMBERED.match(plain)
    title = plain[number.end() :] if number else plain
    alike = SequenceMatcher(None, title, _plain(part.item.title)).ratio() if title else ALIKE - SAME_NUMBER
    same = number and re.sub(r"\W+", "-", number[1]) == re.sub(r"\W+", "-", to_latin_digits(part.number))
    return alike + SAME_NUMBER * bool(same)


def _plain(text: str) -> str:
    return " ".join(to_latin_digits(unify(text)).replace(ZWNJ, " ").split())


@transaction.atomic
def store(minutes: Minutes, sections: list[Section], *, by: User) -> list[AgendaItem | Minutes]:
    """Add the sections to the texts of their places, after what stands there, and return what was changed.

    The same once more changes nothing. What has no place is left out; a heading that is not the item's own title stays
    above its text. Raises Refused for frozen minutes, and for an item that `by` may not read or that is no more.
    """
    minutes = locked(minutes)
    if minutes.is_frozen:
        raise Refused(_("The minutes are approved: add a corrigendum instead."))
    rows = AgendaItem.objects.visible_to(by).filter(meeting=minutes.meeting_id).select_for_update(of=["self"])
    items = {str(item.pk): item for item in rows}
    changed = {}
    placed = [section for section in sections if section.target != NOWHERE]
    if all(_stands_there(section, *_place(minutes, items, section.target)) for section in placed):
        return []
    for section in placed:
        row, field = _place(minutes, items, section.target)
        setattr(row, field, getattr(row, field) + _text_of(section, row))
        changed[id(row)] = row
    for row in changed.values():
        row.save()
    return list(changed.values())


def _place(minutes: Minutes, items: dict[str, AgendaItem], target: str):
    if target in (OPENING, CLOSING):
        return minutes, target
    if target not in items:
        raise Refused(_("An item that you chose has been removed meanwhile: choose again."))
    return items[target], "discussion"


def _stands_there(section: Section, row, field: str) -> bool:
    return _text_of(section, row) in getattr(row, field)


def _text_of(section: Section, row) -> str:
    heading = _plain(section.heading)
    is_its_title = isinstance(row, AgendaItem) and SequenceMatcher(None, heading, _plain(row.title)).ratio() >= ALIKE
    is_its_title = is_its_title or bool(NUMBERED.fullmatch(heading)) or isinstance(row, Minutes)
    above = "" if not heading or is_its_title else format_html("<h3>{}</h3>", section.heading)
    return rich_text.clean(above + section.html)
