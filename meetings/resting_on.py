"""What a decision rests on, such as articles of the bylaws.

The apps above know it, and enter their functions into FINDERS.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .models import Decision


@dataclass(frozen=True)
class Ground:
    """One thing that a decision rests on, as its page names it and links to it."""

    words: str
    heading: str
    url: str


@dataclass(frozen=True)
class Grounds:
    """What an app knows of, and where those who work on the decision change it."""

    grounds: list[Ground]
    work_url: str


FINDERS: list[Callable[..., Grounds]] = []


def grounds_of(decision: Decision, *, user) -> list[Grounds]:
    """What every app knows of, as far as `user` may read it."""
    return [finder(decision, user=user) for finder in FINDERS]
