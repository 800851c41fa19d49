import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "council_portal.settings")
django.setup(set_prefix=False)

from council_portal.encoding import UnicodeHandler  # noqa: E402 - the settings come first

application = UnicodeHandler()
