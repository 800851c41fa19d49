import pytest

from tests import factories as make


@pytest.fixture(autouse=True)
def _saves_are_indexed(settings):
    """As the portal does; the other tests do without, for the sake of their time."""
    settings.SEARCH_INDEXES_SAVES = True


@pytest.fixture
def assembly():
    return make.BodyFactory(assembly=True)


@pytest.fixture
def board():
    return make.BodyFactory(board=True, slug="board", name="هیئت رئیسه", short_name="هیئت رئیسه")


@pytest.fixture
def training():
    return make.BodyFactory(slug="training", name="کمیته آموزش", short_name="آموزش")
