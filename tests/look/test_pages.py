import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views import defaults

from council_portal.language import ChosenLanguageMiddleware
from council_portal.styleguide import styleguide


def test_page_is_persian_from_right_to_left(client, db):
    response = client.get("/accounts/login/", headers={"accept-language": "en"})

    assert '<html lang="fa" dir="rtl">' in response.text


def test_english_can_be_chosen(client, db):
    client.post("/language/", {"language": "en"})

    assert '<html lang="en" dir="ltr">' in client.get("/accounts/login/").text


def test_language_that_is_not_ours_changes_nothing(rf):
    request = rf.get("/", headers={"cookie": "django_language=xx"})

    response = ChosenLanguageMiddleware(lambda request: HttpResponse())(request)

    assert response["Content-Language"] == "fa"


def test_choosing_a_language_leads_nowhere_else(client, db):
    response = client.post("/language/", {"language": "en", "next": "https://elsewhere.example/"})

    assert response["Location"] == "/"


def test_missing_page_says_so_in_our_words(client, db):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert 'class="error-page"' in response.text


def test_missing_page_does_not_repeat_its_address(client, db):
    assert "no-such-page</" not in client.get("/no-such-page/").text


@pytest.mark.parametrize(
    ("view", "status"),
    [(lambda request: defaults.bad_request(request, None), 400), (defaults.server_error, 500)],
    ids=["bad request", "server error"],
)
def test_faults_are_shown_without_database_or_request(view, status):
    """No `db` fixture: a query would fail."""
    response = view(RequestFactory().get("/"))

    assert response.status_code == status
    assert 'class="error-page"' in response.text


def test_expired_form_is_explained(db):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})

    assert response.status_code == 403
    assert 'class="error-page"' in response.text


@pytest.mark.parametrize("template", ["403.html", "404.html"])
def test_refusals_keep_the_navigation(rf, template):
    from django.contrib.auth.models import AnonymousUser

    html = render_to_string(template, {"request": rf.get("/"), "user": AnonymousUser(), "messages": []})

    assert 'class="site-nav"' in html
    assert html.count("<h1") == 1


def test_sign_up_is_closed(client, db):
    response = client.get("/accounts/signup/")

    assert 'name="password1"' not in response.text
    assert 'class="entrance"' in response.text


@pytest.mark.parametrize(
    "path", ["/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/logout/"]
)
def test_account_pages_are_ours(client_of, path):
    response = client_of("member").get(path)

    assert response.status_code == 200
    assert 'class="account"' in response.text
    assert response.text.count("<h1") == 1


@pytest.mark.parametrize(
    ("path", "slip"), [("/accounts/password/change/", "نمی تواند"), ("/accounts/password/reset/", "تبصره")]
)
def test_borrowed_words_are_written_rightly(client_of, path, slip):
    page = client_of("member").get(path).text

    assert "گذرواژه" in page
    assert slip not in page


def test_wrong_password_is_told_politely(client, db):
    response = client.post("/accounts/login/", {"login": "nobody", "password": "wrong"})

    assert response.status_code == 200
    assert "alert-danger" in response.text


def test_styleguide_shows_every_component(rf, db):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/styleguide/")
    request.user = AnonymousUser()

    assert styleguide(request).status_code == 200


def test_styleguide_is_not_for_the_public(client, db):
    assert client.get("/styleguide/").status_code == 404
