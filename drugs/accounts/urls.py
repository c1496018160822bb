"""Addresses (URLconf) of login and second factor, below /admin/, for people who are not wholly inside the desk."""

from django.contrib import admin
from django.urls import path

from drugs.accounts import reauthentication, second_factor_views

app_name = "accounts"
urlpatterns = [
    path("second-factor/", second_factor_views.code_page, name="code"),
    path("second-factor/set-up/", second_factor_views.enrol_page, name="enrol"),
    path("second-factor/backup-codes/", second_factor_views.backup_codes_page, name="backup-codes"),
    path("log-out-everywhere/", reauthentication.end_sessions_page, name="end-sessions"),
    path("confirm/", reauthentication.reauthentication_page, name="confirm"),
    # The admin's own lets out nobody who is not wholly in.
    path("logout/", admin.site.logout, name="logout"),
]
