"""Each page type in headless Chromium, on a phone and on a desktop: accessible, self-contained, nothing cut off."""

from pathlib import Path

import pytest

from tests.pages.addresses import PAGES, address_of

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.usefixtures("demo")]


class Reader:
    """A browser window, and what went wrong in it."""

    def __init__(self, context, portal: str):
        self.portal = portal
        self.outside, self.complaints = [], []
        self.page = context.new_page()
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, address: str) -> None:
        self.outside.clear()
        self.complaints.clear()
        self.page.goto(self.portal + address, wait_until="load")
        # Through the browser's debugger, which the page's Content-Security-Policy does not bind.
        self.page.evaluate(AXE.read_text())

    def violations(self) -> list[str]:
        """What axe finds, as "rule: where"."""
        # Without preload: axe would put each style sheet inline, which the policy blocks, and that is a complaint.
        found = self.page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")["violations"]
        return [f"{v['id']}: {[node['html'][:160] for node in v['nodes'][:3]]}" for v in found]

    def overflow(self) -> int:
        """By how many pixels the page, once it is laid out with its fonts, is wider than the window."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        settled = f"requestAnimationFrame(() => requestAnimationFrame(() => done({width})))"
        return self.page.evaluate(f"document.fonts.ready.then(() => new Promise((done) => {settled}))")

    def _note_request(self, request):
        if not request.url.startswith((self.portal, "data:", "blob:")):
            self.outside.append(request.url)

    def _note_message(self, message):
        # A browser reports the status of the page itself, which is 404 where that is meant.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture(scope="module", params=["visitor", "secretariat"])
def reader(request, chromium, portal, session_of):
    """A window of somebody. Two roles suffice: the others' pages are made of the same parts."""
    context = chromium.new_context(locale="fa-IR", service_workers="block")
    if session := session_of(request.param):
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal}])
    yield Reader(context, portal)
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_self_contained(reader, name):
    """Opened once and looked at in both sizes: no script of ours asks how wide the window is."""
    address = address_of(name)
    if address is None:
        pytest.skip("the demo has nothing for it")
    reader.page.set_viewport_size(SIZES["phone"])
    reader.open(address)

    for size, window in SIZES.items():
        reader.page.set_viewport_size(window)
        assert (size, reader.overflow(), reader.violations()) == (size, 0, [])

    assert reader.complaints == []
    assert reader.outside == []


def test_a_blocked_script_is_noticed(reader):
    reader.open("/")

    reader.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
    reader.page.wait_for_timeout(100)

    assert any("Content Security Policy" in complaint for complaint in reader.complaints)
