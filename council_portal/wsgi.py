import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "council_portal.settings")
django.setup(set_prefix=False)

from council_portal.encoding import UnicodeHandler  # noqa: E402 - the settings come first
from council_portal.issuing.papers import warm_up  # noqa: E402
from council_portal.search.analysis import analyse  # noqa: E402

# The dictionary and the fonts are read when the process starts, and not while somebody waits for an answer.
analyse("دبیرخانه")
warm_up()
# Nothing of this is ever thrown away: going through it each time took the collector a fifth of the time of a paper.
gc.collect()
gc.freeze()

application = UnicodeHandler()
