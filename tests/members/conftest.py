import pytest

from tests import factories as make


@pytest.fixture
def body():
    return make.BodyFactory()
