"""Who hosted the fictional meetings, whose turn comes next and why, and who answered the next invitations."""

from collections.abc import Iterator
from datetime import timedelta

from council_portal.notices.models import Mail
from council_portal.persian import calendar
from council_portal.persian.partial_date import PartialDate
from meetings.models import HostTurn, Invitation, Meeting
from members.models import Organization

from .chance import Deck, chance
from .people import SUBSTITUTE_POST, substitutes
from .record import Proceedings
from .schedule import Stage
from .world import World, moment

Status, Answer = HostTurn.Status, Invitation.Answer
TURNS_AHEAD = 6
DEFERRED_BECAUSE = "جابه‌جایی ساختمان؛ دستگاه نوبتی پس از پایان آن خواست"
DECLINED_BECAUSE = "سالن در دست بازسازی است؛ دستگاه برای سال آینده اعلام آمادگی کرد"
ANSWERS = [Answer.ATTEND] * 48 + [Answer.APOLOGISE] * 8 + [Answer.SUBSTITUTE] * 8 + [""] * 36


def hosts(world: World) -> Iterator[Organization]:
    """Organisations in the order of hosting, for ever: those first that have not hosted in the real record."""
    hosted = set(Meeting.objects.filter(host__isnull=False).values_list("host__slug", flat=True))
    order = sorted(world.organizations.values(), key=lambda organization: organization.slug in hosted)
    new = [organization for organization in order if organization.slug not in hosted]
    chance("hosts").shuffle(new)
    order = new + [organization for organization in order if organization.slug in hosted]
    while True:
        yield from order


def add_turns(world: World, proceedings: list[Proceedings], order: Iterator[Organization]) -> None:
    """Add a turn for each meeting of the assembly, held or ahead, and for those to come after them."""
    assemblies = [record for record in proceedings if record.slug == "assembly"]
    first = next(record.meeting.number for record in assemblies)
    for position, record in enumerate(assemblies, start=first):
        is_held = record.sitting.stage is Stage.HELD
        _add_turn(world, record.meeting.host, position, record.meeting, Status.HELD if is_held else Status.ACCEPTED)
    position = first + len(assemblies)
    _add_passed(world, next(order), position, Status.DECLINED, DECLINED_BECAUSE, months=12)
    _add_passed(world, next(order), position, Status.DEFERRED, DEFERRED_BECAUSE, months=6)
    year, month, __ = calendar.to_jalali(assemblies[-1].day)
    for n in range(TURNS_AHEAD - 2):
        year, month = calendar.next_month(year, month)
        turn = _add_turn(world, next(order), position + 1 + n, None, Status.ACCEPTED if n == 0 else Status.PROPOSED)
        turn.expected_on = PartialDate.month(year, month)


def _add_turn(
    world: World, organization: Organization, position: int, meeting: Meeting | None, status: str
) -> HostTurn:
    return world.add(
        HostTurn(
            organization=organization,
            meeting=meeting,
            position=position,
            status=status,
            expected_on=meeting.held_on if meeting else None,
            reason=world.prose.say("host_reason") if status != Status.HELD else "",
        )
    )


def _add_passed(
    world: World, organization: Organization, position: int, status: str, reason: str, *, months: int
) -> None:
    year, month, __ = calendar.to_jalali(world.today)
    for __ in range(months):
        year, month = calendar.next_month(year, month)
    world.add(
        HostTurn(
            organization=organization,
            position=position,
            status=status,
            reason=reason,
            answered_at=moment(world.yesterday, 10),
            answered_by=world.accounts["secretariat"],
            not_before=PartialDate.month(year, month),
        )
    )


def add_invitations(world: World, proceedings: list[Proceedings]) -> None:
    """Invite everybody to the next sitting of each body; most have answered."""
    luck, names = chance("answers"), substitutes("invited")
    for record in proceedings:
        if record.sitting.stage is Stage.NEXT:
            for service in world.roster(record.slug, world.today):
                _invite(world, record, service.person, luck.choice(ANSWERS), names)


def _letter(world: World, record: Proceedings, person, sent_at) -> Mail | None:
    """The letter of the demo, as if it had been sent."""
    if not person.email:
        return None
    return world.add(
        Mail(
            key=f"demo-{record.slug}-{person.email}",
            name=str(person),
            address=person.email,
            subject="دعوت به نشست",
            text="متن نمونه دعوت‌نامه",
            status=Mail.Status.SENT,
            created_at=sent_at,
            sent_at=sent_at,
        )
    )


def _invite(world: World, record: Proceedings, person, answer: str, substitutes: Deck) -> None:
    sent_at = record.meeting.announced_at + timedelta(minutes=30)
    is_member = person is world.accounts["member"].person
    answer = "" if is_member else answer
    world.add(
        Invitation(
            meeting=record.meeting,
            person=person,
            sent_at=sent_at,
            sent_by=world.accounts["secretariat"],
            letter=_letter(world, record, person, sent_at),
            answer=answer,
            answered_at=sent_at + timedelta(hours=3) if answer else None,
            reason=world.prose.say("apology") if answer == Answer.APOLOGISE else "",
            substitute_name=substitutes.deal() if answer == Answer.SUBSTITUTE else "",
            substitute_post=SUBSTITUTE_POST if answer == Answer.SUBSTITUTE else "",
        )
    )
