"""Everything that one reader may see of one meeting, gathered for its page in a fixed number of queries."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from council_portal.access.standing import standing_of
from council_portal.persian.calendar import today
from members.models import Body, Organization, Person

from . import comments as commenting
from . import reviewing
from .comment_forms import CommentForm
from .models import (
    AgendaItem,
    Assignment,
    Attendance,
    Comment,
    Corrigendum,
    Decision,
    FollowUp,
    Material,
    Meeting,
    MeetingMove,
    Minutes,
)
from .proposals import Origin, behind_items
from .register import duties_for


@dataclass
class Entry:
    """A place in the agenda. `item` is None where it is closed to the reader, who then sees the number alone."""

    number: int
    item: AgendaItem | None
    decisions: list[Decision] = field(default_factory=list)
    parts: list["Entry"] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    comment_form: CommentForm | None = None
    origins: list[Origin] = field(default_factory=list)
    reviews: list[FollowUp] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"item-{self.item.pk}" if self.item else ""


class MeetingRecord:
    """What `user` may read of `meeting`, which is itself one that they may read. Parts are loaded when asked for."""

    def __init__(self, meeting: Meeting, *, user, returned_comment: CommentForm | None = None):
        self.meeting, self.user, self.returned_comment = meeting, user, returned_comment

    @property
    def is_editor(self) -> bool:
        standing = standing_of(self.user)
        return standing.is_secretariat or self.meeting.body_id in standing.officer_of

    @property
    def is_of_its_body(self) -> bool:
        """Whether it is the reader's own meeting: they serve on its body, or are the secretariat."""
        standing = standing_of(self.user)
        return standing.is_secretariat or self.meeting.body_id in standing.body_ids

    @cached_property
    def host(self) -> Organization | None:
        return Organization.objects.visible_to(self.user).filter(pk=self.meeting.host_id).first()

    @cached_property
    def moves(self) -> list[MeetingMove]:
        """Where the meeting stood before, the latest move first."""
        return list(MeetingMove.objects.visible_to(self.user).filter(meeting=self.meeting).order_by("-moved_at", "-pk"))

    @cached_property
    def body_name(self) -> str:
        """What the body was called on the meeting's day; empty where that cannot be told."""
        return name_on(self.meeting.body, self.meeting.held_on)

    @cached_property
    def minutes(self) -> Minutes | None:
        return Minutes.objects.visible_to(self.user).filter(meeting=self.meeting).first()

    @cached_property
    def approved_in(self) -> Meeting | None:
        """The meeting that approved the minutes, where the reader may know of it."""
        if not self.minutes or self.minutes.approved_in_id is None:
            return None
        meetings = Meeting.objects.visible_to(self.user).select_related("body")
        return meetings.filter(pk=self.minutes.approved_in_id).first()

    @cached_property
    def corrigenda(self) -> list:
        if not self.minutes:
            return []
        corrigenda = (
            Corrigendum.objects.filter(minutes=self.minutes).visible_to(self.user).select_related("agenda_item")
        )
        return list(corrigenda.order_by("number"))

    @cached_property
    def comments(self) -> list[Comment]:
        """Of the body's members on its minutes, for them and for those who write the minutes."""
        if not self.minutes or self.minutes.status == Minutes.Status.DRAFT:
            return []
        comments = Comment.objects.filter(minutes=self.minutes).visible_to(self.user).in_order()
        return list(comments.select_related("written_by__person", "settled_by__person", "agenda_item"))

    @cached_property
    def _comments_of_item(self) -> dict[int | None, list[Comment]]:
        of_item: dict[int | None, list[Comment]] = {}
        for comment in self.comments if self.minutes and self.minutes.status != Minutes.Status.PUBLISHED else ():
            of_item.setdefault(comment.agenda_item_id, []).append(comment)
        return of_item

    @property
    def comments_on_the_whole(self) -> list[Comment]:
        return self._comments_of_item.get(None, [])

    @cached_property
    def is_commenter(self) -> bool:
        """Whether the reader serves on the body and its minutes were circulated, so that comments are their matter."""
        return bool(
            self.minutes
            and self.minutes.status == Minutes.Status.CIRCULATED
            and self.meeting.body_id in standing_of(self.user).body_ids
        )

    @cached_property
    def why_comments_are_closed(self) -> str:
        return commenting.why_closed(self.minutes, on=today()) if self.is_commenter else ""

    def comment_form(self, item: AgendaItem | None) -> CommentForm | None:
        """The form to comment on `item`, or on the whole; None where the reader cannot. One that came back is kept."""
        if self.returned_comment and self.returned_comment.item_id == (item.pk if item else None):
            return self.returned_comment
        if not self.is_commenter or self.why_comments_are_closed:
            return None
        return CommentForm(item=item)

    @property
    def whole_comment_form(self) -> CommentForm | None:
        return self.comment_form(None)

    @cached_property
    def decisions(self) -> list[Decision]:
        """In the order of their numbers, each with its `duties` and its `address`, "" where it has no page yet for
        this reader. Members read what they are to comment on in the circulated minutes before it is published.
        """
        duties = duties_for(self.user, on=today())
        rows = Decision.objects.filter(meeting=self.meeting).order_by("number", "pk")
        visible = rows.open_to(self.user) if self._are_minutes_before_the_body else rows.visible_to(self.user)
        decisions = list(visible.prefetch_related(Prefetch("assignments", duties, to_attr="duties")))
        for decision in decisions:
            decision.meeting = self.meeting
            has_page = self.is_editor or decision.published_at
            decision.address = decision.get_absolute_url() if has_page else ""
        return decisions

    @property
    def _are_minutes_before_the_body(self) -> bool:
        """Whether the reader has minutes here that the body's members read and the others do not yet."""
        return self.minutes is not None and self.minutes.status in (Minutes.Status.CIRCULATED, Minutes.Status.APPROVED)

    @cached_property
    def agenda(self) -> list[Entry]:
        """The items in their order, each with its decisions and its parts; nothing of a closed item but its number."""
        items = {item.pk: item for item in self._readable_items()}
        of_item: dict[int, list[Decision]] = {}
        for decision in self.decisions:
            of_item.setdefault(decision.agenda_item_id, []).append(decision)
        places = list(
            AgendaItem.objects.filter(meeting=self.meeting)
            .order_by("position")
            .values_list("pk", "parent_id", "position")
        )

        origins = behind_items(items.values(), user=self.user)

        def entries(parent_id):
            return [
                Entry(
                    position,
                    items.get(pk),
                    of_item.get(pk, []),
                    entries(pk) if pk in items else [],
                    self._comments_of_item.get(pk, []),
                    self.comment_form(items[pk]) if pk in items else None,
                    origins.get(pk, []),
                    self._reviews_of(items.get(pk)),
                )
                for pk, parent, position in places
                if parent == parent_id
            ]

        return entries(None)

    def _reviews_of(self, item: AgendaItem | None) -> list[FollowUp]:
        """What the minutes say of open decisions under their item, as far as the reader may know of these."""
        if not (self.minutes and reviewing.is_review(item)):
            return []
        organizations = Organization.objects.visible_to(self.user)
        known = Assignment.objects.visible_to(self.user).filter(organization__in=organizations)
        return reviewing.told_of(self.meeting, assignments=known)

    def _readable_items(self):
        earlier = AgendaItem.objects.visible_to(self.user).select_related("meeting__body")
        return (
            AgendaItem.objects.visible_to(self.user)
            .filter(meeting=self.meeting)
            .prefetch_related(Prefetch("presenter", Person.objects.visible_to(self.user)))
            .prefetch_related(Prefetch("proposed_by", Organization.objects.visible_to(self.user)))
            .prefetch_related(Prefetch("continues", earlier))
        )

    @property
    def decisions_without_item(self) -> list[Decision]:
        return [decision for decision in self.decisions if decision.agenda_item_id is None]

    @cached_property
    def attendance(self) -> dict[str, int] | None:
        """The counts, None where nobody is on record as far as the reader may know."""
        counts = Attendance.objects.filter(meeting=self.meeting).known_to(self.user).counts()
        return counts if any(counts.values()) else None

    @property
    def attendance_in_words(self) -> list[tuple[int, str]]:
        """The counts with what each is of, never as a percentage (DESIGN.md §3, rule 6)."""
        words = {
            "expected": _("Expected"),
            "present": _("Present"),
            "excused": _("Excused"),
            "absent": _("Absent"),
            "represented": _("Represented by a substitute"),
            "guests": _("Guests"),
        }
        return [(self.attendance[name], word) for name, word in words.items()] if self.attendance else []

    @cached_property
    def attendees(self) -> list:
        """By name, for those who may see names."""
        rows = (
            Attendance.objects.filter(meeting=self.meeting)
            .visible_to(self.user)
            .select_related("person", "organization")
        )
        return list(rows.alphabetical())

    @property
    def quorum(self) -> int | None:
        """How many must have come; which article says so is data: members.by_article, Rule.QUORUM."""
        return self.meeting.body.quorum if self.attendance else None

    @property
    def has_quorum(self) -> bool:
        return self.attendance["present"] + self.attendance["represented"] >= (self.quorum or 0)

    @cached_property
    def materials(self) -> list[Material]:
        visible = self.meeting.materials.visible_to(self.user).not_withdrawn()
        speakers = Prefetch("speaker", Person.objects.visible_to(self.user))
        return list(visible.select_related("file", "thumbnail").prefetch_related(speakers).in_order())

    @property
    def signed_paper(self) -> Material | None:
        """The scan of the signed minutes, which counts before the typed text."""
        return next((material for material in self.materials if material.is_authoritative), None)

    @property
    def texts(self) -> list[Material]:
        return [m for m in self.materials if m.kind in (Material.Kind.SPEECH, Material.Kind.ARTICLE)]

    @property
    def papers(self) -> list[Material]:
        apart = (Material.Kind.SPEECH, Material.Kind.ARTICLE, Material.Kind.PICTURE)
        return [material for material in self.materials if material.kind not in apart]

    @property
    def pictures(self) -> list[dict]:
        """As the gallery wants them."""
        return [
            {
                "thumbnail_url": reverse("meetings:material_thumbnail", args=[material.pk]),
                "url": file_url(material),
                "alt": material.alt_text,
                "caption": material.title,
            }
            for material in self.materials
            if material.kind == Material.Kind.PICTURE
        ]

    @cached_property
    def reports(self) -> list:
        return list(self.meeting.reports.visible_to(self.user).order_by("pk"))

    @cached_property
    def invitation(self):
        """The reader's own to a meeting that is announced, with its answer."""
        person_id = getattr(self.user, "person_id", None)
        if person_id is None or self.meeting.status != Meeting.Status.ANNOUNCED:
            return None
        return self.meeting.invitations.sent().filter(person=person_id).first()

    @cached_property
    def previous(self) -> Meeting | None:
        """The one numbered before it; before one that has no number yet, the latest that has."""
        numbered = self._of_its_body.filter(number__isnull=False).order_by("-number")
        if self.meeting.number is not None:
            return numbered.filter(number__lt=self.meeting.number).first()
        return numbered.first() if self.meeting.status != Meeting.Status.CANCELLED else None

    @cached_property
    def next(self) -> Meeting | None:
        """The one numbered after it; after the latest, the next that is ahead."""
        if self.meeting.number is None:
            return None
        ahead = self._of_its_body.filter(number__isnull=True).upcoming(on=today())
        later = ahead | self._of_its_body.filter(number__gt=self.meeting.number)
        return later.order_by(F("number").asc(nulls_last=True), F("sort_on").asc(nulls_last=True), "pk").first()

    @property
    def _of_its_body(self):
        return Meeting.objects.visible_to(self.user).filter(body=self.meeting.body_id).select_related("body")


def file_url(material: Material) -> str:
    """The lasting address of a material's file."""
    return reverse("meetings:material_file", args=[material.pk, material.file.name])


def name_on(body: Body, day) -> str:
    """What `body` was called on a partial date: an earlier name whose time surely covers it, or the present one if
    every earlier one had surely ended. Empty where that cannot be told.
    """
    names = list(body.other_names.all())
    if not names:
        return body.name
    if day is None:
        return ""
    for name in names:
        begun = name.start_on.last <= day.first if name.start_on else name is names[0]
        if name.end_on and begun and day.last <= name.end_on.first:
            return name.name
    if all(name.end_on and name.end_on.last <= day.first for name in names):
        return body.name
    return ""
