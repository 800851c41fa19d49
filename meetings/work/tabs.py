"""The parts of the work on a meeting: one page each, in the order of the month."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Tab:
    """`name` is that of the page in urls.py, after `work_`; `icon` an id of the sprite."""

    name: str
    label: str | Promise
    icon: str

    @property
    def url_name(self) -> str:
        return f"meetings:work_{self.name}"


TABS = (
    Tab("overview", _("Overview"), "home"),
    Tab("agenda", _("Agenda"), "programme"),
    Tab("invitations", _("Invitations"), "mail"),
    Tab("finish", _("Finish"), "done"),
    Tab("attendance", _("Attendance"), "people"),
    Tab("minutes", _("Minutes"), "minutes"),
    Tab("comments", _("Comments"), "speech"),
    Tab("revisions", _("Revisions"), "postponed"),
    Tab("materials", _("Materials"), "attachment"),
    Tab("history", _("History"), "clock"),
)
