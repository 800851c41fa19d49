"""What two of the meetings ahead left at their old place: one that was announced, and one that is a plan."""

from datetime import timedelta

from council_portal.persian.partial_date import PartialDate
from meetings.models import Meeting, MeetingMove

from .record import Proceedings
from .schedule import Stage
from .world import World, moment

# Of which body's meeting, how many days after its place it stood before, and why it went.
MOVED = (
    ("expertise", Stage.NEXT, 1, "هم‌زمانی با مأموریت رئیس کمیته"),
    ("ict", Stage.LATER, -2, "در دسترس نبودن سالن در آن روز"),
)


def add_moves(world: World, proceedings: list[Proceedings]) -> None:
    meetings = {(one.slug, one.sitting.stage): one for one in proceedings}
    for slug, stage, days, reason in MOVED:
        record = meetings[slug, stage]
        record.meeting.calendar_sequence = 1  # rows are entered where they stand now: no trigger counts this move
        world.add(_move(record.meeting, record.day + timedelta(days=days), reason, world))


def _move(meeting: Meeting, stood_on, reason: str, world: World) -> MeetingMove:
    hours = {"from_start": meeting.starts_at, "from_end": meeting.ends_at}
    to_hours = {"to_start": meeting.starts_at, "to_end": meeting.ends_at}
    return MeetingMove(
        meeting=meeting,
        was_plan=meeting.status == Meeting.Status.PLANNED,
        from_on=PartialDate.from_date(stood_on),
        to_on=meeting.held_on,
        from_venue=meeting.venue,
        to_venue=meeting.venue,
        reason=reason,
        moved_at=moment(world.yesterday, 11),
        moved_by=world.accounts["secretariat"],
        sequence=meeting.calendar_sequence,
        **hours,
        **to_hours,
    )
