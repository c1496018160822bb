"""Which address leads where."""

from django.contrib import admin
from django.urls import include, path

from drugs.accounts import reauthentication as confirm
from drugs.accounts import second_factor_views as second_factor
from drugs.admin import markdown_preview as preview

doors = [
    path("second-factor/", second_factor.code_page, name="code"),
    path("second-factor/set-up/", second_factor.enrol_page, name="enrol"),
    path("second-factor/backup-codes/", second_factor.backup_codes_page, name="backup-codes"),
    path("confirm/", confirm.confirm_page, name="confirm"),
    # The admin's own lets out nobody who is not wholly in.
    path("logout/", admin.site.logout, name="logout"),
]
urlpatterns = [
    path("", include("drugs.urls")),  # first: what readers ask for is found soonest
    path("admin/", include((doors, "doors"))),
    path("admin/", admin.site.urls),
    # The editor's two addresses, without markdownx.urls: those are open to everyone.
    path("markdownx/markdownify/", preview.preview, name="markdownx_markdownify"),
    path("markdownx/upload/", preview.upload_refused, name="markdownx_upload"),
]

handler400 = "drugs.web.error_pages.bad_request"
handler403 = "drugs.web.error_pages.permission_denied"
handler404 = "drugs.web.error_pages.not_found"
handler500 = "drugs.web.error_pages.server_error"
