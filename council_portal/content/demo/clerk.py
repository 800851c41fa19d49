"""Writes the sittings: agenda, attendance, discussion and decisions, one after the other, as a real clerk would."""

from collections.abc import Iterator
from datetime import time, timedelta

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.text import ordinal, ordinal_before, to_persian_digits
from council_portal.persian.wording import month_and_year, weekday_date
from meetings.models import AgendaItem, Attendance, Decision, Meeting, Minutes
from members.models import Organization

from .chance import Deck, chance
from .duties import Duties
from .people import MEMBER_OF, SUBSTITUTE_POST, substitutes
from .prose import Action, Topic, paragraphs, topics
from .record import Proceedings, Ruling
from .schedule import Sitting, Stage, end_of_month
from .world import Service, World, moment

Outcome, Kind, Status = AgendaItem.Outcome, AgendaItem.Kind, Attendance.Status

ASSEMBLY = "assembly"
# How many items besides the review of open decisions, and how often an item comes to which end (in a hundred).
ITEMS = {"assembly": (5, 6)}
ITEMS_OF_SESSION = (3, 4)
OUTCOMES = [Outcome.DECIDED] * 78 + [Outcome.NOTED] * 13 + [Outcome.POSTPONED] * 6 + [Outcome.WITHDRAWN] * 3
ATTENDANCE = [Status.PRESENT] * 80 + [Status.EXCUSED] * 9 + [Status.REPRESENTED] * 8 + [Status.ABSENT] * 3
GUEST_POSTS = ("مشاور معاون توسعه مدیریت", "استاد دانشگاه", "مدیر پروژه شبکه دولت", "کارشناس آرشیو ملی")
HALLS = ("سالن همایش", "تالار اجتماعات", "سالن شهدا", "تالار کتابخانه", "سالن نشست‌های طبقه همکف")
# What the first of the assemblies charges the demo's member with: who tries the search asks for it.
FIRST_OF_ALL = "قرارداد نمونه پشتیبانی اتوماسیون"
CANCELLED_BECAUSE = "تعطیلی ناگهانی ادارات به علت آلودگی هوا"


