import pytest

from council_portal.differences import difference
from council_portal.rich_text import reading_form


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (["یک دو سه"], ["یک دو سه"], "<p>یک دو سه</p>"),
        (["یک دو سه"], ["یک چهار سه"], "<p>یک <del>دو</del> <ins>چهار</ins> سه</p>"),
        ([], ["نو"], "<p><ins>نو</ins></p>"),
        (["کهن"], [], "<p><del>کهن</del></p>"),
        (["می‌رود"], ["می رود"], "<p><del>می‌رود</del> <ins>می رود</ins></p>"),
        (["الف"], ["<b>"], "<p><del>الف</del> <ins>&lt;b&gt;</ins></p>"),
    ],
)
def test_words_that_came_and_went_are_marked(old, new, shown):
    assert difference(old, new) == shown


def test_an_unchanged_paragraph_stays_whole():
    shown = difference(["یک", "دو", "سه"], ["یک", "سه"])

    assert shown == "<p>یک</p><p><del>دو</del></p><p>سه</p>"


def test_long_texts_are_compared_in_a_moment():
    paragraph = "واژه " * 400

    shown = difference([paragraph + str(n) for n in range(40)], [paragraph + str(n) for n in range(1, 41)])

    assert "<ins>" in shown


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        ("", []),
        ("<p>یک <strong>دو</strong></p><p></p><p>سه<br>چهار</p>", ["یک دو", "سه", "چهار"]),
        ("<ul><li><p>یک</p></li><li><p>دو</p></li></ul>", ["• یک", "• دو"]),
        ("<table><tr><th>الف</th><td>ب</td></tr></table>", ["الف | ب"]),
        ("<p>پنج &lt; شش</p>", ["پنج < شش"]),
    ],
)
def test_rich_text_reads_as_paragraphs(html, paragraphs):
    assert reading_form(html) == paragraphs
