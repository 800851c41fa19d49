"""Enter the demo: the real record first, then a fictional year (or more) on top of it."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone, translation

from council_portal.content.record import load_council
from council_portal.models import DemoData
from council_portal.persian.calendar import to_jalali, today
from meetings.models import Meeting
from members.models import Body, Person, User
from publications.models import Edition

from . import schedule, thirteenth
from .clerk import Clerk
from .escalations import add_escalations
from .hosting import add_invitations, add_turns, hosts
from .issuing import issue_some
from .lunar import add_holidays
from .materials import add_materials, gallery
from .minutes import finish_minutes
from .moves import add_moves
from .organizations import add_organizations
from .people import add_people
from .proposals import add_links, add_proposals
from .publications import add_citations, add_publications, add_rules, publish
from .rows import Rows
from .world import World


class DatabaseInUse(Exception):
    """The database holds records that people have entered; the demo would mix with them."""


def load_demo(*, years: int | None = None) -> bool:
    """Enter the demo of some `years`, fourteen months by default; return False if it is there already.

    One day always gets the same demo. Raises DatabaseInUse where people, accounts or further meetings are on record.
    """
    if DemoData.is_loaded():
        return False
    with transaction.atomic(), translation.override("fa"):
        load_council()
        _refuse_database_in_use()
        DemoData.objects.create(pk=1, loaded_at=timezone.now())  # first: what the demo issues says so, too
        _enter(12 * years if years else schedule.MONTHS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return True


def _refuse_database_in_use() -> None:
    further_meetings = Meeting.objects.exclude(body__kind=Body.Kind.ASSEMBLY, number__isnull=False)
    assembly = Body.objects.assembly().get()
    if Person.objects.exists() or User.objects.exists() or further_meetings.exists() or assembly.last_decision_number:
        raise DatabaseInUse


def _enter(months: int) -> None:
    demo = gather(months)
    demo.world.rows.enter()
    demo.clerk.save_counters()
    publish(demo.world, demo.editions)
    add_rules()
    add_citations(demo.clerk.proceedings)
    issue_some(by=demo.world.accounts["secretariat"])


@dataclass(frozen=True)
class Gathered:
    """The demo before it is entered."""

    world: World
    clerk: Clerk
    editions: list[tuple[Edition, date]]


def gather(months: int) -> Gathered:
    """Write a council of so many months on top of the record; nothing is entered yet save its pictures."""
    rows = Rows()
    world = World(
        today=today(),
        bodies={body.slug: body for body in Body.objects.order_by("pk")},
        organizations=add_organizations(rows, to_jalali(today())[0]),
        rows=rows,
    )
    sittings = schedule.sittings(world.today, months)
    add_people(world, sittings[0].day)
    thirteenth.reserve_numbers(world)
    order = hosts(world)
    clerk = Clerk(world, order)
    for sitting in sittings:
        clerk.write(sitting)
    finish_minutes(world, clerk.proceedings)
    add_escalations(world)
    add_holidays(world)
    add_moves(world, clerk.proceedings)
    add_turns(world, clerk.proceedings, order)
    add_invitations(world, clerk.proceedings)
    pictures = gallery()
    add_materials(world, clerk.proceedings, pictures)
    thirteenth.write(world, next(one for one in clerk.proceedings if one.slug == "assembly"), pictures)
    add_proposals(world, clerk.proceedings)
    add_links(world, clerk.proceedings)
    return Gathered(world, clerk, add_publications(world, clerk.proceedings))
