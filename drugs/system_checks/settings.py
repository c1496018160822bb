"""System checks of settings: dangerous ones, each with a sentence on what can happen and a hint what to do."""

import gettext
import ipaddress
import stat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyrage
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.http.request import validate_host
from django.utils.translation import to_locale

from drugs.audit import checkpoints


def check_settings(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Warnings about settings that contradict each other, and about lax ones where others can reach the site.

    A language that the site does not speak is an error, since readers' programs would read English out as if it
    were that language.
    """
    checks = [
        _language,
        _checkpoint_key,
        _backup_recipient,
        _env_file,
        _database_file,
        _any_host,
        _proxies,
        _base_url,
        _remote_users,
    ]
    if _others_can_reach():
        checks += [_debug, _https, _second_factor]
    return [message for check in checks for message in check()]


def register_checks() -> None:
    """Registration for `check`, and for every command that begins with it."""
    register(check_settings, Tags.security)


def _others_can_reach():
    return any(not _is_local(host) for host in settings.ALLOWED_HOSTS)


def _is_local(host):
    host = host.strip("[]")
    if host in ("localhost", "testserver"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _language():
    """The interface is written in English. Django's own translations say nothing of the site's sentences."""
    code = settings.LANGUAGE_CODE
    if code.split("-")[0] == "en":
        return
    folders = [Path(folder) for folder in settings.LOCALE_PATHS]
    if not any(gettext.find("django", folder, [to_locale(code)]) for folder in folders):
        places = " or ".join(
            str(folder / to_locale(code) / "LC_MESSAGES" / "django.mo") for folder in folders
        )
        yield Error(
            f"MEDINFO_LANGUAGE is {code}, and no translation is installed: pages would be in English and say {code}.",
            hint="Take out MEDINFO_LANGUAGE, which is en then, or install the translation"
            f" ({places}; `manage.py compilemessages` makes it of django.po).",
            id="drugs.E002",
        )


def _checkpoint_key():
    try:
        checkpoints.signer()
    except checkpoints.NoKey as error:
        yield Error(
            f"{error}",
            hint="MEDINFO_CHECKPOINT_KEY takes the one line that `manage.py make_checkpoint_key` writes into a file.",
            id="drugs.E003",
        )


def _backup_recipient():
    if not settings.BACKUP_RECIPIENT:
        return
    try:
        pyrage.x25519.Recipient.from_str(settings.BACKUP_RECIPIENT.strip())
    except pyrage.RecipientError as error:
        yield Error(
            f"MEDINFO_BACKUP_RECIPIENT is no recipient of age ({error}): no backup can be written.",
            hint="It begins with age1, and age-keygen prints it beside the secret key.",
            id="drugs.E004",
        )


def _debug():
    if settings.DEBUG:
        yield Warning(
            "MEDINFO_DEBUG is on: whoever causes an error reads settings and pieces of the program.",
            hint="Switch it off on every machine that others can reach.",
            id="drugs.W010",
        )


def _https():
    if not settings.HTTPS:
        yield Warning(
            "MEDINFO_HTTPS is off although MEDINFO_HOSTS names a public host: passwords travel in the clear.",
            hint="Take out MEDINFO_HTTPS=off, and put a proxy that speaks HTTPS in front (MEDINFO_PROXIES=1).",
            id="drugs.W011",
        )


def _second_factor():
    if not settings.REQUIRE_OTP:
        yield Warning(
            "MEDINFO_REQUIRE_OTP is off: one guessed or stolen password is enough to publish.",
            hint="Take out MEDINFO_REQUIRE_OTP=off. Everybody sets up a second factor at the next login.",
            id="drugs.W012",
        )


def _base_url():
    if not validate_host(urlsplit(settings.BASE_URL).hostname, settings.ALLOWED_HOSTS):
        yield Warning(
            f"MEDINFO_BASE_URL is {settings.BASE_URL}, which is none of MEDINFO_HOSTS: feeds, sitemaps and search "
            "engines lead readers there, where the site does not answer.",
            hint="Set it to the address that readers use, such as https://medicines.example.org, and list its host "
            "in MEDINFO_HOSTS.",
            id="drugs.W016",
        )


def _remote_users():
    if not settings.REMOTE_USER_HEADER:
        return
    if any(getattr(network, "prefixlen", 1) == 0 for network in settings.REMOTE_USER_PROXIES):
        yield Error(
            "MEDINFO_REMOTE_USER_PROXIES believes everybody: whoever sends the header is whom it names.",
            hint="List the addresses of the proxy that signs people in, or `unix` for nginx as in deploy/.",
            id="drugs.E005",
        )
    if not settings.LOGOUT_REDIRECT_URL:
        yield Warning(
            "MEDINFO_REMOTE_USER_HEADER is set and MEDINFO_LOGOUT_URL is not: whoever logs out is in again at once.",
            hint="Set it to the address that ends the proxy's session, such as /oauth2/sign_out (docs/sign-in.md).",
            id="drugs.W018",
        )


def _any_host():
    if "*" in settings.ALLOWED_HOSTS:
        yield Warning(
            "MEDINFO_HOSTS holds *: the site answers under any name that somebody gives it.",
            hint="List the names that readers use, separated by commas.",
            id="drugs.W013",
        )


def _proxies():
    if settings.BASE_URL.startswith("https://") and settings.HTTPS and not settings.PROXIES:
        yield Warning(
            "MEDINFO_BASE_URL is https, and MEDINFO_PROXIES is 0: if a proxy ends HTTPS in front of the site, it "
            "redirects for ever, and everybody has the proxy's address when wrong passwords are counted.",
            hint="Set MEDINFO_PROXIES to the number of proxies, each of which has to set X-Forwarded-For and "
            "X-Forwarded-Proto. If the server itself speaks HTTPS, this may stay.",
            id="drugs.W014",
        )


def _env_file():
    path = Path(settings.DATA_DIR, "env")
    if path.is_file() and _is_open(path):
        yield Warning(
            f"Other accounts of this machine can read {path}, which holds the secret key.",
            hint=f"Run: chmod 600 {path}",
            id="drugs.W015",
        )


def _database_file():
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return  # its name is no path, and would be looked for in whatever folder the command was called in
    path = Path(database["NAME"])
    if path.is_file() and _is_open(path) and _is_open(path.parent):
        yield Warning(
            f"Other accounts of this machine can read {path}, which holds passwords and second factors.",
            hint=f"Run: chmod 700 {path.parent}",
            id="drugs.W017",
        )


def _is_open(path):
    """Whether anybody but its owner may do anything with the file or folder at `path`."""
    return path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
