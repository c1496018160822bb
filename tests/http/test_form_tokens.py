"""Form tokens and same-origin check (CSRF): which forms are our own, and for how long."""

import time

import pytest

from drugs.http import form_tokens


@pytest.fixture
def clock(monkeypatch):
    """Sets the time by calling it with seconds from now."""
    now = int(time.time())
    return lambda seconds: monkeypatch.setattr(form_tokens, "time", lambda: now + seconds)


@pytest.mark.parametrize(
    ("origin", "ours"),
    [
        ("http://testserver", True),
        ("https://testserver:8443", True),
        ("http://LOCALHOST:8000", True),
        ("https://evil.example", False),
        ("https://testserver.evil.example", False),
        ("https://evil.example/testserver", False),
        ("https://testserver@evil.example", False),
        ("file://testserver", False),
        ("null", False),
        ("http://[", False),
        ("\x00", False),
    ],
)
def test_a_form_is_ours_if_its_origin_is_one_of_our_hosts(rf, origin, ours):
    for headers in ({"Origin": origin}, {"Referer": f"{origin}/report/examplol/"}):
        assert form_tokens.is_same_origin(rf.post("/", headers=headers)) is ours


def test_origin_counts_before_referer_and_neither_is_foreign(rf):
    ours, foreign = "http://testserver", "https://evil.example"
    assert not form_tokens.is_same_origin(rf.post("/", headers={"Origin": foreign, "Referer": ours}))
    assert not form_tokens.is_same_origin(rf.post("/", headers={"Origin": "null", "Referer": ours}))
    assert not form_tokens.is_same_origin(rf.post("/"))


def why(purpose, token):
    with pytest.raises(form_tokens.TokenError) as refused:
        form_tokens.read_token(purpose, token)
    return refused.value.why


def test_a_token_says_its_facts_while_a_person_may_be_writing(clock):
    clock(0)
    token = form_tokens.make_token("form", "examplol", 3)
    for seconds in (form_tokens.SECONDS_TO_WRITE, 600, form_tokens.SECONDS_OPEN):
        clock(seconds)
        assert form_tokens.read_token("form", token) == ["examplol", 3]


def test_a_token_is_refused_within_seconds_and_on_the_day_after(clock):
    clock(0)
    token = form_tokens.make_token("form", "examplol")
    assert why("form", token) == "early"
    clock(-60)
    assert why("form", token) == "early"
    clock(form_tokens.SECONDS_OPEN + 1)
    assert why("form", token) == "late"


def test_a_token_that_we_did_not_make_for_this_is_refused(clock, settings):
    clock(0)
    token = form_tokens.make_token("form", "examplol")
    clock(60)
    for forged in (
        "",
        "x",
        ":",
        token[:-1],
        "A" + token,
        token + "é",
        token.replace(":", ""),
        "\x00",
        "=" * 9999,
    ):
        assert why("form", forged) == "forged"
    assert why("other", token) == "forged"
    settings.SECRET_KEY = "another" * 9
    assert why("form", token) == "forged"
