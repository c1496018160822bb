"""Following a site whose publishing process is killed again and again: the copy says what the bulk files say."""

import random

import pytest

from tests.support import faults
from tests.support.examples import examples
from tests.support.followers import Follower, bulk_pages
from tests.support.sites import get

ACTS = "import django; django.setup(); from tests.support import page_acts; page_acts.for_ever({!r}, {})"
pytestmark = [pytest.mark.django_db, pytest.mark.nightly]


def test_copies_are_whole_whoever_is_killed_while_publishing(empty_site, tmp_path):
    site, seed = empty_site, random.randrange(10**6)
    rng = random.Random(seed)
    address = site.serve()

    def fetch(path):
        answer = get(address + path)
        return answer.status, answer.body

    site.must("publish_bulk")
    copies = [Follower(fetch, empty=True)]
    for number in range(examples(6, quick=3, nightly=60)):
        before = site.count("drugs_pagechange")
        process = site.start_python("-c", ACTS.format(str(tmp_path), seed + number), start_new_session=True)
        faults.until_it_works(process, lambda: site.count("drugs_pagechange") > before)  # noqa: B023 - called here
        copies[0].follow()  # beside the one who publishes
        assert faults.kill(process, rng.random()), f"seed {seed}"
        copies[0].follow()
        site.must("publish_bulk")
        expected, _ = bulk_pages(fetch)
        copies.append(Follower(fetch, empty=bool(number % 2)))
        for copy in copies:
            copy.follow()
            assert copy.pages == expected, f"seed {seed}"
    assert site.count("drugs_pagechange") > 10
    site.must("verify")
