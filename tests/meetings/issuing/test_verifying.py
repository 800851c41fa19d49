"""What /verify/ says of issued minutes that were corrected, and of decisions that later ones amend or replace."""

import pytest

from council_portal.issuing import register
from meetings import minutes as rules
from meetings.issuing import EXCERPT, MINUTES, REPORT
from meetings.models import DecisionLink
from tests import factories as make
from tests.issuing.verdicts import by_code, by_file, verdict_of
from tests.jobs import do_jobs

from .samples import issued

pytestmark = pytest.mark.django_db
AMENDS, REPLACES, CARRIES_OUT = DecisionLink.Kind


@pytest.fixture
def decision():
    return make.DecisionFactory(published=True, visibility="public")


@pytest.fixture
def excerpt(decision):
    return register.issue(decision, EXCERPT, by=None)


def later(other, kind, **values):
    """A decision after another one, that stands to it so."""
    decision = make.DecisionFactory(**{"published": True, "visibility": "public"} | values)
    DecisionLink.objects.create(decision=decision, kind=kind, other=other)
    return decision


@pytest.mark.parametrize("ask", [by_code, by_file])
def test_a_replaced_decision_names_the_one_at_the_end_and_its_excerpt(client, decision, excerpt, ask):
    middle = later(decision, REPLACES)
    last = later(middle, REPLACES)
    document = register.issue(last, EXCERPT, by=None)

    answer = ask(client, excerpt)

    assert verdict_of(answer) == "superseded"
    assert f"جای آن را «{document.title}» (سند شماره ۲" in answer.text
    assert last.get_absolute_url() in answer.text
    assert document.get_absolute_url() in answer.text
    assert middle.get_absolute_url() not in answer.text


@pytest.mark.parametrize("ask", [by_code, by_file])
def test_an_amended_decision_names_what_amends_it(client, decision, excerpt, ask):
    amending = later(decision, AMENDS)

    answer = ask(client, excerpt)

    assert verdict_of(answer) == "amended"
    assert f'<a href="{amending.get_absolute_url()}">{amending}</a>' in answer.text


@pytest.mark.parametrize(
    ("kind", "values"),
    [(CARRIES_OUT, {}), (REPLACES, {"published": False, "numbered": True}), (AMENDS, {"published": False})],
    ids=["carries out", "draft replaces", "draft amends"],
)
def test_what_leaves_a_decision_as_it_is_leaves_its_excerpt_valid(client, decision, excerpt, kind, values):
    later(decision, kind, **values)

    assert verdict_of(by_code(client, excerpt)) == "valid"


@pytest.mark.parametrize(("kind", "verdict"), [(REPLACES, "superseded"), (AMENDS, "amended")])
def test_a_closed_decision_is_not_named(client, decision, excerpt, kind, verdict):
    closed = later(decision, kind, visibility="secretariat")
    document = register.issue(closed, EXCERPT, by=None)

    answer = by_code(client, excerpt)

    assert verdict_of(answer) == verdict
    assert str(closed) not in answer.text
    assert closed.get_absolute_url() not in answer.text
    assert document.title not in answer.text


def test_of_a_closed_excerpt_no_other_decision_is_told(client, decision, excerpt):
    replacing, amending = later(decision, REPLACES), later(decision, AMENDS)
    document = register.issue(replacing, EXCERPT, by=None)
    type(decision).objects.filter(pk=decision.pk).update(visibility="members")

    answer = by_code(client, excerpt)

    assert verdict_of(answer) == "superseded"
    for address in (replacing.get_absolute_url(), amending.get_absolute_url(), document.get_absolute_url()):
        assert address not in answer.text


def test_decisions_that_replace_each_other_end_nowhere(client, decision, excerpt):
    last = later(later(decision, REPLACES), REPLACES)
    DecisionLink.objects.create(decision=decision, kind=REPLACES, other=last)

    assert verdict_of(by_code(client, excerpt)) == "superseded"


@pytest.mark.parametrize("kind", [MINUTES, REPORT])
def test_a_correction_is_told_of_what_was_issued_before_it(client, published, secretariat, kind):
    record = published if kind is MINUTES else published.meeting
    document = register.issue(record, kind, by=None)
    rules.correct(published, by=secretariat, text="متن درست", reason="اشتباه")
    corrigendum = published.corrigenda.get()

    answer = by_code(client, document)

    assert verdict_of(answer) == "amended"
    assert f'<a href="{corrigendum.get_absolute_url()}">' in answer.text


def test_minutes_that_were_issued_again_with_the_correction_hold(client, published, secretariat):
    before = issued(MINUTES)
    rules.correct(published, by=secretariat, text="متن درست", reason="اشتباه")
    do_jobs()

    assert verdict_of(by_code(client, before)) == "superseded"
    assert verdict_of(by_code(client, issued(MINUTES))) == "valid"
