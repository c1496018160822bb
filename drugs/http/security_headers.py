"""Security headers on every response: CSP, permissions policy, cross-origin isolation, no-store for the desk."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from drugs.http import Handler
from drugs.http.inline_style import policy_source

DESK_PATHS = ("/admin/", "/markdownx/")  # where editors are; everything else is public
# No feature of a browser is one that these pages could ask for.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
        *("microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "usb"),
        "xr-spatial-tracking",
    )
)


def is_desk_request(request: HttpRequest) -> bool:
    """Whether the request is for an address of the editors' desk, where sessions are."""
    return request.path_info.startswith(DESK_PATHS)


def security_headers(get_response: Handler) -> Handler:
    """Middleware for the headers that protect readers and editors, on files and errors too. Has to come first.

    HSTS alone is Django's: its middleware stands before the files, and sees every answer over HTTPS.

    A view may set a stricter one of these headers itself. Nothing of the desk is kept by a browser or a cache,
    and neither is an error.
    """
    always = HttpResponse(
        headers={
            "Content-Security-Policy": _policy(settings.SECURE_CSP),
            "Cross-Origin-Embedder-Policy": "require-corp",
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": PERMISSIONS_POLICY,
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
        }
    ).headers
    del always["Content-Type"]
    # Headers as Django stores them, checked and in latin-1 once: setting eight of them anew costs 10 µs an answer.
    # Not documented; read in Django 5.2.19 (CaseInsensitiveMapping).
    stored = always._store.items()

    form_action = [*settings.SECURE_CSP["form-action"], *_log_out_origin()]
    desk_policy = _policy({**settings.SECURE_CSP, "form-action": form_action})

    def middleware(request):
        response = get_response(request)
        if is_desk_request(request):
            response.headers.setdefault("Content-Security-Policy", desk_policy)
            response.headers["Cache-Control"] = "no-store, private"
        else:
            _without_cookies(response)
            if response.status_code >= 400:
                response.headers["Cache-Control"] = "no-store"
        for name, header in stored:
            response.headers._store.setdefault(name, header)
        if settings.DEBUG and response.status_code in (404, 500):
            del response.headers["Content-Security-Policy"]  # Django's pages of details have inline styles
        return response

    return middleware


def _policy(directives):
    """A policy of these `directives`, and the style inside pages: errors are such pages at the desk's addresses too."""
    directives = {**directives, "style-src": [*directives["style-src"], policy_source()]}
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())


def _log_out_origin():
    """Where the form of the log-out may lead besides this site: browsers follow no redirect of a form elsewhere."""
    parts = urlsplit(settings.LOGOUT_REDIRECT_URL or "")
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def _without_cookies(response):
    """Readers get none, not even the end of one that they made up; nor do caches hear that cookies mattered."""
    response.cookies.clear()
    vary = response.headers.get("Vary", "")
    if "Cookie" in vary:
        fields = [field.strip() for field in vary.split(",")]
        response.headers["Vary"] = ", ".join(field for field in fields if field != "Cookie")
