"""Enter the council's record of `council.py`: only what is missing, so that no edit is ever lost."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from council_portal.persian.partial_date import PartialDate
from meetings.models import HostTurn, Meeting, TextModule
from members.models import Body, BodyName, Organization
from publications.models import Document, Edition

from . import council
from .modules import TEXT_MODULES, ModuleFacts


@transaction.atomic
def load_council() -> int:
    """Enter what of the council's record is missing, and return how many rows that were.

    What is there is left alone, whatever it says by now: organisations and committees are known by each address that
    they had, the assembly, the board, the bylaws and the charter by their kind, meetings and editions by number.
    """
    entered = [_enter_organization(facts) for facts in council.ORGANIZATIONS]
    entered += [_enter_body(facts, position) for position, facts in enumerate(council.BODIES)]
    assembly = Body.objects.assembly().get()
    entered.append(_enter_first_name(assembly))
    entered += [_enter_meeting(assembly, number) for number in range(1, council.MEETINGS_HELD + 1)]
    Body.objects.filter(pk=assembly.pk, last_meeting_number__lt=council.MEETINGS_HELD).update(
        last_meeting_number=council.MEETINGS_HELD
    )
    entered += [_enter_turn(assembly, number) for number in range(1, len(council.HOSTS) + 1)]
    for facts in council.DOCUMENTS:
        entered += [_enter_document(facts, assembly), _enter_edition(facts, assembly)]
    entered += [_enter_module(facts, position) for position, facts in enumerate(TEXT_MODULES, start=1)]
    return sum(entered)


def _enter_organization(facts: council.OrganizationFacts) -> bool:
    if _known(Organization, facts):
        return False
    Organization.objects.create(slug=facts.slug, name=facts.name, branch=facts.branch, kind=facts.kind)
    return True


def _enter_body(facts: council.BodyFacts, position: int) -> bool:
    is_single = facts.kind != Body.Kind.COMMITTEE
    if Body.objects.filter(kind=facts.kind).exists() if is_single else _known(Body, facts):
        return False
    row = {
        "slug": facts.slug,
        "kind": facts.kind,
        "name": facts.name,
        "short_name": facts.short_name,
        "purpose": facts.purpose,
        "aims": "\n".join(facts.aims),
        "motto": facts.motto,
        "home": facts.home,
        "member_count_stated": facts.member_count_stated,
        "meetings_per_month": facts.meetings_per_month,
        "follows_up": facts.follows_up,
        "position": position,
    }
    Body.objects.create(**row)
    return True


def _known(model: type[Organization] | type[Body], facts) -> Organization | Body | None:
    """The row of these facts, whatever it is called by now: the history remembers every address that a row had."""
    had_address = model.pgh_event_model.objects.filter(slug=facts.slug).values("pgh_obj_id")
    return model.objects.filter(Q(pk__in=had_address) | Q(name=facts.name)).order_by("pk").first()


def _enter_first_name(assembly: Body) -> bool:
    row = {"name": council.FIRST_NAME, "note": council.FIRST_NAME_NOTE}
    return BodyName.objects.get_or_create(row, body=assembly, position=1)[1]


def _enter_meeting(assembly: Body, number: int) -> bool:
    row = {
        "status": Meeting.Status.HELD,
        "host": _host_of(number),
        "held_on": PartialDate.month(*council.FIRST_MEETING_MONTH) if number == 1 else None,
        "venue": council.VENUES.get(number, ""),
        "note": council.NOTES.get(number, ""),
    }
    return Meeting.objects.get_or_create(row, body=assembly, number=number)[1]


def _enter_turn(assembly: Body, number: int) -> bool:
    meeting = Meeting.objects.get(body=assembly, number=number)
    row = {"organization": _host_of(number), "status": HostTurn.Status.HELD, "position": number}
    return HostTurn.objects.get_or_create(row, meeting=meeting)[1]


def _host_of(number: int) -> Organization | None:
    if number > len(council.HOSTS):
        return None
    return _known(Organization, council.HOSTS[number - 1])


def _enter_document(facts: council.DocumentFacts, assembly: Body) -> bool:
    row = {"slug": facts.slug, "title": facts.title, "summary": facts.summary, "body": assembly}
    return Document.objects.get_or_create(row, kind=facts.kind)[1]


def _enter_edition(facts: council.DocumentFacts, assembly: Body) -> bool:
    document = Document.objects.get(kind=facts.kind)
    row = {
        "adopted_in": Meeting.objects.filter(body=assembly, number=facts.adopted_in).first(),
        "articles_stated": facts.articles_stated,
        "is_text_on_record": False,
        "published_at": timezone.now(),
    }
    return Edition.objects.get_or_create(row, document=document, number=1)[1]


def _enter_module(facts: ModuleFacts, position: int) -> bool:
    row = {"text": facts.text, "body_kind": facts.body_kind, "position": position}
    return TextModule.objects.get_or_create(row, name=facts.name)[1]
