"""What the settings make of their variables, where a wrong word would open a door that no other test looks at."""

import os
import re
import runpy
import stat
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError

from medinfo import settings
from medinfo.environment import read_env_file
from medinfo.start import write_env_file
from medinfo.terminal_errors import friendly_errors


@pytest.fixture
def settings_of(tmp_path, monkeypatch):
    """Reads the settings anew, with these variables and nothing of this machine's own: a dict of all of them."""

    def read(**variables):
        for name in [name for name in os.environ if name.startswith("MEDINFO_")]:
            monkeypatch.delenv(name)
        variables = {
            "MEDINFO_SECRET_KEY": "only-for-tests-" * 5,
            "MEDINFO_DATA_DIR": str(tmp_path),
            **variables,
        }
        for name, text in variables.items():
            monkeypatch.setenv(name, text)
        return runpy.run_path(settings.__file__)

    return read


def test_cookies_stay_on_this_host_and_out_of_reach_of_scripts(settings_of):
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SECURE")
    secure, plain = settings_of(), settings_of(MEDINFO_HTTPS="off")
    assert [secure[name] for name in names] == ["__Host-sessionid", "__Host-csrftoken", True, True]
    # A browser takes no __Host- cookie without HTTPS.
    assert [plain[name] for name in names] == ["sessionid", "csrftoken", True, False]


def test_database_locks_and_lost_servers_time_out_in_seconds(settings_of):
    sqlite = settings_of()["DATABASES"]["default"]
    assert sqlite["OPTIONS"]["timeout"] == 10 and sqlite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    server = settings_of(MEDINFO_DATABASE_URL="postgres://medinfo:x@127.0.0.1/medinfo")["DATABASES"][
        "default"
    ]
    options = "-c lock_timeout=10s -c client_connection_check_interval=2s"
    waits = {"connect_timeout": 2, "options": options, "tcp_user_timeout": 10_000}
    assert server["OPTIONS"] == {**waits, "prepare_threshold": 5} and server["CONN_HEALTH_CHECKS"]


@pytest.mark.parametrize(("proxies", "believed"), [("0", None), ("1", ("HTTP_X_FORWARDED_PROTO", "https"))])
def test_only_behind_a_proxy_a_header_tells_of_https(settings_of, proxies, believed):
    assert settings_of(MEDINFO_PROXIES=proxies)["SECURE_PROXY_SSL_HEADER"] == believed


def test_the_base_url_is_the_way_to_https_and_of_csrf_origins(settings_of):
    found = settings_of(MEDINFO_BASE_URL="https://medicines.example.org")
    assert found["SECURE_SSL_HOST"] == "medicines.example.org"
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://medicines.example.org"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MEDINFO_DEBUG", "true"),
        ("MEDINFO_REVIEW_MONTHS", "three"),
        ("MEDINFO_COUNTRY", "xx"),
        ("MEDINFO_BASE_URL", "medicines.example.org"),
        ("MEDINFO_DATABASE_URL", "mysql://localhost/site"),
        ("MEDINFO_CACHE_URL", "memcached://localhost"),
        ("MEDINFO_TIME_ZONE", "Mars/Olympus"),
        ("MEDINFO_LANGUAGE", "xx-none"),
        ("MEDINFO_SECRET_KEY", ""),
    ],
)
def test_a_wrong_setting_is_named_in_a_sentence(settings_of, variable, value):
    """As `make run` says it, which tests/whole_site/test_start.py looks at."""
    with pytest.raises(SystemExit) as end, friendly_errors():
        settings_of(**{variable: value})
    (line,) = end.value.code.splitlines()
    assert line.startswith("The settings are not right: ") and variable in line


def test_a_role_without_rights_is_told_who_gives_them():
    error = ProgrammingError("permission denied for table drugs_sitetext")
    error.__cause__ = psycopg.errors.InsufficientPrivilege()
    with pytest.raises(SystemExit) as end, friendly_errors():
        raise error
    assert "permission denied" in end.value.code and "grant_site_role" in end.value.code


def test_the_env_file_is_its_owners_only_and_written_once(tmp_path):
    path = tmp_path / "data" / "env"
    write_env_file(path)
    first = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    write_env_file(path)
    assert path.read_text() == first
    variables = read_env_file(path)
    assert len(variables["MEDINFO_SECRET_KEY"]) >= 50
    assert (variables["MEDINFO_HTTPS"], variables["MEDINFO_REQUIRE_OTP"]) == ("off", "off")


def test_no_shell_reads_the_env_file(tmp_path):
    (tmp_path / "env").write_text("# a comment\n\nMEDINFO_SECRET_KEY=a=b#c$d\n")
    assert read_env_file(tmp_path / "env") == {"MEDINFO_SECRET_KEY": "a=b#c$d"}


def test_a_line_of_the_env_file_that_is_no_variable_is_named(tmp_path):
    (tmp_path / "env").write_text("MEDINFO_HTTPS=off\nPATH=/tmp\n")
    with pytest.raises(ImproperlyConfigured, match="line 2"):
        read_env_file(tmp_path / "env")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MEDINFO_SITE_NAME=\xff\n", "is not written in UTF-8."),
        (b"SITE_NAME=x\n", "line 1: expected MEDINFO_SOMETHING=value."),
        (None, "cannot be read (Permission denied). Call this as the user who owns the data folder."),
    ],
)
def test_an_env_file_that_cannot_be_read_is_a_sentence(tmp_path, monkeypatch, content, sentence):
    path = tmp_path / "env"
    path.write_bytes(content or b"")
    if content is None:  # whoever runs the tests may be allowed everything

        def refuse(self, **kwargs):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(ImproperlyConfigured) as refused:
        read_env_file(path)
    assert str(path) in str(refused.value) and str(refused.value).endswith(sentence)


