"""The report of a meeting: all that is on record of it in one document, as it goes to the managers concerned."""

from django.utils.translation import gettext as _

from council_portal.issuing.papers import Paper, in_persian

from .books import facts_of, figures_of, foot_of
from .enclosures import Enclosures
from .letters import name_of
from .models import Material, Meeting
from .papers import issued_for, signatories
from .record import MeetingRecord

PICTURES_ACROSS = 2
PICTURE, SPOKEN = Material.Kind.PICTURE, (Material.Kind.SPEECH, Material.Kind.ARTICLE)


@in_persian
def meeting_report(meeting: Meeting, *, user=None) -> Paper:
    """The report of a meeting whose minutes are published: agenda, attendance, minutes, decisions and how they stand
    today, speeches, papers and pictures.

    `user` is who reads it; None stands for those whom the minutes are for, as it is issued. It asks as much of the
    database as the meeting's page, however much there is.
    """
    record = MeetingRecord(meeting, user=user or issued_for(meeting, meeting.minutes.visibility))
    record.decisions = [decision for decision in record.decisions if decision.published_at]
    enclosures = Enclosures()
    materials = enclosures.of(record.materials)
    pictures = [one for one in materials if one.material.kind == PICTURE]
    title = _("Report of %(meeting)s") % {"meeting": name_of(meeting)}
    return Paper(
        template="meetings/paper/report.html",
        context={
            "meeting": meeting,
            "cover": facts_of(meeting, host=record.host),
            "record": record,
            "figures": figures_of(record.decisions),
            "signatories": signatories(meeting, user=record.user),
            "spoken": [one for kind in SPOKEN for one in materials if one.material.kind == kind],
            "shown": [one for one in materials if one.material.kind not in (*SPOKEN, PICTURE)],
            "picture_rows": [pictures[n : n + PICTURES_ACROSS] for n in range(0, len(pictures), PICTURES_ACROSS)],
            **foot_of(meeting.get_absolute_url()),
        },
        title=title,
        name=title,
        files=enclosures.files,
        inserts=enclosures.inserts,
        lacks=enclosures.lacks,
    )
