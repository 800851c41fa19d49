"""Text modules: what stands in braces."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from council_portal.content.modules import TEXT_MODULES
from council_portal.persian.partial_date import PartialDate
from meetings import placeholders
from tests import factories as make
from tests.admin.forms import open_form

FACTS = SimpleNamespace(counts={"expected": 1200, "present": 3}, meeting=None)


@pytest.mark.parametrize("module", TEXT_MODULES, ids=lambda module: module.name)
def test_every_module_that_comes_with_the_portal_is_known(module):
    placeholders.check(module.text)


@pytest.mark.parametrize("name", ["حد نصاب", "حد‌نصاب", " حد  نصاب ", "quorum"])
def test_a_name_is_known_however_it_is_spaced(name):
    placeholders.check(f"{{{name}}}")


def test_an_unknown_name_is_refused_with_those_that_are_known():
    with pytest.raises(placeholders.UnknownPlaceholder, match="«شمارهٔ تلفن».*{میزبان}"):
        placeholders.check("{شمارهٔ تلفن} {میزبان}")


@pytest.mark.django_db
def test_figures_and_days_are_persian_and_the_unknown_is_said():
    meeting = make.MeetingFactory(held_on=PartialDate.day(1405, 2, 1), body=make.BodyFactory(quorum=61))
    make.AttendanceFactory(meeting=meeting)
    make.AttendanceFactory(meeting=meeting, status="represented", substitute_name="نمونه")

    with CaptureQueriesContext(connection) as queries:
        facts = placeholders.facts_of(meeting)
    text = placeholders.fill("{تاریخ}|{حاضران و جانشینان}|{شمار اعضا}|{حد نصاب}|{محل}|{شماره}|{ناشناس}", facts)

    assert text == "سه‌شنبه ۱ اردیبهشت ۱۴۰۵|۲|۲|۶۱|ثبت نشده|ثبت نشده|{ناشناس}"
    assert len(queries) == 1


@pytest.mark.django_db
def test_without_attendance_nobody_is_counted():
    assert placeholders.fill("{حاضران}", placeholders.facts_of(make.MeetingFactory())) == "ثبت نشده"


def test_what_is_filled_in_is_text_and_no_markup():
    assert placeholders.as_paragraphs("الف <b>\n\nب") == "<p>الف &lt;b&gt;</p><p>ب</p>"


@pytest.mark.django_db
def test_the_model_refuses_an_unknown_name():
    module = make.TextModuleFactory.build(text="{ناشناس}")

    with pytest.raises(ValidationError, match="ناشناس"):
        module.full_clean()


@pytest.mark.django_db
def test_the_admin_refuses_an_unknown_name_and_keeps_what_was_typed(client_of):
    client, url = client_of("secretariat"), "/admin/meetings/textmodule/add/"
    values = open_form(client, url) | {"name": "نمونه", "text": "با حضور {نفرات} نفر"}

    page = client.post(url, values).text

    assert "داده‌ای به نام «نفرات» شناخته نیست" in page
    assert "با حضور {نفرات} نفر" in page
