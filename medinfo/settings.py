"""Settings of the site. What differs between machines comes from environment variables, read once, here.

    MEDINFO_DEBUG             off       error pages with details; never on a public machine
    MEDINFO_SECRET_KEY        -         required: 50 or more random characters
    MEDINFO_HOSTS             localhost,127.0.0.1   names the site answers to, separated by commas
    MEDINFO_BASE_URL          http://127.0.0.1:8000 the address readers use, for canonical links
    MEDINFO_DATA_DIR          data in the checkout  database file and env file
    MEDINFO_DATABASE_URL      SQLite in the data folder; or postgres://user:password@host:port/name
    MEDINFO_CACHE_URL         in process; or redis://host:port/number
    MEDINFO_SITE_NAME         MedInfo
    MEDINFO_LICENCE           -         licence of the texts, said with each; empty: "no licence stated"
    MEDINFO_ATTRIBUTION       -         whom others name with the texts
    MEDINFO_COUNTRY           intl      whose emergency number and reporting scheme pages name
    MEDINFO_LANGUAGE          en        language of the interface; `check` refuses one without a translation
    MEDINFO_TIME_ZONE         UTC       where a day begins, for reviews that fall due
    MEDINFO_INDEX_UNREVIEWED  off       let search engines index pages that nobody has reviewed
    MEDINFO_OFFLINE           on        browsers keep the pages of medicines that they opened, to be read without a net
    MEDINFO_REVIEW_MONTHS     36        months until the next review is due, if the reviewer says nothing else
    MEDINFO_SOURCE_NOTICE_DAYS  30      days from a source's change until readers of a page that cites it are told
    MEDINFO_SECOND_PERSON     on        whoever changed a text since its last signature cannot sign it
    MEDINFO_HTTPS             on        redirect to HTTPS, secure cookies, HSTS
    MEDINFO_HSTS_SECONDS      3600      how long browsers remember to use HTTPS only
    MEDINFO_PROXIES           0         proxies in front that are trusted for scheme and address
    MEDINFO_REQUIRE_OTP       on        a second factor for everyone with a role
    MEDINFO_REMOTE_USER_HEADER    -     header in which a proxy names who signed in there: docs/sign-in.md
    MEDINFO_REMOTE_USER_PROXIES   -     from whom it is believed: addresses, networks, `unix`, separated by commas
    MEDINFO_REMOTE_GROUPS_HEADER  -     header with their groups, which then decide at each login who has which role
    MEDINFO_REMOTE_ROLES      -         what groups mean, such as pharmacy=Reviewers,web=Editors
    MEDINFO_REMOTE_OTP        off       the proxy has asked for a second factor, and the site asks for none at login
    MEDINFO_LOGOUT_URL        -         where log-out leads, such as /oauth2/sign_out
    MEDINFO_DESK_HOST         -         a host name for the desk alone, such as desk.medicines.example.org
    MEDINFO_EMAIL_HOST        -         server that takes the mail of the desk; empty: the site sends none
    MEDINFO_EMAIL_PORT        587       its port
    MEDINFO_EMAIL_USER        -         the account there
    MEDINFO_EMAIL_PASSWORD    -         and its password
    MEDINFO_EMAIL_SECURITY    starttls  starttls, tls (mostly port 465), or off within one machine
    MEDINFO_EMAIL_FROM        medinfo@ the host of the site; whom mail is from
    MEDINFO_WEBHOOK_URL       -         an https address that hears of reports at once, and daily of what waits
    MEDINFO_WEBHOOK_KEY       -         32 characters or more, with which that is signed
    MEDINFO_METRICS_TOKEN     -         32 characters or more; opens /metrics to whoever sends them
    MEDINFO_CDN_SECONDS       0         seconds a CDN may keep a page: withdrawals arrive that much later
    MEDINFO_IMPORT            -         a folder whose pages the image imports and publishes at its first start
    MEDINFO_CHECKPOINT_KEY    the file checkpoint.key in the data folder; the private key that signs checkpoints
    MEDINFO_BACKUP_RECIPIENT  -         an age recipient (age1...) for whom alone backups are encrypted

`MEDINFO_DATA_DIR/env` (lines NAME=value) is read when it is there; real variables win over it.
Flags are `on` or `off`; anything else stops the start with a sentence that names the variable.
"""

import os
import zoneinfo
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import django
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

from medinfo.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / os.environ.get("MEDINFO_DATA_DIR", "data")


_environment = Environment(DATA_DIR / "env")
env, env_flag, env_number = _environment.text, _environment.flag, _environment.number

