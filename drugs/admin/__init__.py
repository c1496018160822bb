"""Where do people write, check and publish? The parts of the editors' desk, as Django's admin finds them."""

from django.conf import settings
from django.contrib import admin

from drugs.admin import (  # noqa: F401 - importing registers them
    duplicates,
    editions,
    imports,
    monograph,
    people,
    record,
    reports,
    site_texts,
    unanswered,
)

admin.site.site_header = f"{settings.SITE_NAME} editing"
admin.site.site_title = admin.site.site_header
admin.site.index_title = "The editors' desk"
admin.site.enable_nav_sidebar = False  # the desk needs the width
