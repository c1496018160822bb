"""Requests that no browser would send, and what must be true of their answers."""

import json
import re
from urllib.parse import quote, urljoin, urlsplit

from django.db import transaction

from tests.fuzz import hostile, readers, seeds
from tests.fuzz.pages import Page
from tests.fuzz.tries import Fault, Try

HOST = "testserver"
LINE_CHARS = 4_000  # gunicorn reads no longer first line of a request
EVIL = "evil.example"
METHODS = (
    "HEAD",
    "OPTIONS",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "TRACE",
    "CONNECT",
    "get",
    "PROPFIND",
    "\x00",
    "é",
)
ADMIN_PARAMETERS = (
    "q",
    "o",
    "p",
    "e",
    "all",
    "_popup",
    "_to_field",
    "_changelist_filters",
    "id__in",
    "title__regex",
    "next",
)
NUMBERS = ("-1", "0", "2", "1001", "9999999", "1e5", "١", "", "None", "9" * 400, "1.5", " 1")
HEADERS = {
    "HTTP_HOST": (
        EVIL,
        "",
        "testserver:99999",
        "testserver@" + EVIL,
        "localhost",
        "[::1]",
        "a" * 5_000,
        "testserver\x00",
        "é",
    ),
    "HTTP_X_FORWARDED_HOST": (EVIL, "", "testserver, " + EVIL),
    "HTTP_X_FORWARDED_PROTO": ("https", "javascript", ""),
    "HTTP_X_FORWARDED_FOR": ("127.0.0.1", "1.2.3.4, " * 500, "é", "::1", "unknown"),
    "HTTP_X_FORWARDED_PORT": ("99999", "x"),
    "HTTP_ACCEPT_ENCODING": ("gzip", "br;q=1e9", "gzip;q=x, *;q=0", "," * 1_000, "é"),
    "HTTP_ACCEPT_LANGUAGE": ("ar", "xx-" * 300, "../../etc", "en;q=1e999", "*"),
    "HTTP_ACCEPT": ("application/json", "*/*;q=" + "9" * 300, "text/html;;;=,"),
    "HTTP_IF_NONE_MATCH": ("*", '"x"', 'W/"' + "x" * 5_000 + '"', '"', "x" * 100, '"a",' * 500),
    "HTTP_IF_MATCH": ("*", '"x"', "x"),
    "HTTP_IF_MODIFIED_SINCE": ("Thu, 99 Foo 9999 99:99:99 GMT", "0", "Sun, 06 Nov 1994 08:49:37 GMT", "-1"),
    "HTTP_IF_UNMODIFIED_SINCE": ("Thu, 01 Jan 1970 00:00:00 GMT", "x"),
    "HTTP_RANGE": ("bytes=0-0,1-1", "bytes=-1", "bytes=9-1", "lines=1", "bytes=" + "0-1," * 2_000),
    "HTTP_COOKIE": (
        "sessionid=x",
        "sessionid=" + "9" * 5_000,
        "csrftoken='",
        "messages=x; django_language=../..",
        "=;=;",
        "a=\x01é",
    ),
    "HTTP_ORIGIN": ("null", "https://" + EVIL, "http://" + HOST, "http://[", "é"),
    "HTTP_REFERER": ("https://" + EVIL + "/", "http://[", "x" * 5_000),
    "HTTP_USER_AGENT": ("", hostile.MARKUP[0], "x" * 5_000),
    "HTTP_AUTHORIZATION": ("Basic " + "=" * 300, "Bearer x", "é"),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest",),
    "HTTP_EXPECT": ("100-continue",),
    "CONTENT_TYPE": (
        "",
        "text/html; charset=../../etc",
        "multipart/form-data",
        "multipart/form-data; boundary=é",
        "application/json; charset=utf-7",
    ),
    "REMOTE_ADDR": ("", "::ffff:1.2.3.4", "unix:"),
    "SCRIPT_NAME": ("/x", "//evil.example"),
}


def make(rng, site):
    """A Try of one request to the Site `site`."""
    way = rng.random()
    if way < 0.5:
        return _asked(rng, site, "reader", _public(site))
    if way < 0.65:
        return _asked(
            rng, site, rng.choice([name for name in site.clients if name != "reader"]), _inside(site)
        )
    return _posted(rng, site) if site.forms else _asked(rng, site, "reader", _public(site))


def _public(site):
    return [route for route in site.routes if not route.startswith("admin/")]


