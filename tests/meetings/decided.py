"""Published decisions and their page."""

from council_portal.access.visibility import Visibility
from meetings.models import Decision
from tests.factories import DecisionFactory


def public(**kwargs) -> Decision:
    return DecisionFactory(published=True, visibility=Visibility.PUBLIC, **kwargs)


def closed(**kwargs) -> Decision:
    return DecisionFactory(published=True, visibility=Visibility.SECRETARIAT, **kwargs)


def page(client, decision):
    response = client.get(decision.get_absolute_url())
    assert response.status_code == 200
    return response
