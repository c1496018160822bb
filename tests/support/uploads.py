"""Uploads for imports in the admin, and the screen that shows what came of them."""

import io
import struct
import zipfile

from django.urls import reverse

from drugs.formats import write
from tests.support.builders import make_document

ADD = "/admin/drugs/importtask/add/"


def page(**overrides):
    return write(make_document(**overrides)).encode()


def packed(pages, method=zipfile.ZIP_DEFLATED, **options):
    """A zip of these pages: a dict from name to bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method, **options) as archive:
        for name, data in pages.items():
            archive.writestr(name, data)
    return file.getvalue()


def many(count):
    return packed({f"e/page-{at}.md": page(slug=f"page-{at}", title=f"Page {at}") for at in range(count)})


def address_of(task):
    return reverse("admin:drugs_importtask_change", args=[task.pk])


def text(client, task, **query):
    return client.get(address_of(task), query).content.decode()


def many_entries(count):
    """A zip whose directory has so many entries, all of them one empty folder."""
    directory = (b"PK\x01\x02" + bytes(24) + struct.pack("<H", 2) + bytes(16) + b"d/") * count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), 0, 0)
    return directory + end