DEBUG = env_flag("MEDINFO_DEBUG", "off")
SECRET_KEY = env("MEDINFO_SECRET_KEY")
ALLOWED_HOSTS = [
    host.strip() for host in env("MEDINFO_HOSTS", "localhost,127.0.0.1").split(",") if host.strip()
]
BASE_URL = _environment.base_url("MEDINFO_BASE_URL", "http://127.0.0.1:8000")
SITE_NAME = env("MEDINFO_SITE_NAME", "MedInfo")
LICENCE = env("MEDINFO_LICENCE", "")
ATTRIBUTION = env("MEDINFO_ATTRIBUTION", "")
COUNTRY = env(
    "MEDINFO_COUNTRY",
    "intl",
    choices=("intl", "gb", "ie", "us", "ca", "au", "nz", "in", "za", "de", "fr", "es"),
)
INDEX_UNREVIEWED = env_flag("MEDINFO_INDEX_UNREVIEWED", "off")
OFFLINE = env_flag("MEDINFO_OFFLINE", "on")
REVIEW_MONTHS = env_number("MEDINFO_REVIEW_MONTHS", "36")
SOURCE_NOTICE_DAYS = env_number("MEDINFO_SOURCE_NOTICE_DAYS", "30")
SECOND_PERSON = env_flag("MEDINFO_SECOND_PERSON", "on")
HTTPS = env_flag("MEDINFO_HTTPS", "on")
PROXIES = env_number("MEDINFO_PROXIES", "0")
REQUIRE_OTP = env_flag("MEDINFO_REQUIRE_OTP", "on")
CDN_SECONDS = env_number("MEDINFO_CDN_SECONDS", "0")
DESK_HOST = _environment.host("MEDINFO_DESK_HOST")
if DESK_HOST:
    if urlsplit(BASE_URL).netloc == DESK_HOST:
        raise ImproperlyConfigured("MEDINFO_DESK_HOST must be another host than that of MEDINFO_BASE_URL.")
    ALLOWED_HOSTS.append(DESK_HOST.partition(":")[0])
_mail = {
    "host": env("MEDINFO_EMAIL_HOST", ""),
    "port": env_number("MEDINFO_EMAIL_PORT", "587"),
    "username": env("MEDINFO_EMAIL_USER", ""),
    "password": env("MEDINFO_EMAIL_PASSWORD", ""),
    "security": env("MEDINFO_EMAIL_SECURITY", "starttls", choices=("starttls", "tls", "off")),
}
MAIL_IS_SET_UP = bool(_mail["host"])
MAIL_FROM = env("MEDINFO_EMAIL_FROM", f"medinfo@{urlsplit(BASE_URL).hostname}")
WEBHOOK_URL = _environment.https_url("MEDINFO_WEBHOOK_URL")
WEBHOOK_KEY = env("MEDINFO_WEBHOOK_KEY", "")
if WEBHOOK_URL and len(WEBHOOK_KEY) < 32:
    raise ImproperlyConfigured("MEDINFO_WEBHOOK_KEY must have 32 characters or more.")
METRICS_TOKEN = env("MEDINFO_METRICS_TOKEN", "")
if METRICS_TOKEN and len(METRICS_TOKEN) < 32:
    raise ImproperlyConfigured("MEDINFO_METRICS_TOKEN must have 32 characters or more.")
REMOTE_USER_HEADER = _environment.header("MEDINFO_REMOTE_USER_HEADER")
REMOTE_USER_PROXIES = _environment.networks("MEDINFO_REMOTE_USER_PROXIES")
if REMOTE_USER_HEADER and not REMOTE_USER_PROXIES:
    raise ImproperlyConfigured(
        "MEDINFO_REMOTE_USER_HEADER is believed of nobody: MEDINFO_REMOTE_USER_PROXIES names the proxy that sets it."
    )
REMOTE_GROUPS_HEADER = _environment.header("MEDINFO_REMOTE_GROUPS_HEADER")
REMOTE_ROLES = _environment.pairs("MEDINFO_REMOTE_ROLES", ("Editors", "Reviewers", "Administrators"))
REMOTE_OTP = env_flag("MEDINFO_REMOTE_OTP", "off")
IMPORT = env("MEDINFO_IMPORT", "")
CHECKPOINT_KEY = env("MEDINFO_CHECKPOINT_KEY", "")
CHECKPOINT_KEY_FILE = DATA_DIR / "checkpoint.key"
BACKUP_RECIPIENT = env("MEDINFO_BACKUP_RECIPIENT", "")

