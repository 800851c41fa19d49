"""Where what stands in a paper comes to lie on its pages, before it becomes a PDF."""

from collections.abc import Iterator

from django.conf import settings
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from council_portal.issuing.papers import OwnFiles, Paper, html_of


def lines_of(paper: Paper) -> list[list[tuple[float, str]]]:
    """The lines of each page within its margins: how far down each ends, 1 being its foot, and its words."""
    document = HTML(
        string=html_of(paper), base_url=f"{settings.PORTAL_URL}/", url_fetcher=OwnFiles(paper.files)
    ).render()
    return [list(_lines(page._page_box)) for page in document.pages]


def _lines(page) -> Iterator[tuple[float, str]]:
    for box in page.descendants():
        if isinstance(box, boxes.LineBox) and not _is_in_margin(page, box):
            end = (box.position_y + box.height - page.content_box_y()) / page.height
            yield end, "".join(part.text for part in box.descendants() if isinstance(part, boxes.TextBox))


def _is_in_margin(page, line) -> bool:
    return not page.content_box_y() <= line.position_y <= page.content_box_y() + page.height


def filled(paper: Paper) -> list[float]:
    """How far down each page of a paper is filled."""
    return [max((end for end, _ in lines), default=0) for lines in lines_of(paper)]
