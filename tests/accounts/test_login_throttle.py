"""Rate limit of the login: who is locked out, who is not (password spraying), and what is kept of it."""

import pytest
from axes.models import AccessAttempt, AccessLog
from django.utils import timezone

from drugs.accounts import login_throttle
from drugs.http.client_ip import client_address
from drugs.models import AuditEntry
from tests.support.desk_posts import make_person

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
HOSPITAL, ELSEWHERE = "192.0.2.1", "198.51.100.7"


def log_in(client, username, password="x", address=HOSPITAL, **headers):
    """The status of the answer: 302 for who is let in, 200 for a wrong password, 429 for who is locked out."""
    fields = {"username": username, "password": password, "next": "/admin/", "secret": "in the form"}
    response = client.post(LOGIN + "?token=mytoken", fields, REMOTE_ADDR=address, headers=headers)
    client.logout()
    return response.status_code


def guess(client, username, times=5, **more):
    return [log_in(client, username, f"guess {number}", **more) for number in range(times)]


@pytest.fixture
def pat():
    return make_person("pat", "Editors")


def test_the_fifth_wrong_password_locks_out_account_at_address(client, pat):
    make_person("zoe", "Editors")
    assert guess(client, "pat") == [200, 200, 200, 200, 429]
    assert log_in(client, "pat") == 429  # the right one does not help now
    assert log_in(client, "zoe") == 302
    assert log_in(client, "pat", address=ELSEWHERE) == 302


def test_a_right_password_forgets_the_wrong_ones(client, pat):
    guess(client, "pat", 4)
    assert log_in(client, "pat") == 302
    assert guess(client, "pat", 4) == [200] * 4


def test_a_lock_ends_by_itself_and_tries_do_not_prolong_it(client, pat):
    guess(client, "pat")
    before = AccessAttempt.objects.get().attempt_time
    assert log_in(client, "pat") == 429
    assert AccessAttempt.objects.get().attempt_time == before
    AccessAttempt.objects.update(attempt_time=timezone.now() - timezone.timedelta(minutes=15, seconds=1))
    assert log_in(client, "pat") == 302


def test_the_answer_to_a_lock_is_plain_and_says_how_long(client, pat):
    guess(client, "pat", 4)
    response = client.post(LOGIN, {"username": "pat", "password": "no"}, REMOTE_ADDR=HOSPITAL)
    assert response.status_code == 429
    assert 880 < int(response.headers["Retry-After"]) <= 900
    text = response.content.decode()
    assert "wait 15 minutes" in text and "nobody else is locked out" in text
    assert "pat" not in text.replace("path", "")  # whether there is such an account is nobody's business


def test_password_spraying_locks_out_only_strangers_there(client, pat):
    make_person("zoe", "Editors")
    assert log_in(client, "pat") == 302
    for number in range(login_throttle.SPRAYED):
        log_in(client, f"name{number}", "Summer2026!")
    assert log_in(client, "another") == 429
    assert log_in(client, "zoe") == 429
    assert log_in(client, "pat") == 302
    assert log_in(client, "zoe", address=ELSEWHERE) == 302


def test_password_spraying_from_many_networks_of_a_company_is_one(client, pat):
    for number in range(login_throttle.SPRAYED):
        log_in(client, f"name{number}", "Summer2026!", address=f"2001:db8:1:{number:x}::1")
    assert log_in(client, "pat", address="2001:db8:1:ffff::1") == 429
    assert log_in(client, "pat", address="2001:db8:2::1") == 302


def test_guessing_at_one_account_over_many_networks_is_stopped(client, pat):
    assert log_in(client, "pat") == 302
    answers = [log_in(client, "pat", f"guess {n}", address=f"2001:db8:{n:x}::1") for n in range(60)]
    assert answers.count(200) < login_throttle.GUESSED and answers[-1] == 429
    assert log_in(client, "pat", address="2001:db8:ffff::1") == 429  # even with the right one
    assert log_in(client, "pat") == 302  # where it has been before
    AccessAttempt.objects.update(attempt_time=timezone.now() - timezone.timedelta(minutes=16))
    assert log_in(client, "pat", address="2001:db8:ffff::1") == 302


