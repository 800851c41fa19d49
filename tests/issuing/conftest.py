import pytest

from council_portal.issuing import kinds
from tests.issuing.samples import SAMPLE


@pytest.fixture(autouse=True)
def _sample_kind(monkeypatch):
    """Announcements are documents here."""
    monkeypatch.setitem(kinds._kinds, SAMPLE.name, SAMPLE)
