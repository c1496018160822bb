"""Import sources: the page files that a path or an upload means, be it a file, a folder or a zip archive.

Read in place; nothing is unpacked to disk, and no path leads out of a folder or a zip (path traversal, links, zip
bombs). Knows no database, so that a worker process starts in a moment.
"""

import io
import os
import signal
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from drugs import formats
from drugs.content import FILE_BYTES
from drugs.formats.foreign.readiness import about_folder, unready_place
from drugs.formats.result import FormatError, Page
from drugs.formats.slugs import stem_in
from drugs.formats.zip_safety import open_zip, packing_problem

CHUNK_FILES = 16  # what a reading process is handed at a time
SUFFIXES = (".md", ".markdown", ".mdx", ".mkd", ".mdown")
# Texts that somebody may take for pages: what is not read of them is said.
LIKE_PAGES = (
    ".txt", ".text", ".rst", ".org", ".adoc", ".asciidoc", ".html", ".htm", ".tex", ".rtf", ".doc", ".docx", ".odt",
    ".pdf", ".ipynb", ".rmd", ".qmd", ".canvas",
)  # fmt: skip
# What programs keep for themselves beside pages.
_OF_PROGRAMS = frozenset(
    ".git .github .gitlab .svn .hg .obsidian .vscode .idea .venv .cache .tox .hugo_build .docusaurus .jekyll-cache"
    " __macosx node_modules".split()
)
_UPLOADED = "uploaded"  # the folder of a page that was sent alone
ZIP_FILES = 200_000
ZIP_BYTES = 4 * 1024**3
ZIP_RATIO = 200  # a bomb declares thousands; the wordiest page compresses to a tenth


@dataclass(frozen=True)
class PageFile:
    """A file that may hold a page. `name` is what messages call it, `path` its last folder and name.

    `read` gives its bytes, at most one more than a page may have, and raises FormatError if there are none to get.
    """

    name: str
    path: str
    read: Callable[[], bytes]
    broken: str = ""  # why there is nothing to read, if that is known before
    unready: str = ""  # why its place keeps it from readers

    @property
    def stem(self) -> str:
        """The name without folder and suffix, from which the address of a page comes that gives none.

        A page called index goes by the name of its folder.
        """
        folder, _, name = self.path.rpartition("/")
        return stem_in("" if folder == _UPLOADED else folder, name.rpartition(".")[0])


@dataclass(frozen=True)
class ReadFile:
    """A file after reading: its page, or why there is none."""

    name: str
    path: str
    sha256: str = ""
    page: Page | None = None
    error: str = ""
    line: int | None = None
    unready: tuple[str, ...] = ()  # why the page is kept from readers, by its place or its author's word


def page_files(paths: Iterable[str | Path], left_out: list[str] | None = None) -> Iterator[PageFile]:
    """The PageFiles that `paths` mean, in a fixed order. What is none is one whose `read` says why.

    `left_out` gets the names of files that may be pages to somebody, and are not read.
    """
    left_out = [] if left_out is None else left_out
    for path in map(Path, paths):
        if path.is_dir():
            yield from _in_folder(path, left_out)
        elif path.suffix.lower() == ".zip" and path.is_file():
            yield from _in_zip(path, path, left_out)
        else:
            yield _file(path)


def uploaded_files(name: str, data: bytes, left_out: list[str] | None = None) -> Iterator[PageFile]:
    """The PageFiles that an upload of these bytes under this name means; `left_out` is that of `page_files`.

    A page keeps the place that it would have had on a disk: conflicts and old addresses are told by it.
    """
    if name.lower().endswith(".zip"):
        yield from _in_zip(io.BytesIO(data), Path(name), [] if left_out is None else left_out)
    else:
        yield PageFile(
            name, f"{_UPLOADED}/{name}", lambda: data[: FILE_BYTES + 1], unready=unready_place([name])
        )


def upload_problem(name: str, data: bytes) -> str:
    """Validation of an upload: why nothing of it is taken, in a sentence; empty if there is no reason.

    One page that no honest zip holds condemns the whole of it. A page that stands alone has to be readable.
    """
    for file in uploaded_files(name, data):
        if file.broken:
            return f"{file.name} {file.broken}" if file.broken[0].islower() else f"{file.name}: {file.broken}"
    if not name.lower().endswith(".zip"):
        (page,) = read_files(uploaded_files(name, data))
        where = f"line {page.line}: " if page.line else ""
        return page.error and f"{name}: {where}{page.error}"
    return ""


def read_files(files: Iterable[PageFile], workers: int = 1) -> Iterator[ReadFile]:
    """The PageFiles read, in their order, by `workers` processes; a few dozen of them are held at a time."""
    raw = map(_fetch, files)
    if workers < 2:
        yield from map(_parse, raw)
        return
    # Spawned, not forked: such a process needs neither the database connection nor the threads of its parent.
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_ignore_interrupts
    ) as pool:
        pending: deque[Future[list[ReadFile]]] = deque()
        for chunk in iter(lambda: list(islice(raw, CHUNK_FILES)), []):
            pending.append(pool.submit(_parse_all, chunk))
            if len(pending) > 2 * workers:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()


