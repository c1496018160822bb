"""Template tags and filters of every page: Markdown, dates, languages and directions. None asks a database."""

import datetime
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.signals import setting_changed
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.i18n import do_translate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi, get_language_info
from django.utils.translation import gettext as _

from drugs.content import markdown, phone_links
from drugs.content.countries import CRISIS_NUMBERS_BY_PLACE, NUMBERS_BY_PLACE, Country, Text, country
from drugs.content.languages import primary_language
from drugs.content.qr_code import QRCode, qr_code
from drugs.content.vocabulary import CHANGE_KIND_LABELS, NAME_KIND_LABELS
from drugs.http.inline_style import inline_style
from drugs.models import Publication
from drugs.web import article, checked_against, facet_lists, lists, structured_data
from drugs.web.glossary import Explained
from drugs.web.prose_marks import ProseMarks

register = template.Library()

# The site texts that the frame of a page says.
_FRAME_TEXTS = ("disclaimer_short", "contact")
# Classes of characters that change the direction of what follows: letters, numbers and controls.
_TURNS = frozenset("R AL AN RLE RLO RLI LRE LRO LRI FSI PDF PDI".split())

register.filter("markdown", markdown.render)
register.filter("markdown_line", markdown.render_inline)
# The site's own texts change rarely: their HTML is the same for the same Markdown.
register.filter("site_text", lru_cache(maxsize=32)(markdown.render))
register.filter("site_line", lru_cache(maxsize=32)(markdown.render_inline))


register.filter("letter", lists.letter_label)
register.filter("how_often", facet_lists.frequency_label)
register.filter("described", structured_data.described)
register.filter("label_facts", checked_against.label_facts)


class _Translated(Node):
    """A constant sentence of a template in the language of the interface."""

    def __init__(self, message: str) -> None:
        self._message = message

    def render(self, context: Context) -> str:
        return _(self._message).replace("%%", "%")


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's tag of this name, which takes ten times as long to say a constant sentence without more."""
    words = token.split_contents()
    said = parser.compile_filter(words[1]) if len(words) == 2 else None
    if said and isinstance(said.var, str) and not said.filters:
        return _Translated(said.var.replace("%", "%%"))
    return do_translate(parser, token)


@register.simple_tag
def style_inside() -> str:
    """The site's style inside a page: what the stylesheet says, character by character as the policy has its hash."""
    return format_html("<style>{}</style>", inline_style())


@register.filter(expects_localtime=True)
def day(value: datetime.date) -> str:
    """A date or a moment as the day on which it is, in the site's time zone."""
    # Translators: how a date is written, in Django's format letters.
    return date_format(value, _("j F Y"))


@register.filter
def tel(number: str) -> str:
    """The address that dials a telephone number as people write it (RFC 3966)."""
    return "tel:" + "".join(char for char in number if char.isdecimal() or char == "+")


@register.filter
def isolated(value: Any) -> Any:
    """A name, or each of several, so that letters of another direction reorder nothing that stands beside it.

    A name of an Arabic medicine would otherwise take the numbers and commas around it to its other side.
    """
    if isinstance(value, list | tuple):
        return [isolated(name) for name in value]
    text = str(value)
    turns = not text.isascii() and any(unicodedata.bidirectional(char) in _TURNS for char in text)
    if turns or get_language_bidi():
        return format_html("<bdi>{}</bdi>", text)
    return text


@register.filter
def get_page(pages: Mapping[str, Publication | None] | None, name: str) -> Publication | None:
    """The page that a name has of its own, if there is one."""
    return pages.get(name) if pages else None


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the interface's own, or its code if nobody knows it."""
    try:
        return get_language_info(code.lower())["name_translated"]
    except KeyError:
        return code


@register.simple_tag
def site_name() -> str:
    """The name that the operator gave the site."""
    return settings.SITE_NAME


@register.simple_tag
def our_country() -> Country:
    """The Country whose numbers and words the pages say."""
    return country(settings.COUNTRY)


@register.simple_tag
def numbers_by_place() -> tuple[tuple[str, tuple[Text, ...]], ...]:
    """Emergency numbers and where each is right, for a site that has no country."""
    return NUMBERS_BY_PLACE


@register.simple_tag
def crisis_numbers_by_place() -> tuple[tuple[str, tuple[Text, ...]], ...]:
    """Numbers of crisis lines and where each is right, for a site that has no country."""
    return CRISIS_NUMBERS_BY_PLACE


