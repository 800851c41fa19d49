import pghistory
import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from council_portal.access.standing import standing_of
from council_portal.notices.matters import matter
from council_portal.records import RAISE_REVISION, acting_user, note_for_search

from .kinds import PICTURES


def path_by_hash(stored_file: "StoredFile", filename: str) -> str:
    """Where a file lies in the storage: by its hash alone, so that no name given by anybody reaches the disk."""
    return f"{stored_file.sha256[:2]}/{stored_file.sha256}"


@pghistory.track()
class StoredFile(models.Model):
    """A file under the name that it came with; its bytes are kept once, under their SHA-256, whatever names they have.

    Who may read it is said by the record that uses it. A name says something too: so the same bytes under another name
    are another file, which tells nothing of the first.
    """

    sha256 = models.CharField(
        _("SHA-256"), max_length=64, validators=[RegexValidator("^[0-9a-f]{64}$")], editable=False
    )
    content = models.FileField(_("content"), upload_to=path_by_hash, max_length=100, editable=False)
    name = models.CharField(_("file name"), max_length=250, editable=False)
    media_type = models.CharField(_("media type"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    width = models.PositiveIntegerField(_("width in pixels"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, editable=False)
    stored_at = models.DateTimeField(_("stored at"), default=timezone.now, editable=False)
    stored_by = acting_user(_("stored by"))

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="storedfile_hash_is_sha256"
            ),
            models.UniqueConstraint(fields=["sha256", "name"], name="storedfile_name_once_for_its_bytes"),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.media_type in PICTURES


class ExtractedText(models.Model):
    """The text of a stored file, kept so that it is read once by each version of our readers.

    It says nothing that the file does not.
    """

    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="extracted", verbose_name=_("file"))
    text = models.TextField(_("text"), blank=True)
    problem = models.TextField(_("why there is none"), blank=True)
    reader_version = models.PositiveSmallIntegerField(_("version of the reader"), default=1, editable=False)
    extracted_at = models.DateTimeField(_("read at"), default=timezone.now, editable=False)

    is_news = False  # to those who find what it is attached to: that is told when the file comes, not when it is read

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")
        triggers = [RAISE_REVISION, note_for_search(of="file")]

    def __str__(self):
        return str(self.file)


class DamageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The secretariat's alone: the name of a file may already say what is closed."""
        return self.all() if standing_of(user).is_secretariat else self.none()

    def open(self):
        return self.filter(whole_again_at__isnull=True)

    def open_first(self):
        """What is still to be healed, then what was, each the latest first."""
        return self.order_by(models.F("whole_again_at").desc(nulls_first=True), "-noticed_at", "-pk")


@matter
class Damage(models.Model):
    """That a stored file was found not to be what it was; open until it is whole again."""

    class What(models.TextChoices):
        LOST = "lost", pgettext_lazy("stored file", "Lost")
        CHANGED = "changed", pgettext_lazy("stored file", "Changed")

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="damages", verbose_name=_("file"))
    what = models.CharField(_("what is wrong"), max_length=10, choices=What)
    noticed_at = models.DateTimeField(_("noticed at"), default=timezone.now, editable=False)
    whole_again_at = models.DateTimeField(_("whole again since"), null=True, blank=True, editable=False)

    objects = DamageQuerySet.as_manager()

    class Meta:
        verbose_name = _("damage of a file")
        verbose_name_plural = _("damages of files")
        triggers = [RAISE_REVISION]
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=models.Q(whole_again_at__isnull=True), name="damage_open_once_per_file"
            ),
        ]

    def __str__(self):
        return str(self.file)


def is_damaged(column: str) -> models.Exists:
    """Whether the stored file in this column of a row is on record as damaged."""
    return models.Exists(Damage.objects.open().filter(file=models.OuterRef(column)))


def lacks_picture(column: str, *, of: str) -> models.Q:
    """Rows whose picture in the column `of` has no small one in `column`, or a damaged one, which can be made anew."""
    is_lacking = models.Q(**{f"{column}__isnull": True}) | models.Q(is_damaged(column))
    return is_lacking & models.Q(**{f"{of}__isnull": False}) & ~models.Q(is_damaged(of))
