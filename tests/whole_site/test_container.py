"""What the image does, without an image: first start, stop, upgrade behind a proved backup, and the way back."""

import re
import signal
import subprocess
import sys

import pyrage
import pytest
import yaml

from medinfo import container as image
from medinfo.start import ROOT
from tests.support.site_templates import NOTHING
from tests.support.sites import EXAMPLE_PAGES, free_port, get, wait_until

PAGE = "/drugs/ibuprofen/"


class Container:
    """Starts and stops what the image runs, on the folder of a site."""

    def __init__(self, site):
        self.site, self.port = site, free_port()
        own = {
            "MEDINFO_BIND": f"127.0.0.1:{self.port}",
            "MEDINFO_IMPORT": str(EXAMPLE_PAGES),
            "WEB_CONCURRENCY": "1",
        }
        site.environment |= own
        del site.environment["MEDINFO_SECRET_KEY"]  # the first start makes one
        self.log = site.folder / "log"
        self.processes = []

    def call(self, *arguments, newer=False):
        settings = "tests.support.newer_settings" if newer else "tests.support.site_settings"
        environment = self.site.environment | {"DJANGO_SETTINGS_MODULE": settings}
        command = [sys.executable, "-m", "medinfo.container", *arguments]
        with self.log.open("w") as log:
            self.processes.append(
                subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
            )
        return self.processes[-1]

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
                process.wait(60)

    def serve(self, newer=False):
        process = self.call("serve", newer=newer)
        wait_until(lambda: self.ask() == 200 or process.poll() is not None, 90)
        assert process.poll() is None, self.log.read_text()
        return process

    def ask(self, path=PAGE):
        try:
            return get(f"http://127.0.0.1:{self.port}{path}").status
        except OSError:
            return 0

    def stop(self, process):
        """Stops what serves, and says whether a reader got a page once the backup was there that it leaves."""
        last = self.site.folder / "backups" / "last.gz"
        before = last.stat().st_mtime_ns if last.exists() else 0
        process.terminate()
        answered = False
        while process.poll() is None:
            written = last.exists() and last.stat().st_mtime_ns > before
            answered |= self.ask() == 200 and written
        assert process.wait(60) == 0, self.log.read_text()
        return answered


@pytest.fixture
def container(new_site, tmp_path):
    with Container(new_site(tmp_path / "data", NOTHING)) as started:
        yield started


def test_an_upgrade_of_the_image_and_the_way_back(container):
    """Also where nobody here can read the backups, since they are encrypted for somebody elsewhere."""
    site, backups = container.site, container.site.folder / "backups"
    site.environment["MEDINFO_BACKUP_RECIPIENT"] = str(pyrage.x25519.Identity.generate().to_public())
    process = container.serve()
    assert container.call("health").wait(60) == 0
    assert container.stop(process), "readers had no page while the backup was written"
    assert container.call("health").wait(60) == 1
    key = (site.folder / "env").read_text()
    editions = site.count("drugs_edition")
    assert "MEDINFO_SECRET_KEY" in key and editions and (backups / "last.gz").exists()

    container.stop(container.serve(newer=True))  # the upgrade
    assert [path.name[:14] for path in backups.glob("before-*.gz")] == ["before-upgrade"]
    assert site.count("drugs_newer") == 0 and site.count("drugs_edition") == editions

    assert container.call("serve").wait(60), "the version before knows not all tables"
    assert container.call("back", newer=True).wait(60) == 0, container.log.read_text()
    container.stop(container.serve())
    assert site.count("drugs_edition") == editions and (site.folder / "env").read_text() == key
    assert site.must("verify")


def test_an_upgrade_waits_for_a_backup_that_holds_all(container, tmp_path):
    site, backups = container.site, container.site.folder / "backups"
    container.stop(container.serve())
    site.environment["MEDINFO_SECRET_KEY"] = "only-for-tests-" * 5
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "more.md").write_text(
        "---\nformat: 1\ntitle: Moreol\n---\n# Moreol\n\n## What it is used for\nPain.\n"
    )
    site.must("import_monographs", pages)  # since the backup
    refused = container.call("serve", newer=True)
    assert refused.wait(60)
    said = container.log.read_text()
    assert "something was done since the backup" in said and "Start the version that ran before" in said
    (backups / "last.gz").write_bytes(b"half")
    assert container.call("serve", newer=True).wait(60)
    assert "no sound backup" in container.log.read_text()
    container.stop(container.serve())  # as the sentence says
    site.must("backup", backups / "of-a-night.gz")  # which changes nothing
    container.stop(container.serve(newer=True))
    assert len(list(backups.glob("before-upgrade-*.gz"))) == 1


