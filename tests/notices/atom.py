"""Whether a feed is valid: by the grammar of RFC 4287, and by what it demands besides, in words."""

from datetime import datetime
from pathlib import Path

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))


def faults_of(content: bytes) -> list[str]:
    """What is wrong with a feed, each in words; [] for a valid one."""
    feed = etree.fromstring(content)
    if not GRAMMAR.validate(feed):
        return [str(error) for error in GRAMMAR.error_log]
    entries = feed.findall(f"{ATOM}entry")
    return [fault for part in (feed, *entries) for fault in _faults_of_part(part)] + _faults_of_feed(feed, entries)


def _faults_of_part(part) -> list[str]:
    links = part.findall(f"{ATOM}link")
    alternates = [
        (link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"
    ]
    faults = []
    if len(alternates) != len(set(alternates)):
        faults.append("4.1.1, 4.1.2: two alternate links of one type and language")
    if not alternates and part.find(f"{ATOM}content") is None:
        faults.append("4.1.2: neither content nor an alternate link")
    if [link for link in links if "://" not in link.get("href")]:
        faults.append("a link to no whole address, without xml:base")
    return faults


def _faults_of_feed(feed, entries: list) -> list[str]:
    faults = []
    ids = [part.findtext(f"{ATOM}id") for part in (feed, *entries)]
    if len(ids) != len(set(ids)):
        faults.append("4.1.1: two entries of one id, or of the feed's")
    if not [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]:
        faults.append("4.1.1: no link to itself")
    moments = [datetime.fromisoformat(part.findtext(f"{ATOM}updated")) for part in (feed, *entries)]
    if max(moments) != moments[0]:
        faults.append("4.2.15: an entry is newer than its feed")
    return faults