def test_a_wrong_password_tells_nobody_who_is_known_there(client, pat):
    make_person("zoe", "Editors")
    log_in(client, "pat")
    for number in range(login_throttle.SPRAYED):
        log_in(client, f"name{number}")
    assert {log_in(client, name, "wrong") for name in ("pat", "zoe", "nobody")} == {429}


def test_whoever_is_known_at_an_address_may_still_mistype_there(client, pat):
    log_in(client, "pat")
    for number in range(login_throttle.SPRAYED):
        log_in(client, f"name{number}")
    assert guess(client, "pat", 4) == [429] * 4  # as everybody there is told
    assert log_in(client, "pat") == 302
    assert guess(client, "pat") == [429] * 5 and log_in(client, "pat") == 429


def test_a_flood_of_names_fills_no_table_and_no_record(client):
    for number in range(login_throttle.SPRAYED + 15):
        log_in(client, f"name{number}")
    assert AccessAttempt.objects.count() == login_throttle.SPRAYED
    assert AuditEntry.objects.filter(action="locked_out").count() == 1
    assert AuditEntry.objects.get(action="locked_out").who == "somebody"


def test_lock_outs_of_an_account_are_recorded_once_an_hour(client, pat):
    for address in (HOSPITAL, ELSEWHERE):
        guess(client, "pat", address=address)
    assert [entry.who for entry in AuditEntry.objects.filter(action="locked_out")] == ["pat"]


def test_no_form_or_browser_is_kept_and_failures_are_forgotten(client, pat):
    log_in(client, "pat", **{"user-agent": "Nosy/1.0"})
    guess(client, "pat", 2, **{"user-agent": "Nosy/1.0"})
    log_in(client, "a password in the wrong field", **{"user-agent": "Nosy/1.0"})
    kept = str([*AccessAttempt.objects.values(), *AccessLog.objects.values()])
    for secret in ("guess", "in the form", "mytoken", "Nosy"):
        assert secret not in kept
    AccessAttempt.objects.update(attempt_time=timezone.now() - timezone.timedelta(minutes=16))
    AccessLog.objects.update(attempt_time=timezone.now() - timezone.timedelta(days=91))
    log_in(client, "pat")
    assert not AccessAttempt.objects.exists()
    assert AccessLog.objects.count() == 1


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_a_forged_header_hides_no_guesser_and_locks_out_no_other(client, settings, pat, proxies):
    settings.PROXIES = proxies
    proxy = "10.0.0.1"

    def heard(claimed, true):
        return {
            0: {"address": true, "x-forwarded-for": claimed},
            1: {"address": proxy, "x-forwarded-for": f"{claimed}, {true}"},
            2: {"address": proxy, "x-forwarded-for": f"{claimed}, {true}, 10.0.0.2"},
        }[proxies]

    for number in range(5):
        log_in(client, "pat", "guess", **heard(f"203.0.113.{number}", ELSEWHERE))
    assert log_in(client, "pat", **heard("203.0.113.99", ELSEWHERE)) == 429
    assert log_in(client, "pat", **heard(ELSEWHERE, HOSPITAL)) == 302


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "not an address", "10.0.0.1"),
        (1, "203.0.113.9'; DROP TABLE", "10.0.0.1"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
    ],
)
def test_the_address_of_a_client_is_what_the_trusted_proxies_say(rf, settings, proxies, header, address):
    settings.PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": header})
    assert client_address(request) == address


def test_addresses_of_one_network_of_ipv6_count_as_one(client, pat):
    for number in range(5):
        log_in(client, "pat", "guess", address=f"2001:db8:0:1::{number:x}")
    assert log_in(client, "pat", address="2001:db8:0:1:ffff::1") == 429
    assert log_in(client, "pat", address="2001:db8:0:2::1") == 302


def test_a_server_behind_a_local_socket_counts_as_well(client, pat):
    assert guess(client, "pat", address="")[-1] == 429
