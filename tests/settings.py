"""The site's settings with what a test machine may choose: its own key, plain static files, fast passwords."""

import atexit
import os
import shutil
import tempfile

# Nothing of this machine's own site: neither its variables nor its data folder.
for name in [name for name in os.environ if name.startswith("MEDINFO_")]:
    if name != "MEDINFO_DATABASE_URL" and not name.startswith("MEDINFO_TEST_"):
        del os.environ[name]
os.environ["MEDINFO_DATA_DIR"] = tempfile.mkdtemp(prefix="medinfo-test-")
atexit.register(shutil.rmtree, os.environ["MEDINFO_DATA_DIR"], ignore_errors=True)
os.environ["MEDINFO_SECRET_KEY"] = "only-for-tests-" * 5
os.environ["MEDINFO_HTTPS"] = "off"
os.environ["MEDINFO_REQUIRE_OTP"] = "off"  # tests of the second factor switch it on

from medinfo.settings import *  # noqa: E402, F403
from medinfo.settings import DATABASES, STORAGES  # noqa: E402

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Every thread of a live server has a connection; kept open, they would use up what a server allows.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # In memory, all threads of a live server would share one connection, which SQLite does not bear.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["MEDINFO_DATA_DIR"], "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
UNANSWERED_SECONDS = 0  # no thread writes behind a test's back
