"""What the queue does for meetings. Each of these can be done again without harm."""

from procrastinate.contrib.django import app

from council_portal.files.thumbnails import thumbnail_of
from council_portal.jobs import defer

from . import escalation, invitations, reminders
from .models import Invitation, Material, Meeting


@app.task
def make_thumbnail(material_id: int) -> None:
    """Make the small picture of a picture that has none, or a damaged one."""
    picture = Material.objects.without_thumbnail().select_related("file").filter(pk=material_id).first()
    if picture:
        Material.objects.filter(pk=picture.pk, file=picture.file).update(thumbnail=thumbnail_of(picture.file))


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="make_missing_thumbnails")
def make_missing_thumbnails(timestamp: int) -> None:
    """See to the pictures that came in some other way than by a form, and to small ones that were damaged since."""
    for material_id in Material.objects.without_thumbnail().values_list("pk", flat=True):
        make_thumbnail.defer(material_id=material_id)


@app.task
def tell_of_changes(meeting_id: int) -> None:
    """Tell those who were invited that their meeting has moved or is cancelled."""
    meeting = Meeting.objects.filter(pk=meeting_id).first()
    if meeting is not None:
        invitations.tell_of_changes(meeting)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tell_of_all_changes")
def tell_of_all_changes(timestamp: int) -> None:
    """Find the meetings of which those invited do not know the latest, whoever changed them and by whatever way."""
    outdated = Invitation.objects.outdated().of_telling_meetings()
    for meeting in Meeting.objects.filter(pk__in=outdated.values("meeting")):
        invitations.tell_of_changes(meeting)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="remind")
def remind(timestamp: int) -> None:
    """Send the reminders that are due."""
    for meeting in reminders.meetings_to_remind_of():
        reminders.remind(meeting)


@app.task
def escalate(assignment_id: int) -> None:
    """Take the steps of one assignment that are due."""
    escalation.escalate(assignment_id)


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="escalate_all")
def escalate_all(timestamp: int) -> None:
    """Find what a step is due of, also of days on which nothing ran; each by itself: none holds up another."""
    due = list(escalation.due_now().order_by("due_on", "pk").values_list("pk", flat=True))
    if due:
        defer(escalate.configure(), *({"assignment_id": pk} for pk in due))