class Clerk:
    def __init__(self, world: World, hosts: Iterator[Organization]):
        self.world = world
        self.hosts = hosts
        self.chance = chance("sittings")
        self.duties = Duties(world)
        self.proceedings: list[Proceedings] = []
        self._meeting_numbers = {slug: body.last_meeting_number for slug, body in world.bodies.items()}
        self._decision_numbers = {slug: body.last_decision_number for slug, body in world.bodies.items()}
        every = topics()
        self._topics = {
            slug: Deck([topic for topic in every if slug in topic.committees] or every, f"topics of {slug}")
            for slug in world.bodies
        }
        topic, self._first_of_all = next(
            (topic, action) for topic in every for action in topic.actions.cards if action.title == FIRST_OF_ALL
        )
        self._topics[ASSEMBLY].put_first(topic)
        self._carried: dict[str, tuple[AgendaItem, Topic]] = {}
        self._outcomes = Deck(OUTCOMES, "outcomes")
        self._leads = Deck(list(world.organizations.values()), "leads")
        self._halls = Deck(HALLS, "halls")
        self._substitutes = substitutes("substitutes")

    def write(self, sitting: Sitting) -> None:
        write = {
            Stage.HELD: self._hold,
            Stage.CANCELLED: self._cancel,
            Stage.NEXT: self._announce,
            Stage.LATER: self._plan,
        }
        self.proceedings.append(write[sitting.stage](sitting))

    def save_counters(self) -> None:
        """Leave the counters where holding the next meeting goes on."""
        for slug, body in self.world.bodies.items():
            body.last_meeting_number = self._meeting_numbers[slug]
            body.last_decision_number = self._decision_numbers[slug]
            body.save()

    # A sitting that was held

    def _hold(self, sitting: Sitting) -> Proceedings:
        slug = sitting.slug
        self._meeting_numbers[slug] += 1
        meeting = self._add_meeting(
            sitting,
            status=Meeting.Status.HELD,
            number=self._meeting_numbers[slug],
            closed_at=moment(sitting.day, sitting.hours[1], 30),
            closed_by=self.world.accounts["secretariat"],
        )
        proceedings = Proceedings(sitting, meeting)
        services = self.world.roster(slug, sitting.day)
        proceedings.present_count = self._add_attendance(proceedings, services)
        self._add_review(proceedings)
        for position in range(2, 2 + self.chance.choice(ITEMS.get(slug, ITEMS_OF_SESSION))):
            self._add_item(proceedings, position, services)
        if slug == ASSEMBLY:
            self._add_next_host(proceedings)
        self._frame(proceedings)
        return proceedings

    def _add_meeting(self, sitting: Sitting, **fields) -> Meeting:
        start, end = sitting.hours
        is_assembly = sitting.slug == ASSEMBLY
        host = next(self.hosts) if is_assembly else None
        fields = {
            "held_on": PartialDate.from_date(sitting.day),
            "starts_at": time(start),
            "ends_at": time(end),
            "host": host,
            "venue": f"{self._halls.deal()}، {host.name}" if host else "ساختمان دبیرخانه اجلاس",
            "announced_at": moment(sitting.day - timedelta(days=10), 9),
            "announced_by": self.world.accounts["secretariat"],
        } | fields
        return self.world.add(Meeting(body=self.world.bodies[sitting.slug], **fields))

    def _add_attendance(self, proceedings: Proceedings, services: list[Service]) -> int:
        """Add who was expected, and return how many were there or represented."""
        count = 0
        for service in services:
            status = self.chance.choice(ATTENDANCE)
            count += status in (Status.PRESENT, Status.REPRESENTED)
            is_represented = status == Status.REPRESENTED
            self.world.add(
                Attendance(
                    meeting=proceedings.meeting,
                    person=service.person,
                    organization=service.organization,
                    status=status,
                    excuse=self.world.prose.say("excuse") if status == Status.EXCUSED else "",
                    substitute_name=self._substitutes.deal() if is_represented else "",
                    substitute_post=SUBSTITUTE_POST if is_represented else "",
                )
            )
        if proceedings.slug == ASSEMBLY:
            self._add_guest(proceedings)
        return count

    def _add_guest(self, proceedings: Proceedings) -> None:
        self.world.add(
            Attendance(
                meeting=proceedings.meeting,
                is_guest=True,
                guest_name=self._substitutes.deal(),
                guest_post=self.chance.choice(GUEST_POSTS),
            )
        )

    def _add_review(self, proceedings: Proceedings) -> None:
        total, overdue = self.duties.review(proceedings)
        words = {
            "committee": self.world.bodies["follow-up"].name,
            "total": to_persian_digits(total),
            "overdue": to_persian_digits(overdue),
        }
        text = self.world.prose.say("review", **words) if overdue else self.world.prose.say("review_none")
        self._add_agenda_item(
            proceedings,
            1,
            kind=Kind.REVIEW,
            title="بررسی مصوبات در دست اجرا",
            minutes_planned=15,
            outcome=Outcome.NOTED,
            discussion=paragraphs(text),
        )

    def _add_next_host(self, proceedings: Proceedings) -> None:
        self._add_agenda_item(
            proceedings,
            len(proceedings.items) + 1,
            title="زمان و میزبان نشست آینده",
            minutes_planned=10,
            outcome=Outcome.NOTED,
            discussion=paragraphs(self.world.prose.say("next_host")),
        )

    def _add_item(self, proceedings: Proceedings, position: int, services: list[Service]) -> None:
        slug = proceedings.slug
        # What was postponed comes first at the next sitting, not later at the same one.
        carried, topic = self._carried.pop(slug, (None, None)) if position == 2 else (None, None)
        topic = topic or self._topics[slug].deal()
        first_action = self._first_action() if slug == ASSEMBLY else None
        outcome = Outcome.DECIDED if carried or first_action else self._outcomes.deal()
        presenter = self.chance.choice(services)
        item = self._add_agenda_item(
            proceedings,
            position,
            title=carried.title if carried else topic.titles.deal(),
            continues=carried,
            presenter=presenter.person,
            proposed_by=presenter.organization if position % 2 else None,
            minutes_planned=self.chance.choice((15, 20, 30)),
            is_added_later=position == 6,
            visibility=self._visibility(proceedings, position),
            outcome=outcome,
            discussion=self._discussion(proceedings, topic, presenter, outcome),
        )
        proceedings.topics[position] = topic
        if outcome == Outcome.POSTPONED:
            self._carried[slug] = item, topic
        if first_action:
            self._add_decision(proceedings, item, topic, first_action)
        elif outcome == Outcome.DECIDED:
            self._decide(proceedings, item, topic)
        if slug == ASSEMBLY and position == 3 and proceedings.meeting.number % 3 == 0:
            self._add_parts(proceedings, item, topic, presenter)

    def _add_agenda_item(self, proceedings: Proceedings, position: int, **fields) -> AgendaItem:
        item = self.world.add(AgendaItem(meeting=proceedings.meeting, position=position, **fields))
        proceedings.items.append(item)
        return item

    def _add_parts(self, proceedings: Proceedings, item: AgendaItem, topic: Topic, presenter: Service) -> None:
        for position, title in enumerate(("گزارش وضع موجود", "پیشنهادها و زمان‌بندی"), start=1):
            text = self.world.prose.say("evidence", **self._words(proceedings, topic, presenter))
            self.world.add(
                AgendaItem(
                    meeting=proceedings.meeting,
                    parent=item,
                    position=position,
                    title=title,
                    outcome=Outcome.NOTED,
                    discussion=paragraphs(text),
                )
            )

    @staticmethod
    def _visibility(proceedings: Proceedings, position: int) -> Visibility:
        """Now and then an item is closed; sessions' items are for members."""
        number = proceedings.meeting.number
        if position == 5 and number % 5 == 0:
            return Visibility.SECRETARIAT
        if position == 4 and number % 7 == 0:
            return Visibility.BODY
        return Visibility.PUBLIC if proceedings.slug == ASSEMBLY else Visibility.MEMBERS

    def _discussion(self, proceedings: Proceedings, topic: Topic, presenter: Service, outcome: str) -> str:
        patterns = ["intro", "views", outcome]
        if proceedings.slug == ASSEMBLY:
            middle = self.chance.choice(
                (["evidence", "views"], ["evidence", "views", "question"], ["views", "question"])
            )
            patterns = ["intro", *middle, outcome]
        words = self._words(proceedings, topic, presenter)
        texts = []
        for pattern in patterns:
            texts.append(self.world.prose.say(pattern, **words))
            words["fact"] = topic.facts.deal()
        return paragraphs(*texts)

    def _words(self, proceedings: Proceedings, topic: Topic, presenter: Service) -> dict[str, str]:
        present = proceedings.present_count
        return {
            "presenter": str(presenter.person),
            "topic": topic.name,
            "org": self._leads.deal().name,
            "other": self._leads.deal().name,
            "fact": topic.facts.deal(),
            "view": topic.views.deal(),
            "second": topic.views.deal(),
            "committee": self.world.bodies[topic.committees[0]].name,
            "count": to_persian_digits(self.chance.randint(6, 48)),
            "months": to_persian_digits(self.chance.randint(2, 9)),
            "present": to_persian_digits(present),
            "votes": to_persian_digits(present - self.chance.randint(0, present // 5)),
        }

    # Decisions

    def _first_action(self) -> Action | None:
        """What the assembly decides first of all; None ever after."""
        action, self._first_of_all = self._first_of_all, None
        return action

    def _decide(self, proceedings: Proceedings, item: AgendaItem, topic: Topic) -> None:
        for __ in range(self.chance.choice((1, 2, 2))):
            self._add_decision(proceedings, item, topic, topic.actions.deal())

    def _add_decision(self, proceedings: Proceedings, item: AgendaItem, topic: Topic, action: Action) -> None:
        slug = proceedings.slug
        lead, *support = self._responsible(proceedings)
        due_on = end_of_month(proceedings.day, months=self.chance.choice((1, 2, 2, 3, 4, 6)))
        self._decision_numbers[slug] += 1
        decision = Decision(
            meeting=proceedings.meeting,
            agenda_item=item,
            title=action.title,
            text=self.world.prose.say(
                "decision",
                lead=lead.name,
                support=_with_support(support),
                action=action.clause,
                due=f"پایان {month_and_year(due_on)}",
                topic=topic.name,
                body=proceedings.meeting.body.name,
                committee=self.world.bodies["follow-up"].name,
            ),
            visibility=item.visibility,
        )
        decision.give_number(self._decision_numbers[slug], body=proceedings.meeting.body)
        self.world.add(decision)
        proceedings.rulings.append(Ruling(decision, action, topic))
        self.duties.add(proceedings, decision, action, [lead, *support], due_on)

    def _responsible(self, proceedings: Proceedings) -> list[Organization]:
        """The lead, and none to two who support it. One of the assembly's decisions is always for the demo's member."""
        owes_first = proceedings.slug == ASSEMBLY and not proceedings.rulings
        chosen = [self.world.organizations[MEMBER_OF] if owes_first else self._leads.deal()]
        for __ in range(self.chance.choice((0, 0, 1, 1, 2))):
            other = self._leads.deal()
            if other not in chosen:
                chosen.append(other)
        return chosen

    # What frames the minutes

    def _frame(self, proceedings: Proceedings) -> None:
        meeting, (start, end) = proceedings.meeting, proceedings.sitting.hours
        is_assembly = proceedings.slug == ASSEMBLY
        words = {
            "ordinal": ordinal_before(meeting.number) if is_assembly else ordinal(meeting.number),
            "body": meeting.body.name,
            "day": weekday_date(proceedings.day),
            "host": meeting.host.name if is_assembly else "",
            "present": to_persian_digits(proceedings.present_count),
            "hour": to_persian_digits(start),
            "end": to_persian_digits(end),
            "welcomer": self._welcomer(proceedings),
        }
        say = self.world.prose.say
        opening = (
            [say("opening_assembly", **words), say("welcome", **words)]
            if is_assembly
            else [say("opening_session", **words)]
        )
        self.world.add(
            Minutes(
                meeting=meeting,
                visibility=Visibility.PUBLIC if is_assembly else Visibility.MEMBERS,
                opening=paragraphs(*opening),
                closing=paragraphs(say("closing", **words)),
            )
        )

    def _welcomer(self, proceedings: Proceedings) -> str:
        host = proceedings.meeting.host
        if host is None:
            return ""
        services = self.world.roster(ASSEMBLY, proceedings.day)
        return next(
            (str(service.person) for service in services if service.organization is host), "مدیرکل دبیرخانه میزبان"
        )

    # Sittings that were not held, or not yet

    def _cancel(self, sitting: Sitting) -> Proceedings:
        # Entered where it stands now: no trigger counts the cancellation.
        fields = {"status": Meeting.Status.CANCELLED, "cancelled_because": CANCELLED_BECAUSE, "calendar_sequence": 1}
        meeting = self._add_meeting(sitting, **fields)
        return Proceedings(sitting, meeting)

    def _announce(self, sitting: Sitting) -> Proceedings:
        """Make the next sitting known, with its agenda."""
        announced_on = min(sitting.day - timedelta(days=10), self.world.yesterday)
        meeting = self._add_meeting(sitting, status=Meeting.Status.ANNOUNCED, announced_at=moment(announced_on, 9))
        return self._with_agenda(sitting, meeting)

    def _plan(self, sitting: Sitting) -> Proceedings:
        """Plan the one after the next; of an assembly only the month is settled."""
        fields = {"status": Meeting.Status.PLANNED, "announced_at": None, "announced_by": None, "venue": ""}
        if sitting.slug == ASSEMBLY:
            month = PartialDate.from_date(sitting.day)
            fields |= {"held_on": PartialDate.month(month.year, month.month), "starts_at": None, "ends_at": None}
        return self._with_agenda(sitting, self._add_meeting(sitting, **fields))

    def _with_agenda(self, sitting: Sitting, meeting: Meeting) -> Proceedings:
        proceedings = Proceedings(sitting, meeting)
        services = self.world.roster(sitting.slug, self.world.today)
        self._add_agenda_item(proceedings, 1, kind=Kind.REVIEW, title="بررسی مصوبات در دست اجرا", minutes_planned=15)
        for position in range(2, 5):
            carried, topic = self._carried.pop(sitting.slug, (None, None))
            topic = topic or self._topics[sitting.slug].deal()
            self._add_agenda_item(
                proceedings,
                position,
                title=carried.title if carried else topic.titles.deal(),
                continues=carried,
                presenter=self.chance.choice(services).person,
                minutes_planned=20,
            )
            proceedings.topics[position] = topic
        return proceedings


def _with_support(support: list[Organization]) -> str:
    return " با همکاری " + " و ".join(organization.name for organization in support) if support else ""
