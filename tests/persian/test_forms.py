from datetime import date, datetime, time

import pytest
from django import forms as django_forms
from django.contrib import admin
from django.utils import translation

from council_portal.persian import calendar, forms
from council_portal.persian.partial_date import PartialDate


class EveryField(django_forms.Form):
    name = forms.CharField(required=False, max_length=10)
    text = forms.TextField(required=False)
    held_on = forms.PartialDateField(required=False)
    due_on = forms.DateField(required=False)
    begins = forms.TimeField(required=False)
    sent_at = forms.DateTimeField(required=False)


TYPED = {
    "name": " كميته\x00 ",
    "text": "ي\r\nك",
    "held_on": "بهمن ۱۳۸۷",
    "due_on": "١٣٨٧/١١/٢",
    "begins": "۹:۳۰",
    "sent_at_date": "1387-11-02",
    "sent_at_time": "۹.۳۰",
}
CLEAN = {
    "name": "کمیته",
    "text": "ی\nک",
    "held_on": PartialDate.month(1387, 11),
    "due_on": date(2009, 1, 21),
    "begins": time(9, 30),
    "sent_at": datetime(2009, 1, 21, 9, 30, tzinfo=calendar.TEHRAN),
}


def test_typed_values_become_clean_ones():
    form = EveryField(TYPED)

    assert form.is_valid(), form.errors
    assert form.cleaned_data == CLEAN


def test_nothing_typed_is_nothing():
    form = EveryField({})

    assert form.is_valid()
    assert form.cleaned_data == dict.fromkeys(CLEAN) | {"name": "", "text": ""}


def test_stored_values_are_shown_jalali_and_come_back_unchanged():
    page = EveryField(initial=CLEAN).as_p()

    assert 'value="۱۳۸۷/۱۱"' in page
    assert page.count('value="۱۳۸۷/۱۱/۰۲"') == 2
    assert page.count('value="۹:۳۰"') == 2
    assert not EveryField(TYPED, initial=CLEAN).has_changed()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("held_on", "۱۴۰۳/۱۲/۳۱"),
        ("due_on", " بهمن  ١٣٨٧"),
        ("begins", "۲۵:۰۰"),
        ("sent_at_date", "2009-01-21"),
        ("sent_at_time", "صبح"),
    ],
)
def test_what_was_typed_wrongly_is_shown_again_as_it_was(field, typed):
    form = EveryField({**TYPED, field: typed})

    assert not form.is_valid()
    assert f'value="{typed}"' in form.as_p()


@pytest.mark.parametrize("is_required", [False, True])
@pytest.mark.parametrize(
    ("missing", "complaint"),
    [
        ("sent_at_date", "Enter the date too, not the time alone."),
        ("sent_at_time", "Enter the time too, not the date alone."),
    ],
)
def test_of_a_moment_it_is_said_which_part_is_missing(missing, complaint, is_required):
    form = EveryField({**TYPED, missing: " "})
    form.fields["sent_at"].required = is_required

    with translation.override("en"):
        assert form.errors == {"sent_at": [complaint]}


@pytest.mark.parametrize("name", ["held_on", "due_on", "begins", "sent_at"])
def test_required_fields_ask_for_a_value(name):
    form = EveryField({})
    form.fields[name].required = True

    assert list(form.errors) == [name]


def test_model_forms_and_the_admin_use_jalali_inputs(example_table, rf):
    form = admin.ModelAdmin(example_table, admin.AdminSite()).get_form(rf.get("/"))()
    page = form.as_p()

    assert {name: type(form.fields[name]) for name in CLEAN} == {
        "name": forms.CharField,
        "text": forms.TextField,
        "held_on": forms.PartialDateField,
        "due_on": forms.DateField,
        "begins": forms.TimeField,
        "sent_at": forms.DateTimeField,
    }
    assert page.count("data-jdp") == 3
    assert "vDateField" not in page
    assert "vTimeField" not in page
    assert "style=" not in page
    assert "vendor/jalalidatepicker" in str(form.media)
