from .bodies import Body, BodyName
from .memberships import Membership
from .organizations import Organization, OrganizationName
from .people import Person
from .users import User

__all__ = ["Body", "BodyName", "Membership", "Organization", "OrganizationName", "Person", "User"]
