from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import pghistory
import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from council_portal.access.standing import Standing
from council_portal.notices.choices import MailChoice
from council_portal.persian.calendar import today
from council_portal.records import COUNT_VERSION, Record, raise_revision_unless_only

from .memberships import Membership
from .people import Person


class Service(NamedTuple):
    """What a standing is made of: one of a person's services."""

    person_id: int
    body_id: int
    role: str
    organization_id: int | None
    follows_up: bool


def services_today(person_ids: Iterable[int]) -> list[Service]:
    """The services of these persons today, in one query."""
    services = Membership.objects.filter(person__in=person_ids).in_service(on=today())
    columns = ("person_id", "body_id", "role", "organization_id", "body__follows_up")
    return [Service(*row) for row in services.values_list(*columns)]


class UserManager(BaseUserManager):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        """An administrator, who opens accounts; reading closed items takes the secretariat's role."""
        return self.create_user(username, password, is_administrator=True, **fields)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, Record):
    """An account. What it may do follows from its two switches and from its person's memberships today."""

    username = models.CharField(_("user name"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    email = models.EmailField(_("e-mail"), blank=True)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_secretariat = models.BooleanField(_("secretariat"), default=False)
    is_administrator = models.BooleanField(_("administrator"), default=False)
    mail_choice = models.CharField(
        _("letters about my inbox"), max_length=10, choices=MailChoice, default=MailChoice.DAILY, db_default="daily"
    )
    date_joined = models.DateTimeField(_("account opened"), default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []
    # Nobody passes every check: an administrator reads no closed item by that alone (DESIGN.md §4).
    is_superuser = False

    objects = UserManager()

    class Meta(Record.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        # Signing in changes nobody's rights, so it leaves the archive's revision alone.
        triggers = [COUNT_VERSION, *raise_revision_unless_only("last_login", "password", "version")]

    def __str__(self):
        return str(self.person) if self.person_id else self.username

    def get_short_name(self):
        return self.username

    @property
    def mail_address(self) -> str:
        """Where letters to this account go, of an account loaded with its person; empty where none is known."""
        return self.email or (self.person.email if self.person_id else "")

    @property
    def is_staff(self):
        """Whether the admin is open to this account."""
        return self.is_secretariat or self.is_administrator

    @cached_property
    def standing(self) -> Standing:
        """This account's roles today, by Tehran's calendar; one query, once for each request."""
        return self.standing_from(services_today([self.person_id]) if self.is_active and self.person_id else [])

    def standing_from(self, services: list["Service"]) -> Standing:
        """The roles that the switches of this account and its person's services of today make."""
        if not self.is_active:
            return Standing()
        officer = [service for service in services if service.role != Membership.Role.MEMBER]
        return Standing(
            is_secretariat=self.is_secretariat,
            is_administrator=self.is_administrator,
            is_follow_up_officer=any(service.follows_up for service in officer),
            body_ids=frozenset(service.body_id for service in services),
            officer_of=frozenset(service.body_id for service in officer),
            organization_ids=frozenset(service.organization_id for service in services if service.organization_id),
        )

    def has_perm(self, perm, obj=None):
        return self.is_active and rules.has_perm(perm, self, obj)

    def has_perms(self, perms, obj=None):
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label):
        return self.is_active and rules.has_perm(app_label, self)
