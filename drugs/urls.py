"""The addresses that readers and machines meet."""

from django.urls import path, register_converter

from drugs.content.document import SLUG_CHARS
from drugs.formats import json_schema
from drugs.models import facets as relations
from drugs.web.views import browse as browse_views
from drugs.web.views import feeds, security_txt, sitemaps
from drugs.web.views import machine_files as machines
from drugs.web.views import monographs as views
from drugs.web.views import reports as report_views


class SlugConverter:
    """The part of an address that names a monograph. Nothing else reaches the database."""

    regex = f"[a-z0-9_-]{{1,{SLUG_CHARS}}}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class OldPartConverter(SlugConverter):
    """A folder or file name of the old site: anything without control characters."""

    regex = r"[^/\x00-\x1f\x7f]{1,255}"


class NameConverter(SlugConverter):
    """A side effect or a class, folded: letters of any script, digits and dashes."""

    regex = rf"[\w-]{{1,{relations.SLUG_CHARS}}}"


register_converter(SlugConverter, "drug")
register_converter(NameConverter, "name")
register_converter(OldPartConverter, "old")

app_name = "drugs"
urlpatterns = [
    path("", views.home, name="home"),
    path("drugs/", views.monograph_list, name="monograph-list"),
    path("drugs/<drug:slug>/", views.monograph_detail, name="monograph-detail"),
    path("drugs/<drug:slug>.json", views.monograph_json, name="monograph-json"),
    path("drugs/<drug:slug>.md", views.monograph_markdown, name="monograph-markdown"),
    path("drugs/<drug:slug>/history/", views.edition_list, name="edition-list"),
    path("drugs/<drug:slug>/history/<int:number>/", views.edition_detail, name="edition-detail"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.search_suggest, name="search-suggest"),
    path("side-effects/", browse_views.effect_list, name="effect-list"),
    path("side-effects/<name:slug>/", browse_views.effect_detail, name="effect-detail"),
    path("classes/", browse_views.class_list, name="class-list"),
    path("classes/<name:slug>/", browse_views.class_detail, name="class-detail"),
    path("report/<drug:slug>/", report_views.report, name="report"),
    path("report/<drug:slug>/thanks/", report_views.thanks, name="report-thanks"),
    path("about/", views.about, name="about"),
    path("disclaimer/", views.disclaimer, name="disclaimer"),
    path("composition/<old:folder>/<old:stem>.html", views.old_address),
    path("composition/<old:folder>/<old:stem>/", views.old_address, name="old-address"),
    path("feed/", feeds.published, name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.of_range, name="sitemap-file"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path(f"schema/{json_schema.NAME}.json", machines.monograph_schema, name="monograph-schema"),
    path(".well-known/security.txt", security_txt.security_txt, name="security-txt"),
    path("healthz/", views.healthz, name="healthz"),
    path("readyz/", views.readyz, name="readyz"),
]
