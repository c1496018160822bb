"""Where do people write, check and publish? The parts of the editors' desk, as Django's admin finds them."""

from django.conf import settings
from django.contrib import admin

from drugs.admin import audit_log as record  # noqa: F401 - importing registers them
from drugs.admin import (
    duplicates,  # noqa: F401 - importing registers them
    editions,  # noqa: F401 - importing registers them
    imports,  # noqa: F401 - importing registers them
    reports,  # noqa: F401 - importing registers them
    site_texts,  # noqa: F401 - importing registers them
    unanswered,  # noqa: F401 - importing registers them
)
from drugs.admin import users as people  # noqa: F401 - importing registers them
from drugs.admin.monographs import admin as monograph  # noqa: F401 - importing registers them

admin.site.site_header = f"{settings.SITE_NAME} editing"
admin.site.site_title = admin.site.site_header
admin.site.index_title = "The editors' desk"
admin.site.enable_nav_sidebar = False  # the desk needs the width
