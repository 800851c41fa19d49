from django import forms
from django.utils.translation import gettext_lazy as _

from council_portal.persian import calendar
from meetings.forms import YearField
from meetings.models.meetings import MeetingQuerySet


class SessionFilter(forms.Form):
    """Narrows a body's sessions to a Jalali year."""

    year = YearField(label=_("Year"), required=False)

    def apply(self, sessions: MeetingQuerySet) -> MeetingQuerySet:
        """The sessions of the year asked for; none while the question has a mistake."""
        if not self.is_bound:
            return sessions
        if not self.is_valid():
            return sessions.none()
        year = self.cleaned_data["year"]
        return sessions.filter(sort_on__range=calendar.jalali_year(year)) if year else sessions
