"""Meetings, hosts, decisions and what comes of them in the admin."""

from . import decisions, hosting, meetings

__all__ = ["decisions", "hosting", "meetings"]
