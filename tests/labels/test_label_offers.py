"""A bulk file over the examples and the pages of MEDINFO_TEST_CORPUS: every page whose ingredients it has is offered
its label, under the names that US labels use.
"""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import call_command

from drugs.content.normalisation import fold
from drugs.formats import read
from drugs.formats.label import base_name
from drugs.labels import match_monograph
from drugs.labels.substance_names import bare_name, names_in, same_name
from drugs.models import Label, Monograph

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
_EXAMPLES = Path(__file__).parents[2] / "fixtures" / "monographs"
_SALTS = ("SODIUM", "HYDROCHLORIDE", "MALEATE", "CALCIUM TRIHYDRATE")


def _pages(folders):
    for path in sorted(path for folder in folders for path in folder.rglob("*.md")):
        document = read(path.read_bytes(), stem=path.stem).document
        page, is_new = Monograph.objects.get_or_create(slug=document.slug, defaults={"title": document.title})
        for position, text in enumerate(document.ingredients if is_new else ()):
            page.ingredients.create(text=text, position=position)
        if is_new:
            yield page


def _result(page, number):
    """A result of openFDA on the ingredients of `page`, in the names of the United States; salts of one alone."""
    ingredients = list(page.ingredients.values_list("text", flat=True)) or names_in(page.title)
    names = [same_name(bare_name(text)).upper() for text in ingredients]
    if len(names) == 1 and base_name(fold(names[0])) == fold(names[0]) and " " not in names[0]:
        names = [f"{names[0]} {_SALTS[number % len(_SALTS)]}"]
    facts = {
        "product_type": ["HUMAN PRESCRIPTION DRUG"],
        "substance_name": names,
        "unii": [sha256(name.encode()).hexdigest()[:10].upper() for name in names],
        "application_number": ["NDA000001"],
    }
    return {
        "set_id": page.slug,
        "version": "1",
        "effective_time": "20240102",
        "openfda": facts,
        "indications_and_usage": ["Words."],
    }


def test_every_page_whose_ingredients_a_bulk_file_has_is_offered_its_label(tmp_path, corpus):
    pages = list(_pages([_EXAMPLES, corpus / "pages"]))
    results = [_result(page, number) for number, page in enumerate(pages)]
    (tmp_path / "bulk.json").write_text(json.dumps({"meta": {}, "results": results}))
    call_command("import_labels", str(tmp_path / "bulk.json"), verbosity=0)
    assert Label.objects.count() == len(pages) > 250
    missing = [
        page.title
        for page in pages
        if page.slug not in {match.label.set_id for match in match_monograph(page)}
    ]
    assert not missing, f"{len(missing)} of {len(pages)} pages: {missing[:10]}"
