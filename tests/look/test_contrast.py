"""The palette keeps WCAG 2.2 AA in both schemes: 4.5 for text, 3 for the edges of what can be pressed or filled in."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = Path(settings.BASE_DIR, "static/css/tokens.css").read_text()
GROUNDS = ("paper", "surface", "sunken")
TEXT_PAIRS = [
    *((ink, ground) for ground in GROUNDS for ink in ("ink", "ink-quiet", "lapis", "turquoise", "turquoise-strong")),
    *(("garnet", ground) for ground in GROUNDS),
    *((ink, "lapis-tint") for ink in ("ink", "ink-quiet", "lapis", "turquoise", "turquoise-strong")),
    *((ink, "turquoise-tint") for ink in ("ink", "ink-quiet", "lapis", "turquoise", "turquoise-strong")),
    *((ink, "saffron-tint") for ink in ("ink", "saffron-ink")),
    ("saffron-ink", "surface"),
    *((ink, "malachite-tint") for ink in ("ink", "malachite")),
    *((ink, "garnet-tint") for ink in ("ink", "garnet")),
    *((ink, "band") for ink in ("on-band", "on-band-quiet")),
    ("ink-on-cream", "on-band"),
    ("on-room", "room"),
    ("on-turquoise", "turquoise"),
    ("on-turquoise", "turquoise-strong"),
]
EDGE_PAIRS = [
    *((edge, ground) for ground in GROUNDS for edge in ("line-strong", "focus", "lapis")),
    ("focus-on-band", "band"),
]


def colours(css):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


LIGHT_CSS, DARK_CSS = TOKENS.split("@media (prefers-color-scheme: dark)")
LIGHT = colours(LIGHT_CSS)
SCHEMES = {"light": LIGHT, "dark": LIGHT | colours(DARK_CSS)}


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(scheme, ink, ground):
    palette = SCHEMES[scheme]

    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_can_be_seen(scheme, edge, ground):
    palette = SCHEMES[scheme]

    assert contrast(palette[edge], palette[ground]) >= 3


def test_each_colour_has_its_dark_form():
    same_in_both = {"focus-on-band", "ink-on-cream", "heart", "room", "on-room"}

    assert set(LIGHT) - set(colours(DARK_CSS)) <= same_in_both
