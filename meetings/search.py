"""What of meetings can be found: themselves, their agenda and minutes by paragraph, decisions, follow-up, materials."""

from collections.abc import Callable
from itertools import chain

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from council_portal.persian.calendar import today
from council_portal.persian.wording import digits, long_date, ordinal
from council_portal.rich_text import reading_form
from council_portal.search.models import Kind
from council_portal.search.sources import Findable, Passage, Source, Standing, register
from members.models import Body, Organization, Person

from .letters import name_in_a_list
from .models import AgendaItem, Assignment, Corrigendum, Decision, FollowUp, Material, Meeting, MeetingMove, Minutes
from .models.assignments import AssignmentQuerySet

OF_THE_MEETING = ("meeting", "meeting__body")


def meetings(rows, reader):
    hosts = Prefetch("host", Organization.objects.visible_to(reader))
    moves = Prefetch("moves", MeetingMove.objects.visible_to(reader).left(), to_attr="left")
    for meeting in rows.select_related("body").prefetch_related(hosts, moves):
        host = [meeting.host] if meeting.host else []
        said = (meeting.title, meeting.venue, meeting.note, meeting.cancelled_because)
        reasons = [move.reason for move in meeting.left]
        yield Findable(
            pk=meeting.pk,
            title=name_in_a_list(meeting),
            address=meeting.get_absolute_url(),
            passages=[Passage("\n".join(filter(None, (*said, *reasons))))],
            # Who looks for the minutes of a meeting that has none is led to the meeting, which says so.
            words=[
                *(*_words_of(meeting), _("Minutes"), _("Agenda"), *map(str, host)),
                *(long_date(move.from_on) for move in meeting.left),  # a day for which it was planned or announced
            ],
            within=_within(meeting),
            days=meeting.held_on,
            organizations=[one.pk for one in host],
            statuses=[meeting.status],
            shares=[(one.pk, meeting.status) for one in host],
            cited_as=_cited_as(meeting),
            names=[meeting.title],
            **_place(meeting),
        )


def _cited_as(meeting: Meeting) -> list[str]:
    """The names by which a meeting is asked for, and its minutes, its host and the like, which stand on its page."""
    names, numbered = _names_of(meeting)
    return [*names, *(f"{fact} {name}" for fact in (_("Minutes"), _("Agenda"), _("Host")) for name in names + numbered)]


def _names_of(meeting: Meeting) -> tuple[list[str], list[str]]:
    """What a meeting is called, and what it is only beside the word for something of it: «صورت‌جلسه ۱۳»."""
    names, numbered = [str(meeting)], []
    if meeting.number:
        number = digits(meeting.number)
        if meeting.body.kind == Body.Kind.ASSEMBLY:
            names += _called(meeting)
            numbered = [number]
        else:
            body, session = meeting.body.name, _("Session")
            names += [f"{number} {session} {body}", f"{body} {session} {number}"]  # «سومین جلسه کمیته آموزش»
            numbered = [f"{number} {body}", f"{body} {number}"]
    return names, numbered


def agenda(rows, reader):
    for item in _items(rows, reader):
        yield _of_meeting(
            item.meeting,
            pk=item.pk,
            title=item.title,
            address=_address_of(item),
            words=[_("Agenda"), *_people_of(item)],
            organizations=[item.proposed_by_id] if item.proposed_by else [],
        )


def discussions(rows, reader):
    for item in _items(rows, reader):
        yield _of_meeting(
            item.meeting,
            pk=item.pk,
            title=item.title,
            address=_address_of(item),
            passages=[Passage(text) for text in reading_form(item.discussion)],
            words=[_("Minutes"), *_people_of(item)],
            organizations=[item.proposed_by_id] if item.proposed_by else [],
        )


def minutes(rows, reader):
    for one in rows.select_related("meeting__body"):
        texts = [*reading_form(one.opening), *reading_form(one.closing)]
        yield _of_meeting(
            one.meeting,
            pk=one.pk,
            title=str(one),
            address=one.get_absolute_url(),
            passages=[Passage(text) for text in texts],
            words=[_("Minutes")],
            cited_as=[f"{_('Minutes')} {name}" for name in chain(*_names_of(one.meeting))],
        )


def corrigenda(rows, reader):
    items = Prefetch("agenda_item", AgendaItem.objects.visible_to(reader))
    for one in rows.select_related("minutes__meeting__body").prefetch_related(items):
        number = _("Corrigendum %(number)s") % {"number": digits(one.number)}
        meeting = one.minutes.meeting
        yield _of_meeting(
            meeting,
            pk=one.pk,
            title=f"{number} – {one.agenda_item}" if one.agenda_item else number,
            address=f"{meeting.get_absolute_url()}#corrigendum-{one.number}",
            passages=[Passage(one.text), Passage(one.reason)],
            words=[_("Minutes"), _("Corrigenda")],
        )


