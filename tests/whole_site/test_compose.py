"""compose.yaml with a real Docker: from nothing to a page, an upgrade behind a proved backup, and the way back.

Runs where a Docker answers and MEDINFO_TEST_IMAGE names an image that it has; with the profiles, where that Docker has
the images that compose.yaml names too, pulled or as tests/support/standins makes them. `.ci/image` sees to all three.
"""

import json
import os
import shutil
import ssl
import subprocess
import threading
import time
import urllib.request
from collections import Counter
from contextlib import contextmanager

import pytest
import yaml

from medinfo.start import ROOT
from tests.support.sites import EXAMPLE_PAGES, Answer, free_port, get, wait_until

pytestmark = pytest.mark.nightly
IMAGE = os.environ.get("MEDINFO_TEST_IMAGE", "")
NEWER = """FROM {image}
COPY 9999_newer.py /srv/medinfo/drugs/migrations/9999_newer.py
"""


def call(*command, **options):
    """What a command says, which must end well."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def compose_command():
    """The words that call compose, the plugin or the program of older Debians; the test is skipped without them."""
    if not IMAGE:
        pytest.skip("MEDINFO_TEST_IMAGE names no image (.ci/image makes one).")
    if not shutil.which("docker") or subprocess.run(["docker", "info"], capture_output=True).returncode:
        pytest.skip("No Docker answers here.")
    for words in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(words[0]) and not subprocess.run([*words, "version"], capture_output=True).returncode:
            return words
    pytest.skip("Docker has no compose here.")


class Project:
    """A folder with compose.yaml as an operator has it, under a name of its own."""

    lines: dict[str, str] = {}  # of .env, beside those of every start

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.words = compose_command()
        self.newer = f"medinfo-newer:{os.getpid()}"
        shutil.copy(ROOT / "compose.yaml", folder)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MEDINFO_")},
            "COMPOSE_PROJECT_NAME": f"medinfo{os.getpid()}",
            "DOCKER_BUILDKIT": "0",
        }

    def compose(self, *arguments):
        return call(*self.words, *arguments, cwd=self.folder, env=self.environment)

    def name(self, image):
        """Writes .env, with the version that is to run."""
        lines = {"MEDINFO_IMAGE": image, "MEDINFO_PORT": self.port, "MEDINFO_PAGES": EXAMPLE_PAGES}
        lines |= {"MEDINFO_SITE_NAME": "Ward Seven", **self.lines}
        text = "".join(f"{name}={value}\n" for name, value in lines.items())
        (self.folder / ".env").write_text(text)

    def up(self, image):
        """The only command of a start and of an upgrade; then the page is there."""
        self.name(image)
        self.compose("up", "-d")
        wait_until(self.has_page, 180)

    def has_page(self):
        answer = self.ask("/drugs/ibuprofen/")
        return answer.status == 200 and b"Ward Seven" in answer.body

    def ask(self, path):
        return get(f"http://127.0.0.1:{self.port}{path}")

    def inside(self, *command):
        """What a command says in the only container of the site, whatever its number is by now."""
        return call("docker", "exec", self.container(), *command)

    def container(self):
        (found,) = self.compose("ps", "-q", "site").split()
        return found

    def inspected(self):
        (found,) = json.loads(call("docker", "inspect", self.container()))
        return found

    def build_newer(self):
        last = max(
            self.inside("ls", "drugs/migrations").split(), key=lambda name: name[:4] * name[:4].isdigit()
        )
        context = self.folder / "newer"
        context.mkdir()
        text = (ROOT / "tests/support/newer_migrations/9999_newer.py").read_text()
        start = text.index("LAST = ")
        text = text.replace(text[start : text.index("\n", start)], f"LAST = {last.removesuffix('.py')!r}")
        (context / "9999_newer.py").write_text(text.replace("from drugs import migrations as ours\n", ""))
        (context / "Dockerfile").write_text(NEWER.format(image=IMAGE))
        call("docker", "build", "-q", "-t", self.newer, str(context), env=self.environment)


class ProfiledProject(Project):
    """The same with both profiles: the pages are in PostgreSQL, and come from nginx over TLS."""

    lines = {
        "COMPOSE_PROFILES": "postgres,proxy",
        "MEDINFO_HTTPS": "on",
        "MEDINFO_HOSTS": "localhost",
        "MEDINFO_BASE_URL": "https://localhost",
        "MEDINFO_PROXIES": "1",
        "MEDINFO_SERVER_NAME": "localhost",
        "POSTGRES_PASSWORD": "of-this-test",
        "MEDINFO_DATABASE_URL": "postgres://medinfo:of-this-test@database/medinfo",
    }

    def __init__(self, folder):
        super().__init__(folder)
        text = (folder / "compose.yaml").read_text()
        services = yaml.safe_load(text)["services"]
        for name in ("database", "proxy"):
            if subprocess.run(["docker", "inspect", services[name]["image"]], capture_output=True).returncode:
                pytest.skip(f"Docker has no {services[name]['image']} here.")
        self.tls = free_port()
        self.port = f"{self.port}-{self.port + 9}"  # for two at once, beside whatever else has one
        ports = '["80:80", "443:443"]'
        assert ports in text
        (folder / "compose.yaml").write_text(text.replace(ports, f'["127.0.0.1:{self.tls}:443"]'))
        (folder / "deploy").mkdir()
        shutil.copy(ROOT / "deploy" / "nginx.conf", folder / "deploy")
        (folder / "certs").mkdir()
        call(
            *"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 1".split(),
            *("-keyout", "certs/key.pem", "-out", "certs/fullchain.pem"),
            cwd=folder,
        )

    def ask(self, path):
        request = urllib.request.Request(f"https://127.0.0.1:{self.tls}{path}", headers={"Host": "localhost"})
        trusting = ssl._create_unverified_context()
        try:
            with urllib.request.urlopen(request, timeout=20, context=trusting) as response:
                return Answer(response.status, response.headers, response.read())
        except OSError as error:
            return Answer(getattr(error, "code", 0))


@contextmanager
def taken_down(made):
    try:
        yield made
    finally:
        subprocess.run([*made.words, "down", "-v", "-t", "60"], cwd=made.folder, env=made.environment)
        subprocess.run(["docker", "rmi", "-f", made.newer], capture_output=True)


@contextmanager
def readers_of(project):
    """The moments and states of all answers that four readers get meanwhile, no faster than nginx lets one address."""
    met, done = [], threading.Event()

    def read():
        while not done.wait(0.1):
            met.append((time.monotonic(), project.ask("/drugs/ibuprofen/").status))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        yield met
    finally:
        done.set()
        for reader in readers:
            reader.join()


@pytest.fixture(params=[Project, ProfiledProject])
def project(tmp_path, request):
    with taken_down(request.param(tmp_path)) as made:
        yield made


@pytest.fixture
def profiled(tmp_path):
    with taken_down(ProfiledProject(tmp_path)) as made:
        yield made


def test_compose_from_nothing_through_an_upgrade_and_back(project):
    project.up(IMAGE)
    wait_until(lambda: project.inspected()["State"]["Health"]["Status"] == "healthy", 180)
    host, config = project.inspected()["HostConfig"], project.inspected()["Config"]
    assert host["ReadonlyRootfs"] and host["CapDrop"] == ["ALL"] and config["User"] == "10001:10001"
    effective = project.inside("grep", "CapEff", "/proc/1/status").split()[1]
    assert int(effective, 16) == 0 and project.inside("sh", "-c", "touch /x 2>/dev/null || echo no") == "no\n"
    editions = project.inside("medinfo", "verify")

    project.build_newer()
    project.up(project.newer)
    assert "newer" in project.inside("medinfo", "showmigrations", "drugs")
    assert "before-upgrade-" in project.inside("ls", "/data/backups")
    assert project.inside("medinfo", "verify") == editions

    project.compose("stop", "site", "due")
    project.compose("run", "--rm", "site", "back")
    project.up(IMAGE)
    assert "newer" not in project.inside("medinfo", "showmigrations", "drugs")
    assert project.inside("medinfo", "rebuild_index")
    assert project.inside("medinfo", "verify") == editions


def test_nobody_is_refused_while_two_versions_serve(profiled):
    profiled.up(IMAGE)
    profiled.build_newer()
    profiled.name(profiled.newer)
    with readers_of(profiled) as met:
        call(str(ROOT / "deploy" / "compose-upgrade"), cwd=profiled.folder, env=profiled.environment)
        time.sleep(10)  # for as long as nginx may remember the address that went
    states = Counter(state for moment, state in met)
    assert states[200] > 100 and set(states) == {200}, states
    assert "newer" in profiled.inside("medinfo", "showmigrations", "drugs")
    assert profiled.inspected()["Config"]["Image"] == profiled.newer and profiled.inside("medinfo", "verify")
