from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_save
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "council_portal.search"
    verbose_name = _("Search")

    def ready(self):
        from .indexing import after_change
        from .sources import watched_models

        autodiscover_modules("search")
        watched = watched_models()
        # For each model alone: a receiver of all would make Django load whatever is deleted anywhere.
        for model in apps.get_models():
            if model._meta.concrete_model in watched:
                post_save.connect(after_change, sender=model, dispatch_uid="search")
                post_delete.connect(after_change, sender=model, dispatch_uid="search")
