"""Minutes from a Word file: cleaned, matched, looked at, and only then stored."""

import re
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from meetings import word_import
from meetings.models import AgendaItem, Minutes
from meetings.writing import parts_of
from tests import factories as make
from tests.files.samples import picture
from tests.meetings.work.word_files import paragraph, table, word_file
from tests.roles import user_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes():
    minutes = make.MinutesFactory(opening="")
    titles = ["گزارش پیشرفت شبکهٔ دولت", "آموزش کارکنان دبیرخانه‌ها", "سایر موضوعات"]
    for position, title in enumerate(titles, start=1):
        make.AgendaItemFactory(meeting=minutes.meeting, position=position, title=title)
    return minutes


def address_of(minutes) -> str:
    return reverse("meetings:work_minutes_import", args=[minutes.meeting_id])


def previewed(client, minutes, *blocks: str):
    return client.post(address_of(minutes), {"file": word_file(*blocks)})


def confirmed(client, minutes, response, **targets):
    """Confirm a preview, with other places than those that were found."""
    forms = response.context["found"].forms
    values = {"sections-TOTAL_FORMS": len(forms), "sections-INITIAL_FORMS": len(forms)}
    for form in forms:
        values |= {form.add_prefix(name): form[name].value() or "" for name in ("heading", "html", "target")}
    return client.post(address_of(minutes), values | {f"sections-{key[1:]}-target": targets[key] for key in targets})


def long_text(characters: int) -> str:
    """So many characters that no compression makes few."""
    return "".join(Random(1).choices("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی", k=characters))


def items_by_heading(response) -> dict[str, str]:
    return {form.shown_heading: form["target"].value() for form in response.context["found"]}


def test_headings_find_their_items_by_number_and_by_title(client_of, minutes):
    first, second, third = AgendaItem.objects.order_by("position")

    response = previewed(
        client_of("secretariat"),
        minutes,
        paragraph("جلسه با تلاوت قرآن آغاز شد."),
        paragraph("آموزش کارکنان دبيرخانه ها", heading=True),
        paragraph("متن دوم"),
        paragraph("بند ۱: گزارش شبکه دولت", bold=True),
        paragraph("متن نخست"),
        paragraph("٣-", heading=True),
        paragraph("متن سوم"),
        paragraph("موضوعی بیرون از دستور", heading=True),
        paragraph("متن چهارم"),
    )

    assert items_by_heading(response) == {
        "": "opening",
        "آموزش کارکنان دبیرخانه ها": str(second.pk),
        "بند ۱: گزارش شبکه دولت": str(first.pk),
        "۳-": str(third.pk),
        "موضوعی بیرون از دستور": "",
    }
    assert "متن چهارم" in response.text
    assert set(AgendaItem.objects.values_list("discussion", flat=True)) == {""}, "nothing is stored by looking"


def test_what_is_confirmed_is_added_after_what_stands_there(client_of, minutes):
    client = client_of("officer", minutes.meeting.body)
    first = AgendaItem.objects.order_by("position").first()
    AgendaItem.objects.filter(pk=first.pk).update(discussion="<p>پیش از آن</p>")
    response = previewed(
        client,
        minutes,
        paragraph("گزارش پیشرفت شبکه دولت", heading=True),
        paragraph("نامه‌ها ثبت می‌شود."),
        paragraph("نکته", bullet=True),
        table(("دستگاه", "شمار"), ("وزارت نیرو", "۱۲")),
        paragraph("موضوع دیگر", heading=True),
        paragraph("متن دیگر"),
    )

    confirmed(client, minutes, response, _1=str(first.pk))

    first.refresh_from_db()
    assert first.discussion.startswith("<p>پیش از آن</p><p>نامه‌ها ثبت می‌شود.</p><ul><li>نکته</li></ul><table>")
    assert first.discussion.endswith("<h3>موضوع دیگر</h3><p>متن دیگر</p>")
    assert "<p>وزارت نیرو</p>" in first.discussion


def test_digits_are_stored_as_word_showed_them(client_of, minutes):
    client, first = client_of("officer", minutes.meeting.body), AgendaItem.objects.order_by("position").first()
    response = previewed(client, minutes, paragraph("1. گزارش", heading=True), paragraph("3 دستگاه با ISO 27001"))

    confirmed(client, minutes, response, _0=str(first.pk))

    first.refresh_from_db()
    assert "<p>۳ دستگاه با ISO 27001</p>" in first.discussion


