"""Persian administrative prose, put together from topics and sentence patterns."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .chance import Deck

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Action:
    """Something that an organisation is to do: its title, and a clause in the subjunctive."""

    title: str
    clause: str


class Topic:
    """Something that the council talks about; its titles, facts, views and actions come round in turn."""

    def __init__(
        self,
        name: str,
        committees: list[str],
        agenda: list[str],
        facts: list[str],
        views: list[str],
        actions: list[str],
    ):
        self.name = name
        self.committees = committees
        self.titles = Deck(agenda, f"titles of {name}")
        self.facts = Deck(facts, f"facts of {name}")
        self.views = Deck(views, f"views of {name}")
        self.actions = Deck([Action(*action.split(" | ")) for action in actions], f"actions of {name}")


def topics() -> list[Topic]:
    return [Topic(**entry) for entry in read("topics.toml")["topic"]]


@cache
def read(file_name: str) -> dict:
    return tomllib.loads((HERE / file_name).read_text(encoding="utf-8"))


class Prose:
    """Sentences by pattern: `say("noted")`, `say("report", title=…, percent=…)`."""

    def __init__(self):
        self._patterns = {name: Deck(patterns, f"pattern {name}") for name, patterns in read("phrases.toml").items()}

    def say(self, pattern: str, **words) -> str:
        return self._patterns[pattern].deal().format(**words)


def paragraphs(*texts: str) -> str:
    """HTML of plain paragraphs, without the empty ones."""
    return "".join(f"<p>{text}</p>" for text in texts if text)
