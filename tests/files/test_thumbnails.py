import io

import pytest
from PIL import Image

from council_portal.files.storing import store
from council_portal.files.thumbnails import thumbnail_of

from . import samples

pytestmark = pytest.mark.django_db
ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def with_camera_data(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "Sample Camera"
    exif.get_ifd(GPS)[1] = "N"
    return samples.picture("JPEG", size=(1200, 900), exif=exif.tobytes())


def open_thumbnail(content: bytes):
    thumbnail = thumbnail_of(store(samples.upload(content, "تصویر.jpg"), by=None))
    return thumbnail, Image.open(io.BytesIO(thumbnail.content.open("rb").read()))


def test_a_thumbnail_is_small_and_a_file_of_its_own():
    thumbnail, picture = open_thumbnail(samples.picture("PNG", size=(1600, 800)))

    assert (picture.format, picture.size) == ("WEBP", (640, 320))
    assert (thumbnail.media_type, thumbnail.width, thumbnail.height) == ("image/webp", 640, 320)


def test_a_thumbnail_stands_as_the_camera_was_held():
    assert open_thumbnail(with_camera_data(orientation=6))[1].size == (360, 480)


def test_a_thumbnail_carries_no_place_and_no_camera():
    thumbnail, picture = open_thumbnail(with_camera_data(orientation=1))

    assert not picture.getexif()
    assert b"Sample Camera" not in thumbnail.content.open("rb").read()


def test_transparency_is_kept():
    content = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(content, "PNG")

    assert open_thumbnail(content.getvalue())[1].convert("RGBA").getpixel((5, 5))[3] == 0
