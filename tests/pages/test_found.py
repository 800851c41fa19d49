"""The whole demo by the search: what each person finds, compared with what every model's own rule lets them read."""

import pytest

from council_portal.search.models import Kind, Paragraph
from council_portal.search.tasks import index_changes
from tests.pages.people import account_of
from tests.search.test_readers import NOTHING_WRONG, wrong_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_everybody_finds_all_that_they_may_read_and_nothing_else(who):
    # What another module changed and undid in the demo waits to be indexed, which the queue does in the portal.
    index_changes(timestamp=0)

    assert wrong_for(account_of(who)) == NOTHING_WRONG


def test_every_kind_is_there():
    kinds = set(Paragraph.objects.visible_to(account_of("secretariat")).values_list("kind", flat=True))

    assert kinds == set(Kind)