def _inside(site):
    return [route for route in site.routes if route.startswith(("admin/", "markdownx/"))]


# Asking


def _asked(rng, site, person, routes):
    path = "/" + site.address(rng, rng.choice(routes))
    if rng.random() < 0.05:
        path = hostile.spoil(rng, path)
    path = path[:LINE_CHARS]
    method = "GET" if rng.random() < 0.85 else rng.choice(METHODS)
    extra = {"PATH_INFO": _as_wsgi(path), "QUERY_STRING": _query(rng, site, path), **_headers(rng)}
    body = _bytes(hostile.piece(rng)) if method in ("POST", "PUT", "PATCH") else b""
    kind = f"{person} asks" if person == "reader" else "desk asks"
    request = {
        "method": method,
        "path": "/",
        "data": body,
        "content_type": "application/x-www-form-urlencoded",
        **extra,
    }
    return Try(kind, _written(person, request), lambda: _send(site, person, request))


def _query(rng, site, path):
    names = list(site.parameters) + list(ADMIN_PARAMETERS if path.startswith("/admin/") else ())
    pairs = []
    for _ in range(rng.choice((0, 0, 1, 1, 2, 4))):
        name = rng.choice(names) if rng.random() < 0.9 else hostile.piece(rng)
        known = site.parameters.get(name)
        value = (
            rng.choice(known)
            if known and rng.random() < 0.2
            else hostile.spoil(rng, rng.choice(known or [""]))
        )
        # Most of it as browsers write it, some as it came.
        pairs.append(
            f"{_quoted(name)}={_quoted(value)}" if rng.random() < 0.9 else _as_wsgi(f"{name}={value}")
        )
    return rng.choice("&&;").join(pairs)[:LINE_CHARS]


def _headers(rng):
    if rng.random() < 0.6:
        return {}
    chosen = rng.sample(sorted(HEADERS), rng.choice((1, 1, 2, 4)))
    return {name: _as_wsgi(rng.choice(HEADERS[name])) for name in chosen}


# Sending forms


def _posted(rng, site):
    person, address, at = rng.choice(site.forms[rng.choice(sorted(site.forms))])
    sender = rng.choice((person, person, "editor", "reviewer")) if person != "reader" else person
    number = rng.randrange(2**32)

    def run():
        return _send_form(rng.__class__(number), site, person, sender, address, at)

    return Try(
        f"{'reader' if person == 'reader' else 'desk'} sends a form",
        _written(sender, {"form": at, "address": address}),
        run,
    )


def _send_form(rng, site, person, sender, address, at):
    with transaction.atomic():
        response = site.as_person(person).get(address)
        transaction.set_rollback(True)
    _look_at(response, person, address)
    forms = Page(response.content.decode("utf-8", "replace")).forms
    if len(forms) <= at:
        raise Fault(f"A page has lost its form: {address}")
    form = forms[at]
    target = urljoin(address, form.action) if form.action else address
    pairs = _spoilt_fields(rng, form)
    request = _form_request(rng, target, pairs, form.files)
    request["HTTP_ORIGIN"] = f"http://{HOST}"
    if rng.random() < 0.2:
        request |= _headers(rng)
    return _send(site, sender, request)


def _spoilt_fields(rng, form):
    pairs = _filled_in(rng, form)
    for _ in range(rng.choice((0, 0, 1, 1, 2, 4))):
        if not pairs:
            break
        place = rng.randrange(len(pairs))
        name, value = pairs[place]
        way = rng.random()
        if way < 0.6:
            number = name.endswith(("_FORMS", "version", "position", "year"))
            pairs[place] = name, rng.choice(NUMBERS) if number else hostile.spoil(rng, value)
        elif way < 0.7:
            del pairs[place]
        elif way < 0.8:
            pairs.insert(rng.randrange(len(pairs) + 1), (name, hostile.piece(rng)))
        elif way < 0.9:
            other = re.sub("-0-", f"-{rng.choice(NUMBERS)}-", name) if "-0-" in name else hostile.piece(rng)
            pairs.append((other, value))
        else:
            pairs[place] = name, rng.choice(rng.choice(list(form.choices.values()) or [[""]]) or [""])
    return pairs


