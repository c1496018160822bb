"""The editors' desk, built on Django's admin: where people write, check and publish."""

from django.conf import settings
from django.contrib import admin

from drugs.admin import (  # noqa: F401 - importing registers the screens
    audit_log,
    duplicates,
    editions,
    imports,
    reports,
    site_texts,
    unanswered,
    users,
)
from drugs.admin.monographs import admin as monograph_screen  # noqa: F401 - importing registers it

admin.site.site_header = f"{settings.SITE_NAME} editing"
admin.site.site_title = admin.site.site_header
admin.site.index_title = "The editors' desk"
admin.site.enable_nav_sidebar = False  # the desk needs the width
