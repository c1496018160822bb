"""Import of name lists: what they bring to the desk, and what a command may publish of it."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drugs import desk, publishing
from drugs.content import Name, Section
from drugs.import_export import name_import
from drugs.models import AuditEntry, DrugName, Edition, Monograph, Publication
from tests.support.builders import make_document, make_monograph, make_review, publish_document

pytestmark = pytest.mark.django_db


def run(tmp_path, *rows, name="names.jsonl", **options):
    path = tmp_path / name
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows), "utf-8")
    out, failure = io.StringIO(), None
    try:
        call_command("import_names", path, stdout=out, stderr=out, **options)
    except CommandError as error:
        failure = str(error)
    return out.getvalue(), failure


def row(alias, drug="examplol", kind="brand", **more):
    return {"drug": drug, "alias": alias, "alias_kind": kind, "source": "x", **more}


def names():
    return set(DrugName.objects.filter(source="list").values_list("monograph__slug", "text", "kind"))


def test_names_go_to_the_desk_and_wait_there(tmp_path):
    publish_document()
    said, failure = run(tmp_path, row("Zamp"), row("Zampol", drug="Examplol", kind="synonym"))
    assert failure is None and "2 names added, 0 pages published" in said
    assert names() == {("examplol", "Zamp", "brand"), ("examplol", "Zampol", "synonym")}
    assert Edition.objects.count() == 1


def test_running_it_twice_changes_nothing(tmp_path):
    publish_document()
    run(tmp_path, row("Zamp"), publish=True)
    said, _ = run(tmp_path, row("Zamp"), row("XAMP"), row("examplol", kind="synonym"), publish=True)
    assert "0 names added, 0 pages published" in said
    assert Edition.objects.count() == 2


def test_publish_makes_a_names_edition(tmp_path):
    publish_document()
    run(tmp_path, row("Zamp"), publish=True)
    edition = Edition.objects.get(number=2)
    assert (edition.kind, edition.published_by) == ("names", "import_names")
    assert '"text":"Zamp"' in edition.document


def test_a_reviewed_page_keeps_its_edition_and_the_names_wait(tmp_path):
    publish_document(review=make_review())
    said, _ = run(tmp_path, row("Zamp"), publish=True)
    assert "waits on the desk: examplol: the current edition is reviewed" in said
    assert Edition.objects.count() == 1 and names()


def test_a_name_of_another_medicine_waits_on_the_desk(tmp_path):
    publish_document()
    publish_document(slug="otherol", title="Otherol", names=())
    said, failure = run(tmp_path, row("Otherol Forte"), row("Zamp", drug="otherol"), publish=True)
    assert failure is None
    assert (
        "waits on the desk: examplol: More than the names has changed: “Otherol Forte” is a name of Otherol"
        in said
    )
    assert "2 names added, 1 pages published, 1 wait on the desk." in said


def test_other_changes_on_the_desk_are_never_published_along(tmp_path):
    monograph = publish_document().monograph
    document = make_document(sections=(*make_document().sections, Section("storage", "", "Half a sent")))
    desk.write(document, by="editor", monograph=monograph)
    said, _ = run(tmp_path, row("Zamp"), publish=True)
    assert "differs in more than names" in said
    assert Edition.objects.count() == 1


def test_an_editor_s_unpublished_name_is_not_published_along(tmp_path):
    monograph = publish_document().monograph
    DrugName.objects.create(monograph=monograph, text="Perhaps", kind="brand", source="editor", position=9)
    said, _ = run(tmp_path, row("Zamp"), publish=True)
    assert "differs in more than names" in said
    assert Edition.objects.count() == 1


def test_pages_never_published_or_withdrawn_stay_so(tmp_path):
    make_monograph(slug="draft", title="Draftol")
    publishing.withdraw(publish_document(), reason="No longer sold.", by="test")
    said, _ = run(tmp_path, row("Zamp"), row("Drafty", drug="draft"), publish=True)
    assert "the page is withdrawn" in said and "the page was never published" in said
    assert Publication.objects.public().count() == 0


def test_an_alias_of_two_drugs_is_reported_and_kept_on_both(tmp_path):
    publish_document()
    publish_document(slug="other", title="Otherol")
    said, failure = run(tmp_path, row("Zamp"), row("Zamp", drug="other"))
    assert failure is None and "Zamp names several medicines: examplol, other" in said
    assert names() == {("examplol", "Zamp", "brand"), ("other", "Zamp", "brand")}


def test_a_title_that_two_pages_bear_takes_the_alias_on_both(tmp_path):
    publish_document()
    publish_document(slug="examplol-2")
    run(tmp_path, row("Zamp", drug="Examplol"))
    assert {slug for slug, *_ in names()} == {"examplol", "examplol-2"}


def test_bad_lines_are_named_and_the_good_ones_are_used(tmp_path):
    publish_document()
    said, failure = run(
        tmp_path,
        row("Zamp"),
        "not json\n",
        "[1]\n",
        row("X", kind="nickname"),
        row("X", drug="nowhere"),
        row("bad\x00name"),
        row("Examplol", kind="title"),
        {"drug": "examplol"},
    )
    assert failure == "6 lines could not be used."
    for line, words in {
        2: "not JSON",
        3: "not a JSON object",
        4: "nickname",
        5: "nowhere",
        6: "printed",
        8: "needs drug and alias",
    }.items():
        assert any(f"line {line}: " in text and words in text for text in said.splitlines()), (line, said)
    assert len(names()) == 1


def test_a_csv_does_too(tmp_path):
    publish_document()
    run(tmp_path, "drug,alias,kind\n", 'examplol,"Zamp, forte",brand\n', name="names.csv")
    assert names() == {("examplol", "Zamp, forte", "brand")}
    _, failure = run(tmp_path, "a,b\n1,2\n", name="names.csv")
    assert "expected the columns" in failure


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_names", tmp_path / "gone.jsonl")


def test_a_dry_run_writes_nothing(tmp_path):
    publish_document()
    said, _ = run(tmp_path, row("Zamp"), publish=True, dry_run=True)
    assert "1 names added, 1 pages published" in said
    assert not names() and Edition.objects.count() == 1


def test_an_import_of_the_page_keeps_names_from_lists(tmp_path):
    publish_document()
    run(tmp_path, row("Zamp"))
    assert Name("Zamp", "brand") in desk.read(Monograph.objects.get()).names


HUGE = "x" * 200_000  # more than the csv module takes for one field


def test_a_line_that_cannot_be_read_takes_no_other_with_it(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text(f"drug,alias,kind\nexamplol,{HUGE},brand\nexamplol,Xamp,brand\n")
    bad, entry = name_import.read_list(path)
    assert "field larger" in bad.message and entry.name.text == "Xamp"


def test_a_list_without_a_readable_first_line_is_refused(tmp_path):
    path = tmp_path / "names.csv"
    path.write_text(f"drug,alias,{HUGE}\n")
    with pytest.raises(name_import.NameListError, match="line 1: field larger"):
        list(name_import.read_list(path))


def some_pages(count, first=0):
    """Public pages whose names have nothing in common, and a row of a list for each."""
    numbers = [f"{number:02}" for number in range(first, first + count)]
    for number in numbers:
        publish_document(slug=f"aol-{number}", title=f"Aol{number}", names=())
    return [row(f"Zeta{number}", drug=f"aol-{number}") for number in numbers]


def test_each_page_of_a_list_has_its_own_acts_in_one_chain(tmp_path):
    rows = some_pages(3)
    before = AuditEntry.objects.count()
    run(tmp_path, *rows, publish=True)
    acts = list(AuditEntry.objects.filter(number__gt=before).values_list("action", "object"))
    slugs = ["aol-00", "aol-01", "aol-02"]
    wanted = [*(("saved", slug) for slug in slugs), *(("published", slug) for slug in slugs)]
    assert acts == [*wanted, ("imported", "3 names")]
    call_command("verify", stdout=io.StringIO())


def test_a_name_of_two_pages_of_a_list_is_published_with_the_first(tmp_path):
    publish_document(slug="first", title="Firstol", names=())
    publish_document(slug="second", title="Secondol", names=())
    rows = row("Zampol", drug="first"), row("Zampol forte", drug="second"), row("Yol", drug="second")
    said, _ = run(tmp_path, *rows, publish=True)
    assert "waits on the desk: second: " in said and "“Zampol forte” is a name of Firstol" in said
    assert dict(Edition.objects.filter(number=2).values_list("monograph__slug", "kind")) == {"first": "names"}


@pytest.mark.parametrize("later", ["Zampol forte", "Forte Zampol", "Zam pol"])
def test_no_name_that_bears_on_another_page_is_looked_up_with_it(later):
    assert publishing.apart({1: ["Zampol", "Forte Zampol"], 2: ["Yol"], 3: [later]}) == [[1, 2], [3]]
    assert publishing.apart({1: [later], 2: ["Zampol", "Forte Zampol"]}) == [[1], [2]]
    assert publishing.apart({1: ["Xol"], 2: ["Yol"], 3: [later]}) == [[1, 2, 3]]


def test_pages_of_a_list_that_share_no_name_are_published_together():
    names = {1: ["Zampol"], 2: ["Zampol forte"], 3: ["Xol"], 4: ["Forte"], 5: ["Xol"]}
    assert publishing.apart(names) == [[1, 3], [2, 5], [4]]


def test_more_pages_of_a_list_take_no_more_queries(tmp_path, django_assert_max_num_queries):
    few, more = some_pages(2), some_pages(8, first=2)
    with CaptureQueriesContext(connection) as of_few:
        run(tmp_path, *few, publish=True)
    with django_assert_max_num_queries(len(of_few) + 6):  # the row of each publication is saved by itself
        run(tmp_path, *more, publish=True)
    assert Edition.objects.filter(number=2).count() == 10


def test_an_import_that_breaks_leaves_whole_batches_only(tmp_path, monkeypatch):
    rows = some_pages(3)
    monkeypatch.setattr(name_import, "BATCH", 2)
    publish_names, calls = publishing.publish_names, []

    def breaks(pages, **more):
        calls.append(pages)
        errors = publish_names(pages, **more)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return errors

    monkeypatch.setattr(publishing, "publish_names", breaks)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, *rows, publish=True)
    assert {slug for slug, *_ in names()} == {"aol-00", "aol-01"} and Edition.objects.count() == 5
    call_command("verify", stdout=io.StringIO())
