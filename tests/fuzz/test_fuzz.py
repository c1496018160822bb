"""The fuzzing itself: it finds what there is to ask for, notices faults and repeats them. And a little of it."""

import json
import random
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugs import content, formats
from drugs.accounts import sessions
from drugs.models import Edition, Monograph, Section
from tests.fuzz import api, requests
from tests.fuzz.hostile import MARKER
from tests.fuzz.lost import lost_words
from tests.fuzz.pages import Page
from tests.fuzz.readers import Readers
from tests.fuzz.target import OF_EACH_ROUTE, Target, fill
from tests.fuzz.tries import Fault, Try, try_numbers
from tests.support.examples import examples
from tests.support.module_rows import rows_of_a_module
from tests.support.page_files import EXAMPLE

ONE_TARGET = settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def filled_target(django_db_setup, django_db_blocker):
    """A site that is filled and looked over once for all these tests."""
    with rows_of_a_module(django_db_blocker):
        fill()
        target = Target(examples(OF_EACH_ROUTE, quick=2))
        with target.leaving:
            target.open()
            yield target


@pytest.fixture
def target(filled_target, db):
    """The same; what a test writes is undone after it."""
    return filled_target


@pytest.mark.slow  # every form of every page; the tests below send some of them
def test_everybody_stays_logged_in_however_long_a_run_takes(target, monkeypatch):
    tomorrow = time.time() + 24 * 60 * 60
    monkeypatch.setattr(sessions, "time", SimpleNamespace(time=lambda: tomorrow))
    for person, address, at in [form for found in target.forms.values() for form in found]:
        assert len(Page(target.as_person(person).get(address).content.decode()).forms) > at, address


# A little of it


def test_spoilt_files_and_texts_are_read_or_refused(tmp_path):
    with Readers() as readers:
        tally = try_numbers(readers, "readers", 1, range(150), tmp_path)
    assert not tally.faults and tally.count == 150
    assert {kind for kind, _ in tally.outcomes} > {
        "page",
        "list of names",
        "zip",
        "YAML",
        "Markdown",
        "query",
    }


@ONE_TARGET
@given(data=st.data(), text=st.text(max_size=400))
def test_any_text_in_any_address_is_answered(target, data, text):
    route = data.draw(st.sampled_from(target.routes))
    name = data.draw(st.sampled_from(sorted(target.parameters)))
    person = data.draw(st.sampled_from(sorted(target.clients)))
    hole = data.draw(st.booleans())
    path = "/" + target.address(random.Random(0), route.replace("<", text + "<") if hole else route)
    query = f"{name}={requests._quoted(text)}"
    request = {"method": "GET", "path": "/", "data": b"", "content_type": "text/plain"}
    requests._send(target, person, {**request, "PATH_INFO": requests._as_wsgi(path), "QUERY_STRING": query})


@ONE_TARGET
@given(data=st.data(), texts=st.lists(st.text(max_size=200), min_size=1, max_size=3))
def test_any_text_in_any_field_of_any_form_is_answered(target, data, texts):
    person, address, at = data.draw(
        st.sampled_from([form for found in target.forms.values() for form in found])
    )
    form = Page(target.as_person(person).get(address).content.decode()).forms[at]
    fields = dict(form.fields)
    for text in texts:
        fields[data.draw(st.sampled_from(sorted(fields) or ["x"]))] = text
    request = requests._form_request(
        random.Random(0), form.action or address, list(fields.items()), form.files
    )
    requests._send(target, person, request)


def test_every_route_is_known_and_fuzzed_without_a_trace(target, tmp_path):
    assert {"drugs/<drug:slug>/", "search/", "admin/drugs/monograph/<int:monograph_id>/publish/"} <= set(
        target.routes
    )
    assert "examplol" in target.values["slug"] and {"q", "letter", "after"} <= set(target.parameters)
    forms = {address for found in target.forms.values() for _, address, _ in found}
    for end in ("/login/", "/add/", "/publish/", "/withdraw/", "/change/", "/delete/", "/password/"):
        assert any(address.endswith(end) for address in forms), end
    before = [
        list(model.objects.order_by("pk").values_list()) for model in (Monograph, Edition, Section, User)
    ]
    tally = try_numbers(target, "requests", 1, range(60), tmp_path)
    assert not tally.faults and tally.count == 60
    assert before == [
        list(model.objects.order_by("pk").values_list()) for model in (Monograph, Edition, Section, User)
    ]


# What it notices


def test_a_fault_is_written_with_the_command_that_repeats_it(tmp_path):
    class Broken:
        def make(self, rng):
            data = rng.randbytes(4)
            return Try("number", data, lambda: "fine" if data[0] < 128 else 1 / 0)

    tally = try_numbers(Broken(), "readers", 7, range(40), tmp_path)
    ((said, count),) = tally.faults.items()
    assert "ZeroDivisionError" in said and 0 < count < 40
    told = json.loads(Path(tally.files[0]).read_text(), strict=False)
    command, _, number = told["again"].rpartition(":")
    assert command == "python -m tests.fuzz --seed 7 --only readers"
    assert try_numbers(Broken(), "readers", 7, [int(number)], tmp_path).faults.total() == 1


def test_a_word_that_a_reader_drops_is_noticed():
    page = formats.read(EXAMPLE.encode(), stem="x")
    assert not lost_words(EXAMPLE.encode(), page)
    assert lost_words(
        EXAMPLE.replace("High blood pressure.", "High blood pressure. Never twice.").encode(), page
    )
    old = b"---\ntitle: Examplol\nmystery: value\n---\n### Usage\nPain and fever.\n"
    page = formats.read(old, stem="x")
    assert not lost_words(old, page)
    object.__setattr__(page.document, "sections", (content.Section("uses", "", "Pain."),))
    assert set(lost_words(old, page)) == {"fever"}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"content": f"<p>{MARKER}>"}, "Markup came alive"),
        ({"status": 500}, "500"),
        ({"headers": {"Location": "https://evil.example/"}, "status": 302}, "leads elsewhere"),
        ({"headers": {"Location": "//evil.example/"}, "status": 302}, "leads elsewhere"),
    ],
)
def test_a_wrong_answer_is_noticed(answer, said):
    with pytest.raises(Fault, match=said):
        requests._look_at(HttpResponse(**answer), "reader", "/")


def test_cases_of_the_api_are_counted_as_its_tool_says():
    assert api.cases("Test Phases:\n\nTest cases:\n  39896 generated, 39896 passed\n") == 39896
    assert api.cases("Schemathesis v4\n") == 0
