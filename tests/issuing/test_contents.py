"""The contents of a book are made of what is marked in its text."""

from council_portal.issuing.contents import Entry, entries_of


def lines(entries: list[Entry], depth: int = 0):
    for entry in entries:
        yield depth, entry.anchor, entry.label
        yield from lines(entry.entries, depth + 1)


def test_what_is_marked_stands_in_them_each_below_the_one_before_it_of_a_higher_level():
    html = """
      <h1 id="a" data-entry="1">دستور</h1><h2>بی‌نشان</h2>
      <h3 id="b" data-entry="3">زیربند</h3><h2 id="c" data-entry="2">بند</h2>
      <h1 id="d" data-entry="1">پایان</h1>
    """

    assert list(lines(entries_of(html))) == [(0, "a", "دستور"), (1, "b", "زیربند"), (1, "c", "بند"), (0, "d", "پایان")]


def test_an_entry_says_its_label_else_the_words_of_its_heading():
    html = """
      <div id="a" data-entry="1" data-label="نامه &amp; پیوست"><h1>موضوع</h1></div>
      <h1 id="b" data-entry="1">اجلاس <span>بیستم</span>
        &quot;نمونه&quot;</h1><p>متن</p>
    """

    assert [entry.label for entry in entries_of(html)] == ["نامه & پیوست", 'اجلاس بیستم "نمونه"']


def test_a_text_without_marks_has_none():
    assert entries_of("<h1>عنوان</h1><p id='a'>متن</p>") == []
