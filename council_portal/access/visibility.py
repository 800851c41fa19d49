"""Who may read what: the one rule behind every `visible_to(user)` (DESIGN.md §4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .standing import Reader, Standing, standing_of

NOTHING = Q(pk__in=[])
# An empty Q() would vanish from `something | Q()`, and with it the right to read the rest.
EVERYTHING = ~NOTHING


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Public")
    MEMBERS = "members", _("Members of the council")
    BODY = "body", _("Members of the body")
    SECRETARIAT = "secretariat", _("Secretariat")


def closest(*visibilities: str) -> str:
    """Of these the one that the fewest may read: the values stand from the most open to the most closed."""
    return max(visibilities, key=Visibility.values.index)


def visibility_field(default: Visibility) -> models.CharField:
    """The column by which a record says who may read it."""
    return models.CharField(_("visibility"), max_length=12, choices=Visibility, default=default, db_default=default)


def visibility_q(user, *, of: str = "", body: str | None = None) -> Q:
    """Rows whose `visibility` lets `user` read them, as a Q to filter by.

    `of` is the lookup path to the record that carries the visibility ("" is the row itself, "meeting" its
    meeting); `body` is the path to the body that `Visibility.BODY` speaks of, None where there is none.
    """
    standing = standing_of(user)
    if standing.is_secretariat:
        return EVERYTHING
    field = f"{of}__visibility" if of else "visibility"
    if not standing.is_member:
        return Q(**{field: Visibility.PUBLIC})
    readable = Q(**{f"{field}__in": [Visibility.PUBLIC, Visibility.MEMBERS]})
    if body and standing.body_ids:
        readable |= Q(**{field: Visibility.BODY, f"{body}__in": standing.body_ids})
    return readable


def editable_q(user, *, body: str | None = None) -> Q:
    """Rows that `user` may edit and so may read as drafts: the secretariat's all, an officer's own body's."""
    standing = standing_of(user)
    if standing.is_secretariat:
        return EVERYTHING
    if body and standing.officer_of:
        return Q(**{f"{body}__in": standing.officer_of})
    return NOTHING


# No body has this key: membership in it is membership in the council, and no more.
_SOME_BODY = 0


def reader_under(visibility: str, *, body: int | None = None) -> Reader | None:
    """Whoever may read a record of this visibility, and no more than that; None, a visitor, for a public one.

    `body` is the id of the body that `Visibility.BODY` speaks of.
    """
    standings = {
        Visibility.MEMBERS: Standing(body_ids=frozenset({_SOME_BODY})),
        Visibility.BODY: Standing(body_ids=frozenset({body})),
        Visibility.SECRETARIAT: Standing(is_secretariat=True),
    }
    standing = standings.get(visibility)
    return standing and Reader(standing)
