"""Checking a file in a browser: with script only its digest leaves the device, without it the file is sent."""

import pytest

from council_portal.issuing.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def page(request, chromium, portal):
    context = chromium.new_context(locale="fa-IR", service_workers="block", java_script_enabled=request.param)
    page = context.new_page()
    page.set_default_timeout(10000)
    page.sent, page.complaints, page.has_script = [], [], request.param
    page.on("request", lambda sent: page.sent.append(sent) if sent.method == "POST" else None)
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{portal}/verify/", wait_until="load")
    yield page
    context.close()


@pytest.fixture
def document() -> Entry:
    return Entry.objects.issued().filter(visibility="public", superseded_by=None, withdrawn_by_entry=None).first()


@pytest.fixture
def content(document) -> bytes:
    with document.file.content.open("rb") as file:
        return file.read()


def check(page, content: bytes) -> str:
    """Choose a file and send the form; what the heading of the answer says."""
    chosen = {"name": "سند.pdf", "mimeType": "application/pdf", "buffer": content}
    page.locator(".verify-way--file input[type=file]").set_input_files(chosen)
    page.locator(".verify-way--file button").click()
    page.locator(".verdict").wait_for()
    assert page.complaints == []
    return page.locator("h1").inner_text()


def test_the_issued_file_is_genuine_and_stays_on_the_device(page, document, content):
    assert check(page, content) == "اصل و معتبر"

    (sent,) = page.sent
    body = sent.post_data_buffer or b""  # of what holds a file, the browser tells nothing
    assert (document.sha256.encode() in body) is page.has_script
    assert b"%PDF" not in body
    assert document.printed_code in page.locator("main").inner_text()


def test_one_changed_byte_is_found_and_the_genuine_document_named(page, document, content):
    changed = bytearray(content)
    changed[len(changed) // 3] ^= 1

    assert "دست‌خورده" in check(page, bytes(changed))
    assert document.printed_code in page.locator("main").inner_text()


def test_what_only_looks_like_a_code_does_not_hide_the_one_that_is(page, document, content):
    decoyed = content.replace(b"\n", b"\n%/verify/AAAA-AAAA-AAAA-AAAA\n", 1)

    assert "دست‌خورده" in check(page, decoyed)


def test_another_file_is_unknown_and_the_way_back_is_open(page):
    assert "ناشناخته" in check(page, b"%PDF-1.7 something else")

    page.go_back(wait_until="load")
    assert page.locator(".verify-way--file input[type=file]").is_enabled()
