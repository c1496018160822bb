"""Which address leads where."""

from django.contrib import admin
from django.urls import include, path

from drugs.admin import preview

urlpatterns = [
    path("admin/", admin.site.urls),
    # The editor's two addresses, without markdownx.urls: those are open to everyone.
    path("markdownx/markdownify/", preview.preview, name="markdownx_markdownify"),
    path("markdownx/upload/", preview.upload_refused, name="markdownx_upload"),
    path("", include("drugs.urls")),
]

handler400 = "drugs.errors.bad_request"
handler403 = "drugs.errors.permission_denied"
handler404 = "drugs.errors.not_found"
handler500 = "drugs.errors.server_error"
