"""Rich text: the few elements that minutes and articles need, cleaned whoever wrote it and however it came in."""

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


class RichTextFormField(ProseEditorFormField):
    """Takes what is pasted: a null byte is dropped with the other controls, not complained of."""

    def to_python(self, value):
        return super().to_python(unify(value, multiline=True) if isinstance(value, str) else value)


class RichTextField(ProseEditorField):
    """HTML as `clean` leaves it: in forms, in `bulk_create` and in `update` alike."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"extensions": EXTENSIONS, "sanitize": clean} | kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": RichTextFormField} | kwargs)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) and value else value
