"""Decoding of files: UTF-8, byte order mark, line ends, unprintable characters, size limit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugs.content import FILE_BYTES
from drugs.formats import read
from tests.support.examples import examples
from tests.support.page_files import EXAMPLE, error_of, read_or_refuse


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", None, "The file is empty"),
        (b" \n\n", None, "The file is empty"),
        (b"\n\n---\ntitle: a\n", 3, "not closed"),
        (b"---\ntitle: a\n", 1, "not closed"),
        (b"---\ntitle: a\n---\n\xff", 4, "not UTF-8"),
        (b"---\r\ntitle: a\r\n---\r\n\xe4", 4, "not UTF-8"),
        (b"\xff\xfe-\x00\x00\xd8", 1, "iconv -f"),
        (b"---\ntitle: a\n---\n\n\x00", 5, "U+0000"),
        ("---\ntitle: a\n---\nx\u202ey".encode(), 4, "U+202E"),
        ("---\ntitle: a\n---\nx\uffffy".encode(), 4, "U+FFFF"),
        ("---\ntitle: a\n---\n\ufffe".encode(), 4, "U+FFFE"),
        (b"---\ntitle: a\x1b\n---\n", 2, "U+001B"),
        (b"---\ntitle: a\n---\n" + b"x" * FILE_BYTES, None, "200,000"),
    ],
)
def test_a_file_that_is_no_page_is_refused_with_its_line(data, line, words):
    error = error_of(data)
    assert words in error.message
    assert error.line == line


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_byte_order_mark_and_other_line_ends_make_no_difference(newline):
    data = b"\xef\xbb\xbf" + EXAMPLE.replace("\n", newline).encode()
    assert read(data, stem="x") == read(EXAMPLE.encode(), stem="x")


@given(st.one_of(st.binary(), st.binary().map(lambda data: b"---\n" + data + b"\n---\n")))
@settings(max_examples=examples(100), deadline=None)
def test_any_bytes_give_a_page_or_a_format_error(data):
    read_or_refuse(data)


TEXT = "# Examplol\n\n## Uses\nFor the pain of the hand – “so” it is said in naïve words, 5 µg at 20 °C.\n"
GERMAN = "# Beispielol\n\n## Anwendung\nBei Übelkeit und Schluckauf, für die Füße und nicht für den Magen.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TEXT, "utf-16"),
        (TEXT, "utf-16-le"),
        (TEXT, "utf-16-be"),
        (TEXT, "cp1252"),
        (GERMAN, "cp1252"),
        (GERMAN, "utf-16"),
    ],
)
def test_pages_in_other_encodings_are_read(text, encoding):
    assert read(text.encode(encoding), stem="x") == read(text.encode(), stem="x")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp850"),
        (GERMAN, "mac-roman"),
        ("# Б\nЭто и есть\n", "cp1251"),
        ("# Ł\nto jest ból\n", "cp1250"),
    ],
)
def test_an_encoding_that_is_not_certain_is_not_guessed(text, encoding):
    assert "iconv" in error_of(text.encode(encoding)).message
