"""Chance that always falls the same way, so that one day has one demo."""

import random
from collections.abc import Sequence


def chance(concern: str) -> random.Random:
    """A generator of its own for each concern: to change one does not change the others."""
    return random.Random(f"demo of {concern}")  # noqa: S311 nothing here is secret


class Deck:
    """Deals the cards of a sequence for ever, shuffled anew each round, and never one twice in a row."""

    def __init__(self, cards: Sequence, concern: str):
        self.cards = list(cards)
        self._chance = chance(concern)
        self._left = []
        self._last = None

    def put_first(self, card) -> None:
        """Begin the first round with this card."""
        self._left = self._chance.sample(self.cards, len(self.cards))
        self._left.remove(card)
        self._left.append(card)

    def deal(self):
        if not self._left:
            self._left = self._chance.sample(self.cards, len(self.cards))
            if self._left[-1] is self._last:
                self._left.reverse()
        self._last = self._left.pop()
        return self._last
