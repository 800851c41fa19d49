"""A hundred and twenty people who never lived, their seats and their successors, and the accounts of a few."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from council_portal.persian import calendar
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.text import to_persian_digits
from members.models import Membership, Organization, Person, User

from .chance import Deck, chance
from .directory import FAMILIES, MEN, WOMEN
from .world import Service, World, moment

SEATS = 120
OFFICERS = (Membership.Role.CHAIR, Membership.Role.VICE_CHAIR, Membership.Role.SECRETARY)
SIZES = {"board": 7, "training": 11, "expertise": 11, "ict": 11, "follow-up": 11}
TENURE_IN_MONTHS = 108
PASSWORD = "namayeshi-1387"  # noqa: S105 it is printed for everybody who tries the demo

POSTS = (
    "مدیرکل دبیرخانه و امور اسناد",
    "رئیس دبیرخانه مرکزی",
    "معاون اداره کل دبیرخانه",
    "رئیس اداره مکاتبات و بایگانی",
    "مسئول دبیرخانه حوزه ریاست",
    "رئیس اداره فناوری اطلاعات",
    "کارشناس مسئول گردش مکاتبات",
)
SUBSTITUTE_POST = "معاون دبیرخانه"
EXPERIENCE = (
    "نزدیک به {years} سال در دبیرخانه کار کرده و در این سال‌ها گذار از دفتر کاغذی به سامانه مکاتبات را همراهی کرده است.",
    "دانش‌آموخته مدیریت دولتی است و {years} سال سابقه خدمت دارد.",
    "پیش از این مسئول بایگانی بوده و {years} سال تجربه در امور اسناد دارد.",
    "در رشته علم اطلاعات و دانش‌شناسی درس خوانده و {years} سال است که در امور مکاتبات خدمت می‌کند.",
)


@dataclass(frozen=True)
class Account:
    """Somebody whom a newcomer can sign in as: who they are, and where they sit, if they do."""

    username: str
    role: str
    body: str = ""
    rank: str = ""


ACCOUNTS = (
    Account("secretariat", "secretariat", "board", Membership.Role.SECRETARY),
    Account("chair", "chair of the ICT committee", "ict", Membership.Role.CHAIR),
    Account("member", "member, of the Ministry of Energy"),
    Account("followup", "follow-up officer", "follow-up", Membership.Role.SECRETARY),
    Account("admin", "administrator"),
)
MEMBER_OF = "energy"


def add_people(world: World, first_day: date) -> None:
    """Fill the seats of the assembly from `first_day` on, then those of board and committees from among them."""
    seats = [_Seat(n, organization) for n, organization in enumerate(_seat_owners(world))]
    names = _names()
    ranks = _ranks(seats)
    body_of = {seat: slug for slug, members in ranks.items() for seat, __ in members}
    keeps_seat = {seat for members in ranks.values() for seat, __ in members[:3]}
    keeps_seat.add(next(seat for seat in seats if seat.organization.slug == MEMBER_OF and seat not in body_of))
    world.services["assembly"] = []
    for seat in seats:
        seat.services = list(_fill(world, seat, names, first_day, stays=seat in keeps_seat))
        world.services["assembly"] += seat.services
    for slug, members in ranks.items():
        world.services[slug] = [
            Service(service.person, service.organization, role, service.first, service.last)
            for seat, role in members
            for service in seat.services
        ]
    for slug, services in world.services.items():
        _add_memberships(world, slug, services, first_day)
    _add_accounts(world)


class _Seat:
    def __init__(self, n: int, organization: Organization):
        self.n = n
        self.organization = organization
        self.services: list[Service] = []


def _seat_owners(world: World) -> list[Organization]:
    """Every organisation once, then the ministries and the largest again."""
    once = list(world.organizations.values())
    return (once + once)[:SEATS]


def _ranks(seats: list[_Seat]) -> dict[str, list[tuple[_Seat, str]]]:
    """Who sits on board and committees, and in which role; the first three of each are its officers."""
    free = [seat for seat in seats if seat.organization.slug != MEMBER_OF]
    chance("committees").shuffle(free)
    ranks = {}
    for slug, size in SIZES.items():
        chosen, free = free[:size], free[size:]
        roles = [*OFFICERS, *[Membership.Role.MEMBER] * (size - len(OFFICERS))]
        ranks[slug] = list(zip(chosen, roles, strict=True))
    return ranks


def _fill(world: World, seat: _Seat, names: Iterator[dict], first_day: date, *, stays: bool) -> Iterator[Service]:
    """The people of one seat, one after the other."""
    start = None
    for change in [] if stays else _changes(seat.n, first_day, world.today):
        yield _serve(world, seat, names, start, change - timedelta(days=1))
        start = change
    yield _serve(world, seat, names, start, None)


def _changes(n: int, first_day: date, today: date) -> Iterator[date]:
    """The days on which a seat gets a new holder: somewhere in every TENURE_IN_MONTHS."""
    year, month, __ = calendar.to_jalali(first_day)
    phase = n * 37 % TENURE_IN_MONTHS
    for months in range(1, 12 * 60):
        year, month = calendar.next_month(year, month)
        day = calendar.to_gregorian(year, month, 1 + n % 28)
        if day >= today:
            return
        if (months + phase) % TENURE_IN_MONTHS == 0:
            yield day


def _serve(world: World, seat: _Seat, names: Iterator[dict], first: date | None, last: date | None) -> Service:
    n = len(world.people)
    person = world.add(
        Person(
            **next(names),
            email=f"member-{n + 1}@example.org",
            phone=f"۰۲۱ ۰۰۰۰ {to_persian_digits(1000 + n)}",
            biography=EXPERIENCE[n % len(EXPERIENCE)].format(years=to_persian_digits(8 + n * 5 % 23)),
        )
    )
    world.people.append(person)
    return Service(person, seat.organization, Membership.Role.MEMBER, first, last)


def substitutes(concern: str) -> Deck:
    """The names of those who come in the place of others."""
    return Deck([f"{given} {family}" for given, family in zip(MEN, FAMILIES, strict=False)], concern)


def _names() -> Iterator[dict]:
    """Names that nobody else in the demo bears; one in three a woman's."""
    women, men = Deck(WOMEN, "women"), Deck(MEN, "men")
    families = Deck(FAMILIES, "families")
    titles = ("", "دکتر", "", "", "مهندس", "", "", "")
    given = set()
    n = 0
    while True:
        name = ((women if n % 3 == 1 else men).deal(), families.deal())
        if name not in given:
            given.add(name)
            yield {"given_name": name[0], "family_name": name[1], "honorific_prefix": titles[n % len(titles)]}
            n += 1


