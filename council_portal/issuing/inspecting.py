"""Inspecting the register: every way in which it can be broken, each night, and telling the secretariat what is."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from council_portal.notices.telling import listed, tell_secretariat
from council_portal.persian.wording import date_and_time, digits

from . import chain
from .chain import Fault
from .guards import Guard, installed_on
from .models import NO_ENTRY, Entry, Inspection


def faults_of_guards() -> Iterator[Fault]:
    """Whether the database still refuses to change what is only added to: its triggers are there, as they were made,
    and not switched off."""
    for table, triggers in ((model._meta.db_table, model._meta.triggers) for model in (Entry, Inspection)):
        there = installed_on(table)
        for guard in triggers:
            if isinstance(guard, Guard) and guard.as_installed() not in there:
                words = _("the database does not guard “%(table)s”: the trigger “%(name)s” is off, or another")
                yield Fault(0, words % {"table": table, "name": guard.name})


def faults_of_heads() -> Iterator[Fault]:
    """Whether the register still holds the head of each earlier inspection under its number; the first that it does
    not tells of all that was rewritten since."""
    same = Entry.objects.filter(number=OuterRef("entries"), entry_hash=OuterRef("head"))
    lost = Inspection.objects.filter(~Exists(same), entries__gt=0).first()
    if lost:
        words = _(
            "it is not the entry that stood here at the inspection of %(when)s: the register was rewritten, or its end "
            "was taken off"
        )
        yield Fault(lost.entries, words % {"when": date_and_time(lost.began_at)})


# In the order in which they are gone through, the quickest first.
GUARDS, CHAIN, HEADS = (
    gettext_lazy("guards of the database"),
    gettext_lazy("chain"),
    gettext_lazy("heads of each night"),
)
FILES, SIGNATURES = gettext_lazy("files"), gettext_lazy("signatures")
PARTS: dict[str, Callable[[], Iterator[Fault]]] = {
    GUARDS: faults_of_guards,
    CHAIN: chain.faults_of_chain,
    HEADS: faults_of_heads,
    FILES: chain.faults_of_files,
    SIGNATURES: chain.faults_of_signatures,
}


def inspect() -> Inspection:
    """Go through the whole register and keep what is found; tell the secretariat what the last one had not found."""
    began_at, last = timezone.now(), Entry.objects.order_by("-number").first()
    with translation.override(settings.LANGUAGE_CODE):
        findings = [in_words(fault) for faults in PARTS.values() for fault in faults()]
    with transaction.atomic():
        earlier = Inspection.objects.last()
        inspection = Inspection.objects.create(
            began_at=began_at,
            ended_at=timezone.now(),
            entries=last.number if last else 0,
            head=last.entry_hash if last else NO_ENTRY,
            findings=findings,
        )
        known = set(earlier.findings) if earlier else set()
        if new := [finding for finding in findings if finding not in known]:
            _tell(inspection, new)
    return inspection


def in_words(fault: Fault) -> str:
    """A fault with the entry that it is of."""
    if not fault.number:
        return fault.why
    return _("entry %(number)s: %(why)s") % {"number": digits(fault.number), "why": fault.why}


def _tell(inspection: Inspection, findings: list[str]) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        title = ngettext(
            "The register of issued documents is broken: %(count)s finding",
            "The register of issued documents is broken: %(count)s findings",
            len(findings),
        ) % {"count": digits(len(findings))}
        text = listed(findings)
    tell_secretariat(
        key=f"register-broken-{inspection.pk}",
        title=title,
        text=text,
        address=reverse("admin:issuing_inspection_change", args=[inspection.pk]),
    )
