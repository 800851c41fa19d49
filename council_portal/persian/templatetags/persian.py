"""Filters for Persian pages; built in, so no template loads them.

A date is a date, a datetime (shown in Tehran's time), a PartialDate, or None, which is «not recorded».
With English chosen the calendar stays Jalali, in transliteration and Latin digits.

    {{ meeting.held_on|short_date }}     ۱۳۸۷/۱۱/۰۲ · ۱۳۸۷/۱۱ · ۱۳۸۷
    {{ meeting.held_on|long_date }}      ۲ بهمن ۱۳۸۷ · بهمن ۱۳۸۷ · ۱۳۸۷
    {{ meeting.held_on|weekday_date }}   چهارشنبه ۲ بهمن ۱۳۸۷
    {{ meeting.held_on|month_year }}     بهمن ۱۳۸۷
    {{ meeting.held_on|day_month }}      ۲ بهمن
    {{ first|date_range:last }}          ۲ تا ۵ بهمن ۱۳۸۷
    {{ due_on|relative_date }}           فردا · ۳ روز پیش · ۲ ماه دیگر
    {{ sent_at|clock }}                  ۹:۳۰
    {{ sent_at|at_clock }}               ساعت ۹:۳۰
    <time datetime="{{ held_on|machine_date }}">
    {{ 1387|digits }}                    ۱۳۸۷
    {{ message|digits_of_text }}         the digits of a message; HTML stays as it is
    {% for line in title|even_lines:36 %}        a long title in lines of about one length
    {{ 12000|count }}                    ۱۲٬۰۰۰
    {{ 1.9|decimal }}                    ۱٫۹
    {{ 2621440|file_size }}              ۲٫۵ مگابایت
    {{ 13|ordinal }}                     سیزدهم (نشست سیزدهم)
    {{ 13|ordinal_before }}              سیزدهمین (سیزدهمین اجلاس)
    {{ 1|legal_ordinal }}                یکم (ماده یکم)
"""

from django import template

from council_portal.persian import wording

register = template.Library()

register.filter("short_date", wording.short_date)
register.filter("long_date", wording.long_date)
register.filter("weekday_date", wording.weekday_date)
register.filter("month_year", wording.month_and_year)
register.filter("day_month", wording.day_and_month)
register.filter("date_range", wording.date_range)
register.filter("relative_date", wording.relative_date)
register.filter("clock", wording.clock)
register.filter("at_clock", wording.clock_time)
register.filter("machine_date", wording.machine_date)
register.filter("digits", wording.digits)
register.filter("digits_of_text", wording.digits_of_text)
register.filter("even_lines", wording.even_lines)
register.filter("count", wording.count)
register.filter("decimal", wording.decimal)
register.filter("file_size", wording.file_size)
register.filter("ordinal", wording.ordinal)
register.filter("ordinal_before", wording.ordinal_before)
register.filter("legal_ordinal", wording.legal_ordinal)
