"""The least valid row of each model, with situations as traits. Names say that they are samples."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from committees.models import Proposal
from council_portal.access.visibility import Visibility
from council_portal.models import Redirect
from council_portal.persian.partial_date import PartialDate
from meetings.models import (
    AgendaItem,
    Assignment,
    Attendance,
    Comment,
    Corrigendum,
    Decision,
    FollowUp,
    Holiday,
    HostTurn,
    Invitation,
    ItemProposal,
    Material,
    Meeting,
    MeetingMove,
    Minutes,
    Reminder,
    TextModule,
)
from members.models import Body, Membership, Organization, Person, User
from publications.models import Announcement, Article, ArticleNote, Document, Edition

PASSWORD = "sample-password-of-the-tests"
now = factory.LazyFunction(timezone.now)
count = factory.Sequence(lambda n: n + 1)


class RedirectFactory(DjangoModelFactory):
    class Meta:
        model = Redirect

    old_path = factory.Sequence(lambda n: f"/old-{n}/")
    new_path = "/about/"


class OrganizationFactory(DjangoModelFactory):
    class Meta:
        model = Organization

    slug = factory.Sequence(lambda n: f"organization-{n}")
    name = factory.Sequence(lambda n: f"دستگاه نمونه {n}")
    branch = Organization.Branch.EXECUTIVE
    kind = Organization.Kind.ORGANIZATION


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    given_name = "نمونه"
    family_name = factory.Sequence(lambda n: f"آزمایشی {n}")


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Body
        django_get_or_create = ["slug"]

    slug = factory.Sequence(lambda n: f"committee-{n}")
    kind = Body.Kind.COMMITTEE
    name = factory.Sequence(lambda n: f"کمیته نمونه {n}")
    meetings_per_month = 2

    class Params:
        assembly = factory.Trait(slug="assembly", kind=Body.Kind.ASSEMBLY, name="اجلاس نمونه", meetings_per_month=1)
        board = factory.Trait(slug="board", kind=Body.Kind.BOARD, name="هیئت رئیسه نمونه")
        follow_up = factory.Trait(slug="follow-up", follows_up=True)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    body = factory.SubFactory(BodyFactory)
    organization = factory.SubFactory(OrganizationFactory)
    start_on = factory.LazyFunction(lambda: PartialDate.year(1390))


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user-{n}")
    password = factory.django.Password(PASSWORD)

    class Params:
        secretariat = factory.Trait(is_secretariat=True)
        administrator = factory.Trait(is_administrator=True)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    body = factory.SubFactory(BodyFactory)
    held_on = factory.LazyFunction(lambda: PartialDate.from_date(date(2024, 5, 1)))

    class Params:
        announced = factory.Trait(status=Meeting.Status.ANNOUNCED, announced_at=now)
        held = factory.Trait(status=Meeting.Status.HELD, number=count)


class HostTurnFactory(DjangoModelFactory):
    class Meta:
        model = HostTurn

    organization = factory.SubFactory(OrganizationFactory)
    position = count


class HolidayFactory(DjangoModelFactory):
    class Meta:
        model = Holiday

    day = factory.Sequence(lambda n: date(2024, 5, 1) + timedelta(days=n))
    name = "تعطیلی نمونه"


class MeetingMoveFactory(DjangoModelFactory):
    class Meta:
        model = MeetingMove

    meeting = factory.SubFactory(MeetingFactory, announced=True)
    from_on = factory.LazyFunction(lambda: PartialDate.from_date(date(2024, 4, 1)))
    to_on = factory.SelfAttribute("meeting.held_on")
    moved_at = now


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory, held=True)
    position = count
    title = "موضوع نمونه"

    class Params:
        closed = factory.Trait(visibility=Visibility.SECRETARIAT)


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory, held=True)
    person = factory.SubFactory(PersonFactory)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    meeting = factory.SubFactory(MeetingFactory, announced=True)
    person = factory.SubFactory(PersonFactory)
    sent_at = now

    class Params:
        guest = factory.Trait(person=None, is_guest=True, guest_name="مهمان نمونه")


class ReminderFactory(DjangoModelFactory):
    class Meta:
        model = Reminder
        django_get_or_create = ["days_before"]

    days_before = count


class MinutesFactory(DjangoModelFactory):
    class Meta:
        model = Minutes

    meeting = factory.SubFactory(MeetingFactory, held=True)
    opening = "<p>جلسه نمونه با یاد خدا آغاز شد.</p>"

    class Params:
        circulated = factory.Trait(status=Minutes.Status.CIRCULATED, circulated_at=now)
        approved = factory.Trait(status=Minutes.Status.APPROVED, approved_at=now)
        published = factory.Trait(status=Minutes.Status.PUBLISHED, approved_at=now, published_at=now)


class TextModuleFactory(DjangoModelFactory):
    class Meta:
        model = TextModule

    name = factory.Sequence(lambda n: f"متن نمونه {n}")
    text = "با حضور {حاضران} نفر"


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    minutes = factory.SubFactory(MinutesFactory, circulated=True)
    text = "نظر نمونه"
    written_at = now
    written_by = factory.SubFactory(UserFactory)

    class Params:
        answered = factory.Trait(status=Comment.Status.ANSWERED, answer="پاسخ نمونه", settled_at=now)


class CorrigendumFactory(DjangoModelFactory):
    class Meta:
        model = Corrigendum

    minutes = factory.SubFactory(MinutesFactory, published=True)
    number = count
    text = "متن درست نمونه"
    reason = "اشتباه در نگارش"
    published_at = now


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    meeting = factory.SubFactory(MeetingFactory, held=True)
    text = "متن مصوبه نمونه"

    class Params:
        numbered = factory.Trait(
            number=count,
            reference=factory.LazyAttribute(lambda decision: f"{decision.meeting.body.slug}-{decision.number}"),
            label=factory.LazyAttribute(lambda decision: f"{decision.meeting.body.name}/{decision.number}"),
        )
        published = factory.Trait(numbered=True, published_at=now)


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    decision = factory.SubFactory(DecisionFactory, published=True)
    organization = factory.SubFactory(OrganizationFactory)
    due_on = date(2024, 8, 1)


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    assignment = factory.SubFactory(AssignmentFactory)
    text = "پیگیری نمونه"
    recorded_at = now


class MaterialFactory(DjangoModelFactory):
    class Meta:
        model = Material

    meeting = factory.SubFactory(MeetingFactory, held=True)
    kind = Material.Kind.SPEECH
    title = "سخنرانی نمونه"
    text = "متن سخنرانی نمونه"


class ItemProposalFactory(DjangoModelFactory):
    class Meta:
        model = ItemProposal

    body = factory.SubFactory(BodyFactory)
    organization = factory.SubFactory(OrganizationFactory)
    title = factory.Sequence(lambda n: f"بند پیشنهادی نمونه {n}")
    submitted_at = now


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = Proposal

    committee = factory.SubFactory(BodyFactory)
    addressee = factory.SubFactory(BodyFactory)
    title = "پیشنهاد نمونه"
    text = "<p>متن پیشنهاد نمونه</p>"

    class Params:
        submitted = factory.Trait(status=Proposal.Status.SUBMITTED, submitted_at=now)


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    slug = factory.Sequence(lambda n: f"document-{n}")
    kind = Document.Kind.REPORT
    title = factory.Sequence(lambda n: f"سند نمونه {n}")


class EditionFactory(DjangoModelFactory):
    class Meta:
        model = Edition

    document = factory.SubFactory(DocumentFactory)
    number = count

    class Params:
        published = factory.Trait(published_at=now)


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = Article

    edition = factory.SubFactory(EditionFactory)
    number = count
    text = "<p>متن ماده نمونه</p>"


class ArticleNoteFactory(DjangoModelFactory):
    class Meta:
        model = ArticleNote

    article = factory.SubFactory(ArticleFactory)
    number = count
    text = "<p>متن تبصره نمونه</p>"


class AnnouncementFactory(DjangoModelFactory):
    class Meta:
        model = Announcement

    title = "اطلاعیه نمونه"
    text = "<p>متن اطلاعیه نمونه</p>"

    class Params:
        published = factory.Trait(published_at=now)
