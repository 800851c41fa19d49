import io

import pikepdf

from council_portal.issuing.papers import Paper, pdf_of

TEMPLATE = "paper/base.html"


def paper(**values) -> Paper:
    return Paper(
        **{"template": TEMPLATE, "context": {}, "title": "صورت‌جلسهٔ سیزدهمین اجلاس", "name": "minutes"} | values
    )


def test_the_same_paper_is_the_same_bytes():
    assert pdf_of(paper()) == pdf_of(paper())


def test_a_paper_has_its_title_and_language():
    document = pikepdf.open(io.BytesIO(pdf_of(paper())))

    assert (str(document.Root.Lang), str(document.docinfo.Title)) == ("fa", "صورت‌جلسهٔ سیزدهمین اجلاس")