def test_what_a_forged_preview_brings_is_cleaned(client_of, minutes):
    client = client_of("secretariat")
    first = AgendaItem.objects.order_by("position").first()
    values = {"sections-TOTAL_FORMS": 1, "sections-INITIAL_FORMS": 1, "sections-0-target": str(first.pk)}

    client.post(address_of(minutes), values | {"sections-0-html": "<p onclick='x'>متن</p><script>alert(1)</script>"})

    first.refresh_from_db()
    assert first.discussion == "<p>متن</p>"


def test_a_place_that_there_is_not_is_refused(client_of, minutes):
    foreign = make.AgendaItemFactory()
    values = {"sections-TOTAL_FORMS": 1, "sections-INITIAL_FORMS": 1, "sections-0-html": "<p>متن</p>"}

    response = client_of("secretariat").post(address_of(minutes), values | {"sections-0-target": str(foreign.pk)})

    assert response.status_code == 200
    assert AgendaItem.objects.get(pk=foreign.pk).discussion == ""


def test_a_long_text_comes_through_the_preview(client_of, minutes):
    client, first = client_of("secretariat"), AgendaItem.objects.order_by("position").first()
    text = long_text(600_000)
    response = previewed(client, minutes, paragraph("گزارش پیشرفت شبکه دولت", heading=True), paragraph(text))
    form = re.search(r'<form class="form"[^>]*>', response.text)[0]

    assert 'enctype="multipart/form-data"' in form
    confirmed(client, minutes, response)

    first.refresh_from_db()
    assert first.discussion == f"<p>{text}</p>"


def test_a_text_that_no_form_could_carry_is_refused_before_the_preview(client_of, minutes):
    response = previewed(client_of("secretariat"), minutes, paragraph(long_text(1_100_000)))

    assert "بلندتر" in str(response.context["form"].errors["file"])


@pytest.mark.parametrize(
    ("file", "complaint"),
    [
        (lambda: SimpleUploadedFile("minutes.docx", picture()), "پذیرفته نیست. فایل‌های پذیرفتنی: فایل ورد"),
        (lambda: SimpleUploadedFile("minutes.docx", b""), "خالی"),
        (lambda: SimpleUploadedFile("minutes.docx", word_file(paragraph("متن")).read()[:400]), "خراب"),
        (lambda: word_file(document="<w:document"), "خراب"),
        (lambda: word_file(), "متنی نیست"),
    ],
    ids=["picture", "empty", "cut", "broken", "without text"],
)
def test_a_file_that_is_no_readable_word_file_is_refused_in_words(client_of, minutes, file, complaint):
    response = client_of("secretariat").post(address_of(minutes), {"file": file()})

    assert response.context["form"].errors["file"]
    assert complaint in response.text


def test_no_file_at_all_is_said(client_of, minutes):
    assert client_of("secretariat").post(address_of(minutes), {}).context["form"].errors["file"]


def test_approved_minutes_take_nothing(client_of):
    minutes = make.MinutesFactory(approved=True)

    with pytest.raises(word_import.Refused):
        word_import.store(minutes, [word_import.Section("", "<p>متن</p>", "opening")], by=user_of("secretariat"))
    assert client_of("secretariat").get(address_of(minutes)).status_code == 302


def test_a_closing_is_known_by_its_heading(minutes):
    parts = parts_of(minutes.meeting, to=user_of("secretariat"))

    found = word_import.matched([word_import.Section("پایان جلسه", "<p>متن</p>")], parts)

    assert found[0].target == "closing"
    word_import.store(minutes, found, by=user_of("secretariat"))
    assert Minutes.objects.get().closing == "<p>متن</p>"


def test_what_is_confirmed_twice_is_added_once(client_of, minutes):
    client, first = client_of("secretariat"), AgendaItem.objects.order_by("position").first()
    response = previewed(client, minutes, paragraph("گزارش پیشرفت شبکه دولت", heading=True), paragraph("متن بند"))

    for _ in range(2):
        confirmed(client, minutes, response)

    first.refresh_from_db()
    assert first.discussion == "<p>متن بند</p>"
