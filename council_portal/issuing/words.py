"""What the page of verification says, for each verdict."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from council_portal.persian.wording import digits, long_date

from .fate import Other, Verdict
from .verifying import Answer


@dataclass(frozen=True, slots=True)
class Words:
    """A verdict as the page shows it; `icon` is a name in icons.svg."""

    title: str | Promise
    text: str | Promise
    icon: str


BROKEN = Words(
    _("The register was tampered with"),
    _(
        "The register is not any more what was entered in it, so nothing can be said of this document. Do not rely on "
        "the document, and let the secretariat know."
    ),
    "cancelled",
)
BY_CODE = {
    Verdict.BROKEN: BROKEN,
    Verdict.VALID: Words(
        _("Genuine and valid"), _("The council issued a document under this code, and it holds."), "done"
    ),
    Verdict.SUPERSEDED: Words(
        _("Genuine, but superseded"),
        _("The council issued a document under this code. Something later has taken its place: it no longer holds."),
        "postponed",
    ),
    Verdict.COMING: Words(
        _("Genuine, but not yet in force"),
        _("The council issued a document under this code. What it says does not hold yet."),
        "clock",
    ),
    Verdict.AMENDED: Words(
        _("Genuine, but amended"),
        _("The council issued a document under this code. It was amended since, and holds only together with that."),
        "attention",
    ),
    Verdict.WITHDRAWN: Words(
        _("Withdrawn"),
        _("The council issued a document under this code and has withdrawn it: it no longer holds."),
        "withdrawn",
    ),
    Verdict.UNKNOWN: Words(
        _("Unknown"),
        _(
            "The council issued no document under this code. Compare the code with the paper once more; if it is the "
            "same, do not rely on the paper, and let the secretariat know."
        ),
        "attention",
    ),
    Verdict.MISTYPED: Words(
        _("This is no code"),
        _("A symbol is missing or mistaken: no document can have this code. Type it as it stands on the paper."),
        "attention",
    ),
}
BY_FILE = {
    Verdict.BROKEN: BROKEN,
    Verdict.VALID: Words(
        _("Genuine and valid"), _("This file is, byte for byte, the one that the council issued, and it holds."), "done"
    ),
    Verdict.SUPERSEDED: Words(
        _("Genuine, but superseded"),
        _("This file is the one that the council issued. Something later has taken its place: it no longer holds."),
        "postponed",
    ),
    Verdict.COMING: Words(
        _("Genuine, but not yet in force"),
        _("This file is, byte for byte, the one that the council issued. What it says does not hold yet."),
        "clock",
    ),
    Verdict.AMENDED: Words(
        _("Genuine, but amended"),
        _("This file is the one that the council issued. It was amended since, and holds only together with that."),
        "attention",
    ),
    Verdict.WITHDRAWN: Words(
        _("Withdrawn"),
        _("This file is the one that the council issued, and it has withdrawn it: it no longer holds."),
        "withdrawn",
    ),
    Verdict.ALTERED: Words(
        _("Altered"),
        _(
            "This file bears the marks of a document of the council, but it is not what was issued: it was changed "
            "afterwards. Do not rely on it, and let the secretariat know."
        ),
        "cancelled",
    ),
    Verdict.UNKNOWN: Words(
        _("Unknown"),
        _(
            "This file is none that the council issued. A print that was scanned or saved anew is another file too: "
            "check such a one by the code that stands on it."
        ),
        "attention",
    ),
}
# How what stands in the place of another stands itself; None of what was never issued as a document.
IN_ITS_PLACE = {
    None: _("In its place stands %(what)s."),
    Verdict.VALID: _("In its place stands %(what)s, and that holds."),
    Verdict.AMENDED: _("In its place stands %(what)s, which was amended since."),
    Verdict.COMING: _("In its place stands %(what)s, which is not yet in force."),
    Verdict.SUPERSEDED: _("Its place was taken by %(what)s, which was superseded too."),
    Verdict.WITHDRAWN: _("Its place was taken by %(what)s, which was withdrawn: that one does not hold either."),
}


def in_its_place(other: Other) -> str:
    """What has taken the place of a document, and how that stands."""
    return IN_ITS_PLACE[other.verdict] % {"what": _what(other)}


def _what(other: Other) -> str:
    document = other.document
    if document is None:
        return _("“%(name)s”") % {"name": other.name} if other.name else _("what is not public")
    said = {"name": other.name, "number": digits(document.number), "date": long_date(document.entered_at)}
    if other.name:
        return _("“%(name)s” (document number %(number)s, %(date)s)") % said
    return _("document number %(number)s, which is not public") % said


def words_for(answer: Answer) -> Words:
    return (BY_FILE if answer.by_file else BY_CODE)[answer.verdict]
