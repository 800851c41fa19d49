"""The excerpt of one decision as a sheet."""

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from meetings.models import DecisionLink
from tests.factories import (
    AgendaItemFactory,
    AssignmentFactory,
    DecisionFactory,
    MeetingFactory,
    OrganizationFactory,
)

from .decided import closed, page, public

pytestmark = pytest.mark.django_db


def excerpt_of(client, decision):
    return client.get(reverse("meetings:decision_excerpt", args=[decision.reference]))


def test_excerpt_is_one_decision_as_a_document(client, set_clock):
    set_clock(1403, 7, 1)
    meeting = MeetingFactory(held=True, held_on=PartialDate.day(1403, 2, 5))
    decision = public(meeting=meeting, agenda_item=AgendaItemFactory(meeting=meeting, title="اتصال به شبکه"))
    hidden = OrganizationFactory(visibility=Visibility.SECRETARIAT, name="دستگاه پنهان")
    lead = AssignmentFactory(decision=decision, due_on=date(2024, 8, 1))
    AssignmentFactory(decision=decision, organization=hidden, role="support")
    amending = public()
    DecisionLink.objects.create(decision=amending, kind="amends", other=decision)

    text = excerpt_of(client, decision).text

    for part in (decision.label, decision.text, "اتصال به شبکه", "۱۴۰۳/۰۲/۰۵", lead.organization.name, "۱۴۰۳/۰۵/۱۱"):
        assert part in text
    assert amending.label in text
    assert f"{settings.PORTAL_URL}{decision.get_absolute_url()}" in text
    assert "۱ مهر ۱۴۰۳" in text
    assert "پنهان" not in text


def test_excerpt_of_a_sparse_decision(client):
    decision = public(meeting=MeetingFactory(held=True, held_on=None))

    assert decision.text in excerpt_of(client, decision).text


def test_excerpt_is_persian_in_whichever_language_it_is_printed(client):
    decision = public()
    client.post("/language/", {"language": "en"})

    assert "مستخرجه" in excerpt_of(client, decision).text


@pytest.mark.parametrize("role", ["visitor", "member", "officer", "secretariat"])
def test_excerpt_is_for_those_who_read_the_decision_and_of_published_ones(client_of, role):
    meeting = MeetingFactory(held=True)
    shown, hidden = public(meeting=meeting), closed(meeting=meeting)
    draft = DecisionFactory(numbered=True, meeting=meeting, visibility=Visibility.PUBLIC)
    client = client_of(role, meeting.body)

    assert excerpt_of(client, shown).status_code == 200
    assert excerpt_of(client, hidden).status_code == (200 if role == "secretariat" else 404)
    assert excerpt_of(client, draft).status_code == 404
    assert ("/excerpt/" in page(client, shown).text) is True
