import pytest

from tests import factories as make

from .items import NEXT_YEAR


@pytest.fixture
def meeting():
    """One of next year, an hour and a half long."""
    return make.MeetingFactory(held_on=NEXT_YEAR, starts_at="09:00", ends_at="10:30")


@pytest.fixture
def by():
    return make.UserFactory(secretariat=True)


@pytest.fixture
def secretariat(client_of):
    return client_of("secretariat")
