import pytest

from tests import factories as make

from .samples import approved_minutes, issue


@pytest.fixture
def secretariat():
    return make.UserFactory(secretariat=True)


@pytest.fixture
def approved():
    return approved_minutes()


@pytest.fixture
def published(approved):
    """Minutes that were published and issued, with the excerpt of their decision."""
    issue(approved)
    approved.refresh_from_db()
    return approved
