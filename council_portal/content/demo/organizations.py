"""The fictional council's ninety organisations, one of them renamed, one merged into another."""

from council_portal.persian.partial_date import PartialDate
from members.models import Organization, OrganizationName

from .directory import EARLIER_NAMES, MERGED, ORGANIZATIONS, PARENTS
from .rows import Rows


def add_organizations(rows: Rows, this_year: int) -> dict[str, Organization]:
    """Add what the real record lacks; return the active ones by address, the real ones first.

    Organisations of the real record stay as they are.
    """
    organizations = {row.slug: row for row in Organization.objects.order_by("pk")}
    for n, (slug, name, branch, kind) in enumerate(ORGANIZATIONS):
        organizations[slug] = rows.add(
            Organization(
                slug=slug,
                name=name,
                branch=branch,
                kind=kind,
                joined_on=PartialDate.year(this_year - 2 - n % 9),
                website=f"https://{slug}.example.org/",
            )
        )
    for slug, parent in PARENTS.items():
        organizations[slug].parent = organizations[parent]
    for position, (slug, name, note) in enumerate(EARLIER_NAMES, start=1):
        rows.add(OrganizationName(organization=organizations[slug], name=name, note=note, position=position))
    _add_merged(rows, organizations, this_year)
    return organizations


def _add_merged(rows: Rows, organizations: dict[str, Organization], this_year: int) -> None:
    slug, name, into = MERGED
    rows.add(
        Organization(
            slug=slug,
            name=name,
            branch=Organization.Branch.EXECUTIVE,
            kind=Organization.Kind.MINISTRY,
            parent=organizations[into],
            joined_on=PartialDate.year(this_year - 9),
            left_on=PartialDate.month(this_year - 3, 4),
            description=f"در {organizations[into].name} ادغام شد (داده نمایشی).",
        )
    )
