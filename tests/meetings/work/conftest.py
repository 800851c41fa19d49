import pytest

from tests import factories as make


@pytest.fixture
def item():
    """An item of a meeting whose minutes are begun."""
    meeting = make.MeetingFactory(announced=True)
    make.MinutesFactory(meeting=meeting)
    return make.AgendaItemFactory(meeting=meeting, title="گزارش شبکه دولت")