def _filled_in(rng, form):
    """The fields of a form as somebody might send them: often whole, so that what lies behind it is reached."""
    pairs = [
        (name, _printable(rng) if name in form.texts and rng.random() < (0.1 if value else 0.6) else value)
        for name, value in form.fields
    ]
    for name, values in form.choices.items():
        if values and rng.random() < (0.1 if "-" in name else 0.5):  # rows have many
            pairs = [pair for pair in pairs if pair[0] != name] + [(name, rng.choice(values))]
    return pairs + ([rng.choice(form.buttons)] if form.buttons else [])


def _printable(rng):
    """A hostile text that a field may well take."""
    text = rng.choice(rng.choice((hostile.MARKUP, hostile.LETTERS, hostile.WORDS_OF_MACHINES)))
    return "".join(filter(str.isprintable, text)) or "Examplol"


def _form_request(rng, target, pairs, files):
    parts = urlsplit(target)
    request = {
        "method": "POST",
        "path": "/",
        "PATH_INFO": parts.path or "/",
        "QUERY_STRING": parts.query,
        "content_type": "application/x-www-form-urlencoded",
    }
    if files or rng.random() < 0.3:
        body, request["content_type"] = _multipart(rng, pairs, files)
    else:
        body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode()
    if rng.random() < 0.02:
        body = hostile.spoil_bytes(rng, body)
    return {**request, "data": body}


def _multipart(rng, pairs, files):
    edge = b"--fuzz-edge"
    lines = []
    for name, value in pairs:
        head = b'Content-Disposition: form-data; name="' + _bytes(name.replace('"', "")) + b'"'
        lines += [edge, head, b"", _bytes(value)]
    for name in files or ([hostile.piece(rng)] if rng.random() < 0.2 else []):
        file_name = _bytes(
            hostile.piece(rng)
            if rng.random() < 0.3
            else rng.choice(("examplol.md", "pages.zip", "names.csv"))
        )
        head = (
            b'Content-Disposition: form-data; name="'
            + _bytes(name)
            + b'"; filename="'
            + file_name.replace(b'"', b"")
            + b'"'
        )
        lines += [edge, head, b"Content-Type: application/octet-stream", b"", _file(rng)]
    return b"\r\n".join([*lines, edge + b"--", b""]), "multipart/form-data; boundary=fuzz-edge"


def _file(rng):
    way = rng.random()
    if way < 0.3:
        return readers.make_zip(rng)
    text = seeds.name_list(rng)[0] if way < 0.5 else seeds.page(rng)
    return _bytes(hostile.spoil(rng, text))


# Looking at answers


def _send(site, person, request):
    request = dict(request)
    with transaction.atomic():
        response = site.as_person(person).generic(
            request.pop("method"),
            request.pop("path"),
            request.pop("data"),
            request.pop("content_type"),
            **request,
        )
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    _look_at(response, person, request["PATH_INFO"], body)
    if (
        person == "reader"
        and response.cookies
        and "HTTP_COOKIE" not in request
        and not _may_keep(request["PATH_INFO"])
    ):
        raise Fault(f"A reader is sent a cookie: {request['PATH_INFO']}")
    return f"{response.status_code // 100}xx"


def _look_at(response, person, path, body=None):
    if response.status_code >= 500 and not _comes_later(response, path):
        raise (
            response.exc_info[1]
            if getattr(response, "exc_info", None)
            else Fault(f"{response.status_code}: {path}")
        )
    body = response.content if body is None else body
    if "html" in response.headers.get("Content-Type", "") and hostile.MARKER.encode() in body:
        raise Fault(f"Markup came alive: {path}")
    target = urlsplit(response.headers.get("Location", ""))
    if target.netloc not in ("", HOST, "127.0.0.1:8000") or target.scheme not in ("", "http", "https"):
        raise Fault(f"A redirect leads elsewhere: {target.geturl()}")


def _comes_later(response, path):
    """Whether it is a bulk file that is written, or written anew, by a command."""
    return (
        path.startswith("/api/v1/bulk/") and response.status_code == 503 and "Retry-After" in response.headers
    )


def _may_keep(path):
    return path.startswith(("/admin", "/markdownx"))


def _quoted(text):
    return quote(_bytes(text), safe="/")


def _bytes(text):
    return text.encode("utf-8", "surrogatepass")


def _as_wsgi(text):
    """A text as servers hand it over: its bytes, each as a character."""
    return _bytes(text).decode("latin-1")


def _written(person, request):
    readable = {
        key: value.decode("latin-1") if isinstance(value, bytes) else value for key, value in request.items()
    }
    return json.dumps({"person": person, **readable}, indent=1).encode()
