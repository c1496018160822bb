"""Labels beside a text at the desk: what is shown, what one click cites, and who may."""

import pytest
from django.core.management import call_command

from drugs import desk, labels
from drugs.content import Document, Section, SideEffect
from drugs.models import AuditEntry, Label, Monograph
from tests.labels.builders import make_label
from tests.support.desk_posts import address_of, change_address, make_user, read
from tests.support.labels import section, spl

pytestmark = pytest.mark.django_db
USES = section("34067-9", "1 INDICATIONS", "<paragraph>Examplol is for pain.</paragraph>")
EFFECTS = section(
    "34084-4",
    "6 ADVERSE REACTIONS",
    "<paragraph>In trials, reactions in 2% or more:</paragraph><table><thead><tr><th>Reaction</th><th>Examplol %</th>"
    "</tr></thead><tbody><tr><td>Yawning</td><td>12</td></tr><tr><td>Hiccups</td><td>2.5</td></tr></tbody></table>",
)


@pytest.fixture
def monograph(client):
    client.force_login(make_user("edith", "drugs.change_monograph", "drugs.view_monograph"))
    document = Document(
        slug="examplol", title="Examplol", ingredients=("examplol",), sections=(Section("uses"),)
    )
    return desk.create([document], by="writer")[0]


def import_label(tmp_path, data):
    (tmp_path / "label.xml").write_bytes(data)
    call_command("import_labels", str(tmp_path / "label.xml"), verbosity=0)
    return Label.objects.get(is_current=True)


def post(client, monograph, kind="uses", **fields):
    sent = {"version": Monograph.objects.get().version, **fields}
    return client.post(f"{address_of('labels', monograph)}?kind={kind}", sent, follow=True).content.decode()


def at(client, monograph, kind):
    return client.get(f"{address_of('labels', monograph)}?kind={kind}&part=1").content.decode()


def test_a_label_stands_beside_the_section_of_its_kind(client, monograph, tmp_path):
    import_label(tmp_path, spl(USES + EFFECTS))
    shown = at(client, monograph, "uses")
    assert "Examplol is for pain." in shown and "Yawning" not in shown
    assert "version 12" in shown and "2024-03-05" in shown and "Made-up Works &amp; Sons" in shown
    assert (
        f'data-labels="{address_of("labels", monograph)}?kind=uses&amp;part=1"'
        in client.get(change_address(monograph)).content.decode()
    )


def test_established_classes_are_suggested_and_change_nothing(client, monograph, tmp_path):
    index = b"""<document xmlns="urn:hl7-org:v3"><id root="d"/><code code="60685-5"/><setId root="index"/>
<effectiveTime value="20101101"/><versionNumber value="1"/><component><structuredBody><component><section><subject>
<identifiedSubstance><identifiedSubstance><code code="AAAAAAAAA1"/><name>EXAMPLOL</name><asSpecializedKind>
<generalizedMaterialKind><code displayName="Made-up Blocker [EPC]"/></generalizedMaterialKind></asSpecializedKind>
</identifiedSubstance></identifiedSubstance></subject></section></component></structuredBody></component></document>"""
    assert "Made-up Blocker" not in at(client, monograph, "uses")
    import_label(tmp_path, index)
    assert "Made-up Blocker (spl, 2010-11-01)" in at(
        client, monograph, "uses"
    )  # by its name, without any label
    Monograph.objects.get().ingredients.update(text="exemplol")
    assert "Made-up Blocker" not in at(client, monograph, "uses")
    (tmp_path / "label.xml").write_bytes(
        spl(USES).replace(b"<name>EXAMPLOL</name>", b"<name>EXEMPLOL</name>")
    )
    call_command("import_labels", str(tmp_path / "label.xml"), verbosity=0)
    assert "Made-up Blocker" in at(client, monograph, "uses")  # by the code of its moiety
    assert not desk.read(Monograph.objects.get()).classes


def test_the_country_of_a_foreign_label_is_said_twice(client, monograph, tmp_path, settings):
    import_label(tmp_path, spl(USES))
    settings.COUNTRY = "gb"
    shown = at(client, monograph, "uses")
    assert shown.count("Country of this label: United States, not United Kingdom.") == 1
    assert '<span class="label-country">United States</span>' in shown
    settings.COUNTRY = "us"
    shown = at(client, monograph, "uses")
    assert (
        "Country of this label" not in shown and '<span class="label-country">United States</span>' in shown
    )


def test_one_click_cites_a_label_with_place_and_version(client, monograph, tmp_path):
    row = import_label(tmp_path, spl(USES))
    said = post(client, monograph, cite=f"{row.pk}-0")
    assert "Cited as reference 1" in said
    [reference] = read(monograph).references
    assert (reference.country, reference.version, reference.date) == ("US", "12", "2024-03-05")
    assert (reference.locator, reference.publisher) == ("1 INDICATIONS", "Made-up Works & Sons")
    assert (reference.source, reference.set_id) == (row.source, row.set_id)
    assert (
        reference.title == "XAMP Night (examplol)" and "dailymed" in reference.url and reference.accessed_on
    )
    assert "Reference 1 of this page." in said
    post(client, monograph, cite=f"{row.pk}-0")
    assert (len(read(monograph).references), Monograph.objects.get().version) == (1, 2)


