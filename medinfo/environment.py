"""Environment variables of the site, and the file `env` in the data folder: read once, refused in a sentence."""

import ipaddress
import os
import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
UNIX = "unix"  # whoever is connected to a socket of this machine, which has no address
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")


def read_env_file(path: Path) -> dict[str, str]:
    """Env file: the variables of a file of lines NAME=value as a dict; empty if there is no such file.

    No shell reads this file: everything behind the first `=` is the value, `$` and `#` included.
    """
    try:
        text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be read ({error.strerror}). Call this as the user who owns the data folder."
        ) from None
    except UnicodeDecodeError:
        raise ImproperlyConfigured(f"{path} is not written in UTF-8.") from None
    variables = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.startswith("MEDINFO_"):
            raise ImproperlyConfigured(f"{path}, line {number}: expected MEDINFO_SOMETHING=value.")
        variables[name.strip()] = value.strip()
    return variables


class Environment:
    """The variables of an env file and of the process, which win. Each reader refuses what it cannot use."""

    def __init__(self, file: Path) -> None:
        self._path, self._file = file, read_env_file(file)
        self._all = {**self._file, **os.environ}
        self._asked: set[str] = set()

    @property
    def unread(self) -> list[str]:
        """Lines of the file that nothing has read, such as a misspelt name; asked for when all is read."""
        return sorted(set(self._file) - self._asked)

    def text(self, name: str, default: str | None = None, choices: Collection[str] | None = None) -> str:
        """Text of a variable. Without a default it must be set; with choices it must be one of them."""
        self._asked.add(name)
        value = self._all.get(name, default)
        if value is None or value == "" and default is None:
            raise ImproperlyConfigured(
                f"{name} is not set. `make run` writes one into {self._path}; elsewhere set it yourself."
            )
        if choices and value not in choices:
            raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
        return value

    def flag(self, name: str, default: str) -> bool:
        """True or False of a variable that is `on` or `off`."""
        return self.text(name, default, choices=("on", "off")) == "on"

    def number(self, name: str, default: str) -> int:
        """Whole number of a variable, 0 or more."""
        value = self.text(name, default)
        if not (value.isascii() and value.isdigit()):
            raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
        return int(value)

    def base_url(self, name: str, default: str) -> str:
        """Base URL of a variable: an http or https address without path or query, no slash at its end."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            raise ImproperlyConfigured(f"{name} must be like https://medicines.example.org, not {value!r}.")
        return value

    def https_url(self, name: str) -> str:
        """An https address with all that belongs to it, and no password in it; empty if it is not set."""
        value = self.text(name, "")
        parts = urlsplit(value)
        try:
            is_whole = (
                parts.scheme == "https" and parts.hostname and parts.port != 0 and parts.username is None
            )
        except ValueError:  # such as a port that is no number
            is_whole = False
        if value and (
            not is_whole or parts.fragment or re.search(r"[\s\x00-\x1f]", value) or not value.isascii()
        ):
            raise ImproperlyConfigured(f"{name} must be like https://chat.example.org/hooks/medinfo.")
        return value

    def host(self, name: str) -> str:
        """A host name, perhaps with a port; empty if it is not set."""
        value = self.text(name, "").lower()
        if value and not _HOST.fullmatch(value):
            raise ImproperlyConfigured(f"{name} must be like desk.medicines.example.org, not {value!r}.")
        return value

    def url_or_path(self, name: str) -> str:
        """An address to lead people to, `https://…` or a path of this host; empty if it is not set."""
        value = self.text(name, "")
        parts = urlsplit(value)
        outside = parts.scheme in ("http", "https") and parts.hostname
        inside = not parts.scheme and not parts.netloc and value.startswith("/")
        if value and (not (outside or inside) or re.search(r"[\s;,'\"\\]", value)):
            raise ImproperlyConfigured(
                f"{name} must be like /oauth2/sign_out or https://login.example.org/logout, not {value!r}."
            )
        return value

    def header(self, name: str) -> str:
        """A request header by the key that WSGI gives it, such as HTTP_REMOTE_USER of Remote-User; "" if not set.

        Names with `_` are refused: servers drop them, since to WSGI they are the same as those with `-`.
        """
        value = self.text(name, "")
        if value and not _HEADER.fullmatch(value):
            raise ImproperlyConfigured(
                f"{name} must be the name of a header like Remote-User, not {value!r}."
            )
        return f"HTTP_{value.upper().replace('-', '_')}" if value else ""

    def networks(self, name: str) -> tuple[Network | str, ...]:
        """Addresses, networks and `unix`, separated by commas."""
        parts = [part.strip() for part in self.text(name, "").split(",") if part.strip()]
        try:
            return tuple(part if part == UNIX else ipaddress.ip_network(part) for part in parts)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} must be addresses, networks or unix, separated by commas: {error}."
            ) from None

    def pairs(self, name: str, choices: Collection[str]) -> dict[str, str]:
        """Pairs `name=choice`, separated by commas, as a dict by name."""
        pairs = {}
        for part in self.text(name, "").split(","):
            key, equals, value = (piece.strip() for piece in part.partition("="))
            if part.strip() and (not key or not equals or value not in choices):
                raise ImproperlyConfigured(
                    f"{name} must be like group={next(iter(choices))}, with one of {', '.join(choices)}; "
                    f"not {part.strip()!r}."
                )
            if key:
                pairs[key] = value
        return pairs
