"""A session's cookie that nobody was given."""

import pytest

from tests.settings import MIDDLEWARE, UNCHANGED_PAGES

pytestmark = pytest.mark.django_db
BEFORE_ALL_OTHERS = "council_portal.sessions.WellFormedSessionMiddleware"


@pytest.mark.parametrize("key", ["\0", "a\0" * 16, "", "x", "\ud800" * 32, "A" * 32, "a" * 5000])
@pytest.mark.parametrize("address", ["/", "/admin/", "/accounts/login/"])
def test_a_cookie_that_is_no_key_makes_a_visitor(client, settings, address, key):
    assert MIDDLEWARE.count(BEFORE_ALL_OTHERS) == 1
    others = [name for name in MIDDLEWARE if name != BEFORE_ALL_OTHERS]
    settings.MIDDLEWARE = [BEFORE_ALL_OTHERS, UNCHANGED_PAGES, *others]
    octal = "".join(f"\\{byte:03o}" for byte in key.encode("utf-8", "surrogatepass"))

    response = client.get(address, headers={"cookie": f'{settings.SESSION_COOKIE_NAME}="{octal}"'})

    assert response.status_code == (302 if address == "/admin/" else 200)