INSTALLED_APPS = [
    "drugs",  # before admin, so that its templates of the admin win
    "drugs.apps.DeskConfig",  # Django's admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "markdownx",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "drugs.http.request_log.request_log",  # first: it sees every answer
    "drugs.http.security_headers.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "drugs.web.static_files.StaticFiles",
    "drugs.http.desk_host.desk_host",
    "drugs.web.middleware.stale_page_without_database",
    "drugs.web.middleware.circuit_breaker",
    "drugs.web.middleware.bad_request_for_data_errors",
    "django.middleware.common.CommonMiddleware",
    "drugs.http.desk_only.begin",  # readers' requests skip all from here to the end
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "drugs.accounts.remote_users.RemoteUsers",
    "django_otp.middleware.OTPMiddleware",
    "drugs.accounts.sessions.session_timeout",
    "drugs.admin.upload_limit.refuse_large_bodies",
    "django.contrib.messages.middleware.MessageMiddleware",
    "drugs.accounts.one_time_passwords.force_password_change",
    # security_headers sets what this one does; `check --deploy` asks for it by name (security.W002).
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "drugs.http.desk_only.end",
]

ROOT_URLCONF = "medinfo.urls"
WSGI_APPLICATION = "medinfo.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database

_SQLITE = {
    # IMMEDIATE: six writers made 2,801 commits and no "database is locked"; deferred 519 and 1,505.
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    # Each thread has a cache and a map of its own: more of either made no page faster, and a worker 60 MiB bigger.
    # FULL: what somebody was told is done, a withdrawal first of all, is on the disk and outlives a power cut.
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-4000;PRAGMA mmap_size=33554432;PRAGMA journal_size_limit=27103364;",
}

_database_url = env("MEDINFO_DATABASE_URL", f"sqlite:///{DATA_DIR / 'medinfo.sqlite3'}")
try:
    _database = dj_database_url.parse(_database_url, conn_max_age=60, conn_health_checks=True)
except (ValueError, dj_database_url.ParseError) as error:
    raise ImproperlyConfigured(f"MEDINFO_DATABASE_URL cannot be read: {error}") from None
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = _SQLITE
elif _database["ENGINE"] == "django.db.backends.postgresql":
    # Whoever waits for a lock gives up as on SQLite, and a server that vanished is noticed within seconds.
    _database["OPTIONS"] = {
        "connect_timeout": 2,
        # A client that gave up waiting and is gone is no longer worked for.
        "options": "-c lock_timeout=10s -c client_connection_check_interval=2s",
        "tcp_user_timeout": 10_000,
        "prepare_threshold": 5,  # Django forbids it altogether; what it sends itself is not prepared, ever
        **_database.get("OPTIONS", {}),
    }
else:
    raise ImproperlyConfigured("MEDINFO_DATABASE_URL must start with sqlite:/// or postgres://.")
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_cache_url = env("MEDINFO_CACHE_URL", "")
if _cache_url and not _cache_url.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured("MEDINFO_CACHE_URL must start with redis:// or be left out.")
CACHE_IS_SHARED = bool(_cache_url)
CACHES = {
    "default": {"BACKEND": "drugs.caching.backends.SharedCache", "LOCATION": _cache_url}
    if _cache_url
    else {"BACKEND": "drugs.caching.backends.MemoryCache"}
}

# Language and time

LANGUAGE_CODE = env("MEDINFO_LANGUAGE", "en")
if LANGUAGE_CODE not in dict(global_settings.LANGUAGES):
    raise ImproperlyConfigured(f"MEDINFO_LANGUAGE: {LANGUAGE_CODE!r} is not a language such as en or pt-br.")
TIME_ZONE = env("MEDINFO_TIME_ZONE", "UTC")
if not zoneinfo.available_timezones():
    raise ImproperlyConfigured(
        "This machine knows no time zones. On Debian and Ubuntu: apt-get install tzdata"
    )
if TIME_ZONE not in zoneinfo.available_timezones():
    raise ImproperlyConfigured(f"MEDINFO_TIME_ZONE: {TIME_ZONE!r} is not a time zone such as Europe/London.")
LOCALE_PATHS = [BASE_DIR / "locale"]  # translations of the site; `check` refuses a language that has none
FORMAT_MODULE_PATH = "medinfo.formats"
USE_I18N = True
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nobody uploads files to keep
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# Search

UNANSWERED_SECONDS = 60  # how often a process writes what was searched for in vain; 0 for never

