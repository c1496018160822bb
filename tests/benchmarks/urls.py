"""The site's addresses, and `/bare/`: what a page of the same size that is always there costs behind our middleware."""

from django.urls import path

from medinfo import urls
from tests.benchmarks.plain_urls import constant

urlpatterns = [*urls.urlpatterns, path("bare/", constant)]