def test_the_byte_order_mark_of_windows_is_no_part_of_a_name(tmp_path):
    (tmp_path / "env").write_bytes(b"\xef\xbb\xbfMEDINFO_SITE_NAME=x\n")
    assert read_env_file(tmp_path / "env") == {"MEDINFO_SITE_NAME": "x"}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MEDINFO_REMOTE_USER_HEADER", "Remote_User"),
        ("MEDINFO_REMOTE_USER_HEADER", "Remote User"),
        ("MEDINFO_REMOTE_USER_HEADER", "Remote-User"),  # and no proxies
        ("MEDINFO_REMOTE_USER_PROXIES", "10.0.5.2/24"),
        ("MEDINFO_REMOTE_USER_PROXIES", "localhost"),
        ("MEDINFO_REMOTE_ROLES", "pharmacy=Root"),
        ("MEDINFO_REMOTE_ROLES", "=Editors"),
        ("MEDINFO_REMOTE_OTP", "yes"),
        ("MEDINFO_LOGOUT_URL", "javascript:alert(1)"),
        ("MEDINFO_LOGOUT_URL", "//elsewhere.example.org"),
        ("MEDINFO_LOGOUT_URL", "https://a.example; script-src *"),
    ],
)
def test_a_wrong_setting_of_remote_users_is_named(settings_of, variable, value):
    with pytest.raises(ImproperlyConfigured, match=variable):
        settings_of(**{variable: value})


def test_remote_users_are_named_in_a_header_by_listed_proxies(settings_of):
    found = settings_of(
        MEDINFO_REMOTE_USER_HEADER="remote-user",
        MEDINFO_REMOTE_USER_PROXIES="unix, 10.0.5.0/24,::1",
        MEDINFO_REMOTE_ROLES="Pharmacy = Reviewers, web=Editors",
    )
    assert found["REMOTE_USER_HEADER"] == "HTTP_REMOTE_USER"
    assert [str(proxy) for proxy in found["REMOTE_USER_PROXIES"]] == ["unix", "10.0.5.0/24", "::1/128"]
    assert found["REMOTE_ROLES"] == {"Pharmacy": "Reviewers", "web": "Editors"}
    assert settings_of()["REMOTE_USER_HEADER"] == "" and settings_of()["LOGOUT_REDIRECT_URL"] is None


def test_the_roles_that_groups_may_mean_are_those_there_are(settings_of):
    from drugs.accounts.roles import ROLES

    everything = ",".join(f"a={role}" for role in ROLES)
    assert settings_of(MEDINFO_REMOTE_ROLES=everything)["REMOTE_ROLES"]


def test_a_desk_host_has_a_name_and_forms_of_its_own(settings_of):
    readers = "https://medicines.example.org"
    found = settings_of(MEDINFO_BASE_URL=readers, MEDINFO_DESK_HOST="Desk.Example.org")
    assert "desk.example.org" in found["ALLOWED_HOSTS"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://desk.example.org"]
    assert found["SECURE_SSL_HOST"] is None  # whichever of the two was asked for
    for wrong in ("https://desk.example.org", "desk example", "medicines.example.org", "/admin"):
        with pytest.raises(ImproperlyConfigured, match="MEDINFO_DESK_HOST"):
            settings_of(MEDINFO_BASE_URL=readers, MEDINFO_DESK_HOST=wrong)


def test_a_short_token_of_the_metrics_is_refused(settings_of):
    with pytest.raises(ImproperlyConfigured, match="MEDINFO_METRICS_TOKEN"):
        settings_of(MEDINFO_METRICS_TOKEN="short")


def test_the_example_of_env_names_every_setting_in_one_line():
    """As the docstring has them, with the same values where it names one."""
    example = (settings.BASE_DIR / ".env.example").read_text()
    _, _, lines = example.partition("# Settings of the site\n")
    said = dict(re.findall(r"^#(MEDINFO_\w+)=(\S*)  # \S.*$", lines, re.MULTILINE))
    assert len(said) == len(lines.splitlines())
    documented = dict(re.findall(r"^ {4}(MEDINFO_\w+) +(\S+)", settings.__doc__, re.MULTILINE))
    assert list(said) == list(documented)
    one_word = dict(re.findall(r"^ {4}(MEDINFO_\w+) +(on|off|-|[0-9]+) ", settings.__doc__, re.MULTILINE))
    assert {name: said[name] or "-" for name in one_word} == one_word | {"MEDINFO_SECRET_KEY": "-"}


def test_every_setting_that_is_read_is_in_the_docstring():
    read = set(re.findall(r'"(MEDINFO_[A-Z_]+)"', Path(settings.__file__).read_text()))
    assert read == set(re.findall(r"^ {4}(MEDINFO_\w+)", settings.__doc__, re.MULTILINE))
