"""`make bench`: how quick the portal is, as ratios to an empty Django view in the same run.

Loads the fictional council of 1 year and of 20 years once, each into a database of its own below var/bench, serves it
with gunicorn (two workers) and asks with wrk. What is to be reached stands in TARGETS; the exit status tells.
"""

import json
import os
import re
import secrets
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
SECONDS = int(os.environ.get("SECONDS_EACH", "4"))
YEARS = (1, 20)
# Parts of the empty view's rate, and how much slower 20 years may be than one.
TARGETS = {"visitor": 0.40, "member": 0.15, "304": 0.40}
SLOWER_AT_MOST = 1.2


@dataclass(frozen=True)
class Load:
    """What wrk measured of one address."""

    rate: float
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
    """Ask for one address over eight connections, after each worker has had the time to make it once."""
    options = [option for header in request(address, **headers).header_items() for option in ("-H", ": ".join(header))]
    url = f"http://127.0.0.1:{PORT}{address}"
    subprocess.run(["wrk", "-t1", "-c8", "-d1s", *options, url], check=True, stdout=subprocess.DEVNULL)
    report = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{SECONDS}s", "--latency", *options, url],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    if "Non-2xx" in report and "If-None-Match" not in headers:
        raise SystemExit(f"{address}: {report}")
    percentile = dict(re.findall(r"(50|99)%\s+(\S+)", report))
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1]), percentile["50"], percentile["99"])


def measure(years: int) -> list[str]:
    """Print the table of one size; return what misses its target."""
    inside = json.loads(run(years, "-m", "tests.bench.inside"))
    missed = []
    with served(years):
        empty = ask("/empty/")
        print(f"\n{years} years. Empty view: {empty.rate:.0f}/s, p50 {empty.p50}, p99 {empty.p99}")
        print(
            f"{'page':<10}{'reader':<14}{'req/s':>8}{'ratio':>8}{'p50':>10}{'p99':>10}   made anew: ms, queries, bytes"
        )
        for name, address in inside["pages"].items():
            for reader, headers in {"visitor": {}, "member": {"Cookie": f"sessionid={inside['cookie']}"}}.items():
                tag = urlopen(request(address, **headers)).headers["ETag"]
                for kind, more in {reader: {}, "304": {"If-None-Match": tag}}.items():
                    load = ask(address, **headers, **more)
                    ratio = load.rate / empty.rate
                    label = reader if kind == reader else f"{reader} 304"
                    anew = inside["rendered"][f"{name} {reader}"] if kind == reader else None
                    made = f"   {anew['ms']:.1f} {anew['queries']} {anew['bytes']}" if anew else ""
                    print(f"{name:<10}{label:<14}{load.rate:>8.0f}{ratio:>8.0%}{load.p50:>10}{load.p99:>10}{made}")
                    if ratio < TARGETS[kind]:
                        missed.append(
                            f"{years} years, {name}, {label}: {ratio:.0%} of the empty view, not {TARGETS[kind]:.0%}"
                        )
    MEASURED[years] = inside["rendered"]
    return missed


MEASURED: dict[int, dict] = {}


def growth() -> list[str]:
    """Print how much longer each page takes to make anew with 20 years than with one; return what grew too much."""
    few, many = (MEASURED[years] for years in YEARS)
    missed = []
    print("\nMade anew, 20 years to 1 year:")
    for page, before in few.items():
        ratio = many[page]["ms"] / before["ms"]
        print(f"{page:<20}{ratio:>6.2f}   queries {before['queries']} → {many[page]['queries']}")
        if ratio > SLOWER_AT_MOST:
            missed.append(f"{page}: {ratio:.2f} times as slow with 20 years")
    return missed


def main() -> None:
    for years in YEARS:
        prepare(years)
    missed = [line for years in YEARS for line in measure(years)] + growth()
    print("\nEvery target is reached." if not missed else "\nMissed:\n" + "\n".join(missed))
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
