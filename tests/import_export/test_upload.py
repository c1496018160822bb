"""Hostile uploads: whatever somebody sends as a page or a zip archive ends in a sentence on the form."""

import struct
import zipfile

import pytest

from drugs.import_export import tasks as import_tasks
from drugs.import_export import worker
from drugs.models import ImportTask
from tests.support.desk_posts import make_person
from tests.support.uploads import ADD, many_entries, packed, page

pytestmark = pytest.mark.django_db


def hostile():
    link = zipfile.ZipInfo("e/link.md")
    link.external_attr = 0o120777 << 16
    bomb = packed({"e/bomb.md": b"dry " * 5_000_000}, compresslevel=9)
    whole = packed({"e/examplol.md": page()})
    return {
        "an empty file": ("a.md", b"", "empty"),
        "no page": ("a.exe", b"MZ", "neither a Markdown page"),
        "a name that turns round": ("a\u202eexe.dm", b"x", "aexe.dm is neither"),
        "no suffix": ("a", b"x", "neither a Markdown page"),
        "a long name": ("a" * 240 + ".md", page(), "at most 200 characters"),
        "not UTF-8": ("a.md", b"---\ntitle: A\n---\n# Exampl\xffol\n", "line 4: The file is not UTF-8"),
        "a page that is too long": ("a.md", b"x" * 200_001, "are the limit"),
        "a million folders": ("a.zip", many_entries(1_000_000), "its list of files is too long"),
        "an empty page": ("a.md", b" ", "a.md: "),
        "no zip": ("a.zip", b"not a zip at all", "is not a zip that can be read"),
        "half a zip": ("a.zip", whole[: len(whole) // 2], "is not a zip that can be read"),
        "an empty zip": ("a.zip", packed({}), "holds no .md page"),
        "a bomb": ("a.zip", bomb, "unpacks to more than 200 times its size"),
        "a bomb of bzip2": (
            "a.zip",
            packed({"e/b.md": b"dry"}, method=zipfile.ZIP_BZIP2),
            "Pack it as usual",
        ),
        "a bomb of LZMA": ("a.zip", packed({"e/b.md": b"dry"}, method=zipfile.ZIP_LZMA), "Pack it as usual"),
        "a way out": ("a.zip", packed({"../../evil.md": page()}), "leads out of the zip"),
        "a way to the root": ("a.zip", packed({"/etc/evil.md": page()}), "leads out of the zip"),
        "a link": ("a.zip", packed({link: "/etc/passwd"}), "is a link"),
        "a name that is not UTF-8": ("a.zip", broken_name(whole), "is not a zip that can be read"),
    }


def broken_name(data):
    """`data` with the flag that its names are UTF-8, which they then are not."""
    data = bytearray(data)
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 0x800)
    data[at + 46] = 0xFF
    return bytes(data)


HOSTILE = hostile()


def test_no_file_at_all_gets_a_sentence_too(client, reviewer):
    for fields in ({}, {"file": "text"}, {"file": ["a", "b"]}):
        assert client.post(ADD, fields).context["form"].errors["file"] == ["This field is required."]


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_upload_gets_a_sentence_on_the_form(reviewer, upload, what):
    name, data, sentence = HOSTILE[what]
    response = upload(name, data)
    assert response.status_code == 200
    assert sentence in " ".join(response.context["form"].errors["file"])
    assert not ImportTask.objects.exists()


def test_no_damage_of_a_zip_is_a_fault_of_the_site(reviewer, upload):
    whole = packed({"e/examplol.md": page(), "o/other.md": page(slug="other")})
    for at in range(0, len(whole), len(whole) // 60):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        assert upload("a.zip", bytes(damaged)).status_code in (200, 302)
        ImportTask.objects.all().delete()


@pytest.mark.parametrize("who", ["nobody", "edith"])
def test_a_large_body_is_read_only_of_who_may_upload(client, who):
    if who == "edith":
        client.force_login(make_person("edith", "Editors"))
    body = Unread()
    response = client.generic("POST", ADD, **{"wsgi.input": body, "CONTENT_LENGTH": str(60 * 1024**2)})
    assert response.status_code == 413 and not body.was_read


class Unread:
    """A body that notes whether anybody has read of it."""

    was_read = False

    def read(self, *args):
        self.was_read = True
        return b""

    readline = read


def test_what_is_too_large_is_left_to_whoever_runs_the_site(reviewer, upload, monkeypatch):
    monkeypatch.setattr(import_tasks, "UPLOAD_BYTES", 100)
    assert "ask whoever runs the site" in str(upload("a.md", page()).context["form"].errors)


@pytest.mark.parametrize(
    ("error", "words"), [(MemoryError, "1024 MB of memory"), (TimeoutError, "60 minutes")]
)
def test_an_import_at_its_limits_ends_in_a_sentence(reviewer, upload, monkeypatch, error, words):
    def work(self):
        raise error

    monkeypatch.setattr(worker._Worker, "work", work)
    upload("a.md", page())
    task = ImportTask.objects.get()
    assert task.state == "failed" and words in task.error
