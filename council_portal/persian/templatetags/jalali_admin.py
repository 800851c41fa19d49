"""The Jalali date hierarchy above the admin's lists."""

from django import template
from django.utils.translation import gettext as _

from council_portal.persian.admin import period_above, period_title, periods_below, read_period

register = template.Library()


@register.inclusion_tag("admin/date_hierarchy.html")
def jalali_hierarchy(cl):
    """Return links to the years, months or days of the field that the list's admin names in `jalali_hierarchy`."""
    field_name = getattr(cl.model_admin, "jalali_hierarchy", None)
    if not field_name:
        return {"show": False}
    parameter = f"{field_name}__within"
    period = read_period(cl.params.get(parameter))

    def link(target):
        return cl.get_query_string({parameter: target and target.isoformat()})

    periods = periods_below(cl.queryset, field_name, period)
    choices = [{"link": link(choice), "title": period_title(choice)} for choice in periods]
    return {
        "show": bool(period or choices),
        "back": period and _back(period_above(period), link),
        "choices": choices or [{"title": str(period)}],
    }


def _back(above, link) -> dict:
    return {"link": link(above), "title": period_title(above) if above else _("All dates")}
