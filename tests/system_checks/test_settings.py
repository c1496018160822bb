"""Dangerous settings are named before somebody else finds them; the safe ones are silent."""

import pytest

from drugs.system_checks import settings as dangers

DANGERS = {
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


def found(settings, **values):
    for name, value in (SAFE | values).items():
        setattr(settings, name, value)
    return list(dangers.check_settings())


@pytest.mark.parametrize("danger", DANGERS)
def test_each_danger_is_named_with_what_to_do(settings, danger):
    (warning,) = found(settings, **DANGERS[danger])
    assert warning.id == danger
    assert warning.hint and warning.msg.endswith(".")


def test_a_site_of_one_machine_may_be_lax_and_a_safe_one_is_silent(settings):
    local = {"ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"], "BASE_URL": "http://localhost:8000"}
    assert found(settings, **local, DEBUG=True, HTTPS=False, REQUIRE_OTP=False) == []
    assert found(settings, ALLOWED_HOSTS=["example.org"], BASE_URL="https://example.org") == []
    assert found(settings, ALLOWED_HOSTS=[".example.org"], BASE_URL="https://medicines.example.org") == []


def test_an_address_to_which_the_site_does_not_answer_is_named_on_one_machine_too(settings):
    local = {"ALLOWED_HOSTS": ["localhost"], "BASE_URL": "https://medicines.example.org"}
    assert [warning.id for warning in found(settings, **local)] == ["drugs.W016"]


def test_a_key_that_others_can_read_is_named(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    path = tmp_path / "env"
    path.write_text("MEDINFO_SECRET_KEY=x\n")
    for mode, ids in ((0o600, []), (0o640, ["drugs.W015"]), (0o604, ["drugs.W015"])):
        path.chmod(mode)
        assert [warning.id for warning in found(settings)] == ids


def test_a_database_that_others_can_read_is_named(settings, monkeypatch, tmp_path):
    path = tmp_path / "medinfo.sqlite3"
    path.touch(0o644)
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(path))
    for mode, ids in ((0o700, []), (0o755, ["drugs.W017"]), (0o710, ["drugs.W017"])):
        tmp_path.chmod(mode)
        assert [warning.id for warning in found(settings)] == ids
    path.chmod(0o600)
    assert found(settings) == []


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
    ],
)
def test_the_deployment_check_is_silent_unless_something_is_dangerous(interpreter, variables, lines):
    del interpreter.environment["MEDINFO_HTTPS"]
    interpreter.environment |= {"MEDINFO_SECRET_KEY": "0123456789abcdefghij" * 3, **variables}
    code, _, err = interpreter.run("check", "--deploy", "--fail-level", "WARNING")
    assert code == bool(lines), err
    assert all(line in err for line in lines)
