"""Bringing files in a browser: one after the other with script, all at once without."""

import pytest

from tests.files.samples import HTML, picture
from tests.pages.addresses import address_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture(scope="module")
def session(session_of):
    """Signed in before the tests begin the transactions that the server cannot see."""
    return session_of("secretariat")


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request, chromium, portal, session):
    context = chromium.new_context(locale="fa-IR", service_workers="block", java_script_enabled=request.param)
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal}])
    page = context.new_page()
    page.set_default_timeout(10000)
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.goto(portal + address_of("materials of a meeting"), wait_until="load")
    page.has_script = request.param
    yield page
    context.close()


def file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def test_many_files_are_brought_at_once_and_described(page):
    names = ["یک.png", "دو.png"]
    files = [file(name, picture(colour=colour)) for name, colour in zip(names, ["#123456", "#654321"], strict=True)]
    page.locator("input[type=file]").set_input_files([*files, file("سه.png", HTML)])
    if page.has_script:
        page.locator(".upload__file--failed").wait_for()
        assert "سه.png" in page.locator(".upload__file--failed").inner_text()
        list_width = page.locator(".upload__files").bounding_box()["width"]
        assert page.locator(".upload__file--failed span").bounding_box()["width"] > list_width / 2
        page.locator(".upload__on a").click()
    else:
        page.locator("form.upload button").click()
        assert "سه.png" in page.locator(".alert").inner_text()

    assert page.locator(".upload-card h3").all_inner_texts() == names
    # The demo stays as it was for the other tests.
    for box in page.locator("input[name$=is_dropped]").all():
        box.check()
    page.locator("main form[method=post] button.btn-primary").click()
    assert page.locator(".alert-success").count() == 1
    assert page.complaints == []
