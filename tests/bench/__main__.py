"""`make bench`: how quick the portal is, as ratios to an empty Django view in the same run.

Loads the fictional council of 1 year and of 20 years once, each into a database of its own below var/bench, serves
both with gunicorn (two workers each) and asks with wrk: the empty view, the page of 1 year and that of 20 years by
turns, so that whatever else the machine does weighs on all of them. What is to be reached stands in TARGETS; the exit
status tells.
"""

import json
import os
import re
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("COUNCIL_VAR") or BASE_DIR / "var") / "bench"
FIRST_PORT = int(os.environ.get("PORT", "8765"))
SECONDS = int(os.environ.get("SECONDS_EACH", "1"))
TURNS = 3
YEARS = (1, 20)
PORTS = {years: FIRST_PORT + place for place, years in enumerate(YEARS)}
# Parts of the empty view's rate, and how much slower 20 years may be than one.
TARGETS = {"visitor": 0.40, "member": 0.15, "304": 0.40}
SLOWER_AT_MOST = 1.2
# In which one changed byte among 10,000 issued documents is found, besides the hashing of their files.
SECONDS_TO_VERIFY = 10
# In which a document of fewer pages than these is there, once it is asked for.
SECONDS_TO_PRINT, PAGES_AT_ONCE = 2, 20
# The order in which the archive and the register are read, whatever their length.
LIST_INDEX = "meeting_newest_first"


@dataclass(frozen=True)
class Load:
    """What wrk measured of one address: requests a second, and two percentiles of the time that an answer takes."""

    rate: float
    p50: str
    p99: str


@dataclass(frozen=True)
class Measure:
    """One page for one reader at one size: the middle one of its turns, with the rate to the empty view's."""

    load: Load
    ratio: float


def environment(years: int) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "COUNCIL_VAR": str(VAR_DIR / str(years)),
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "0",
    }


KEY = secrets.token_urlsafe(50)


def run(years: int, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env=environment(years),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def prepare(years: int) -> None:
    (VAR_DIR / str(years)).mkdir(parents=True, exist_ok=True)
    run(years, "manage.py", "prepare")
    start = time.monotonic()
    run(years, "manage.py", "load_demo", "--years", str(years))
    print(f"{years:>2} years: the demo is there after {time.monotonic() - start:.0f} s")


@contextmanager
def served(years: int):
    bind = f"127.0.0.1:{PORTS[years]}"
    command = ["-m", "gunicorn", "council_portal.wsgi", "-w", "2", "-b", bind, "--no-control-socket"]
    server = subprocess.Popen(
        [sys.executable, *command, "--log-level", "warning"], cwd=BASE_DIR, env=environment(years)
    )
    try:
        wait_for_server(years)
        yield
    finally:
        server.terminate()
        server.wait()


def wait_for_server(years: int) -> None:
    for _ in range(100):
        try:
            urlopen(request(years, "/empty/"))
            return
        except URLError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


def request(years: int, address: str, **headers: str) -> Request:
    return Request(f"http://127.0.0.1:{PORTS[years]}{address}", headers=headers)


def wrk(asked: Request, seconds: int = SECONDS) -> Load:
    """What eight connections get in so many seconds."""
    options = [option for header in asked.header_items() for option in ("-H", ": ".join(header))]
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency", *options, asked.full_url]
    report = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    if "Non-2xx" in report and not asked.has_header("If-none-match"):
        raise SystemExit(f"{asked.full_url}: {report}")
    percentile = dict(re.findall(r"(50|99)%\s+(\S+)", report))
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1]), percentile["50"], percentile["99"])