def _ignore_interrupts():
    # Ctrl-C reaches the whole group of processes; the parent decides when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _fetch(file):
    try:
        return file.name, file.path, file.stem, file.unready, file.read()
    except FormatError as error:
        return file.name, file.path, file.stem, file.unready, error.message


def _parse(raw):
    name, path, stem, unready, data = raw
    if isinstance(data, str):
        return ReadFile(name, path, error=data)
    try:
        page = formats.read(data, stem=stem)
    except FormatError as error:
        return ReadFile(name, path, error=error.message, line=error.line)
    reasons = tuple(filter(None, (unready, *page.unready)))
    return ReadFile(name, path, sha256(data).hexdigest(), page, unready=reasons)


def _parse_all(chunk):
    return [_parse(raw) for raw in chunk]


def _file(path, parts=None):
    """A PageFile; `parts` are the folders and the name that may keep it from readers."""
    place = path.absolute().parts[-2:]
    reason = unready_place(parts) or about_folder(parts) if parts else unready_place(place)
    return PageFile(str(path), "/".join(place), lambda: _read(path), unready=reason)


def _unreadable(name, message):
    def read():
        raise FormatError(message)

    return PageFile(str(name), str(name)[-900:], read, broken=message)


def _read(path):
    try:
        if path.exists() and not path.is_file():
            raise OSError("it is no file")  # but a pipe, which would never end
        with path.open("rb") as file:
            return file.read(FILE_BYTES + 1)
    except FileNotFoundError:
        raise FormatError("there is no such file or folder.") from None
    except (OSError, ValueError) as error:
        raise FormatError(f"cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _in_folder(root, left_out):
    inside, is_empty = root.resolve(), True
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name.lower() not in _OF_PROGRAMS)
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted([*names, *links]):
            path = Path(folder, name)
            if not (name in links or _is_page_name(name)):
                left_out += [str(path)] if path.suffix.lower() in LIKE_PAGES else []
                continue
            is_empty = False
            if not path.resolve().is_relative_to(inside):
                yield _unreadable(path, "is a link out of the given folder.")
            elif name not in links:
                yield _file(path, (inside.name, *path.relative_to(root).parts))
    if is_empty:
        yield _unreadable(root, "the folder holds no .md page.")


def _is_page_name(name):
    """False for what a Mac keeps beside its files, too."""
    return name.lower().endswith(SUFFIXES) and not name.startswith("._")


def _in_zip(file, path, left_out):
    """The pages of a zip. `file` is the open file, or the path of one, `path` what it is called."""
    try:
        with (
            file.open("rb") if isinstance(file, Path) else file as opened,
            open_zip(opened) as archive,
        ):
            members = [member for member in archive.infolist() if _is_page(member)]
            others = (member.filename for member in archive.infolist())
            left_out += [f"{path}/{name}" for name in others if name.lower().endswith(LIKE_PAGES)]
            if problem := _zip_problem(members):
                yield _unreadable(path, problem)
                return
            places = set()
            for member in members:
                name = f"{path}/{member.filename}"
                inside = _slashed(member)
                problem = _member_problem(member) or ("stands in the zip twice." if inside in places else "")
                places.add(inside)
                if problem:
                    yield _unreadable(name, problem)
                else:
                    place = Path(path.absolute().stem, inside).parts
                    reader = _member_reader(archive, member)
                    reason = unready_place(place) or about_folder(place)
                    yield PageFile(name, "/".join(place[-2:]), reader, unready=reason)
    # A damaged name is no UTF-8, which is a ValueError.
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        yield _unreadable(path, f"is not a zip that can be read: {error}.")


def _slashed(member):
    """The name of a member as it should be: some programs write it as their system does, with backslashes."""
    return member.filename.replace("\\", "/")


def _is_page(member):
    """False for what programs keep for themselves, too."""
    parts = _slashed(member).split("/")
    return _is_page_name(parts[-1]) and _OF_PROGRAMS.isdisjoint(part.lower() for part in parts[:-1])


def _zip_problem(members):
    if not members:
        return "the zip holds no .md page."
    if len(members) > ZIP_FILES:
        return f"the zip holds more than {ZIP_FILES:,} pages."
    if sum(member.file_size for member in members) > ZIP_BYTES:
        return f"the zip unpacks to more than {ZIP_BYTES:,} bytes."
    return ""


def _member_problem(member):
    name = _slashed(member)
    if ".." in name.split("/") or name.startswith("/") or name[1:3] == ":/":
        return "its name leads out of the zip."
    if problem := packing_problem(member):
        return problem
    if member.file_size > FILE_BYTES and member.file_size > ZIP_RATIO * max(1, member.compress_size):
        return f"unpacks to more than {ZIP_RATIO} times its size."
    return ""


def _member_reader(archive, member):
    def read():
        try:
            with archive.open(member) as file:
                return file.read(FILE_BYTES + 1)
        except (
            zipfile.BadZipFile,
            OSError,
            RuntimeError,
            NotImplementedError,
            EOFError,
            ValueError,
        ) as error:
            raise FormatError(f"cannot be read from the zip: {error}.") from None
        except zlib.error as error:
            raise FormatError(f"is damaged in the zip: {error}.") from None

    return read
