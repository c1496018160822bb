"""The site's own settings, read from the environment as in production, with static files as they lie there."""

import os

from medinfo.settings import *  # noqa: F403
from medinfo.settings import DATA_DIR, DATABASES, STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = DATA_DIR / "static"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PATIENCE = int(os.environ.get("TEST_PATIENCE", "2"))  # seconds to wait for a lock
DATABASES["default"]["CONN_MAX_AGE"] = 0  # SQLite goes on reading an open file that was taken away
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"]["timeout"] = PATIENCE
else:
    DATABASES["default"]["OPTIONS"]["options"] = f"-c lock_timeout={PATIENCE}s"
