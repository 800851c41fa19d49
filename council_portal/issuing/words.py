"""What the page of verification says, for each verdict."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .verifying import Answer, Verdict


@dataclass(frozen=True, slots=True)
class Words:
    """A verdict as the page shows it; `icon` is a name in icons.svg."""

    title: str | Promise
    text: str | Promise
    icon: str


BROKEN = Words(
    _("The register was tampered with"),
    _(
        "What the register holds of this document is not what was entered, so nothing can be said of it. Do not rely "
        "on the document, and let the secretariat know."
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
        _("The council issued a document under this code. A later one has taken its place, and that one counts."),
        "postponed",
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
        _("This file is the one that the council issued. A later one has taken its place, and that one counts."),
        "postponed",
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


NONE_HOLDS = _(
    "The council issued this document. A later one took its place, and was withdrawn since: neither of them holds."
)


def words_for(answer: Answer) -> Words:
    words = (BY_FILE if answer.by_file else BY_CODE)[answer.verdict]
    if answer.verdict is Verdict.SUPERSEDED and answer.successor and answer.successor.withdrawal:
        return replace(words, text=NONE_HOLDS)
    return words