@register.filter
def with_calls(phrase: str) -> str:
    """A phrase of the site's country with its numbers to tap."""
    return _with_calls(str(phrase), settings.COUNTRY, get_language())


@lru_cache(maxsize=128)
def _with_calls(phrase: str, code: str, language: str | None) -> str:
    return phone_links.with_calls(phrase, country(code), reverse("drugs:emergency"))


@register.simple_tag
def kept_part(template: str, texts: Mapping[str, str] | None = None) -> str:
    """A part of the frame of all pages, which follows from the settings and these site `texts` alone: rendered once."""
    said = tuple(texts.get(key, "") for key in _FRAME_TEXTS) if texts else None
    if settings.DEBUG:  # whoever is changing a template wants to see it
        return _frame_part.__wrapped__(template, said, None)
    return _frame_part(template, said, get_language())


@lru_cache(maxsize=64)
def _frame_part(template: str, said: tuple[str, ...] | None, language: str | None) -> str:
    texts = dict(zip(_FRAME_TEXTS, said, strict=True)) if said else None
    return render_to_string(template, {"texts": texts})


@register.simple_tag
def badge(publication: Publication) -> str:
    """The status of a page as it stands beside its name in lists."""
    told = (publication.status, publication.reviewed_on)
    if settings.DEBUG:
        return _badge.__wrapped__(*told, None)
    return _badge(*told, get_language())


@lru_cache(maxsize=512)
def _badge(status: str, reviewed_on: datetime.date | None, language: str | None) -> str:
    return render_to_string("drugs/_badge.html", {"status": status, "reviewed_on": reviewed_on})


@register.simple_tag
def prose(text: str, level: int, marks: ProseMarks | None, part: article.Part) -> str:
    """A Markdown text of a section as HTML below headings of this level, with its marks."""
    html = markdown.render(text, level)
    return marks.marked(html, part.anchor, part.component) if marks else html


@register.simple_tag
def words_explained(marks: ProseMarks | None) -> tuple[Explained, ...]:
    """The words that have been marked since this was last asked."""
    return marks.explained() if marks else ()


@register.simple_tag
def address(path: str) -> str:
    """The full address of `path` on this site. The Host header of the request has no say in it."""
    return settings.BASE_URL + path


@register.simple_tag
def qr_of(publication: Publication) -> QRCode:
    """The QR code of the address at which the current edition of a page stands."""
    return _qr_of_address(address(publication.get_absolute_url()))


_qr_of_address = lru_cache(maxsize=256)(qr_code)  # about 1 MB; pages are published again at the same address


@register.simple_tag
def language_of(code: str) -> str:
    """The attributes of an element whose text is in the language `code`."""
    return format_html('lang="{}" dir="{}"', code, _direction(code))


@register.simple_tag
def text_language(code: str) -> str:
    """The attributes of an element with a page's words among the interface's own.

    `code` says their language. Nothing if that is the interface's, or nobody knows it; else with a space before them,
    so that a tag without them has none.
    """
    ours = get_language() or settings.LANGUAGE_CODE
    if not code or primary_language(code) == primary_language(ours):
        return ""
    return format_html(" {}", language_of(code))


@register.simple_tag
def our_language(around: str | None = None) -> str:
    """The attributes of an element with the interface's words inside a text in the language `around`.

    Nothing if that is the same language.
    """
    return _our_language(around, get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=256)
def _our_language(around: str | None, ours: str) -> str:
    if around and primary_language(around) == primary_language(ours):
        return format_html("{}", "")  # a plain text would be escaped each time
    return format_html('lang="{}" dir="{}"', ours, "rtl" if get_language_bidi() else "ltr")


@register.filter
def kind_of_change(kind: str) -> str:
    """A kind of change in words for readers."""
    labels = CHANGE_KIND_LABELS.get(kind)
    return _(labels.readers) if labels else kind


@register.filter
def kind_of_name(kind: str) -> str:
    """A kind of name as part of the sentence "Found by the … X"."""
    labels = NAME_KIND_LABELS.get(kind)
    return _(labels.found_by) if labels else _("name")


def _forget(**kwargs: object) -> None:
    _with_calls.cache_clear()
    _badge.cache_clear()
    _frame_part.cache_clear()


setting_changed.connect(_forget)  # in tests


def _direction(code: str) -> str:
    return "rtl" if primary_language(code) in settings.LANGUAGES_BIDI else "ltr"
