"""The thirteenth meeting, of which only that it was held is on record: told whole, so that one report shows everything.

What is told is fictional, and the meeting's note says so on its page and in its report.
"""

from datetime import date, time, timedelta

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.text import to_persian_digits
from council_portal.persian.wording import long_date, weekday_date
from meetings.models import AgendaItem, Assignment, Attendance, Decision, FollowUp, Material, Meeting, Minutes

from . import schedule
from .chance import chance
from .materials import Gallery, picture_of, programme_of
from .prose import paragraphs, read
from .record import Proceedings
from .world import World, moment

ASSEMBLY, NUMBER = "assembly", 13
STATUSES = ["present"] * 86 + ["excused"] * 8 + ["absent"] * 6
PICTURES = 6
Kind = Material.Kind


def reserve_numbers(world: World) -> None:
    """Leave the first numbers of the assembly's decisions to this meeting. Before anybody else numbers decisions."""
    world.bodies[ASSEMBLY].last_decision_number += sum(len(item.get("decision", ())) for item in _story()["item"])


def write(world: World, following: Proceedings, gallery: Gallery) -> None:
    """Tell the meeting, a month before the `following` one, which approved its minutes."""
    _Story(world, following).tell(gallery)


def _story() -> dict:
    return read("thirteenth.toml")


class _Story:
    def __init__(self, world: World, following: Proceedings):
        self.world, self.following, self.story = world, following, _story()
        self.chance = chance("thirteenth")
        self.day = schedule.day_before(following.day, ASSEMBLY)
        self.meeting = Meeting.objects.select_related("body").get(body=world.bodies[ASSEMBLY], number=NUMBER)
        self.services = world.roster(ASSEMBLY, self.day)
        self.present = 0
        self.numbers = iter(range(1, world.bodies[ASSEMBLY].last_decision_number + 1))

    def tell(self, gallery: Gallery) -> None:
        start, end = schedule.HOURS[ASSEMBLY]
        self.meeting.held_on, self.meeting.title = PartialDate.from_date(self.day), self.story["title"]
        self.meeting.starts_at, self.meeting.ends_at = time(start), time(end)
        self.meeting.venue, self.meeting.note = self.story["venue"], self.story["note"]
        self.world.rows.change(self.meeting)
        self._add_attendance()
        items = [self._add_item(position, told) for position, told in enumerate(self.story["item"], start=1)]
        self._add_minutes()
        self._add_materials(items, gallery)

    def _add_attendance(self) -> None:
        for service in self.services:
            status = self.chance.choice(STATUSES)
            self.present += status == Attendance.Status.PRESENT
            excuse = self.world.prose.say("excuse") if status == Attendance.Status.EXCUSED else ""
            row = {"person": service.person, "organization": service.organization, "status": status, "excuse": excuse}
            self.world.add(Attendance(meeting=self.meeting, **row))

    def _add_item(self, position: int, told: dict) -> AgendaItem:
        presenter = self.chance.choice(self.services).person
        words = {
            "presenter": str(presenter),
            "present": to_persian_digits(self.present),
            "votes": to_persian_digits(self.present - 4),
        }
        item = AgendaItem(
            meeting=self.meeting,
            position=position,
            title=told["title"],
            presenter=presenter,
            proposed_by=self.world.organizations.get(told.get("proposed_by")),
            minutes_planned=told["minutes"],
            outcome=told["outcome"],
            discussion=paragraphs(*(text.format(**words) for text in told["discussion"])),
        )
        self.world.add(item)
        for decided in told.get("decision", ()):
            self._add_decision(item, decided)
        return item

    def _add_decision(self, item: AgendaItem, told: dict) -> None:
        organizations = [self.world.organizations[slug] for slug in (told["lead"], *told["support"])]
        lead, *support = (organization.name for organization in organizations)
        due_on = schedule.end_of_month(self.day, months=told["months"])
        words = {"lead": lead, "support": f" با همکاری {' و '.join(support)}" if support else ""}
        published_at = moment(self.following.day, 20)
        decision = Decision(
            meeting=self.meeting,
            agenda_item=item,
            title=told["title"],
            text=told["text"].format(due=long_date(due_on), **words),
            visibility=Visibility.PUBLIC,
            published_at=published_at,
            published_by=self.world.accounts["secretariat"],
        )
        decision.give_number(next(self.numbers), body=self.meeting.body)
        self.world.add(decision)
        for n, organization in enumerate(organizations):
            self._add_duty(decision, organization, told, due_on, role="support" if n else "lead")

    def _add_duty(self, decision: Decision, organization, told: dict, due_on: date, *, role: str) -> None:
        """One that was carried out, `done` days after its due date, and reported."""
        status = Assignment.Status.DONE_LATE if told["done"] else Assignment.Status.DONE
        row = {"due_on": due_on, "original_due_on": due_on, "status": status, "percent_done": 100}
        assignment = self.world.add(Assignment(decision=decision, organization=organization, role=role, **row))
        on = min(due_on + timedelta(days=told["done"] or -3), self.world.yesterday)
        self.world.add(
            FollowUp(
                assignment=assignment,
                kind=FollowUp.Kind.REPORT,
                text=told["report"],
                new_status=Assignment.Status.DONE,
                recorded_at=moment(on, 10),
                recorded_by=self.world.accounts["secretariat"],
                review=FollowUp.Review.ACCEPTED,
                reviewed_at=moment(on, 12),
                reviewed_by=self.world.accounts["followup"],
            )
        )

    def _add_minutes(self) -> None:
        words = {"day": weekday_date(self.day), "present": to_persian_digits(self.present)}
        by = self.world.accounts["secretariat"]
        self.world.add(
            Minutes(
                meeting=self.meeting,
                visibility=Visibility.PUBLIC,
                opening=paragraphs(*(text.format(**words) for text in self.story["opening"])),
                closing=paragraphs(*self.story["closing"]),
                status=Minutes.Status.PUBLISHED,
                circulated_at=moment(self.day, 18),
                circulated_by=by,
                comments_due_on=self.day + timedelta(days=7),
                approved_at=moment(self.following.day, 19),
                approved_by=by,
                approved_in=self.following.meeting,
                published_at=moment(self.following.day, 20),
                published_by=by,
            )
        )

    def _add_materials(self, items: list[AgendaItem], gallery: Gallery) -> None:
        for kind in (Kind.SPEECH, Kind.ARTICLE, Kind.PRESENTATION):
            for position, told in enumerate(self.story[kind.value], start=1):
                speaker = self.chance.choice(self.services).person
                words = {"title": told["title"], "text": told["text"].strip(), "speaker": speaker}
                self._add_material(kind=kind, position=position, **words)
        hours = schedule.HOURS[ASSEMBLY]
        programme = programme_of(NUMBER, self.day, hours, items)
        self._add_material(kind=Kind.PROGRAMME, title="برنامه نشست", text=programme)
        for n in range(PICTURES):
            self._add_material(kind=Kind.PICTURE, position=n + 1, **picture_of(NUMBER, n, gallery))

    def _add_material(self, **values) -> None:
        self.world.add(Material(meeting=self.meeting, visibility=Visibility.PUBLIC, **values))
