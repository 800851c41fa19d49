"""What every record of the archive has: a version that grows with each change, and history kept by the database."""

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AnyWrittenChange(pgtrigger.AnyChange):
    """A change of any column but `exclude` and those that the database computes itself, after this is asked."""

    def resolve(self, model):
        generated = [field.name for field in model._meta.fields if field.generated]
        return pgtrigger.AnyChange(exclude=[*self.exclude, *generated]).resolve(model)


COUNT_VERSION = pgtrigger.Trigger(
    name="count_version",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=AnyWrittenChange(exclude=["version"]),
    func="NEW.version = OLD.version + 1; RETURN NEW;",
)


def _raise_revision(name: str, operation: pgtrigger.Operation, **kwargs) -> pgtrigger.Trigger:
    # At the end of the transaction, so that this one hot row is locked last, and for as short a time as can be.
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        func="PERFORM raise_revision(); RETURN NULL;",
        **kwargs,
    )


RAISE_REVISION = _raise_revision("raise_revision", pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete)


def raise_revision_unless_only(*fields: str) -> list[pgtrigger.Trigger]:
    """Triggers like RAISE_REVISION for a table in which a change of `fields` alone does not count."""
    return [
        _raise_revision("raise_revision", pgtrigger.Insert | pgtrigger.Delete),
        _raise_revision("raise_revision_on_change", pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=[*fields])),
    ]


# Held to its end by each transaction that changes what is searched, or indexes it: so each knows whether it is alone.
SEARCH_LOCK = ("'search_change'::regclass::int", "0")
SHARE_SEARCH = f"pg_advisory_xact_lock_shared({', '.join(SEARCH_LOCK)})"


def note_for_search(*, of: str = "", hides: str = "true", but_for: tuple[str, ...] = ("version",)) -> pgtrigger.Trigger:
    """The trigger that notes every changed row of a table for the search; a change of `but_for` alone does not count.

    `of` names the foreign key to a record that the search asks for all such rows. It is noted of that record as well
    that one came, changed or went: what does not know of the new row yet can be closed by it. `hides` is SQL.
    """
    keys = {"TG_TABLE_NAME": "id"} | ({f"TG_TABLE_NAME || '.{of}_id'": f"{of}_id"} if of else {})
    noted = ", ".join(f"({name}, {row}.{key})" for name, key in keys.items() for row in ("OLD", "NEW"))
    columns = ", ".join(f"'{column}'" for column in but_for)
    return pgtrigger.Trigger(
        name="note_for_search",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.After,
        func=f"""
            IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - ARRAY[{columns}] = to_jsonb(OLD) - ARRAY[{columns}] THEN
                RETURN NULL;
            END IF;
            PERFORM {SHARE_SEARCH};
            INSERT INTO search_change (source, object_id, hides, noted_in)
            SELECT DISTINCT source, object_id, {hides}, txid_current()
            FROM (VALUES {noted}) AS noted (source, object_id)
            WHERE object_id IS NOT NULL
            ON CONFLICT (source, object_id, noted_in) DO UPDATE SET hides = search_change.hides OR excluded.hides;
            RETURN NULL;
        """,  # noqa: S608 - written above
    )


# Whichever way a row is changed, what was indexed of it and of what rests on it is found no more until it has been
# indexed again: see docs/decisions/search-index.md.
NOTE_FOR_SEARCH = note_for_search()
# The same for records that others name, and that close them only by their own visibility: by its old name something
# may be found for another minute.
NOTE_NAME_FOR_SEARCH = note_for_search(
    hides="TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND NEW.visibility <> OLD.visibility",
    but_for=("version", "email", "phone", "website"),
)
# For names that everybody may know.
NOTE_OPEN_NAME_FOR_SEARCH = note_for_search(
    hides="TG_OP = 'DELETE'", but_for=("version", "last_meeting_number", "last_decision_number")
)


def last_change_of(model: type[models.Model]) -> models.Subquery:
    """When a row of a model with a history was entered or last changed, as its history has it."""
    event = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    events = event.objects.filter(pgh_obj=models.OuterRef("pk")).order_by("-pgh_created_at")
    return models.Subquery(events.values("pgh_created_at")[:1])


def acting_user(verbose_name) -> models.ForeignKey:
    """The column for who did what an `_at` column beside it dates; empty where that is not on record."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=verbose_name,
    )


class Record(models.Model):
    """Base of all content. `version` lets a form see that somebody else has saved since it was opened."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True
        triggers = [COUNT_VERSION, RAISE_REVISION]

    def get_constraints(self):
        """Those that can be checked row by row; a deferred one may be broken until the transaction ends."""
        return [
            (model, [constraint for constraint in constraints if not getattr(constraint, "deferrable", None)])
            for model, constraints in super().get_constraints()
        ]


class Withdrawable(models.Model):
    """A record that was public and can be taken back: its address then says so (DESIGN.md §3, rule 5)."""

    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = acting_user(_("withdrawn by"))
    withdrawn_because = models.CharField(_("withdrawn because"), max_length=250, blank=True)

    class Meta:
        abstract = True

    def take_back(self, *, by, because: str) -> None:
        """Say from now on that the record was withdrawn, by whom and why, and save it."""
        self.withdrawn_at, self.withdrawn_by, self.withdrawn_because = timezone.now(), by, because
        self.save()

    @staticmethod
    def constraints(name: str) -> list[models.CheckConstraint]:
        """The constraint that a withdrawal has a reason, named after the model."""
        return [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_because=""),
                name=f"{name}_withdrawn_has_reason",
                violation_error_message=_("Say why it is withdrawn."),
            )
        ]
