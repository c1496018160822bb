"""Legacy pages read from made-up texts, and what a test looks at in them."""

from drugs.formats.legacy import read_legacy_page


def page(body, title="Examplol"):
    return read_legacy_page(body, slug="examplol", title=title, first_line=5)


def read(body, title="Examplol"):
    return page(body, title).document


def kinds(document):
    return [section.kind for section in document.sections]


def headings(document):
    return [(section.kind, section.heading) for section in document.sections]


def bodies(document, *wanted):
    return [section.body for section in document.of_kind(*wanted)]
