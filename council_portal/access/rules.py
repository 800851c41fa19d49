"""Predicates for the permission tables of the apps (`<app>/rules.py`), and the one way to enter them there."""

import rules

from .standing import standing_of


@rules.predicate
def is_secretariat(user):
    return standing_of(user).is_secretariat


@rules.predicate
def is_member(user):
    return standing_of(user).is_member


@rules.predicate
def is_administrator(user):
    return standing_of(user).is_administrator


@rules.predicate
def is_follow_up_officer(user):
    return standing_of(user).is_follow_up_officer


def grant(app_label: str, *model_names: str, to: rules.Predicate) -> None:
    """Give `to` every one of Django's permissions over these models: add, change, delete and view."""
    for model_name in model_names:
        for action in ("add", "change", "delete", "view"):
            rules.add_perm(f"{app_label}.{action}_{model_name}", to)
