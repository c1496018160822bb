"""Readiness: pages that their authors keep from readers, in the keys of several generators and languages."""

import pytest

from drugs.formats import read
from drugs.formats.foreign.readiness import about_folder

UNREADY = [
    "draft: true",
    "Draft: yes",
    "published: false",
    "publish: False",
    "dg-publish: false",
    "private: true",
    "unlisted: 1",
    "status: draft",
    "status: Private",
    "status: needs-review",
    "status: [Work in progress]",
    "tags: [pain, status/draft]",
    "tags: '#wip'",
    "params: {draft: true}",
    "visibility: hidden",
    "publishDate: 2999-01-01",
    "expiryDate: 2001-01-01T10:00:00Z",
    "Entwurf: true",
    "status: Brouillon",
    "published: not yet",
]
READY = [
    "draft: false",
    "draft:",
    "published: true",
    "published: 2020-05-01",
    "publish: true",
    "status: reviewed",
    "status: published",
    "date: 2020-01-01",
    "date: 2020-13-45",
    "tags: [draughts, privately funded]",
    "private: false",
    "params: {draft: false}",
]


@pytest.mark.parametrize("form", ["", "format: 1\n"], ids=["foreign", "format 1"])
@pytest.mark.parametrize("key", UNREADY)
def test_a_page_that_its_author_keeps_back_is_unready(key, form):
    page = read(f"---\ntitle: Examplol\n{form}{key}\n---\n# Examplol\n".encode(), stem="x")
    assert len(page.unready) == 1
    assert key.split(":")[0] in page.unready[0] or "draft" in page.unready[0]


@pytest.mark.parametrize("key", READY)
def test_other_words_of_the_front_matter_keep_nothing_back(key):
    assert not read(f"---\ntitle: Examplol\n{key}\n---\n# Examplol\n".encode(), stem="x").unready


@pytest.mark.parametrize(
    "text",
    [
        "public:: false\n\n- Uses\n",
        "title:: Examplol\nstatus:: draft\n\n- Uses\n",
        "# Examplol\n\nClass: pill\nStatus: Draft\n\n## Uses\n\nPain.\n",
    ],
)
def test_what_stands_below_the_title_keeps_a_page_from_readers_too(text):
    (reason,) = read(text.encode(), stem="examplol").unready
    assert reason.startswith("it says")


def test_lines_of_text_keep_no_page_from_readers():
    text = "# Examplol\n\nClass: pill\nStatus: done\n\nStatus: Draft\n\nText says public:: false\n"
    assert read(text.encode(), stem="examplol").unready == ()


@pytest.mark.parametrize(
    ("place", "is_about"),
    [
        ("notes/README.md", True),
        ("site/notes-main/readme.markdown", True),
        ("notes/examplol/README.md", False),
        ("notes/book/SUMMARY.md", True),
        ("notes/Code of Conduct.md", True),
        ("notes/contributing-factors.md", False),
    ],
)
def test_a_file_about_the_folder_is_no_page_of_a_medicine(place, is_about):
    assert bool(about_folder(place.split("/"))) is is_about
