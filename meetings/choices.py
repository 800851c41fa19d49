"""Meetings to choose from in a form."""

from django import forms

from council_portal.persian.wording import long_date

from .models import Meeting


class MeetingChoiceField(forms.ModelChoiceField):
    """A meeting by its name and its day: those ahead have no number yet to tell them apart."""

    def label_from_instance(self, meeting: Meeting) -> str:
        return f"{meeting} – {long_date(meeting.held_on)}" if meeting.held_on else str(meeting)
