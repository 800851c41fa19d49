"""Rows for each admin: one, and many beside and below it."""

from itertools import product

from django.utils import timezone

from committees.models import Committee, Session
from council_portal.issuing.inspecting import inspect
from council_portal.issuing.models import Entry, Inspection, Order
from council_portal.notices.models import Mail
from council_portal.persian.partial_date import PartialDate
from meetings.models import EscalationStep, Meeting
from members.by_article import Rule
from members.models import Body, User
from publications.models import ArticleRule, Citation, Disc, Dispatch, Recipient
from publications.publishing import publish
from tests import factories as make
from tests.issuing.samples import entered, ordered

FACTORIES = {
    factory._meta.model: factory
    for factory in vars(make).values()
    if isinstance(factory, type)
    and issubclass(factory, make.DjangoModelFactory)
    and factory is not make.DjangoModelFactory
}


def one(model):
    """A row of the model as its admin lists it."""
    makers = {
        Meeting: lambda: make.MeetingFactory(
            body=make.BodyFactory(assembly=True), held=True, host=make.OrganizationFactory()
        ),
        Session: lambda: make.MeetingFactory(body=make.BodyFactory(), held=True, host=make.OrganizationFactory()),
        Committee: lambda: make.BodyFactory(),
        User: lambda: make.UserFactory(person=make.PersonFactory()),
        Recipient: lambda: Recipient.objects.create(name="گیرنده نمونه", organization=make.OrganizationFactory()),
        Mail: lambda: Mail.objects.create(
            key=f"sample-{Mail.objects.count()}", address="nobody@example.org", subject="نامه نمونه", text="متن"
        ),
        EscalationStep: lambda: EscalationStep.objects.in_order().first(),
        Citation: lambda: Citation.objects.create(decision=make.DecisionFactory(published=True), article=_cited()),
        ArticleRule: lambda: ArticleRule.objects.create(**_next_rule(), article=_cited()),
        Entry: lambda: entered(1, first=Entry.objects.count() + 1)[0],
        Order: lambda: ordered(),
        Inspection: lambda: inspect(),
        Disc: lambda: Disc.objects.create(number=Disc.objects.count() + 1, title="لوح نمونه"),
    }
    make_row = makers.get(model) or FACTORIES[model]
    row = make_row()
    return model.objects.get(pk=row.pk)


def _cited():
    article = make.ArticleFactory()
    publish(article.edition, by=None)
    return article


def _next_rule() -> dict:
    """A rule and a kind of body that no row is of."""
    rule, body_kind = [*product(Rule.values, Body.Kind.values)][ArticleRule.objects.count()]
    return {"rule": rule, "body_kind": body_kind}


def fill(row, count: int):
    """Add `count` rows beside a row, and as many of each of its parts."""
    for _number in range(count):
        if not (isinstance(row, Body)):
            one(type(row))
        else:
            make.BodyFactory()
        PARTS.get(row._meta.model_name, lambda row: None)(row)


def _meeting(row):
    item = make.AgendaItemFactory(
        meeting=Meeting.objects.get(pk=row.pk),
        presenter=make.PersonFactory(),
        proposed_by=make.OrganizationFactory(),
        continues=make.AgendaItemFactory(),
    )
    make.AttendanceFactory(meeting=Meeting.objects.get(pk=row.pk), organization=make.OrganizationFactory())
    decision = make.DecisionFactory(meeting=Meeting.objects.get(pk=row.pk), agenda_item=item)
    make.AssignmentFactory(decision=decision)
    make.MaterialFactory(meeting=Meeting.objects.get(pk=row.pk), agenda_item=item, speaker=make.PersonFactory())


PARTS = {
    "meeting": _meeting,
    "session": _meeting,
    "person": lambda row: make.MembershipFactory(person=row),
    "decision": lambda row: make.AssignmentFactory(decision=row, role="support"),
    "assignment": lambda row: make.FollowUpFactory(
        assignment=row, recorded_by=make.UserFactory(person=make.PersonFactory())
    ),
    "edition": lambda row: make.ArticleFactory(edition=row),
    "article": lambda row: make.ArticleNoteFactory(article=row),
    "recipient": lambda row: Dispatch.objects.create(
        edition=make.EditionFactory(), recipient=row, sent_on=timezone.now().date()
    ),
    "organization": lambda row: row.other_names.create(name="نام پیشین نمونه", start_on=PartialDate.year(1380)),
}
