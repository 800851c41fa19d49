from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractBaseUser):
    username = models.CharField(_("user name"), max_length=150, unique=True)
    is_active = models.BooleanField(_("active"), default=True)
    USERNAME_FIELD = "username"