def test_a_citation_is_an_act_of_its_editor(client, monograph, tmp_path):
    row = import_label(tmp_path, spl(USES))
    post(client, monograph, cite=f"{row.pk}-0")
    assert Monograph.objects.get().changed_by == "edith"
    assert "edith" in desk.contributors(monograph)
    entry = AuditEntry.objects.order_by("number").last()
    assert (entry.who, entry.action, entry.object) == ("edith", "saved", "examplol")
    assert desk.revision(monograph, 1) is not None


def test_ticked_side_effects_become_rows_with_the_citation(client, monograph, tmp_path):
    row = import_label(tmp_path, spl(USES + EFFECTS))
    number = next(
        at for at, part in enumerate(labels.read_label(row).sections) if part.kind == "side_effects"
    )
    shown = at(client, monograph, "side_effects")
    assert "Yawning" in shown and "12 % (Examplol %)" in shown
    key = f"{row.pk}-{number}"
    post(client, monograph, "side_effects", cite=key, effect=[f"{key}-0", f"{key}-1", "999-9-9", "junk"])
    assert read(monograph).side_effects == (
        SideEffect(
            "Yawning", label="In trials, reactions in 2% or more", frequency="very_common", reference=1
        ),
        SideEffect("Hiccups", label="In trials, reactions in 2% or more", frequency="common", reference=1),
    )
    post(client, monograph, "side_effects", cite=key, effect=[f"{key}-0"])
    assert len(read(monograph).side_effects) == 2


def test_nothing_is_cited_over_what_somebody_saved_meanwhile(client, monograph, tmp_path):
    row = import_label(tmp_path, spl(USES))
    said = post(client, monograph, cite=f"{row.pk}-0", version="7")
    assert "Nothing was cited" in said and not read(monograph).references


@pytest.mark.parametrize("value", ["", "x", "1", "999999-0", "0-99999", "-1-0", "1-0-0-0", "9" * 30 + "-1"])
def test_a_citation_of_no_section_is_refused(client, monograph, tmp_path, value):
    import_label(tmp_path, spl(USES))
    assert "no such section" in post(client, monograph, cite=value)
    assert not read(monograph).references


def test_words_of_a_label_are_shown_safely_and_quoted(client, monograph, tmp_path):
    hostile = section(
        "34067-9",
        "1 &lt;img src=x onerror=alert(1)&gt;",
        "<paragraph>&lt;script&gt;x&lt;/script&gt;</paragraph>",
    )
    row = import_label(tmp_path, spl(hostile))
    shown = at(client, monograph, "uses")
    assert "<script" not in shown and "<img" not in shown
    quoted = labels.quotation(labels.read_label(row), labels.read_label(row).sections[0])
    assert quoted.startswith("> ") and all(line.startswith(">") for line in quoted.split("\n"))
    assert "XAMP Night (examplol), US, version 12, 2024-03-05" in quoted
    post(client, monograph, cite=f"{row.pk}-0")
    assert len(read(monograph).references) == 1


def test_a_label_is_pinned_and_put_away_at_the_desk(client, monograph, tmp_path):
    row = import_label(tmp_path, spl(USES))
    assert "comes first now" in post(client, monograph, pin=str(row.pk))
    assert "pinned by edith" in at(client, monograph, "uses")
    assert "is put away" in post(client, monograph, put_away=str(row.pk))
    assert not labels.match_monograph(monograph)
    assert "Neither pinned nor put away" in at(client, monograph, "uses")
    assert "no such label" in post(client, monograph, pin="x")


def test_whoever_may_only_read_cannot_cite(client, monograph, tmp_path):
    row = import_label(tmp_path, spl(USES))
    client.force_login(make_user("rita", "drugs.view_monograph"))
    assert client.get(address_of("labels", monograph)).status_code == 403
    assert (
        client.post(address_of("labels", monograph), {"cite": f"{row.pk}-0", "version": 1}).status_code == 403
    )
    assert "label-fold" not in client.get(change_address(monograph)).content.decode()


def test_a_page_without_labels_says_so(client, monograph):
    assert "No imported label has exactly" in at(client, monograph, "nonsense")


def test_queries_of_the_labels_do_not_grow_with_their_number(
    client, monograph, django_assert_max_num_queries
):
    labels.store([make_label(f"set-{number}") for number in range(40)])
    for kind in ("uses", "side_effects"):
        with django_assert_max_num_queries(25):
            assert at(client, monograph, kind).count("label-beside") == 5
