"""Who looks at the demo: one account of each role of DESIGN.md §4, taken from the demo itself where it has one."""

from council_portal.persian.calendar import today
from members.models import Membership, User

PEOPLE = ["visitor", "member", "officer", "secretariat", "administrator"]


def account_of(who: str) -> User | None:
    if who == "visitor":
        return None
    if who in ("secretariat", "administrator"):
        switch = {f"is_{who}": True}
        return User.objects.filter(**switch).order_by("pk").first() or User.objects.create_user(who, **switch)
    services = Membership.objects.in_service(on=today()).order_by("pk")
    service = services.officers() if who == "officer" else services.filter(role=Membership.Role.MEMBER)
    return _account_in(service, who)


def _account_in(services, name: str) -> User:
    account = User.objects.filter(person__memberships__in=services).order_by("pk").first()
    if account:
        return account
    service = services.first()
    return User.objects.create_user(name, person=service.person if service else None)
