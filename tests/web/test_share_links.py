"""Share links: one revision for whoever holds the address, marked as a draft, with comments and no way further."""

import datetime
from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.utils import timezone

from drugs import desk
from drugs.backups.cross_proofs import acts_against_the_database
from drugs.backups.tables import carried
from drugs.content import Reference
from drugs.desk import share_links
from drugs.models import AuditEntry, Monograph, ReviewNote, ShareLink
from drugs.web.views import share
from tests.support.builders import make_document, publish_document
from tests.support.desk_posts import make_person, record_account, sent
from tests.support.public_pages import body, elements, main_text, strict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SOURCE = Reference("A label", "Some agency", "https://agency.example/label", 2026, None)


@pytest.fixture
def link():
    """A link that edith made to a draft with a hostile body."""
    record_account(make_person("edith", "Editors"))
    page = desk.write(draft("For [pain](https://elsewhere.example) <script>alert(1)</script>."), by="edith")
    return share_links.share(page, by="edith", version=page.version, days=7)


def draft(words):
    """The usual document, whose first section says these words."""
    first, *others = make_document().sections
    return make_document(sections=(replace(first, body=words), *others), references=(SOURCE,))


def address(link):
    return f"/share/{share_links.token_of(link)}/"


def said(client, clock, link, **fields):
    """What a specialist has written a minute after opening the link."""
    clock(0)
    form = sent(client.get(address(link)))
    clock(60)
    return form | {"name": "Dr Ada Ek", "section": "uses", "text": "5 mg, <b>not</b> 50 mg."} | fields


def test_a_shared_draft_is_marked_and_kept_by_nobody(client, link):
    response = client.get(address(link))
    assert response.status_code == 200 and not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"] and 'content="noindex' in body(response)
    words = main_text(response)
    assert words.index("DRAFT, NOT FOR USE") < words.index("Examplol") < words.rindex("DRAFT, NOT FOR USE")
    assert 'class="sheet"' in body(response)  # on each sheet of paper


def test_a_shared_draft_leads_nowhere_and_runs_nothing(client, link):
    tree = strict(client.get(address(link)))
    assert {element.get("href") for element in elements(tree, "a")} == {"#comment"}
    assert not elements(tree, "script", "img", "iframe")
    words = main_text(client.get(address(link)))
    assert "For pain <script>alert(1)</script>." in words and "https://agency.example/label" in words


def test_a_draft_without_names_has_no_empty_box_of_facts(client, link):
    page = link.monograph
    assert "dl" in [element.tag for element in strict(client.get(address(link))).iter()]
    bare = make_document(names=(), ingredients=(), classes=())
    page = desk.write(bare, by="edith", monograph=Monograph.objects.get(pk=page.pk))
    other = share_links.share(page, by="edith", version=page.version, days=7)
    assert "dl" not in [element.tag for element in strict(client.get(address(other))).iter()]


def test_a_link_is_bound_to_one_revision(client, link):
    link.monograph.refresh_from_db()
    desk.write(draft("Newer words."), by="edith", monograph=link.monograph)
    assert "For pain" in main_text(client.get(address(link)))
    assert "Newer words" not in body(client.get(address(link)))


def test_whatever_is_no_open_link_gets_one_and_the_same_answer(client, link):
    page = link.monograph
    expired = share_links.share(page, by="edith", version=page.version, days=1)
    ShareLink.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    revoked = share_links.share(page, by="edith", version=page.version, days=1)
    share_links.revoke(revoked, by="edith")
    other = ShareLink(pk=link.pk, nonce="0" * 16)
    lost = share_links.share(page, by="edith", version=page.version, days=1)
    ShareLink.objects.filter(pk=lost.pk).update(sha256="0" * 64)
    forged = address(link)[:-3] + ("aa/" if address(link)[-3:] != "aa/" else "bb/")
    wrong = [*map(address, (expired, revoked, other, lost)), forged, "/share/x/", f"/share/{'9' * 250}/"]
    answers = set()
    for where in wrong:
        for response in (client.get(where), client.post(where, {"text": "x"})):
            headers = {k: v for k, v in response.headers.items() if k != "X-Request-ID"}
            answers.add((response.status_code, response.content, str(headers)))
    assert {status for status, *_ in answers} == {404} and len(answers) == 1
    assert client.get(address(link)).status_code == 200


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"groups": []}])
def test_a_link_leads_nowhere_once_its_maker_may_not_write(client, clock, link, change):
    fields, shared = said(client, clock, link), share_links.find(share_links.token_of(link))
    edith = get_user_model().objects.get(username="edith")
    if "groups" in change:
        edith.groups.clear()
    else:
        get_user_model().objects.filter(pk=edith.pk).update(**change)  # by whatever way
    assert client.get(address(link)).status_code == 404 == client.post(address(link), fields).status_code
    with pytest.raises(share_links.LinkRefused):
        share_links.comment_by_link(shared, name="x", text="sent while the role went")
    assert not ReviewNote.objects.exists()


