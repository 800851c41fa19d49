"""Which article a rule of the portal follows from, wherever the rule speaks on a page.

The rules are named here; which article each follows from is data, entered in the admin, for the council's documents say
it and not this program. The app of the documents is above this one and enters its function into FINDERS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rule(models.TextChoices):
    """The rules that the portal shows or keeps, and that a council's bylaws give."""

    QUORUM = "quorum", _("How many make a quorum")
    TERMS = "terms", _("Terms of office")
    CADENCE = "cadence", _("How often a body meets")
    INVITATION = "invitation", _("How long before a meeting its members are invited")
    MINUTES = "minutes", _("How minutes are written, approved and corrected")
    HOSTING = "hosting", _("In which order members host")
    FOLLOW_UP = "follow_up", _("Who follows decisions up and extends what is due")


@dataclass(frozen=True)
class Basis:
    """The article behind a rule, as a page names it and links to it."""

    words: str
    url: str


FINDERS: list[Callable[..., dict[str, Basis]]] = []


def articles_behind(*rules: Rule, body_kind: str, user, on: date | None = None) -> dict[str, Basis | None]:
    """For each of `rules`, as they hold for such a body, its article as far as `user` may read it; else None.

    `on` is the day of what the rule is applied to, a meeting that was held; None is today. A constant number of
    queries, however many rules are asked for.
    """
    found: dict[str, Basis | None] = dict.fromkeys(map(str, rules))
    for finder in FINDERS:
        found |= finder(rules, body_kind=body_kind, user=user, on=on)
    return found


def article_behind(rule: Rule, *, body_kind: str, user, on: date | None = None) -> Basis | None:
    """The same for one rule."""
    return articles_behind(rule, body_kind=body_kind, user=user, on=on)[rule]
