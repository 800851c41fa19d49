"""Meetings, hosts, decisions and what comes of them in the admin."""

from . import decisions, holidays, hosting, letters, meetings, proposals, writing

__all__ = ["decisions", "holidays", "hosting", "letters", "meetings", "proposals", "writing"]
