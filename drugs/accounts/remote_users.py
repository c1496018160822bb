"""Remote users: people whom a proxy in front of the site has signed in, and their roles here; docs/sign-in.md.

The proxy names them in a header, which is believed of the connections of MEDINFO_REMOTE_USER_PROXIES alone: it is
the other end of the connection that counts, and nothing that the request says of its way. Who is named for the
first time gets an account without a password and, unless groups give a role, without one. What the desk asks a
password for it asks the password of an account that has one here, and the second factor of any other.
"""

import ipaddress
import logging
import re
import unicodedata

from django.conf import settings
from django.contrib.auth.backends import RemoteUserBackend as DjangoRemoteUserBackend
from django.contrib.auth.middleware import RemoteUserMiddleware
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from drugs import audit
from drugs.accounts.roles import ROLES
from drugs.accounts.sessions import is_remote
from drugs.audit import facts
from drugs.desk import share_links
from drugs.http.security_headers import is_desk_request

WHO = "the proxy in front"  # in the audit log; no account has a name with blanks
NAME_CHARS = 150
log = logging.getLogger(__name__)


class RemoteUsers(RemoteUserMiddleware):
    """Django's middleware for remote users, at the desk only, with a header that is believed of listed proxies.

    A session that began by the header ends when the header does, or names somebody else.
    """

    async_capable = False  # type: ignore[assignment]
    header = "REMOTE_USER"  # a key of WSGI that no header becomes: those begin with HTTP_

    def process_request(self, request: HttpRequest) -> None:
        if not is_desk_request(request):
            return
        request.META.pop(self.header, None)
        name = named_user(request)
        if name and is_remote(request) and request.session.get("remote_user") == name:
            request.META[self.header] = request.user.get_username()
        elif name and request.method in ("GET", "HEAD"):  # a login changes the token that a form was given
            request.META[self.header] = name
        super().process_request(request)
        if is_remote(request):
            if "remote_user" not in request.session:
                request.session["remote_user"] = name
            request.user.vouched_for = settings.REMOTE_OTP  # type: ignore[union-attr]  # asked by may_enter_desk


def named_user(request: HttpRequest) -> str:
    """Whom a listed proxy names as signed in, as it names them; "" if nobody is, or if anybody else says so."""
    if not settings.REMOTE_USER_HEADER:
        return ""
    value = _decoded(request.META.get(settings.REMOTE_USER_HEADER, "")).strip()
    if value and not _is_listed(request.META.get("REMOTE_ADDR", "")):
        log.warning("A header that names a user came from elsewhere than MEDINFO_REMOTE_USER_PROXIES.")
        return ""
    return value


def _is_listed(address):
    """Whether the other end of a connection is one of the listed proxies; a local socket has the address ""."""
    if not address:
        return "unix" in settings.REMOTE_USER_PROXIES
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return any(network != "unix" and parsed in network for network in settings.REMOTE_USER_PROXIES)


def _decoded(value):
    """A header's text, which WSGI hands on byte by byte and proxies write in UTF-8; "" if it is something else."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return ""


class RemoteUserBackend(DjangoRemoteUserBackend):
    """Backend for the accounts that a proxy names: found without regard to capitals, made on first sight."""

    def authenticate(self, request: HttpRequest | None, remote_user: str) -> User | None:  # type: ignore[override]
        """The account of `remote_user`, in the roles that its groups give; or None."""
        name = User.normalize_username(remote_user)
        try:
            User.username_validator(name)
        except ValidationError:
            name = ""
        # Names of accounts are written without look-alikes (NFKC). Whoever is called by them is somebody else.
        if remote_user not in (name, unicodedata.normalize("NFD", name)):
            name = ""
        if request is None or not 0 < len(name) <= NAME_CHARS:
            log.warning("The proxy names somebody whose name no account can have.")
            return None
        with transaction.atomic():
            audit.lock_log()
            user = self._find(name) or self._add(name)
            if not self.user_can_authenticate(user):
                return None
            self._give_roles(user, request)
        return user

    def _find(self, name):
        """The account called `name`. Services that know people's names spell them with capitals or without."""
        same = User.objects.filter(username__iexact=name).order_by("pk")
        # PostgreSQL compares in capitals, where a dotless i is an i.
        same = [user for user in same if user.username.casefold() == name.casefold()]
        return next((user for user in same if user.username == name), same[0] if same else None)

    def _add(self, name):
        user = User(username=name.lower())
        user.set_unusable_password()
        user.save()
        audit.record(WHO, "person_added", user.username, "Named for the first time.", facts.account(user))
        return user

    def _give_roles(self, user, request):
        """Where a header has groups, they decide: who is in none has no role, and a superuser stays one."""
        if not settings.REMOTE_GROUPS_HEADER:
            return
        wanted = roles_of(_decoded(request.META.get(settings.REMOTE_GROUPS_HEADER, "")))
        had = set(user.groups.filter(name__in=ROLES).values_list("name", flat=True))
        is_staff = bool(wanted) or user.is_superuser
        if had == wanted and user.is_staff == is_staff:
            return
        user.groups.remove(*Group.objects.filter(name__in=had - wanted))
        user.groups.add(*Group.objects.filter(name__in=wanted - had))
        user.is_staff = is_staff
        user.save(update_fields=["is_staff"])
        before, after = (", ".join(sorted(names)) or "no role" for names in (had, wanted))
        audit.record(WHO, "person_changed", user.username, f"{before} → {after}", facts.account(user))
        share_links.end_links_without_right(user.username, by=WHO)


def roles_of(groups: str) -> set[str]:
    """The roles that `groups`, separated by commas or semicolons, give: by MEDINFO_REMOTE_ROLES.

    Without that setting a group gives the role whose name it has, alone or behind `medinfo-`; capitals do not count.
    """
    given = settings.REMOTE_ROLES or {name: role for role in ROLES for name in (role, f"medinfo-{role}")}
    names = {part.strip().casefold() for part in re.split("[,;]", groups)}
    return {role for group, role in given.items() if group.casefold() in names}
