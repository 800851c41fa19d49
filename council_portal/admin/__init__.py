"""In the admin: what belongs to the portal itself and to none of its apps."""

from . import redirects, register  # noqa: F401
