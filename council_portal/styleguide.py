"""One page with every component in its states, for those who build pages. All values are made up."""

from datetime import date
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render

from council_portal.persian.partial_date import PartialDate
from council_portal.templatetags.look import STATUS_LOOKS


class SampleFilter(forms.Form):
    year = forms.ChoiceField(label="سال", choices=[("", "همه"), ("1404", "۱۴۰۴")], required=False)
    host = forms.CharField(label="میزبان", required=False, help_text="بخشی از نام دستگاه")
    only_open = forms.BooleanField(label="فقط مصوبات باز", required=False)


class SampleForm(SampleFilter):
    summary = forms.CharField(label="شرح", widget=forms.Textarea)


class SampleAssignment(SimpleNamespace):
    """Looks like meetings.Assignment to the component."""


class SampleOrganization(str):
    get_absolute_url = "/organizations/"


def _assignments():
    return [
        SampleAssignment(
            organization=SampleOrganization("سازمان نمونه"),
            get_role_display="مسئول",
            due_on=date(2026, 1, 20),
            status="in_progress",
            get_status_display="در دست اجرا",
            is_late=True,
        ),
        SampleAssignment(
            organization=SampleOrganization("وزارت نمونه"),
            get_role_display="همکار",
            due_on=None,
            status="done",
            get_status_display="انجام شد",
            is_late=False,
        ),
    ]


COLOURS = (
    "paper",
    "surface",
    "sunken",
    "ink",
    "lapis",
    "lapis-tint",
    "turquoise",
    "turquoise-tint",
    "saffron",
    "saffron-tint",
    "malachite",
    "garnet",
)
SAMPLE_TEXT = (
    "دستگاه‌های عضو، گزارش وضعیت اتصال دبیرخانهٔ خود به شبکهٔ دولت را تا پایان بهمن‌ماه در قالب کاربرگ پیوست به دبیرخانهٔ "
    "اجلاس بفرستند و کمیتهٔ پیگیری و ارزشیابی، جمع‌بندی آن را در نشست آینده ارائه کند."
)


def styleguide(request):
    paginator = Paginator(range(140), 20)
    return render(
        request,
        "styleguide.html",
        {
            "colours": COLOURS,
            "dates": [PartialDate.day(1387, 11, 2), PartialDate.month(1387, 11), PartialDate.year(1387), None],
            "statuses": [(status, status) for status in STATUS_LOOKS],
            "assignments": _assignments(),
            "text": SAMPLE_TEXT,
            "filter_form": SampleFilter(request.GET or None),
            "form": SampleForm({"host": "نمونه"}),
            "page": paginator.get_page(3),
            "pictures": [
                {
                    "thumbnail_url": "/static/img/mark.svg",
                    "url": "/static/img/mark.svg",
                    "alt": "نشان شورا",
                    "caption": f"تصویر {word}",
                }
                for word in ("نخست", "دوم", "سوم")
            ],
        },
    )
