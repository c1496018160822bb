"""Following: whoever has a copy of any moment and follows the changes has in the end what the bulk files say."""

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugs.import_export import bulk
from drugs.web import change_feed
from tests.support import page_acts
from tests.support.examples import examples
from tests.support.followers import Follower, bulk_pages
from tests.support.page_acts import ACTS, SLUGS

pytestmark = [pytest.mark.django_db, pytest.mark.nightly]
STEPS = st.lists(
    st.one_of(
        *[st.tuples(st.sampled_from(ACTS), st.sampled_from(SLUGS), st.sampled_from(SLUGS))] * 3,
        st.sampled_from(("begin", "join", "follow")),
    ),
    max_size=14,
)


@settings(
    max_examples=examples(200, quick=8, nightly=2000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_following_from_any_moment_gives_what_the_bulk_says(tmp_path, steps):
    client, copies = Client(), []

    def fetch(path):
        response = client.get(path)
        if response.status_code == 301:
            return 301, b""
        return response.status_code, b"".join(
            response.streaming_content
        ) if response.streaming else response.content

    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(bulk.bulk_files, "bulk_folder", lambda: tmp_path / "bulk")
        patch.setattr(change_feed, "PAGE", 2)
        for step in [*steps, "follow"]:
            if step in ("begin", "join"):
                bulk.write()
                copies.append(Follower(fetch, empty=step == "join"))
            elif step == "follow":
                for copy in copies:
                    copy.follow()
            else:
                page_acts.do(*step, tmp_path)
        bulk.write()
        expected, _ = bulk_pages(fetch)
        for copy in copies:
            assert copy.pages == expected
        transaction.set_rollback(True)
