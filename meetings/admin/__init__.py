"""Meetings, hosts, decisions and what comes of them in the admin."""

from . import decisions, holidays, hosting, letters, meetings, writing

__all__ = ["decisions", "holidays", "hosting", "letters", "meetings", "writing"]
