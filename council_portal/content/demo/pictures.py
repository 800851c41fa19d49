"""Pictures for the galleries: eight-pointed stars on a wash of colour, plainly no photograph; and pages of a scan."""

import io
from math import cos, pi, sin
from time import gmtime

from PIL import Image, ImageDraw

from council_portal.files.models import StoredFile
from council_portal.files.storing import keep_bytes

from .chance import chance

COUNT = 16
SIZE = (1200, 800)
PAGE = (840, 1188)
FINENESS = 2  # drawn larger, then reduced, for smooth edges
PALETTES = (
    ((247, 243, 234), (26, 62, 114), (0, 128, 128)),
    ((26, 62, 114), (214, 226, 240), (224, 160, 48)),
    ((0, 110, 115), (232, 244, 242), (247, 243, 234)),
    ((238, 228, 206), (0, 128, 128), (26, 62, 114)),
)
PAPER, INK, LINE = (250, 248, 242), (26, 62, 114), (150, 150, 150)


def picture(n: int) -> StoredFile:
    """One of COUNT different pictures, stored."""
    luck = chance(f"picture {n}")
    ground, first, second = PALETTES[n % len(PALETTES)]
    size = tuple(side * FINENESS for side in SIZE)
    image = Image.linear_gradient("L").rotate(luck.randrange(0, 360, 90)).resize(size)
    image = Image.composite(Image.new("RGB", size, ground), Image.new("RGB", size, _between(ground, first)), image)
    draw = ImageDraw.Draw(image)
    step = size[1] // (3 + n % 4)
    for row, y in enumerate(range(0, size[1] + step, step)):
        for column, x in enumerate(range(0, size[0] + step, step)):
            colour = first if (row + column + n) % 3 else second
            _draw_star(draw, (x, y), step * luck.uniform(0.22, 0.5), colour)
    return _keep(image.resize(SIZE, Image.Resampling.LANCZOS), f"namayeshi-{n + 1}.jpg")


def scanned_page(n: int) -> StoredFile:
    """A page of lines with a star for a seal, stored."""
    return _keep(_page(n), f"namayeshi-scan-{n}.jpg")


def scanned_pages(count: int) -> StoredFile:
    """So many such pages in one PDF file, stored."""
    first, *others = (_page(n) for n in range(count))
    content = io.BytesIO()
    dates = {"creationDate": gmtime(0), "modDate": gmtime(0)}  # so that the same pages are the same file
    first.save(content, "PDF", save_all=True, append_images=others, resolution=100, **dates)
    return keep_bytes(content.getvalue(), name="namayeshi.pdf", by=None)


def _page(n: int) -> Image.Image:
    luck = chance(f"page {n}")
    image = Image.new("RGB", PAGE, PAPER)
    draw = ImageDraw.Draw(image)
    for y in range(180, PAGE[1] - 260, 34):
        draw.line((luck.randrange(90, 330, 20), y, PAGE[0] - 90, y), fill=LINE, width=3)
    _draw_star(draw, (200, PAGE[1] - 160), 80, INK)
    return image


def _draw_star(draw: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, colour) -> None:
    """The eight-pointed star: two squares, one turned by an eighth of a circle."""
    x, y = centre
    for turn in (0, pi / 4):
        corners = [turn + quarter * pi / 2 for quarter in range(4)]
        draw.polygon([(x + radius * cos(angle), y + radius * sin(angle)) for angle in corners], fill=colour)


def _between(one, other) -> tuple[int, ...]:
    return tuple((3 * a + b) // 4 for a, b in zip(one, other, strict=True))


def _keep(image: Image.Image, name: str) -> StoredFile:
    content = io.BytesIO()
    image.save(content, "JPEG", quality=82)
    return keep_bytes(content.getvalue(), name=name, by=None)