def decisions(rows, reader):
    assignments = Prefetch("assignments", _known_assignments(reader), to_attr="known")
    for decision in rows.select_related("meeting__body").prefetch_related(assignments):
        yield Findable(
            pk=decision.pk,
            title=_title_of(decision),
            address=decision.get_absolute_url(),
            passages=[Passage(decision.text)],
            words=[
                *(_("Decision"), _("Decisions"), *_words_of(decision.meeting)),
                *(str(assignment.organization) for assignment in decision.known),
            ],
            days=decision.meeting.held_on,
            organizations=[assignment.organization_id for assignment in decision.known],
            statuses=[assignment.status for assignment in decision.known],
            shares=[(assignment.organization_id, assignment.status) for assignment in decision.known],
            cited_as=[decision.reference, decision.label],
            **_place(decision.meeting),
        )


def follow_up(rows, reader):
    # Why a report was returned is for fewer than the report: it is not among the words.
    for entry in rows.select_related("assignment__organization", "assignment__decision__meeting__body"):
        decision = entry.assignment.decision
        yield Findable(
            pk=entry.pk,
            title=f"{entry.get_kind_display()} · {entry.assignment.organization}",
            address=f"{decision.get_absolute_url()}#follow-up-{entry.pk}",
            passages=[Passage(entry.text)],
            words=[_("Follow-up"), entry.referred_to],
            within=(f"meetings.decision:{decision.pk}", _title_of(decision)),
            days=entry.recorded_at,
            organizations=[entry.assignment.organization_id],
            **_place(decision.meeting),
        )


def materials(rows, reader):
    speakers = Prefetch("speaker", Person.objects.visible_to(reader))
    rows = rows.select_related("meeting__body", "file__extracted").prefetch_related(speakers)
    for material in rows:
        read = getattr(material.file, "extracted", None)
        yield Findable(
            pk=material.pk,
            title=material.title,
            address=material.get_absolute_url(),
            passages=[Passage(material.text), Passage(material.alt_text), Passage(read.text if read else "")],
            words=[
                *(_("Materials"), material.get_kind_display(), str(material.speaker or material.speaker_name)),
                *_words_of(material.meeting),
            ],
            days=material.meeting.held_on,
            **_place(material.meeting),
        )


def _items(rows, reader):
    return (
        rows.select_related("meeting__body")
        .prefetch_related(Prefetch("presenter", Person.objects.visible_to(reader)))
        .prefetch_related(Prefetch("proposed_by", Organization.objects.visible_to(reader)))
    )


def _people_of(item: AgendaItem) -> list[str]:
    presenter = item.presenter or item.presenter_name
    return [str(one) for one in (presenter, item.proposed_by) if one]


def _known_assignments(reader):
    return Assignment.objects.visible_to(reader).select_related("organization").lead_first()


def _of_meeting(meeting: Meeting, *, words, **values) -> Findable:
    """Something that is shown under its meeting's name."""
    values |= {"within": _within(meeting), "days": meeting.held_on, **_place(meeting)}
    return Findable(words=[*words, *_words_of(meeting)], **values)


def _within(meeting: Meeting) -> tuple[str, str]:
    return f"meetings.meeting:{meeting.pk}", name_in_a_list(meeting)


def _place(meeting: Meeting) -> dict[str, int]:
    return {"meeting": meeting.pk, "body": meeting.body_id}


def _words_of(meeting: Meeting) -> list[str]:
    """What a meeting is called besides its name: «اجلاس سیزدهم», «جلسه ۴», the body, the date."""
    held_on = long_date(meeting.held_on) if meeting.held_on else ""
    return [*_called(meeting), str(meeting), meeting.body.name, held_on]


def _called(meeting: Meeting) -> list[str]:
    is_assembly = meeting.body.kind == Body.Kind.ASSEMBLY
    name = pgettext("of the assembly, in search", "Meeting") if is_assembly else _("Session")
    return [f"{name} {ordinal(meeting.number)}", f"{name} {digits(meeting.number)}"] if meeting.number else [name]


def _address_of(item: AgendaItem) -> str:
    return f"{item.meeting.get_absolute_url()}#item-{item.pk}"


def _title_of(decision: Decision) -> str:
    reference = _("Decision %(reference)s") % {"reference": decision.label}
    return f"{reference}: {decision.title}" if decision.title else reference


def readable_discussions(user):
    minutes = Minutes.objects.visible_to(user).values("meeting")
    return AgendaItem.objects.visible_to(user).filter(meeting__in=minutes).exclude(discussion="")


