"""The site's own settings, read from the environment as in production, with static files as they lie there."""

from medinfo.settings import *  # noqa: F403
from medinfo.settings import DATA_DIR, DATABASES, STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = DATA_DIR / "static"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["CONN_MAX_AGE"] = 1  # a database that is taken away is missed at once
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"]["timeout"] = 2
else:
    DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=2s"
