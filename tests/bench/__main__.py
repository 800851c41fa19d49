"""`make bench`: how quick the portal is, as ratios to an empty Django view in the same run.

Loads the fictional council of 1 year and of 20 years once, each into a database of its own below var/bench, serves it
with gunicorn (two workers) and asks with wrk. What is to be reached stands in TARGETS; the exit status tells.
"""

import json
import os
import re
import secrets
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("COUNCIL_VAR") or BASE_DIR / "var") / "bench"
PORT = int(os.environ.get("PORT", "8765"))
SECONDS = int(os.environ.get("SECONDS_EACH", "1"))
TURNS = 3
YEARS = (1, 20)
# Parts of the empty view's rate, and how much slower 20 years may be than one.
TARGETS = {"visitor": 0.40, "member": 0.15, "304": 0.40}
SLOWER_AT_MOST = 1.2
# The order in which the archive and the register are read, whatever their length.
LIST_INDEX = "meeting_newest_first"


@dataclass(frozen=True)
class Load:
    """What wrk measured of one address; `ratio` is its rate to the empty view's, asked for by turns."""

    rate: float
    ratio: float
    p50: str
    p99: str


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
    command = ["-m", "gunicorn", "council_portal.wsgi", "-w", "2", "-b", f"127.0.0.1:{PORT}", "--no-control-socket"]
    server = subprocess.Popen(
        [sys.executable, *command, "--log-level", "warning"], cwd=BASE_DIR, env=environment(years)
    )
    try:
        wait_for_server()
        yield
    finally:
        server.terminate()
        server.wait()


def wait_for_server() -> None:
    for _ in range(100):
        try:
            urlopen(request("/empty/"))
            return
        except URLError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


def request(address: str, **headers: str) -> Request:
    return Request(f"http://127.0.0.1:{PORT}{address}", headers=headers)


def ask(address: str, **headers: str) -> Load:
    """Ask for one address and for the empty view by turns, so that what else the machine does weighs on both."""
    wrk(address, headers, seconds=1)  # each worker makes the page once
    turns = [(wrk("/empty/", {}), wrk(address, headers)) for __ in range(TURNS)]
    ratios = [page[0] / empty[0] for empty, page in turns]
    rate, p50, p99 = sorted(page for __, page in turns)[TURNS // 2]
    return Load(rate, statistics.median(ratios), p50, p99)


def wrk(address: str, headers: dict[str, str], seconds: int = SECONDS) -> tuple[float, str, str]:
    """Return requests a second, p50 and p99 over eight connections."""
    options = [option for header in request(address, **headers).header_items() for option in ("-H", ": ".join(header))]
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency", *options, f"http://127.0.0.1:{PORT}{address}"]
    report = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    if "Non-2xx" in report and "If-None-Match" not in headers:
        raise SystemExit(f"{address}: {report}")
    percentile = dict(re.findall(r"(50|99)%\s+(\S+)", report))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1]), percentile["50"], percentile["99"]


def measure(years: int) -> dict[str, Load]:
    """Print the table of one size; return what was measured by "page reader" and "page reader 304".

    Stops with a message if a list of the largest size is read without its index.
    """
    inside = json.loads(run(years, "-m", "tests.bench.inside"))
    for label, indexes in inside["plans"].items():
        if years == max(YEARS) and LIST_INDEX not in indexes:
            raise SystemExit(f"{years} years, {label}: the list is not read by {LIST_INDEX}, but by {indexes}")
    loads = {}
    with served(years):
        print(f"\n{years} years. Empty view: {wrk('/empty/', {})[0]:.0f}/s")
        print(
            f"{'page':<10}{'reader':<14}{'req/s':>8}{'ratio':>8}{'p50':>10}{'p99':>10}   made anew: ms, queries, bytes"
        )
        for name, address in inside["pages"].items():
            for reader, headers in {"visitor": {}, "member": {"Cookie": f"sessionid={inside['cookie']}"}}.items():
                tag = urlopen(request(address, **headers)).headers["ETag"]
                anew = inside["rendered"][f"{name} {reader}"]
                loads[f"{name} {reader}"] = kept = ask(address, **headers)
                loads[f"{name} {reader} 304"] = unchanged = ask(address, **headers, **{"If-None-Match": tag})
                print(row(name, reader, kept) + f"   {anew['ms']:.0f} {anew['queries']} {anew['bytes']}")
                print(row(name, f"{reader} 304", unchanged))
    return loads


def row(name: str, label: str, load: Load) -> str:
    return f"{name:<10}{label:<14}{load.rate:>8.0f}{load.ratio:>8.0%}{load.p50:>10}{load.p99:>10}"


def misses(loads: dict[int, dict[str, Load]]) -> list[str]:
    """Return what does not reach its target, in words."""
    lines = []
    for years, measured in loads.items():
        for label, load in measured.items():
            target = TARGETS[label.split()[-1]]
            if load.ratio < target:
                lines.append(f"{years} years, {label}: {load.ratio:.0%} of the empty view, not {target:.0%}")
    few, many = loads.values()
    for label in few:
        slower = few[label].ratio / many[label].ratio
        print(f"{label:<20} 20 years take {slower:.2f} times as long as 1")
        if slower > SLOWER_AT_MOST:
            lines.append(f"{label}: {slower:.2f} times as slow with 20 years")
    return lines


def main() -> None:
    for years in YEARS:
        prepare(years)
    missed = misses({years: measure(years) for years in YEARS})
    print("\nEvery target is reached." if not missed else "\nMissed:\n" + "\n".join(missed))
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
