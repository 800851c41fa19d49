"""The site's variable fonts in the shape in which WeasyPrint sets a paper quickest: of one weight, not compressed.

fontTools comes with WeasyPrint, which otherwise would unpack each font, and draw each of its weights, anew for every
document: a third of the time that a short one takes.
"""

import io
from functools import lru_cache

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer


@lru_cache(maxsize=8)
def of_weight(font: bytes, weight: int) -> bytes:
    """A variable font at one weight, from 100 to 900, as TrueType; made once in a process."""
    drawn = TTFont(io.BytesIO(font), recalcTimestamp=False)
    instancer.instantiateVariableFont(drawn, {"wght": weight}, inplace=True)
    drawn.flavor = None
    content = io.BytesIO()
    drawn.save(content)
    return content.getvalue()
