"""What a person is in the council today. The account works it out (`User.standing`); here is only its shape."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """The roles of DESIGN.md §4, as ids, so that this package need not know the models above it."""

    is_secretariat: bool = False
    is_administrator: bool = False
    is_follow_up_officer: bool = False
    body_ids: frozenset[int] = frozenset()
    officer_of: frozenset[int] = frozenset()
    organization_ids: frozenset[int] = frozenset()

    @property
    def is_member(self) -> bool:
        return bool(self.body_ids)


VISITOR = Standing()


def standing_of(user) -> Standing:
    """The standing of `user`; a visitor's for None and for anybody who has not signed in."""
    return getattr(user, "standing", VISITOR)


@dataclass(frozen=True)
class Reader:
    """Stands for everybody who may read what has a certain visibility: it has a standing, but is no person."""

    standing: Standing
    is_authenticated: bool = False
    pk: None = None
    person: None = None
    person_id: None = None

    def has_perm(self, permission: str, record=None) -> bool:
        return False
