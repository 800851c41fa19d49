"""The portal as in production, and one address more: an empty view behind the same middleware."""

from council_portal.settings import *  # noqa: F403
from council_portal.settings import ALWAYS_RENDERED

ROOT_URLCONF = "tests.bench.urls"
ALWAYS_RENDERED = (*ALWAYS_RENDERED, "/empty/")
