"""Inspecting the register: every way in which it can be broken, each night, and telling the secretariat what is."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from procrastinate.contrib.django.models import ProcrastinateJob

from council_portal.notices.telling import listed, tell_secretariat
from council_portal.persian.wording import date_and_time, digits

from . import chain
from .chain import Fault
from .guards import Guard, installed_on, names_on
from .models import NO_ENTRY, Entry, Inspection


def faults_of_guards() -> Iterator[Fault]:
    """Whether the database still refuses to change what is only added to: its triggers are there, as they were made,
    and not switched off, and beside them none that is not the portal's."""
    for model in (Entry, Inspection):
        table, there = model._meta.db_table, installed_on(model._meta.db_table)
        for guard in model._meta.triggers:
            if isinstance(guard, Guard) and guard.as_installed() not in there:
                words = _("the database does not guard “%(table)s”: the trigger “%(name)s” is off, or another")
                yield Fault(0, words % {"table": table, "name": guard.name})
        for name in sorted(names_on(table) - {trigger.get_pgid(model) for trigger in model._meta.triggers}):
            words = _("“%(table)s” has a trigger, a rule or a policy that is not the portal's: “%(name)s”")
            yield Fault(0, words % {"table": table, "name": name})


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
        yield Fault(lost.entries, words % {"when": date_and_time(lost.began_at)}, is_rewriting=True)


def faults_of_inspections() -> Iterator[Fault]:
    """Whether the queue has done more inspections than are kept: each keeps what it has found before its job ends.

    That none is kept says nothing by itself: where the queue did not run, none was done.
    """
    from .tasks import inspect_register

    jobs = ProcrastinateJob.objects.filter(task_name=inspect_register.name, status="succeeded")
    done, kept = jobs.count(), Inspection.objects.count()
    if done > kept:
        words = _(
            "the queue has done %(done)s inspections of the register, of which %(kept)s are kept: some were taken away"
        )
        yield Fault(0, words % {"done": digits(done), "kept": digits(kept)}, is_rewriting=True)


def is_reliable() -> bool:
    """Whether what the register says may be relied on: nothing tells that it was changed by force.

    What is quickly looked at is looked at now, all entries too; what the signed files say of it was, at the last
    inspection.
    """
    last = Inspection.objects.last()
    if last and last.was_rewritten:
        return False
    return not any(any(faults()) for faults in (chain.faults_of_chain, faults_of_heads, faults_of_inspections))


# In the order in which they are gone through, the quickest first.
GUARDS, CHAIN = gettext_lazy("guards of the database"), gettext_lazy("chain")
HEADS, INSPECTIONS = gettext_lazy("heads of each night"), gettext_lazy("inspections")
FILES, SIGNATURES = gettext_lazy("files"), gettext_lazy("signatures")
PARTS: dict[str, Callable[[], Iterator[Fault]]] = {
    GUARDS: faults_of_guards,
    CHAIN: chain.faults_of_chain,
    HEADS: faults_of_heads,
    INSPECTIONS: faults_of_inspections,
    FILES: chain.faults_of_files,
    SIGNATURES: chain.faults_of_signatures,
}


def inspect() -> Inspection:
    """Go through the whole register and keep what is found; tell the secretariat what the last one had not found."""
    began_at, last = timezone.now(), Entry.objects.order_by("-number").first()
    with translation.override(settings.LANGUAGE_CODE):
        found = [fault for faults in PARTS.values() for fault in faults()]
        findings = [in_words(fault) for fault in found]
    with transaction.atomic():
        earlier = Inspection.objects.last()
        inspection = Inspection.objects.create(
            began_at=began_at,
            ended_at=timezone.now(),
            entries=last.number if last else 0,
            head=last.entry_hash if last else NO_ENTRY,
            findings=findings,
            was_rewritten=any(fault.is_rewriting for fault in found),
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
