"""The roles of DESIGN.md §4 as accounts."""

from members.models import Body, Membership, User

from .factories import BodyFactory, MembershipFactory, UserFactory

ROLES = [
    "visitor",
    "former_member",
    "member",
    "body_member",
    "officer",
    "follow_up_officer",
    "secretariat",
    "administrator",
]


def user_of(role: str, body: Body | None = None) -> User | None:
    """An account in `role`, None for a visitor; "body_member" and "officer" serve on `body`, "member" elsewhere."""
    if role == "visitor":
        return None
    if role in ("secretariat", "administrator"):
        return UserFactory(**{role: True})
    body = {"follow_up_officer": follow_up_body, "body_member": lambda: body, "officer": lambda: body}.get(
        role, BodyFactory
    )()
    service = {"officer": {"role": Membership.Role.SECRETARY}, "follow_up_officer": {"role": Membership.Role.CHAIR}}
    return UserFactory(person=MembershipFactory(body=body, **service.get(role, {}), **_term(role)).person)


def follow_up_body() -> Body:
    return Body.objects.filter(follows_up=True).first() or BodyFactory(follow_up=True)


def _term(role: str) -> dict:
    from council_portal.persian.partial_date import PartialDate

    if role == "former_member":
        return {"start_on": PartialDate.year(1380), "end_on": PartialDate.year(1385)}
    return {}
