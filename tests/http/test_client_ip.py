"""Client IP with and without proxies, whatever headers claim, and the network that a rate limit counts by."""

import pytest

from drugs.http.client_ip import client_address, network_of


def heard(rf, remote, forwarded=None):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(rf.get("/", headers=headers, REMOTE_ADDR=remote))


@pytest.mark.parametrize("forwarded", [None, "", "198.51.100.7", "127.0.0.1, 198.51.100.7", "::1", "x"])
def test_without_proxies_nobody_can_claim_another_address(rf, settings, forwarded):
    settings.PROXIES = 0
    assert heard(rf, "203.0.113.9", forwarded) == "203.0.113.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "10.0.0.1, 8.8.8.8, 198.51.100.7", "198.51.100.7"),  # all but the last came from outside
        (2, "10.0.0.1, 198.51.100.7, 10.1.1.1", "198.51.100.7"),
        (3, "198.51.100.7,10.2.2.2 ,10.1.1.1", "198.51.100.7"),
    ],
)
def test_behind_proxies_only_what_they_wrote_themselves_counts(rf, settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    assert heard(rf, "10.0.0.99", forwarded) == address


@pytest.mark.parametrize(
    "forwarded", [None, "", "198.51.100.7", "unknown, x", ", ", "999.1.1.1, 2", "a" * 9000]
)
def test_past_the_proxies_or_with_nonsense_the_connection_counts(rf, settings, forwarded):
    settings.PROXIES = 2
    assert heard(rf, "203.0.113.9", forwarded) == "203.0.113.9"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("198.51.100.7:4711", "198.51.100.7"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_one_client_has_one_spelling(rf, settings, written, address):
    settings.PROXIES = 1
    assert heard(rf, "10.0.0.99", written) == address


def test_a_local_socket_has_no_address(rf, settings):
    settings.PROXIES = 0
    assert heard(rf, "", "198.51.100.7") == ""
    assert client_address(rf.get("/", REMOTE_ADDR="")) == ""


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:DB8:1:2::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::9", "2001:db8:1:3::"),
        ("::1", "::"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_a_rate_limit_counts_ipv4_by_address_and_ipv6_by_its_64(address, network):
    assert network_of(address) == network
