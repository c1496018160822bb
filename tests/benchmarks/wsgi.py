"""The site as gunicorn serves it, and in the same worker `/plain/`: a view of Django's behind three middlewares.

What the site costs is told against that: it is what anybody gets who starts a project and serves one constant page.
"""

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from medinfo.wsgi import application as site

PATH = "/plain/"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
]


class PlainHandler(WSGIHandler):
    """Django's handler with those middlewares and addresses of its own."""

    def load_middleware(self, is_async=False):
        with override_settings(MIDDLEWARE=MIDDLEWARE):
            super().load_middleware(is_async)

    def resolve_request(self, request):
        request.urlconf = "tests.benchmarks.plain_urls"
        return super().resolve_request(request)


plain = PlainHandler()


def application(environ, start_response):
    answer = plain if environ["PATH_INFO"] == PATH else site
    return answer(environ, start_response)
