"""The client's IP address, behind trusted proxies too, and the network that a rate limit counts by."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the client as text, such as "203.0.113.9" or "2001:db8::1".

    Without trusted proxies (MEDINFO_PROXIES=0) that is whoever opened the connection: X-Forwarded-For is then
    written by the client itself and means nothing. With n of them it is the n-th entry from the right: each
    proxy adds at the right whom it heard from, so what stands further to the left came from outside. If there
    is no such entry, or it is no address, it is whoever opened the connection, which may be "" (a local socket).
    """
    connected = request.META.get("REMOTE_ADDR", "")
    if not settings.PROXIES:
        return connected
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if len(hops) < settings.PROXIES:
        return connected
    return _address(hops[-settings.PROXIES]) or connected


def network_of(address: str) -> str:
    """What a rate limit counts by: an IPv4 address itself, of an IPv6 address its /64, which is one customer's.

    Whatever is no address, such as the "" of a local socket, stays as it is.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6:
        parsed = ipaddress.ip_network((int(parsed), 64), strict=False).network_address
    return str(parsed)


def _address(text: str) -> str:
    """The address in `text`, without port, brackets and zone, in its usual spelling; "" if it holds none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)
