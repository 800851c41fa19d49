from .bodies import Body, BodyName
from .calendar_links import CalendarLink
from .memberships import Membership
from .organizations import Organization, OrganizationName
from .people import Person
from .users import User

__all__ = ["Body", "BodyName", "CalendarLink", "Membership", "Organization", "OrganizationName", "Person", "User"]