def test_the_database_does_not_hold_what_opens_a_link(link, settings):
    token = share_links.token_of(link)
    row = ShareLink.objects.values().get()
    assert token not in map(str, row.values()) and token.rsplit(".", 1)[1] not in str(row)
    assert not AuditEntry.objects.filter(detail__contains=link.nonce).exists()
    settings.SECRET_KEY = "another" * 10
    assert share_links.find(token) is None


def test_a_comment_without_account_stands_in_the_review_as_such(client, clock, link):
    response = client.post(address(link), said(client, clock, link), headers={"origin": "null"})
    assert response.status_code == 302 and "Thank you" in main_text(client.get(response.url))
    note = ReviewNote.objects.get()
    assert (note.anchor, note.version, note.share) == ("uses", link.version, link)
    assert note.by == "Dr Ada Ek (without an account)" and note.text == "5 mg, <b>not</b> 50 mg."
    assert "5 mg" not in main_text(client.get(address(link)))  # what others said is for the editors
    assert AuditEntry.objects.get(action="commented").who == note.by


def test_a_comment_sent_twice_is_kept_once(client, clock, link):
    fields = said(client, clock, link)
    for _ in range(2):
        assert client.post(address(link), fields).status_code == 302
    assert ReviewNote.objects.count() == 1


def test_a_link_takes_so_many_comments_and_no_more(client, clock, link, monkeypatch):
    monkeypatch.setattr(share_links, "MOST_COMMENTS", 1)
    first, second = said(client, clock, link), said(client, clock, link, text="More.")
    assert client.post(address(link), first).status_code == 302
    refused = client.post(address(link), second)
    assert refused.status_code == 403 and "takes no more comments" in main_text(refused)
    assert ReviewNote.objects.count() == 1 and "<textarea" not in body(client.get(address(link)))


def test_comments_of_one_network_are_limited_by_the_hour(client, clock, link, monkeypatch):
    monkeypatch.setattr(share, "FROM_ADDRESS", 1)
    cache.clear()
    assert client.post(address(link), said(client, clock, link)).status_code == 302
    refused = client.post(address(link), said(client, clock, link, text="More."))
    assert refused.status_code == 429 and sent(refused)["text"].strip() == "More."


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({}, True),  # an old browser, which our own policy has told to say nothing
        ({"origin": "null", "sec-fetch-site": "same-origin"}, True),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, False),
        ({"origin": "http://testserver"}, True),
        ({"origin": "https://evil.example"}, False),
    ],
)
def test_csrf_a_comment_from_a_page_of_another_site_is_refused(client, clock, link, headers, is_taken):
    response = client.post(address(link), said(client, clock, link), headers=headers)
    assert ReviewNote.objects.exists() == is_taken == (response.status_code == 302)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"name": ""}, 400),
        ({"text": " \r\n "}, 400),
        ({"text": "x" * 2001}, 400),
        ({"section": "storage"}, 400),
        ({"website": "https://buy.example"}, 403),
        ({"token": ""}, 403),
        ({"text": "x" * 200_000}, 413),
    ],
)
def test_a_comment_that_is_refused_is_shown_again(client, clock, link, fields, status):
    response = client.post(address(link), said(client, clock, link, **fields))
    assert response.status_code == status and "has not been sent yet" in main_text(response)
    assert not ReviewNote.objects.exists() and response.headers["Referrer-Policy"] == "no-referrer"


def test_a_form_of_another_link_is_not_taken(client, clock, link):
    page = link.monograph
    other = share_links.share(page, by="edith", version=page.version, days=1)
    assert client.post(address(link), said(client, clock, other)).status_code == 403


def test_links_and_their_comments_are_acts_and_travel_in_backups(client, clock, link):
    publish_document(slug="otherol", title="Otherol")
    client.post(address(link), said(client, clock, link))
    share_links.revoke(link, by="rita")
    share_links.revoke(link, by="rita")
    acts = AuditEntry.objects.filter(action__in=("shared", "share_revoked")).values_list("who", "action")
    assert list(acts) == [("edith", "shared"), ("rita", "share_revoked")]
    assert ShareLink in carried() and not _objections()
    ShareLink.objects.update(expires_at=timezone.now() + datetime.timedelta(days=900))
    assert "Link" in _objections()[0]


def test_links_are_made_for_days_that_are_offered_and_ten_at_a_time(link):
    page = Monograph.objects.get()
    for wrong in ({"days": 365}, {"days": 0}):
        with pytest.raises(share_links.LinkRefused):
            share_links.share(page, by="edith", version=page.version, **wrong)
    with pytest.raises(desk.StaleDesk):
        share_links.share(page, by="edith", version=page.version + 1, days=1)
    for _ in range(share_links.MOST_OPEN - 1):
        share_links.share(page, by="edith", version=page.version, days=1)
    with pytest.raises(share_links.LinkRefused):
        share_links.share(page, by="edith", version=page.version, days=1)


def _objections():
    return [fault.message for fault in acts_against_the_database(lambda count: None) if not fault.warning]
