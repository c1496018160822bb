"""Import sources: which files a path or a zip archive means, and what is said of those that cannot be read."""

import io
import os
import zipfile

import pytest

from drugs.content import FILE_BYTES
from drugs.formats.result import FormatError
from drugs.import_export import sources
from drugs.import_export.sources import page_files


def names(*paths):
    return [file.name.rpartition("/")[2] for file in page_files(paths)]


def complaint(*paths):
    (file,) = page_files(paths)
    with pytest.raises(FormatError) as caught:
        file.read()
    return str(caught.value)


def test_a_folder_means_its_pages_in_a_fixed_order(tmp_path):
    for name in ("b/two.md", "a/one.md", "a/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert names(tmp_path) == ["one.md", "two.md"]
    (first, _) = page_files([tmp_path])
    assert (first.path, first.stem, first.read()) == ("a/one.md", "one", b"a/one.md")


def test_a_file_keeps_its_last_folder_however_it_is_given(tmp_path, monkeypatch):
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "examplol.md").write_text("x")
    monkeypatch.chdir(tmp_path / "e")
    assert {file.path for file in page_files(["examplol.md", tmp_path])} == {"e/examplol.md"}


def test_what_is_not_there_is_said_to_be_missing(tmp_path):
    assert complaint(tmp_path / "gone.md") == "there is no such file or folder."


def test_an_empty_folder_is_said_to_be_empty(tmp_path):
    assert complaint(tmp_path) == "the folder holds no .md page."


def test_links_out_of_the_folder_are_refused(tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "page.md").write_text("secret")
    inside = tmp_path / "given"
    inside.mkdir()
    (inside / "file.md").symlink_to(tmp_path / "secret" / "page.md")
    (inside / "folder").symlink_to(tmp_path / "secret")
    for file in page_files([inside]):
        with pytest.raises(FormatError, match="link out of the given folder"):
            file.read()


def test_what_is_no_file_is_named_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    assert complaint(tmp_path) == "cannot be read: it is no file."


def test_what_programs_keep_for_themselves_is_no_page(tmp_path):
    for name in (".github/readme.md", "a/._one.md", "a/one.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert names(tmp_path) == ["one.md"]
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        for name in (".github/readme.md", "a/._one.md", "__MACOSX/a/two.md", "a/one.md"):
            archive.writestr(name, name)
    assert names(tmp_path / "pages.zip") == ["one.md"]


def test_places_that_generators_leave_out_are_unready(tmp_path):
    pages = ("_drafts/a.md", "b/_part.mdx", "b/.hidden.md", "Drafts/c.md", "_posts/good.md", "b/good.md")
    for name in pages:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# Examplol")
    unready = {read.path: bool(read.unready) for read in sources.read_files(page_files([tmp_path]))}
    assert unready == {name: "good" not in name for name in pages}
    (alone,) = page_files([tmp_path / "_drafts" / "a.md"])
    assert alone.unready


def test_files_that_are_taken_for_pages_are_named(tmp_path):
    for name in ("one.md", "two.txt", "picture.png"):
        (tmp_path / name).write_text("# Examplol")
    make_zip(tmp_path / "pages.zip", {"one.md": "a", "three.html": "b"})
    left_out = []
    assert len(list(page_files([tmp_path, tmp_path / "pages.zip"], left_out))) == 2
    assert [name.rpartition("/")[2] for name in left_out] == ["two.txt", "three.html"]


def test_the_page_of_a_folder_goes_by_its_name(tmp_path):
    for name in ("examplol/index.md", "other/README.md", "third/page.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("# Examplol")
    assert [file.stem for file in page_files([tmp_path])] == ["examplol", "other", "page"]


def test_a_name_that_stands_in_a_zip_twice_is_read_once(tmp_path):
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("a/one.md", "first")
        with pytest.warns(UserWarning):
            archive.writestr("a/one.md", "second")
    files = page_files([tmp_path / "pages.zip"])
    assert [file.broken or file.read() for file in files] == [b"first", "stands in the zip twice."]


def test_backslashes_in_a_zip_part_folders(tmp_path):
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("a\\one.md", "x")
    (file,) = page_files([tmp_path / "pages.zip"])
    assert (file.path, file.stem) == ("a/one.md", "one")


def test_a_folder_that_is_named_like_a_page_is_looked_into(tmp_path):
    (tmp_path / "examplol.md").mkdir()
    (tmp_path / "examplol.md" / "real.md").write_text("x")
    assert names(tmp_path) == ["real.md"]


def make_zip(path, members, **kwargs):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **kwargs) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_zip_is_read_in_place(tmp_path):
    path = make_zip(tmp_path / "pages.zip", {"pages/e/examplol.md": "text", "readme.txt": "no"})
    for file in page_files([path]):
        assert (file.path, file.stem, file.read()) == ("e/examplol.md", "examplol", b"text")
    assert sorted(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["../../evil.md", "/etc/evil.md", "a/../../evil.md", "..\\evil.md"])
def test_no_path_traversal_leads_out_of_a_zip(tmp_path, name):
    assert "leads out of the zip" in complaint(make_zip(tmp_path / "evil.zip", {name: "x"}))


def test_a_zip_bomb_is_refused_before_it_is_read(tmp_path):
    assert "times its size" in complaint(make_zip(tmp_path / "bomb.zip", {"bomb.md": b"0" * 50_000_000}))


def test_a_zip_of_too_many_pages_or_bytes_is_refused_unread(tmp_path, monkeypatch):
    path = make_zip(tmp_path / "pages.zip", {f"{number}.md": "four" for number in range(10)})
    monkeypatch.setattr(sources, "ZIP_BYTES", 40)
    monkeypatch.setattr(sources, "ZIP_FILES", 10)
    assert len(list(page_files([path]))) == 10
    monkeypatch.setattr(sources, "ZIP_BYTES", 39)
    assert "unpacks to more than 39 bytes" in complaint(path)
    monkeypatch.setattr(sources, "ZIP_FILES", 9)
    assert "holds more than 9 pages" in complaint(path)


def test_an_encrypted_page_is_said_to_be_encrypted(tmp_path):
    path = make_zip(tmp_path / "pages.zip", {"examplol.md": "text"})
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert complaint(path) == "is encrypted."


def test_never_more_is_read_than_a_page_may_have(tmp_path):
    (tmp_path / "long.md").write_bytes(b"x" * (FILE_BYTES * 3))
    (file,) = page_files([tmp_path])
    assert len(file.read()) == FILE_BYTES + 1


def test_a_zip_that_is_none_is_said_to_be_none(tmp_path):
    (tmp_path / "broken.zip").write_bytes(b"PK nothing")
    assert "not a zip that can be read" in complaint(tmp_path / "broken.zip")


def test_a_damaged_member_is_named(tmp_path):
    path = make_zip(tmp_path / "pages.zip", {"examplol.md": "text " * 1000})
    data = bytearray(path.read_bytes())
    data[45:60] = b"\xff" * 15
    path.write_bytes(data)
    for file in page_files([path]):
        with pytest.raises(FormatError, match="zip"):
            file.read()


def zip_with_name(name, text="---\ntitle: Examplol\n---\na"):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), text)
    return file.getvalue()


def test_a_zip_of_damaged_names_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "pages.zip"
    path.write_bytes(zip_with_name("examplöl.md").replace("ö".encode(), b"\xff\xff"))
    (read,) = sources.read_files(sources.page_files([path]))
    assert "is not a zip that can be read" in read.error
