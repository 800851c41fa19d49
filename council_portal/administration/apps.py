from django.contrib.admin.apps import AdminConfig


class CouncilAdminConfig(AdminConfig):
    """Django's admin with the council's own site in it."""

    default_site = "council_portal.administration.site.CouncilAdminSite"
