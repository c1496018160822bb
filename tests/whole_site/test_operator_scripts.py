"""Units and scripts of deploy/ (nightly backup, `medinfo`, both upgrades): they do what operators are told they do."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from medinfo.start import ROOT

DEPLOY = ROOT / "deploy"


def test_the_units_of_systemd_are_right(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed.")
    if not (ROOT / ".venv" / "bin" / "gunicorn").exists():
        pytest.skip("The units name gunicorn in .venv, which is not here.")
    units = []
    for path in sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer"), *DEPLOY.glob("*.socket")]):
        (tmp_path / path.name).write_text(path.read_text().replace("/srv/medinfo", str(ROOT)))
        units.append(str(tmp_path / path.name))
    checked = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_failed_nightly_backup_replaces_no_good_one(new_site, tmp_path):
    site, folder = new_site(tmp_path / "site"), tmp_path / "backups"
    folder.mkdir()
    site.environment["MEDINFO_PYTHON"] = sys.executable

    def nightly(keep):
        command = [str(DEPLOY / "nightly-backup"), str(folder), str(keep)]
        return subprocess.run(command, env=site.environment, capture_output=True, text=True)

    for day in range(1, 6):
        (folder / f"medinfo-2020-01-0{day}T023000Z.gz").write_text("an older one")
    (folder / "medinfo-2099-01-01T023000Z.gz").write_text("made under a wrong clock")
    (folder / "other.gz").write_text("somebody else's")
    done = nightly(3)
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 4 and {
        "other.gz",
        "medinfo-2099-01-01T023000Z.gz",
        "medinfo-2020-01-05T023000Z.gz",
    } < set(names)
    site.file.unlink()
    time.sleep(1.1)  # names tell seconds apart
    assert nightly(1).returncode != 0
    assert sorted(path.name for path in folder.iterdir()) == names


def test_after_sixty_nights_the_newest_thirty_backups_are_there(tmp_path):
    folder, programs = tmp_path / "backups", tmp_path / "programs"
    folder.mkdir()
    programs.mkdir()
    night = 'case "$NIGHT" in *-failed) exit 1;; *-killed) echo half > "$3.part"; exit 137;; esac; echo whole > "$3"'
    for name, lines in (("date", 'echo "$NIGHT"'), ("python", night)):
        (programs / name).write_text(f"#!/bin/sh\n{lines}\n")
        (programs / name).chmod(0o755)
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "MEDINFO_PYTHON": str(programs / "python")}
    good = []
    for day in range(60):
        stamp = f"2026-{1 + day // 28:02}-{1 + day % 28:02}T023000Z"
        ending = "-failed" if day in (5, 33, *range(40, 45)) else "-killed" if day in (10, 50) else ""
        before = set(folder.glob("*.gz"))
        command = [str(DEPLOY / "nightly-backup"), str(folder), "30"]
        done = subprocess.run(command, env=environment | {"NIGHT": stamp + ending}, capture_output=True)
        assert bool(done.returncode) == bool(ending), done.stderr
        if ending:
            assert set(folder.glob("*.gz")) == before
        else:
            good.append(f"medinfo-{stamp}.gz")
        for half in folder.glob("*.part"):
            os.utime(half, (0, 0))
    assert sorted(path.name for path in folder.iterdir()) == good[-30:]


def test_every_path_that_the_examples_name_is_there():
    for path in DEPLOY.glob("*.service"):
        for word in path.read_text().split():
            if word.startswith("/srv/medinfo/") and "/.venv/" not in word:
                assert Path(str(ROOT) + word.removeprefix("/srv/medinfo")).exists(), word


def test_the_log_that_is_verified_is_that_of_every_unit():
    """Else an act that a timer does would lack its line, and read as forged."""
    command = (ROOT / "docs" / "operating.md").read_text().split("journalctl -o cat ")[1].split(">")[0]
    named = {word.removeprefix("_SYSTEMD_UNIT=") for word in command.split() if word.startswith("_SYSTEMD")}
    writing_nothing = {"medinfo-alarm@.service", "medinfo-doctor.service"}
    assert named == {path.name for path in DEPLOY.glob("*.service")} - writing_nothing


@pytest.fixture
def machine(tmp_path):
    """A checkout with the two scripts, and programs that only write down how they were called."""
    programs, checkout = tmp_path / "programs", tmp_path / "checkout"
    (checkout / "deploy").mkdir(parents=True)
    programs.mkdir()
    for name in ("medinfo", "upgrade"):
        shutil.copy(DEPLOY / name, checkout / "deploy" / name)
    calls = tmp_path / "calls"
    for name in ("runuser", "systemctl", "make", "git"):
        program = f'#!/bin/sh\necho {name} "$@" "$MEDINFO_DATABASE_URL" >>{calls}\n[ "$FAIL" != "$*" ]\n'
        (programs / name).write_text(program)
        (programs / name).chmod(0o755)
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "MEDINFO_CHECKOUT": str(checkout), "FAIL": ""}
    environment |= {"MEDINFO_BACKUPS": str(tmp_path), "MEDINFO_OWNER_FILE": str(tmp_path / "owner")}
    environment |= {"MEDINFO_DATABASE_URL": ""}

    def call(script, *arguments, **more):
        command = [str(checkout / "deploy" / script), *arguments]
        done = subprocess.run(command, env={**environment, **more}, capture_output=True, text=True)
        lines = calls.read_text().splitlines() if calls.exists() else []
        calls.unlink(missing_ok=True)
        manage = f"runuser -u medinfo -- {checkout}/.venv/bin/python {checkout}/manage.py"
        return done, [line.replace(manage, "manage").strip() for line in lines]

    (checkout / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(programs / "runuser", checkout / ".venv" / "bin" / "python")
    call.folder = tmp_path
    return call


def test_the_command_of_the_site_is_its_users(machine):
    assert machine("medinfo", "backup", "a b.gz")[1] == ["manage backup a b.gz"]
    (machine.folder / "owner").write_text("MEDINFO_DATABASE_URL=postgres://o:p$w d@h/x\n")
    assert machine("medinfo", "migrate")[1] == ["manage migrate postgres://o:p$w d@h/x"]
    assert machine("medinfo", "verify")[1] == ["manage verify"]
    assert machine("medinfo", "collectstatic", "-v0")[1] == ["runuser manage.py collectstatic -v0"]


def test_an_upgrade_backs_up_first_and_restarts_last(machine):
    done, calls = machine("upgrade", "v2")
    assert done.returncode == 0, done.stderr
    order = [
        *(
            "manage backup",
            "manage showmigrations",
            "git rev-parse HEAD",
            "git checkout --quiet v2",
            "make install",
        ),
        *(
            "manage migrate",
            "runuser manage.py collectstatic",
            "manage rebuild_index",
            "manage check_monographs",
        ),
        *("manage check --deploy", "systemctl restart medinfo", "manage verify"),
    ]
    places = [next(n for n, line in enumerate(calls) if line.startswith(step)) for step in order]
    assert places == sorted(places) and not [line for line in calls if "systemctl stop" in line]
    calls = machine("upgrade", "--stop", "v2")[1]
    # Left alone, the socket would start the site for the next reader, and the timer what is due.
    assert "systemctl stop medinfo.socket medinfo medinfo-due.timer" in calls
    assert calls.index("systemctl restart medinfo") < calls.index("systemctl start medinfo-due.timer")


def test_an_upgrade_ends_where_something_fails(machine):
    backup = (
        f"-u medinfo -- {machine.folder}/checkout/.venv/bin/python {machine.folder}/checkout/manage.py backup"
    )
    done, calls = machine("upgrade", "v2", FAIL=f"{backup} {machine.folder}/before-upgrade.gz")
    assert done.returncode and not [
        line for line in calls if "checkout --quiet" in line or "migrate" in line.split()
    ]
    assert machine("upgrade")[0].returncode


DOCKER = """#!/bin/sh
echo "$*" >>{folder}/calls
case "$*" in
  "compose ps -q site" | "compose ps -aq site") cat {folder}/running ;;
  "compose up -d --no-deps --no-recreate --scale site=2 site") [ "$FAIL" != up ] && echo new >>{folder}/running ;;
  "inspect --format {{{{.State.Health.Status}}}} new") echo "$HEALTH" ;;
  "inspect --format {{{{.RestartCount}}}} new") echo "${{RESTARTS:-1}}" ;;
  *) [ "$FAIL" != "$1" ] ;;
