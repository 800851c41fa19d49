"""The contents of a book, made of its own text, so that they name what is in it and nothing else.

What stands in the contents is marked once, where it begins: an id, `data-entry` with the level of the entry, 1 for a
part of the book, and `data-label` with its words where they are not those of the heading itself. The printed table is
made of these marks here, the bookmarks of the same marks by css/paper-contents.css.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Entry:
    """A line of the contents: its words, the id that it leads to, and the lines below it."""

    level: int
    anchor: str
    label: str
    entries: list["Entry"] = field(default_factory=list)


def entries_of(html: str) -> list[Entry]:
    """The entries that are marked in the text of a book, in their order, those of a lower level below the others."""
    reader = _Marks()
    reader.feed(html)
    reader.close()
    top: list[Entry] = []
    above: list[Entry] = []
    for entry in reader.found:
        while above and above[-1].level >= entry.level:
            above.pop()
        (above[-1].entries if above else top).append(entry)
        above.append(entry)
    return top


class _Marks(HTMLParser):
    """Collects what is marked. An element without a label is a heading, in which no other of its kind can stand."""

    def __init__(self):
        super().__init__()
        self.found: list[Entry] = []
        self._heading = ""  # whose words are being read

    def handle_starttag(self, tag, attrs):
        marks = dict(attrs)
        if "data-entry" not in marks:
            return
        self.found.append(Entry(int(marks["data-entry"]), marks["id"], marks.get("data-label", "")))
        self._heading = "" if "data-label" in marks else tag

    def handle_data(self, data):
        if self._heading:
            self.found[-1].label += data

    def handle_endtag(self, tag):
        if tag == self._heading:
            self.found[-1].label = " ".join(self.found[-1].label.split())
            self._heading = ""