def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def test_compose_gives_the_image_no_rights_and_one_place_to_write():
    for name in ("site", "due"):
        service = compose()["services"][name]
        assert service["read_only"] and service["cap_drop"] == ["ALL"] and service["init"]
        assert "no-new-privileges:true" in service["security_opt"]
        writable = [volume for volume in service["volumes"] if not volume.endswith(":ro")]
        assert writable == ["data:/data"] and service["tmpfs"] == ["/tmp"]
    assert all(port.startswith("127.0.0.1:") for port in compose()["services"]["site"]["ports"])


def test_compose_hands_every_setting_of_env_to_the_site():
    """One after the other: an `env_file` that may be missing is refused by the compose of Debian 12."""
    offered = set(re.findall(r"^#(MEDINFO_\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    for_compose = {f"MEDINFO_{name}" for name in ("IMAGE", "PORT", "PAGES", "SERVER_NAME", "DATA_DIR")}
    for name in ("site", "due"):
        assert set(compose()["services"][name]["environment"]) - {"WEB_CONCURRENCY"} == offered - for_compose


def test_compose_names_nginx_the_site_by_a_name_it_asks_anew():
    """An upgrade gives the site's container another address; and nothing in the file is left of a machine's folders."""
    script = compose()["services"]["proxy"]["command"][2].replace("$$", "$").partition(" >/etc/nginx")[0]
    script = script.replace("/medinfo/nginx.conf", str(ROOT / "deploy" / "nginx.conf"))
    made = subprocess.run(
        ["sh", "-euc", script],
        env={"MEDINFO_SERVER_NAME": "site.test", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    ).stdout
    lines = [line.strip() for line in made.splitlines() if not line.lstrip().startswith("#")]
    passed = {line for line in lines if "proxy_pass " in line}
    assert passed == {"proxy_pass http://$medinfo_site;"}
    assert [line for line in lines if line.startswith("resolver ") and "set $medinfo_site site:8000;" in line]
    assert "server_name site.test desk.site.test;" in lines
    foreign = ("/srv/medinfo", ".sock", "/var/log/nginx", "medicines.example.org")
    assert not [line for line in lines for word in foreign if word in line]


def test_the_image_is_made_of_what_the_site_needs():
    """A lint, where nothing builds: stages, hashes, user, no secret, and all that is copied is let through."""
    text = (ROOT / "Dockerfile").read_text()
    steps = re.findall(r"^([A-Z]+) ", text, re.MULTILINE)
    assert steps.count("FROM") == 3 and {"USER", "HEALTHCHECK", "VOLUME", "ENTRYPOINT"} <= set(steps)
    assert "--require-hashes" in text and re.search(r"^USER 10001", text, re.MULTILINE)
    assert text.count("SECRET_KEY") == 1 and "only-to-collect" in text
    let_through = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True
    ).stdout.splitlines()
    for name in let_through:
        assert name == "locale" or [
            path for path in tracked if path == name or path.startswith(f"{name}/")
        ], name
    assert not {"data", ".env", "tests", ".git"} & set(let_through)


def test_a_stop_does_not_cut_off_the_backup_of_a_server_that_ended(monkeypatch, tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    monkeypatch.setattr(image, "prepare", print)
    monkeypatch.setattr(image, "_wait_for_database", print)
    monkeypatch.setattr("django.core.management.call_command", lambda *arguments, **options: None)
    monkeypatch.setattr("django.db.connections.close_all", print)
    monkeypatch.setattr(image.subprocess, "Popen", lambda *arguments, **options: ended)
    left = []

    def leave_backup(folder):
        signal.raise_signal(signal.SIGTERM)
        left.append(folder)

    monkeypatch.setattr(image, "_leave_backup", leave_backup)
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        with pytest.raises(SystemExit):
            image._serve(tmp_path)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert left == [tmp_path]
