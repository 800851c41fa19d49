"""Who reads something of which a copy is made for many at once: each audience by its name, and those that one is of.

A person's own rights are asked of `visible_to`. A copy, such as the index of the search, is made for an audience,
as its `reader` would see the original, and bears its `name`.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .standing import VISITOR, Reader, Standing, standing_of
from .visibility import EVERYTHING

# No body has this key: membership in it is membership in the council, and no more.
_SOME_BODY = 0


class Group(models.TextChoices):
    """The kinds of audiences, from the most open to the most closed."""

    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members of the council")
    ORGANIZATION = "organization", _("Those whom it concerns")
    BODY = "body", _("Members of the body")
    OFFICERS = "officers", _("Those who work on it")
    SECRETARIAT = "secretariat", _("Secretariat")


@dataclass(frozen=True)
class Audience:
    """Everybody who has the standing of `reader` and perhaps more; `key` is the id of the organisation or body."""

    group: Group
    key: int | None = None

    @property
    def name(self) -> str:
        return f"{self.group.value}:{self.key}" if self.key else self.group.value

    @cached_property
    def reader(self) -> Reader | None:
        """Whoever is of this audience, and no more than that; None is a visitor."""
        some, here = frozenset({_SOME_BODY}), frozenset({self.key})
        standing = {
            Group.PUBLIC: VISITOR,
            Group.MEMBERS: Standing(body_ids=some),
            Group.ORGANIZATION: Standing(body_ids=some, organization_ids=here),
            Group.BODY: Standing(body_ids=here),
            Group.OFFICERS: Standing(body_ids=here, officer_of=here),
            Group.SECRETARIAT: Standing(is_secretariat=True),
        }[self.group]
        return None if standing == VISITOR else Reader(standing)


def group_of(name: str) -> Group:
    return Group(name.partition(":")[0])


def most_open(*groups: Group) -> Group:
    return min(groups, key=[*Group].index)


def names_for(standing: Standing) -> list[str]:
    """The audiences of which somebody is who has this standing; not for the secretariat, which reads everything."""
    audiences = [Audience(Group.PUBLIC)]
    if standing.is_member:
        audiences.append(Audience(Group.MEMBERS))
        audiences += [Audience(Group.ORGANIZATION, key) for key in sorted(standing.organization_ids)]
        audiences += [Audience(Group.BODY, key) for key in sorted(standing.body_ids)]
        audiences += [Audience(Group.OFFICERS, key) for key in sorted(standing.officer_of)]
    return [audience.name for audience in audiences]


def audience_q(user, field: str) -> Q:
    """Rows made for an audience, named in the column `field`, of which `user` is."""
    standing = standing_of(user)
    return EVERYTHING if standing.is_secretariat else Q(**{f"{field}__in": names_for(standing)})
