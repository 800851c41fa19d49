import pytest

from council_portal.rich_text import clean, in_paragraphs
from meetings.models import AgendaItem
from tests import factories as make


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<p>متن <strong>مهم</strong></p>", "<p>متن <strong>مهم</strong></p>"),
        ("<p>پیش</p><script>alert(1)</script><p>پس</p>", "<p>پیش</p><p>پس</p>"),
        ('<p onclick="alert(1)" style="color:red">متن</p>', "<p>متن</p>"),
        ('<a href="javascript:alert(1)">پیوند</a>', '<a rel="noopener">پیوند</a>'),
        ('<a href="https://example.org/">پیوند</a>', '<a href="https://example.org/" rel="noopener">پیوند</a>'),
        ('<img src="x" onerror="alert(1)">متن', "متن"),
        ("<p>كميته‌ي فني</p>", "<p>کمیته‌ی فنی</p>"),
        ("<p>متن\u202eوارونه\x00</p>", "<p>متنوارونه</p>"),
        (
            "<table><tr><td colspan=2>خانه</td></tr></table>",
            '<table><tbody><tr><td colspan="2">خانه</td></tr></tbody></table>',
        ),
    ],
)
def test_only_plain_elements_in_unified_letters_are_kept(written, kept):
    assert clean(written) == kept
    assert clean(kept) == kept


@pytest.mark.django_db
@pytest.mark.parametrize("write", ["save", "bulk_create", "update"])
def test_text_is_cleaned_however_it_comes_in(write):
    unsafe = "<p>متن</p><script>alert(1)</script>\x00"
    item = make.AgendaItemFactory.build(meeting=make.MeetingFactory(), discussion=unsafe)
    if write == "update":
        item = make.AgendaItemFactory(discussion="")
        AgendaItem.objects.update(discussion=unsafe)
    elif write == "bulk_create":
        AgendaItem.objects.bulk_create([item])
    else:
        item.save()

    assert AgendaItem.objects.get().discussion == "<p>متن</p>"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("سطر نخست\nسطر دوم\r\n\r\nبند دوم", "<p>سطر نخست<br>سطر دوم</p><p>بند دوم</p>"),
        ("متن <strong>مهم</strong> و ۲ < ۳", "<p>متن <strong>مهم</strong> و ۲ &lt; ۳</p>"),
        ("<p>بند</p>\n\nافزوده\n<ul>\n<li>یک</li>\n</ul>", "<p>بند</p><p>افزوده</p><ul>\n<li>یک</li>\n</ul>"),
        ("<p>بند</p>\n<p>دیگر&nbsp;</p>", "<p>بند</p>\n<p>دیگر&nbsp;</p>"),
        ("<script>x</script>\0", ""),
        (" ", ""),
    ],
)
def test_lines_that_are_typed_without_an_editor_are_paragraphs(typed, kept):
    assert in_paragraphs(typed) == kept
    assert in_paragraphs(kept) == kept