esac
"""


@pytest.mark.parametrize(
    ("running", "health", "failing", "last"),
    [
        ("old", "healthy", "", ["stop -t 600 old", "rm old", "compose up -d"]),
        ("old", "starting", "", ["logs --tail 20 new", "rm --force new"]),
        ("old", "healthy", "up", ["compose ps -aq site"]),
        ("old", "healthy", "exec", ["exec old medinfo backup /data/backups/last.gz --proof"]),
        ("", "healthy", "", ["compose ps -q site"]),
        ("old\nolder", "healthy", "", ["compose ps -q site"]),
    ],
    ids=["healthy", "restarting", "no second port", "no backup", "none runs", "two run"],
)
def test_an_upgrade_by_compose_stops_only_what_is_replaced(tmp_path, running, health, failing, last):
    (tmp_path / "running").write_text(running and f"{running}\n")
    (tmp_path / "docker").write_text(DOCKER.format(folder=tmp_path))
    (tmp_path / "docker").chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HEALTH": health, "FAIL": failing}
    done = subprocess.run([DEPLOY / "compose-upgrade"], env=environment, capture_output=True, text=True)
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls[-len(last) :] == last, done.stderr
    assert (done.returncode == 0) == (last[-1] == "compose up -d")
    assert ("stop -t 600 old" in calls) == (done.returncode == 0)


def test_an_upgrade_by_compose_that_is_interrupted_leaves_one(tmp_path):
    (tmp_path / "running").write_text("old\n")
    (tmp_path / "docker").write_text(DOCKER.format(folder=tmp_path))
    (tmp_path / "docker").chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "HEALTH": "starting",
        "RESTARTS": "0",
        "FAIL": "",
    }
    upgrade = subprocess.Popen(
        [DEPLOY / "compose-upgrade"], env=environment, stdout=subprocess.PIPE, text=True
    )
    calls = tmp_path / "calls"
    ends = time.monotonic() + 20
    while not (calls.exists() and "RestartCount" in calls.read_text()) and time.monotonic() < ends:
        time.sleep(0.05)
    upgrade.terminate()
    said, _ = upgrade.communicate(timeout=20)
    assert upgrade.returncode == 1 and "serves on. It was interrupted." in said
    assert calls.read_text().splitlines()[-1] == "rm --force new"
