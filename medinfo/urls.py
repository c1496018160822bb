"""Root URL configuration: readers' pages, the editing desk, the Markdown editor and the error pages."""

from django.contrib import admin
from django.urls import include, path

from drugs.admin import markdown_preview, notices
from drugs.notifications.feed import work_feed

urlpatterns = [
    path("", include("drugs.urls")),  # first: what readers ask for is found soonest
    path("admin/", include("drugs.accounts.urls")),  # before the admin's own, whose log-out it replaces
    path("admin/notices/", admin.site.admin_view(notices.notices_page), name="notices"),
    path("admin/work-feed/", work_feed, name="work-feed"),
    path("admin/", admin.site.urls),
    # The editor's two addresses, without markdownx.urls: those are open to everyone.
    path("markdownx/markdownify/", markdown_preview.preview, name="markdownx_markdownify"),
    path("markdownx/upload/", markdown_preview.upload_refused, name="markdownx_upload"),
]

handler400 = "drugs.web.error_pages.bad_request"
handler403 = "drugs.web.error_pages.permission_denied"
handler404 = "drugs.web.error_pages.not_found"
handler500 = "drugs.web.error_pages.server_error"
