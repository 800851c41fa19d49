"""Rich text: the few elements that minutes and articles need, cleaned whoever wrote it and however it came in."""

import re
from html.parser import HTMLParser

import nh3
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField

from council_portal.persian.text import unify

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "HardBreak": True,
    "History": True,
}
TAGS = {
    *("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "h3", "h4", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
INLINE = {"br", "strong", "em", "a"}
ATTRIBUTES = {"a": {"href"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}, "ol": {"start"}}


def clean(html: str) -> str:
    """Safe HTML of the elements above, in unified letters; everything else is dropped, scripts with their content."""
    return nh3.clean(
        unify(html, multiline=True),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


class _LooseText(HTMLParser):
    """Puts into paragraphs what stands in clean HTML outside of all blocks; leaves the rest as it is."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.html, self.loose, self.depth = "", "", 0

    def handle_starttag(self, tag, attrs):
        self._begin(tag)
        self._add(self.get_starttag_text())

    def handle_endtag(self, tag):
        self._add(f"</{tag}>")
        self.depth -= self.depth > 0 and tag not in INLINE

    def handle_data(self, data):
        self._add(data)

    def handle_entityref(self, name):
        self._add(f"&{name};")

    def handle_charref(self, name):
        self._add(f"&#{name};")

    def _begin(self, tag):
        if tag not in INLINE:
            self.end_loose()
            self.depth += 1

    def _add(self, markup):
        if self.depth:
            self.html += markup
        else:
            self.loose += markup

    def end_loose(self):
        if self.loose.strip():
            paragraphs = re.split(r"\n\s*\n", self.loose.strip())
            self.html += "".join("<p>" + paragraph.replace("\n", "<br>") + "</p>" for paragraph in paragraphs)
        else:
            self.html += self.loose
        self.loose = ""


def in_paragraphs(html: str) -> str:
    """Clean rich text whose every word is in a block: what is typed where no editor runs has lines, and no elements.

    An empty line ends a paragraph, another end of a line is kept as such.
    """
    parser = _LooseText()
    parser.feed(clean(html))
    parser.close()
    parser.end_loose()
    return parser.html


class RichTextFormField(ProseEditorFormField):
    """Takes what is pasted, and what is typed without an editor; null bytes are dropped with the other controls."""

    def to_python(self, value):
        return super().to_python(in_paragraphs(value) if isinstance(value, str) else value)


BLOCKS = {"p", "br", "ul", "ol", "li", "blockquote", "h3", "h4", "table", "tr"}


class _Paragraphs(HTMLParser):
    """Collects the text of each block; an item of a list begins with a bullet, the cells of a row are set apart."""

    def __init__(self):
        super().__init__()
        self.paragraphs, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.end_paragraph()
        if tag == "li":
            self.text = "• "
        if tag in ("td", "th") and self.text:
            self.text += " | "

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.end_paragraph()

    def handle_data(self, data):
        self.text += data

    def end_paragraph(self):
        text = " ".join(self.text.split())
        if text not in ("", "•"):
            self.paragraphs.append(text)
            self.text = ""
        elif not text:
            self.text = ""


def reading_form(html: str) -> list[str]:
    """The paragraphs of rich text as they are read, without its markup."""
    parser = _Paragraphs()
    parser.feed(html)
    parser.close()
    parser.end_paragraph()
    return parser.paragraphs


class RichTextField(ProseEditorField):
    """HTML as `clean` leaves it: in forms, in `bulk_create` and in `update` alike."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"extensions": EXTENSIONS, "sanitize": clean} | kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": RichTextFormField} | kwargs)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) and value else value
