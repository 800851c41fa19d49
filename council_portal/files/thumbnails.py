"""Small pictures for galleries."""

import io

from PIL import Image, ImageOps

from .kinds import PICTURE_FORMATS
from .models import StoredFile
from .reading import opened
from .storing import keep_bytes

BOX = (640, 480)  # twice the size at which a gallery shows them, for fine screens
QUALITY = 78


def thumbnail_of(picture: StoredFile, *, by=None) -> StoredFile:
    """Return a WebP of `picture` that fits into BOX, stored as a file of its own.

    It stands as its camera was held (EXIF orientation) and carries nothing but the pixels: no place, no camera.
    """
    with opened(picture) as file, Image.open(file, formats=[*PICTURE_FORMATS.values()]) as original:
        small = ImageOps.exif_transpose(original)
        small.thumbnail(BOX)
        small = small.convert("RGBA" if small.has_transparency_data else "RGB")
    # A picture made anew from the pixels has no metadata that a later Pillow could decide to write.
    bare = Image.new(small.mode, small.size)
    bare.paste(small)
    content = io.BytesIO()
    bare.save(content, "WEBP", quality=QUALITY, method=6)
    return keep_bytes(content.getvalue(), name=f"{picture.name}.webp", by=by)
