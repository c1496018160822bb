"""Root URL configuration: readers' pages, the editing desk, the Markdown editor and the error pages."""

from django.contrib import admin
from django.urls import include, path

from drugs.accounts import reauthentication, second_factor_views
from drugs.admin import markdown_preview

doors = [
    path("second-factor/", second_factor_views.code_page, name="code"),
    path("second-factor/set-up/", second_factor_views.enrol_page, name="enrol"),
    path("second-factor/backup-codes/", second_factor_views.backup_codes_page, name="backup-codes"),
    path("confirm/", reauthentication.reauthentication_page, name="confirm"),
    # The admin's own lets out nobody who is not wholly in.
    path("logout/", admin.site.logout, name="logout"),
]
urlpatterns = [
    path("", include("drugs.urls")),  # first: what readers ask for is found soonest
    path("admin/", include((doors, "doors"))),
    path("admin/", admin.site.urls),
    # The editor's two addresses, without markdownx.urls: those are open to everyone.
    path("markdownx/markdownify/", markdown_preview.preview, name="markdownx_markdownify"),
    path("markdownx/upload/", markdown_preview.upload_refused, name="markdownx_upload"),
]

handler400 = "drugs.web.error_pages.bad_request"
handler403 = "drugs.web.error_pages.permission_denied"
handler404 = "drugs.web.error_pages.not_found"
handler500 = "drugs.web.error_pages.server_error"