def _add_memberships(world: World, slug: str, services: list[Service], first_day: date) -> None:
    first_year = calendar.to_jalali(first_day)[0]
    for n, service in enumerate(services):
        world.add(
            Membership(
                person=service.person,
                body=world.bodies[slug],
                organization=service.organization,
                role=service.role,
                post=POSTS[n % len(POSTS)] if slug == "assembly" else "",
                start_on=PartialDate.from_date(service.first) if service.first else _before(first_year, n),
                end_on=PartialDate.from_date(service.last) if service.last else None,
            )
        )


def _before(year: int, n: int) -> PartialDate:
    """A start before the demo, known to the day, the month or the year."""
    year -= 1 + n % 3
    return (PartialDate.day(year, 7, 1 + n % 28), PartialDate.month(year, 1 + n % 12), PartialDate.year(year))[n % 3]


def _add_accounts(world: World) -> None:
    taken = {id(s.person) for slug in SIZES for s in world.services[slug]}
    for account in ACCOUNTS:
        world.accounts[account.username] = world.add(
            User(
                username=account.username,
                password=make_password(PASSWORD, salt=f"demo-{account.username}-0123456789"),
                person=_person_of(world, account, taken),
                is_secretariat=account.username == "secretariat",
                is_administrator=account.username == "admin",
                date_joined=moment(world.today - timedelta(days=400), 9),
            )
        )


def _person_of(world: World, account: Account, taken: set[int]) -> Person | None:
    if account.body:
        return next(s.person for s in world.roster(account.body, world.today) if s.role == account.rank)
    if account.username == "member":
        services = world.roster("assembly", world.today)
        return next(s.person for s in services if s.organization.slug == MEMBER_OF and id(s.person) not in taken)
    return None
