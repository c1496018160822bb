"""System checks of settings: dangerous ones are named before somebody else finds them; safe ones are silent."""

import ipaddress

import pytest
from django.core.checks import ERROR

from drugs.system_checks.settings import check_settings

DANGERS = {
    "drugs.E003": {"CHECKPOINT_KEY": "PRIVATE+KEY+x"},
    "drugs.E004": {"BACKUP_RECIPIENT": "age1me"},
    "drugs.E005": {
        "REMOTE_USER_HEADER": "HTTP_REMOTE_USER",
        "REMOTE_USER_PROXIES": ("unix", ipaddress.ip_network("::/0")),
        "LOGOUT_REDIRECT_URL": "/out",
    },
    "drugs.W018": {"REMOTE_USER_HEADER": "HTTP_REMOTE_USER", "REMOTE_USER_PROXIES": ("unix",)},
    "drugs.W010": {"DEBUG": True, "ALLOWED_HOSTS": ["example.org"]},
    "drugs.W011": {"HTTPS": False, "ALLOWED_HOSTS": ["example.org"]},
    "drugs.W012": {
        "REQUIRE_OTP": False,
        "ALLOWED_HOSTS": ["localhost", "10.1.2.3"],
        "BASE_URL": "http://10.1.2.3",
    },
    "drugs.W013": {"ALLOWED_HOSTS": ["example.org", "*"]},
    "drugs.W014": {"BASE_URL": "https://example.org", "PROXIES": 0},
    "drugs.W016": {"BASE_URL": "https://evil.example"},
}
SAFE = {
    **{"DEBUG": False, "HTTPS": True, "REQUIRE_OTP": True, "PROXIES": 1},
    **{"ALLOWED_HOSTS": ["example.org", "10.1.2.3"], "BASE_URL": "https://example.org"},
}


def warnings(settings, **values):
    for name, value in (SAFE | values).items():
        setattr(settings, name, value)
    return check_settings()


@pytest.mark.parametrize("danger", DANGERS)
def test_each_danger_is_named_with_what_to_do(settings, danger):
    (warning,) = warnings(settings, **DANGERS[danger])
    assert warning.id == danger
    assert warning.hint and warning.msg.endswith(".")


def test_one_machine_s_site_may_be_lax_and_a_safe_one_is_silent(settings):
    local = {"ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"], "BASE_URL": "http://localhost:8000"}
    assert warnings(settings, **local, DEBUG=True, HTTPS=False, REQUIRE_OTP=False) == []
    assert warnings(settings, ALLOWED_HOSTS=["example.org"], BASE_URL="https://example.org") == []
    assert warnings(settings, ALLOWED_HOSTS=[".example.org"], BASE_URL="https://medicines.example.org") == []


def test_an_address_that_no_host_answers_to_is_always_named(settings):
    local = {"ALLOWED_HOSTS": ["localhost"], "BASE_URL": "https://medicines.example.org"}
    assert [warning.id for warning in warnings(settings, **local)] == ["drugs.W016"]


def test_a_key_that_others_can_read_is_named(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    path = tmp_path / "env"
    path.write_text("MEDINFO_SECRET_KEY=x\n")
    for mode, ids in ((0o600, []), (0o640, ["drugs.W015"]), (0o604, ["drugs.W015"])):
        path.chmod(mode)
        assert [warning.id for warning in warnings(settings)] == ids


def test_a_database_that_others_can_read_is_named(settings, monkeypatch, tmp_path):
    path = tmp_path / "medinfo.sqlite3"
    path.touch(0o644)
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(path))
    for mode, ids in ((0o700, []), (0o755, ["drugs.W017"]), (0o710, ["drugs.W017"])):
        tmp_path.chmod(mode)
        assert [warning.id for warning in warnings(settings)] == ids
    path.chmod(0o600)
    assert warnings(settings) == []


def test_a_database_on_a_server_is_looked_for_in_no_folder(settings, monkeypatch, tmp_path):
    (tmp_path / "medinfo").touch(0o644)
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", "medinfo")
    assert warnings(settings) == []


def translation(folder, code):
    """A compiled translation into the language `code` in `folder`; nobody reads it here."""
    path = folder / code / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    path.touch()


@pytest.mark.parametrize("code", ["ar", "de-at", "zh-hans"])
def test_a_language_without_a_translation_is_an_error(settings, tmp_path, code):
    settings.LOCALE_PATHS = [tmp_path]
    translation(tmp_path, "fr")
    (error,) = warnings(settings, LANGUAGE_CODE=code)
    assert (error.id, error.level) == ("drugs.E002", ERROR)
    assert code in error.msg and "in English" in error.msg
    assert str(tmp_path) in error.hint and "compilemessages" in error.hint


@pytest.mark.parametrize(
    ("code", "folder"),
    [("de", "de"), ("de-at", "de"), ("de-at", "de_AT"), ("pt-br", "pt_BR"), ("zh-hans", "zh_Hans")],
)
def test_a_language_with_a_translation_is_no_error(settings, tmp_path, code, folder):
    settings.LOCALE_PATHS = [tmp_path]
    translation(tmp_path, folder)
    assert warnings(settings, LANGUAGE_CODE=code) == []


@pytest.mark.parametrize("code", ["en", "en-gb", "en-au"])
def test_english_needs_no_translation(settings, tmp_path, code):
    settings.LOCALE_PATHS = [tmp_path]
    assert warnings(settings, LANGUAGE_CODE=code) == []


def test_a_translation_of_django_alone_is_none_of_the_site(settings):
    assert [error.id for error in warnings(settings, LANGUAGE_CODE="ar")] == ["drugs.E002"]


@pytest.mark.parametrize(
    ("variables", "lines"),
    [
        ({"MEDINFO_HOSTS": "example.org"}, ["drugs.W016"]),
        (
            {
                "MEDINFO_HOSTS": "example.org",
                "MEDINFO_BASE_URL": "https://example.org",
                "MEDINFO_PROXIES": "1",
            },
            [],
        ),
        ({"MEDINFO_HOSTS": "example.org", "MEDINFO_REQUIRE_OTP": "off"}, ["drugs.W012", "drugs.W016"]),
        ({"MEDINFO_LANGUAGE": "ar"}, ["drugs.E002"]),
    ],
)
def test_the_deploy_check_is_silent_unless_there_is_a_danger(interpreter, variables, lines):
    del interpreter.environment["MEDINFO_HTTPS"]
    interpreter.environment |= {"MEDINFO_SECRET_KEY": "0123456789abcdefghij" * 3, **variables}
    code, _, err = interpreter.run("check", "--deploy", "--fail-level", "WARNING")
    assert code == bool(lines), err
    assert all(line in err for line in lines)
