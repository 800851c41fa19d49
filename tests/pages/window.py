"""A person at a browser of their own: what is opened, pressed and typed."""

from council_portal.content.demo.people import PASSWORD
from meetings.models import Meeting


class Window:
    """One browser window at the portal at `address`; `size` is that of the screen in pixels."""

    def __init__(self, chromium, address: str, *, size: tuple[int, int] = (1280, 900)):
        width, height = size
        self.context = chromium.new_context(
            locale="fa-IR", service_workers="block", viewport={"width": width, "height": height}
        )
        self.page, self.address = self.context.new_page(), address
        self.page.set_default_timeout(20000)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path, wait_until="load")

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state("load")

    def sign_in(self, account: str) -> None:
        """As one of the demo's accounts."""
        self.open("/accounts/login/")
        self.page.locator("#id_login").fill(account)
        self.page.locator("#id_password").fill(PASSWORD)
        self.press("main form button")

    def step(self, meeting: Meeting, name: str) -> None:
        self.open(f"/desk/meetings/{meeting.pk}/steps/{name}/")
        self.press("main form .btn-primary")

    def close(self) -> None:
        self.context.close()