def readable_minutes(user):
    return Minutes.objects.visible_to(user).filter(meeting__in=Meeting.objects.visible_to(user))


def _standing(words, of: Callable[[AssignmentQuerySet], AssignmentQuerySet]) -> Standing:
    """Decisions by their assignments, as the filter of their register has them."""

    def keys(user, organization: int | None):
        assignments = of(Assignment.objects.visible_to(user))
        return (assignments.filter(organization=organization) if organization else assignments).values("decision")

    return Standing(words, keys)


register(
    Source(
        name="meetings.meeting",
        kind=Kind.MEETING,
        model=Meeting,
        readable=lambda user: Meeting.objects.visible_to(user),
        findables=meetings,
        rests_on=("", "body", "host", "moves"),
        body="body",
        statuses=dict(Meeting.Status.choices),
    ),
    Source(
        name="meetings.item",
        kind=Kind.AGENDA,
        model=AgendaItem,
        readable=lambda user: AgendaItem.objects.visible_to(user),
        findables=agenda,
        rests_on=("", *OF_THE_MEETING, "parent", "presenter", "proposed_by"),
        body="meeting__body",
    ),
    Source(
        name="meetings.discussion",
        kind=Kind.MINUTES,
        model=AgendaItem,
        readable=readable_discussions,
        findables=discussions,
        rests_on=("", *OF_THE_MEETING, "meeting__minutes", "parent", "presenter", "proposed_by"),
        body="meeting__body",
    ),
    Source(
        name="meetings.minutes",
        kind=Kind.MINUTES,
        model=Minutes,
        readable=readable_minutes,
        findables=minutes,
        rests_on=("", *OF_THE_MEETING),
        body="meeting__body",
    ),
    Source(
        name="meetings.corrigendum",
        kind=Kind.MINUTES,
        model=Corrigendum,
        readable=lambda user: Corrigendum.objects.visible_to(user).filter(minutes__in=readable_minutes(user)),
        findables=corrigenda,
        rests_on=(
            *("", "minutes", "minutes__meeting", "minutes__meeting__body"),
            *("agenda_item", "agenda_item__parent", "agenda_item__meeting"),
        ),
        body="minutes__meeting__body",
    ),
    Source(
        name="meetings.decision",
        kind=Kind.DECISION,
        model=Decision,
        readable=lambda user: Decision.objects.visible_to(user).filter(meeting__in=Meeting.objects.visible_to(user)),
        findables=decisions,
        rests_on=(
            *("", *OF_THE_MEETING, "agenda_item", "agenda_item__parent"),
            *("assignments", "assignments__organization"),
        ),
        body="meeting__body",
        organization="assignments__organization",
        statuses=dict(Assignment.Status.choices),
        also_called={
            Assignment.Status.NOT_BEGUN: pgettext_lazy("as people say it, separated by |", "not begun"),
            Assignment.Status.IN_PROGRESS: pgettext_lazy("as people say it, separated by |", "in progress"),
            Assignment.Status.DONE: pgettext_lazy("as people say it, separated by |", "done"),
        },
        standings={
            "overdue": _standing(
                pgettext_lazy("as people say it, separated by |", "overdue"), lambda owed: owed.overdue(on=today())
            ),
            "open": _standing(pgettext_lazy("as people say it, separated by |", "open"), lambda owed: owed.open()),
            "settled": _standing(
                pgettext_lazy("as people say it, separated by |", "settled"), lambda owed: owed.settled()
            ),
        },
    ),
    Source(
        name="meetings.follow_up",
        kind=Kind.FOLLOW_UP,
        model=FollowUp,
        readable=lambda user: FollowUp.objects.visible_to(user),
        findables=follow_up,
        rests_on=(
            *("", "assignment", "assignment__organization", "assignment__decision"),
            *(
                "assignment__decision__assignments",
                "assignment__decision__meeting",
                "assignment__decision__meeting__body",
            ),
            *("assignment__decision__agenda_item", "assignment__decision__agenda_item__parent"),
            *("reviewed_in", "reviewed_in__minutes"),
        ),
        body="assignment__decision__meeting__body",
        organization="assignment__decision__assignments__organization",
    ),
    Source(
        name="meetings.material",
        kind=Kind.MATERIAL,
        model=Material,
        readable=lambda user: Material.objects.visible_to(user).not_withdrawn(),
        findables=materials,
        rests_on=(
            *("", *OF_THE_MEETING, "meeting__minutes", "agenda_item", "agenda_item__parent"),
            *("speaker", "file__extracted"),
        ),
        body="meeting__body",
    ),
)