# Markdown editor. Its own addresses are not used: see medinfo/urls.py.

MARKDOWNX_MARKDOWNIFY_FUNCTION = "drugs.content.markdown.render"
MARKDOWNX_UPLOAD_CONTENT_TYPES: list[str] = []
MARKDOWNX_UPLOAD_MAX_SIZE = 1
MARKDOWNX_EDITOR_RESIZABLE = True
MARKDOWNX_SERVER_CALL_LATENCY = 800

# Mail, whose settings Django 6.1 has renamed

_tls = {"use_tls": _mail["security"] == "starttls", "use_ssl": _mail["security"] == "tls", "timeout": 10}
if django.VERSION >= (6, 1):
    _smtp = {**_mail, **_tls}
    del _smtp["security"]
    MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": _smtp},
    }
else:
    EMAIL_HOST, EMAIL_PORT = _mail["host"], _mail["port"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["username"], _mail["password"]
    EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = _tls["use_tls"], _tls["use_ssl"], _tls["timeout"]

# Security

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "manifest-src": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
SECURE_SSL_REDIRECT = HTTPS
# The site's own name, never the one that a request claims; of two names, whichever of them was asked for.
SECURE_SSL_HOST = urlsplit(BASE_URL).netloc if BASE_URL.startswith("https://") and not DESK_HOST else None
SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^readyz/$"]
SECURE_HSTS_SECONDS = env_number("MEDINFO_HSTS_SECONDS", "3600") * HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The site lies at the root of its host. Some proxies hand on a header SCRIPT_NAME, which would lead elsewhere.
FORCE_SCRIPT_NAME = ""
# With this prefix a browser takes a cookie from this host alone, not from others below the same domain.
_cookie = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_cookie}sessionid"
CSRF_COOKIE_NAME = f"{_cookie}csrftoken"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60  # one working day
SESSION_IDLE_SECONDS = 60 * 60  # without a request; what was typed is offered back after the next login
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = HTTPS
# Forms that have a session are those of the desk.
CSRF_TRUSTED_ORIGINS = [f"{'https' if HTTPS else 'http'}://{DESK_HOST}" if DESK_HOST else BASE_URL]
CSRF_FAILURE_VIEW = "drugs.web.error_pages.csrf_failure"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a page with 200 side effects is 1,600 fields
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = _environment.url_or_path("MEDINFO_LOGOUT_URL") or None

# Guessing of passwords: five tries for an account from an address, and what drugs/accounts/login_throttle.py says.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "drugs.accounts.remote_users.RemoteUserBackend",
]
AXES_HANDLER = "drugs.accounts.login_throttle.ThrottleHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "drugs.accounts.login_throttle.client_network"
AXES_LOCKOUT_CALLABLE = "drugs.accounts.reauthentication.locked_out_response"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = SITE_NAME  # what the app on the phone calls this site
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "drugs.accounts.one_time_passwords.NotTheOneTimePasswordValidator"},
]
# W005, W021: preloading every host below a hospital's domain is the operator's choice, not this site's.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if not HTTPS:
    # MEDINFO_HTTPS=off says so on purpose, for one machine or behind a closed network.
    SILENCED_SYSTEM_CHECKS += ["security.W004", "security.W008", "security.W012", "security.W016"]

# One line of JSON a record, with the number of the request; drugs/http/request_log.py says what no line may hold.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "drugs.http.request_log.JsonFormatter"}},
    "filters": {"quiet": {"()": "drugs.http.request_log.QuietTerminalFilter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["quiet"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # A page that is not found is no news; each request has its own line.
    "loggers": {
        "axes": {"level": "WARNING"},  # drugs/audit/log.py says what is worth a line
        "django.request": {"level": "ERROR"},
        # Django leaves the body of an answer to HEAD to the server, which drops it and says so each time.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        "django": {"handlers": [], "level": "INFO", "propagate": True},
    },
}

# Acts of commands that are typed at a terminal reach the journal as well: a service's own lines are there already.
if "JOURNAL_STREAM" not in os.environ and os.path.exists("/dev/log"):
    LOGGING["handlers"]["journal"] = {
        "class": "logging.handlers.SysLogHandler",
        "address": "/dev/log",
        "formatter": "json",
        ".": {"ident": "medinfo: "},
    }
    LOGGING["loggers"]["drugs.audit"] = {"handlers": ["journal"], "level": "INFO"}

# Lines of the file that nothing reads, such as a misspelt name: drugs/system_checks/deployment.py says so.
UNREAD_SETTINGS = _environment.unread
