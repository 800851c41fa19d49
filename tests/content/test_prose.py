"""The words of the demo: Persian letters, whole sentences, enough of them."""

import re
import tomllib
from pathlib import Path

import pytest

from council_portal.content import demo
from council_portal.content.demo.chance import Deck
from council_portal.content.demo.prose import Prose, topics
from council_portal.persian.text import unify

TEXTS = sorted(Path(demo.__file__).parent.glob("*.toml"))
COMMITTEES = {"training", "expertise", "ict", "follow-up"}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_letters_and_joiners_are_persian(path):
    for text in _strings(tomllib.loads(path.read_text(encoding="utf-8"))):
        assert text == unify(text, multiline=True)
        assert not re.search(r"(?<!\u200c)\b(می|نمی) (?=[آ-ی]+د\b)", text), text
        assert not re.search(r"[آ-ی] ها(ی)?\b", text), text


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_a_topic_has_a_committee_and_enough_to_say(topic):
    assert set(topic.committees) <= COMMITTEES
    assert len({topic.facts.deal() for __ in range(3)}) == 3
    assert len({topic.actions.deal().clause for __ in range(4)}) == 4


def test_there_are_topics_for_every_committee():
    for slug in COMMITTEES:
        assert sum(slug in topic.committees for topic in topics()) >= 10


def test_a_deck_never_deals_one_card_twice_in_a_row():
    deck = Deck("abc", "test")
    dealt = [deck.deal() for __ in range(300)]

    assert all(one != other for one, other in zip(dealt, dealt[1:], strict=False))
    assert set(dealt) == set("abc")


def test_the_same_concern_is_dealt_the_same():
    assert [Deck(range(9), "x").deal() for __ in range(5)] == [Deck(range(9), "x").deal() for __ in range(5)]
    assert Prose().say("noted") == Prose().say("noted")


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
