"""Kept answers: the one place that decides what public answers are kept finished, and for how long they are shown.

An answer follows from its address, from the parameters that its view names, and from a state that one query asks for
(`page_state`). While these are the same it is the same: it is kept under them, and nothing has to be told to forget it.
"""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from drugs.caching import page_cache, stale_pages
from drugs.caching.page_cache import FinishedPage, cached_answer, cached_search
from drugs.search import names
from drugs.web import page_state
from drugs.web.page_state import Facts
from drugs.web.responses import View, public_view

SearchView = Callable[[HttpRequest], tuple[HttpResponse, bool]]
KEPT = "medinfo.kept"  # the variable of WSGI with the page that a request was given, and its Kept


class Kept(NamedTuple):
    """How a kept answer is given once more for the same `path` and parameters, as `fast_path` does.

    `find` asks for the state of this moment, and gives the answer that is kept for it, if one is. `counted` is called
    for each time that it is given, and `copy` is the address under which stale pages know it, if they do.
    """

    path: str
    find: Callable[[], FinishedPage | None]
    counted: Callable[[], None]
    copy: str | None


def kept_list(*parameters: str) -> Callable[[View], View]:
    """Decorator of a public view that is not of one medicine: its answers are kept as long as nothing is published.

    `parameters` are the names behind the `?` that it reads; all others are ignored.
    """
    return _kept(lambda **kwargs: page_state.site_state(), parameters)


def kept_page(*parameters: str, counted: Callable[..., None] | None = None) -> Callable[[View], View]:
    """Decorator of a public view of one medicine, kept as long as nothing on its page changes; of none withdrawn.

    `parameters` are as of a list. `counted` is called for each answer with the parts of its address.
    """
    return _kept(lambda slug, **kwargs: page_state.page_state(slug), parameters, counted)


def kept_search(counted: Callable[[str], None] | None = None) -> Callable[[SearchView], View]:
    """Decorator of a public view of a search for `q`, which says with its answer whether this may be kept.

    That is for as long as nothing is published, if `q` is the name of a medicine or how one begins, which is nobody's
    secret. What else somebody writes is not, be it a question, a person or a cry for help: neither is it `counted`,
    which is called with each `q` of an answer that may be kept.
    """

    def decorate(view: SearchView) -> View:
        name = f"{view.__module__}.{view.__qualname__}"

        @functools.wraps(view)
        def answer(request: HttpRequest) -> HttpResponse | FinishedPage:
            query = request.GET.get("q")

            def facts() -> Facts:
                return name, query, names.version(), *page_state.site_state()

            page = cached_search(facts(), lambda: view(request), query)
            note_kept(
                request,
                page,
                lambda: page_cache.kept_page(facts(), has_query=True),
                functools.partial(counted, query) if counted and query else _nothing,
            )
            return page

        return public_view(answer)

    return decorate


def _kept(
    state_of: Callable[..., Facts | None],
    parameters: tuple[str, ...],
    counted: Callable[..., None] | None = None,
) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        name = f"{view.__module__}.{view.__qualname__}"

        @functools.wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse | FinishedPage:
            state = state_of(**kwargs)
            if state is None:
                return view(request, **kwargs)
            has_query = parameters and request.META.get("QUERY_STRING")
            asked = [request.GET.get(name) for name in parameters] if has_query else ()
            # What is made is read after the state, so it is never older than what it is kept under.
            address = (name, *kwargs.values(), *asked)
            page = cached_answer((*address, *state), lambda: view(request, **kwargs), asked)

            def find() -> FinishedPage | None:
                now = state_of(**kwargs)
                return None if now is None else page_cache.kept_page((*address, *now), any(asked))

            note_kept(request, page, find, functools.partial(counted, **kwargs) if counted else _nothing)
            return page

        return public_view(answer)

    return decorate


def _nothing() -> None:
    pass


def note_kept(
    request: HttpRequest,
    page: HttpResponse | FinishedPage,
    find: Callable[[], FinishedPage | None],
    counted: Callable[[], None] = _nothing,
) -> None:
    """Notes that `request` is given `page` and counts it; `find` and `counted` are as of a Kept.

    Whatever else the answer follows from has to be one of `fast_path.FOLLOWS_FROM`.
    """
    if request.method == "GET" and isinstance(page, FinishedPage):
        counted()
        copy = stale_pages.copy_address(request) if page.is_html else None
        request.META[KEPT] = page, Kept(request.path, find, counted, copy)


# Of what follows from code and settings alone, and is there without a database.
kept_file = _kept(lambda: (), ())
