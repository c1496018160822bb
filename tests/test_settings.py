"""What the settings make of their variables, where a wrong word would open a door that no other test looks at."""

import json
import os
import subprocess
import sys

import pytest

from medinfo.start import ROOT

SAY = "import json, sys; from medinfo import settings as s; print(json.dumps([vars(s)[n] for n in sys.argv[1:]]))"


def settings_of(folder, *names, **variables):
    """The values of these settings in a process of its own, as a list."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MEDINFO_")}
    environment |= {"MEDINFO_SECRET_KEY": "only-for-tests-" * 5, "MEDINFO_DATA_DIR": str(folder), **variables}
    command = [sys.executable, "-c", SAY, *names]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def test_cookies_stay_on_this_host_and_out_of_reach_of_scripts(tmp_path):
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SECURE")
    assert settings_of(tmp_path, *names) == ["__Host-sessionid", "__Host-csrftoken", True, True]
    plain = ["sessionid", "csrftoken", True, False]  # a browser takes no __Host- cookie without HTTPS
    assert settings_of(tmp_path, *names, MEDINFO_HTTPS="off") == plain


def test_whoever_waits_for_a_lock_or_for_a_server_that_vanished_gives_up_within_seconds(tmp_path):
    sqlite = settings_of(tmp_path, "DATABASES")[0]["default"]
    assert sqlite["OPTIONS"]["timeout"] == 10 and sqlite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    url = "postgres://medinfo:x@127.0.0.1/medinfo"
    server = settings_of(tmp_path, "DATABASES", MEDINFO_DATABASE_URL=url)[0]["default"]
    waits = {"connect_timeout": 2, "options": "-c lock_timeout=10s", "tcp_user_timeout": 10_000}
    assert server["OPTIONS"] == waits and server["CONN_HEALTH_CHECKS"]


@pytest.mark.parametrize(("proxies", "believed"), [("0", None), ("1", ["HTTP_X_FORWARDED_PROTO", "https"])])
def test_only_behind_a_proxy_a_header_says_that_there_was_https(tmp_path, proxies, believed):
    assert settings_of(tmp_path, "SECURE_PROXY_SSL_HEADER", MEDINFO_PROXIES=proxies) == [believed]


def test_the_way_to_https_and_our_own_forms_are_known_by_the_base_url(tmp_path):
    names, base = ("SECURE_SSL_HOST", "CSRF_TRUSTED_ORIGINS"), "https://medicines.example.org"
    assert settings_of(tmp_path, *names, MEDINFO_BASE_URL=base) == ["medicines.example.org", [base]]
