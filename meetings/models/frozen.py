"""Database triggers that keep approved and published text, and an announced agenda, as they were (DESIGN.md §3)."""

from functools import reduce
from operator import or_

import pgtrigger

_REFUSE = "RAISE EXCEPTION 'approved text is frozen; add a corrigendum' USING ERRCODE = 'restrict_violation';"


def frozen_with_minutes(meeting_column: str, *columns: str) -> pgtrigger.Trigger:
    """Refuse to add, change or delete rows of a meeting whose minutes are approved; `meeting_column` names it.

    With `columns` only these are kept from changing; what else the row says may go on.
    """
    unless_changed = ""
    if columns:
        old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
        unless_changed = f"""
            IF TG_OP = 'UPDATE' AND ROW({old}) IS NOT DISTINCT FROM ROW({new}) THEN
                RETURN NEW;
            END IF;"""
    return pgtrigger.Trigger(
        name="frozen_with_minutes",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""{unless_changed}
            IF EXISTS (
                SELECT FROM meetings_minutes
                WHERE status IN ('approved', 'published')
                AND (TG_OP <> 'INSERT' AND meeting_id = OLD.{meeting_column}
                     OR TG_OP <> 'DELETE' AND meeting_id = NEW.{meeting_column})
            ) THEN
                {_REFUSE}
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def frozen_when(condition: pgtrigger.Q, *fields: str, name: str = "frozen") -> pgtrigger.Trigger:
    """Refuse to change `fields` of a row for which `condition` holds, whatever else of it may change."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=condition & _any_changed(fields),
        func=_REFUSE,
    )


def kept_when(condition: pgtrigger.Q) -> pgtrigger.Trigger:
    """Refuse to delete a row for which `condition` holds."""
    return pgtrigger.Trigger(
        name="kept", operation=pgtrigger.Delete, when=pgtrigger.Before, condition=condition, func=_REFUSE
    )


_ANNOUNCED = "SELECT announced_at INTO announced FROM meetings_meeting WHERE id = {row}.meeting_id FOR SHARE;"
_REFUSE_ANNOUNCED = """
    IF announced IS NOT NULL THEN
        RAISE EXCEPTION 'the announced agenda is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
"""
# The meeting is read under a lock, so that what is being announced this moment counts as announced.
_DECLARE = [("announced", "TIMESTAMPTZ")]
_WAS_ANNOUNCED = pgtrigger.Q(old__is_added_later=False)


def marked_as_added_later() -> pgtrigger.Trigger:
    """Mark an item that comes onto an agenda after its announcement."""
    return pgtrigger.Trigger(
        name="added_later",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        declare=_DECLARE,
        func=_ANNOUNCED.format(row="NEW")
        + "NEW.is_added_later = NEW.is_added_later OR announced IS NOT NULL; RETURN NEW;",
    )


def frozen_with_announcement(*fields: str) -> pgtrigger.Trigger:
    """Refuse to change `fields` of an item that was announced; one that was added later is not bound by it."""
    return pgtrigger.Trigger(
        name="frozen_with_announcement",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=_WAS_ANNOUNCED & _any_changed(fields),
        declare=_DECLARE,
        func=_ANNOUNCED.format(row="OLD") + _REFUSE_ANNOUNCED + "RETURN NEW;",
    )


def kept_with_announcement() -> pgtrigger.Trigger:
    """Refuse to remove an item that was announced."""
    return pgtrigger.Trigger(
        name="kept_with_announcement",
        operation=pgtrigger.Delete,
        when=pgtrigger.Before,
        condition=_WAS_ANNOUNCED,
        declare=_DECLARE,
        func=_ANNOUNCED.format(row="OLD") + _REFUSE_ANNOUNCED + "RETURN OLD;",
    )


def _any_changed(fields) -> pgtrigger.Q:
    return reduce(or_, (pgtrigger.Q(**{f"old__{f}__df": pgtrigger.F(f"new__{f}")}) for f in fields))
