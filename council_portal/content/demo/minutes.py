"""The minutes' way: approved in the body's next sitting and published; the latest of each body stand differently."""

from datetime import date, timedelta

from meetings.models import AgendaItem, Comment, Corrigendum, Minutes
from members.models import User

from .record import Proceedings
from .schedule import Stage
from .world import World, moment

Status = Minutes.Status
# How far the minutes of each body's latest sitting have come; the board's are not begun.
LATEST = {
    "assembly": Status.CIRCULATED,
    "board": None,
    "training": Status.DRAFT,
    "expertise": Status.CIRCULATED,
    "ict": Status.APPROVED,
    "follow-up": Status.PUBLISHED,
}
# Those of the assembly's eighteenth meeting are corrected once they are issued (issuing).
CORRECTED = {("ict", 6)}


def finish_minutes(world: World, proceedings: list[Proceedings]) -> None:
    """Approve and publish what is due, and with the minutes their decisions."""
    minutes_of = {id(minutes.meeting): minutes for minutes in world.rows.of(Minutes)}
    for slug in world.bodies:
        held = [record for record in proceedings if record.slug == slug and record.sitting.stage is Stage.HELD]
        for record, following in zip(held, held[1:], strict=False):
            _publish(world, minutes_of[id(record.meeting)], record, following)
        _leave_latest(world, minutes_of[id(held[-1].meeting)], held[-1])


def _publish(world: World, minutes: Minutes, record: Proceedings, following: Proceedings | None) -> None:
    """Approve in the following sitting, or through the board where there is none yet, and publish the same day."""
    day = following.day if following else record.day
    minutes.approved_in = following.meeting if following else None
    _approve(world, minutes, record, day)
    minutes.status = Status.PUBLISHED
    minutes.published_at, minutes.published_by = moment(day, 20), world.accounts["secretariat"]
    for ruling in record.rulings:
        ruling.decision.published_at, ruling.decision.published_by = minutes.published_at, minutes.published_by
    if (record.slug, record.meeting.number) in CORRECTED:
        _correct(world, minutes, record)


def _leave_latest(world: World, minutes: Minutes, record: Proceedings) -> None:
    status = LATEST[record.slug]
    if status is None:
        world.rows.of(Minutes).remove(minutes)
    elif status == Status.CIRCULATED:
        _circulate(world, minutes, record)
        if record.slug == "assembly":
            _comment(world, minutes, record)
    elif status == Status.APPROVED:
        _approve(world, minutes, record, record.day)
    elif status == Status.PUBLISHED:
        _publish(world, minutes, record, None)


def _circulate(world: World, minutes: Minutes, record: Proceedings) -> None:
    minutes.status = Status.CIRCULATED
    minutes.circulated_at, minutes.circulated_by = moment(record.day, 18), world.accounts["secretariat"]
    minutes.comments_due_on = record.day + timedelta(days=7)


def _comment(world: World, minutes: Minutes, record: Proceedings) -> None:
    """What members say on the evening of the circulation: one is taken up, one answered, one waits for its answer."""
    member, chair = world.accounts["member"], world.accounts["chair"]
    settled = {"settled_at": moment(record.day, 21), "settled_by": world.accounts["secretariat"]}
    taken_up = {"status": Comment.Status.TAKEN_UP, "answer": "اصلاح شد؛ با سپاس از دقت شما."} | settled
    answer = "فهرست پیوست در همین صفحه، میان مواد نشست آمده است."
    answered = {"status": Comment.Status.ANSWERED, "answer": answer} | settled
    comments = (
        (None, member, "نام یکی از مهمانان در متن آغاز نیامده است؛ خواهشمند است افزوده شود.", taken_up),
        (record.items[1], chair, "فهرست دستگاه‌هایی که گزارش به آن‌ها استناد کرده کجاست؟", answered),
        (record.items[1], member, "پیشنهاد می‌شود مهلت پاسخ دستگاه‌ها در متن همین بند روشن‌تر نوشته شود.", {}),
    )
    for minute, (item, author, text, outcome) in enumerate(comments):
        written = {"written_at": moment(record.day, 19, 10 * minute), "written_by": author}
        world.add(Comment(minutes=minutes, agenda_item=item, text=text, **written, **outcome))


def _approve(world: World, minutes: Minutes, record: Proceedings, day: date) -> None:
    _circulate(world, minutes, record)
    minutes.status = Status.APPROVED
    minutes.approved_at, minutes.approved_by = moment(day, 19), world.accounts["secretariat"]


def _correct(world: World, minutes: Minutes, record: Proceedings) -> None:
    world.add(corrigendum_of(minutes, record.items[1], by=world.accounts["secretariat"]))


def corrigendum_of(minutes: Minutes, item: AgendaItem, *, by: User) -> Corrigendum:
    """The first correction of minutes, on the day after their publication; not saved yet."""
    return Corrigendum(
        minutes=minutes,
        number=1,
        agenda_item=item,
        text=f"در بند «{item.title}» عبارت «سه ماه» به «سه ماه کاری» اصلاح می‌شود.",
        reason="ناهمخوانی متن با صدای ضبط‌شده نشست",
        published_at=minutes.published_at + timedelta(days=1),
        published_by=by,
    )