def compare(asked: dict[int, Request]) -> tuple[dict[int, Measure], float]:
    """Ask for the page of each size and for the empty view by turns; return what each did, and the growth.

    The growth is how many times as long the page takes with the most years as with the fewest.
    """
    for one in asked.values():
        wrk(one, seconds=1)  # each worker makes the page once
    turns = [{years: (wrk(request(years, "/empty/")), wrk(one)) for years, one in asked.items()} for __ in range(TURNS)]
    measures = {}
    for years in asked:
        loads = sorted((turn[years][1] for turn in turns), key=lambda load: load.rate)
        ratio = statistics.median(turn[years][1].rate / turn[years][0].rate for turn in turns)
        measures[years] = Measure(loads[TURNS // 2], ratio)
    growth = statistics.median(turn[min(YEARS)][1].rate / turn[max(YEARS)][1].rate for turn in turns)
    return measures, growth


def look_inside(years: int) -> dict:
    """What tests.bench.inside says of one size. Stops if a list of the largest size is read without its index."""
    inside = json.loads(run(years, "-m", "tests.bench.inside"))
    for label, indexes in inside["plans"].items():
        if years == max(YEARS) and LIST_INDEX not in indexes:
            raise SystemExit(f"{years} years, {label}: the list is not read by {LIST_INDEX}, but by {indexes}")
    return inside


def questions(inside: dict[int, dict]) -> Iterator[tuple[str, str, dict[int, Request]]]:
    """Every (page, reader, the request of each size); after each the same again for a browser that has the page."""
    for name in inside[min(YEARS)]["pages"]:
        for reader in ("visitor", "member"):
            fresh, known = {}, {}
            for years, found in inside.items():
                headers = {"Cookie": f"sessionid={found['cookie']}"} if reader == "member" else {}
                fresh[years] = request(years, found["pages"][name], **headers)
                tag = tag_of(fresh[years])
                known[years] = request(years, found["pages"][name], **headers, **{"If-None-Match": tag})
            yield name, reader, fresh
            yield name, f"{reader} 304", known


def tag_of(asked: Request) -> str:
    """The entity tag of a page. Stops for one that has none: it would be made anew each time that it is asked for."""
    tag = urlopen(asked).headers["ETag"]
    if tag is None:
        raise SystemExit(f"{asked.full_url} has no entity tag.")
    return tag


def report(inside: dict[int, dict]) -> list[str]:
    """Print the table; return what does not reach its target, in words."""
    print(
        f"\n{'page':<10}{'reader':<13}{'years':>5}{'req/s':>8}{'ratio':>7}{'p50':>10}{'p99':>10}  growth"
        "   made anew: ms, queries, bytes"
    )
    missed = []
    for name, reader, asked in questions(inside):
        measures, growth = compare(asked)
        for years, measure in measures.items():
            print(row(name, reader, years, measure, growth) + made_anew(inside[years], f"{name} {reader}"))
            target = TARGETS[reader.split()[-1]]
            if measure.ratio < target:
                missed.append(
                    f"{name} {reader}, {years} years: {measure.ratio:.0%} of the empty view, not {target:.0%}"
                )
        if growth > SLOWER_AT_MOST:
            missed.append(f"{name} {reader}: {growth:.2f} times as slow with {max(YEARS)} years")
    return missed


def verify_register() -> list[str]:
    """Print how quickly a forged entry is found; return what is missed, in words."""
    found = json.loads(run(min(YEARS), "-m", "tests.bench.register"))
    print(f"\nA changed byte among 10,000 entries of the register is found in {found['seconds']:.1f} s")
    is_reached = found["is_found"] and found["seconds"] < SECONDS_TO_VERIFY
    return [] if is_reached else [f"register: {found}"]


def print_papers() -> list[str]:
    """Print how long documents on paper take that are made at once; return what is missed, in words."""
    missed = []
    print("\npaper, made at once            pages  seconds    CPU")
    for name, found in json.loads(run(min(YEARS), "-m", "tests.bench.papers")).items():
        print(f"{name:<30}{found['pages']:>6}{found['seconds']:>9.2f}{found['cpu']:>7.2f}")
        if found["pages"] < PAGES_AT_ONCE and found["seconds"] > SECONDS_TO_PRINT:
            missed.append(f"{name} of {found['pages']} pages: {found['seconds']:.1f} s")
    return missed


def row(name: str, reader: str, years: int, measure: Measure, growth: float) -> str:
    load, grown = measure.load, f"{growth:.2f}" if years == max(YEARS) else ""
    return (
        f"{name:<10}{reader:<13}{years:>5}{load.rate:>8.0f}{measure.ratio:>7.0%}{load.p50:>10}{load.p99:>10}{grown:>8}"
    )


def made_anew(inside: dict, label: str) -> str:
    anew = inside["rendered"].get(label)
    return f"   {anew['ms']:.0f} {anew['queries']} {anew['bytes']}" if anew else ""


def main() -> None:
    for years in YEARS:
        prepare(years)
    inside = {years: look_inside(years) for years in YEARS}
    with ExitStack() as servers:
        for years in YEARS:
            servers.enter_context(served(years))
        missed = report(inside) + verify_register() + print_papers()
    print("\nEvery target is reached." if not missed else "\nMissed:\n" + "\n".join(missed))
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
