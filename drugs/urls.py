"""Addresses (URLconf) that readers and machines meet."""

from django.urls import path, re_path, register_converter

from drugs.content import SLUG_CHARS
from drugs.formats import json_schema
from drugs.models import facets
from drugs.web import bulk_files
from drugs.web.views import (
    api,
    api_docs,
    api_search,
    browse,
    bulk,
    checkpoints,
    feeds,
    home,
    machine_files,
    metrics,
    monographs,
    offline,
    print_sheets,
    reports,
    search,
    security_txt,
    share,
    sitemaps,
)


class SlugConverter:
    """The part of an address that names a monograph. Nothing else reaches the database."""

    regex = f"[a-z0-9_-]{{1,{SLUG_CHARS}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class OldPartConverter(SlugConverter):
    """A folder or file name of the old site: anything without control characters."""

    regex = r"[^/\x00-\x1f\x7f]{1,255}"


class NameConverter(SlugConverter):
    """The slug of a facet, a side effect or a class: letters of any script, digits and dashes."""

    regex = rf"[\w-]{{1,{facets.SLUG_CHARS}}}"


register_converter(SlugConverter, "drug")
register_converter(NameConverter, "name")
register_converter(OldPartConverter, "old")

app_name = "drugs"
urlpatterns = [
    path("", home.home, name="home"),
    path("drugs/", home.monograph_list, name="monograph-list"),
    path("drugs/<drug:slug>/", monographs.monograph_detail, name="monograph-detail"),
    path("healthz/", home.healthz, name="healthz"),  # patterns are tried one after the other
    path("readyz/", home.readyz, name="readyz"),
    path("drugs/<drug:slug>.json", api.monograph_detail, name="monograph-json"),
    path("drugs/<drug:slug>.md", api.monograph_markdown, name="monograph-markdown"),
    path("drugs/<drug:slug>/card.png", machine_files.card, name="monograph-card"),
    path("drugs/<drug:slug>/feed/", feeds.monograph_feed, name="monograph-feed"),
    path("drugs/<drug:slug>/print/", print_sheets.monograph_print, name="monograph-print"),
    path("drugs/<drug:slug>/edit/", monographs.edit, name="monograph-edit"),
    path("drugs/<drug:slug>/history/", monographs.edition_list, name="edition-list"),
    path("drugs/<drug:slug>/history/<int:number>/", monographs.edition_detail, name="edition-detail"),
    path("api/v1/monographs", api.monograph_list, name="api-monographs"),
    path("api/v1/monographs/<drug:slug>", api.monograph_detail, name="api-monograph"),
    path("api/v1/monographs/<drug:slug>/editions", api.edition_list, name="api-editions"),
    path("api/v1/changes", api.change_list, name="api-changes"),
    path("api/v1/side-effects", api.effect_list, name="api-effects"),
    path("api/v1/classes", api.class_list, name="api-classes"),
    path("api/v1/search", api_search.search, name="api-search"),
    path("api/v1/openapi.json", api_docs.openapi_json, name="api-openapi"),
    path("api/v1/docs", api_docs.docs, name="api-docs"),
    *(
        path(f"api/v1/bulk/{name}", bulk.bulk_file, {"name": name}, name=f"api-bulk-{name}")
        for name in bulk_files.NAMES
    ),
    re_path("^api/", api.unknown),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.search_suggest, name="search-suggest"),
    path("side-effects/", browse.effect_list, name="effect-list"),
    path("side-effects/<name:slug>/", browse.effect_detail, name="effect-detail"),
    path("classes/", browse.class_list, name="class-list"),
    path("classes/<name:slug>/", browse.class_detail, name="class-detail"),
    path("report/<drug:slug>/", reports.report, name="report"),
    path("report/<drug:slug>/thanks/", reports.thanks, name="report-thanks"),
    path("share/<old:token>/", share.shared_text, name="shared-text"),
    path("about/", home.about, name="about"),
    path("emergency/", home.emergency, name="emergency"),
    path("disclaimer/", home.disclaimer, name="disclaimer"),
    path("composition/<old:folder>/<old:stem>.html", monographs.old_address),
    path("composition/<old:folder>/<old:stem>/", monographs.old_address, name="old-address"),
    path("feed/", feeds.feed, name="feed"),
    path("changes/feed/", feeds.change_feed, name="change-feed"),
    path("favicon.ico", machine_files.favicon, name="favicon"),
    path("apple-touch-icon.png", machine_files.touch_icon, name="touch-icon"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_file, name="sitemap-file"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("llms.txt", machine_files.llms_txt, name="llms-txt"),
    path("sw.js", offline.service_worker, name="service-worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("opensearch.xml", machine_files.opensearch, name="opensearch"),
    # Of which the newest is a superset.
    path("schema/monograph-1.json", machine_files.monograph_schema),
    path("schema/monograph-2.json", machine_files.monograph_schema),
    path(f"schema/{json_schema.NAME}.json", machine_files.monograph_schema, name="monograph-schema"),
    path("checkpoints/", checkpoints.checkpoint_list, name="checkpoints"),
    path(".well-known/medinfo-checkpoint", checkpoints.newest_checkpoint, name="newest-checkpoint"),
    path(".well-known/security.txt", security_txt.security_txt, name="security-txt"),
    path("metrics", metrics.metrics_page, name="metrics"),
]
