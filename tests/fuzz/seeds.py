"""Seed texts of the fuzzing: made-up pages of every shape, and the corpus where it is there."""

import json
import os
import random
from functools import cache
from pathlib import Path

from drugs import formats
from tests.benchmarks.pages import name, old_page
from tests.support.builders import make_document
from tests.support.page_files import EXAMPLE

MOST_OF_CORPUS = 2_000
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "monographs"

_SMALL_OLD = """---
layout: minimal-medicine
title: Examplol
---

# Examplol
### Generic Name
Examplol (examplol hydrochloride)

### Usage
For high blood pressure. Not if CrCl <30 mL/min.

### Dosage
* **Adults:** 5 mg once a day
    * Older people: 2.5 mg
* **Children:** not known

### Side Effects
**Common side effects:**
* Feeling tired, cold hands and dizziness
* **Headache (mild):** usually passes.

Less common but serious side effects may include:
* Swelling of the face (a severe allergic reaction)

### FAQs
* **Q: Can I drive?** A: Not until you know.
**Q: Alcohol?**
A: Less is better.

**Disclaimer:** This text is made up.
"""
_NAMES = (
    '{"drug": "examplol", "alias": "Xamp", "alias_kind": "brand"}\n'
    '{"drug": "Examplol", "alias": "exampelol", "kind": "misspelling", "more": [1, {"a": null}]}\n'
    '{"drug": "examplol", "alias": "Examplol", "alias_kind": "title"}\n'
)
_CSV = 'drug,alias,kind\nexamplol,Xamp,brand\nexamplol,"Xamp, forte",synonym\nexamplol,"Xamp ""x""",brand\n'


@cache
def pages():
    """Pages as texts, small ones first: they are chosen more often."""
    made_up = [old_page(number) for number in range(20)]
    fixtures = [path.read_text(encoding="utf-8") for path in sorted(FIXTURES.glob("*.md"))]
    return (_SMALL_OLD, EXAMPLE, formats.write(make_document()), *fixtures, *made_up, *_corpus())


def _corpus():
    folder = os.environ.get("MEDINFO_TEST_CORPUS")
    if not folder:
        return []
    paths = sorted(Path(folder, "pages").rglob("*.md"))
    return [
        path.read_text(encoding="utf-8")
        for path in random.Random(1).sample(paths, min(len(paths), MOST_OF_CORPUS))
    ]


def page(rng):
    found = pages()
    return rng.choice(found[:3]) if rng.random() < 0.5 else rng.choice(found)


def name_list(rng):
    """The lines of a list of names, and the suffix of its file."""
    return (_CSV, ".csv") if rng.random() < 0.4 else (_NAMES, ".jsonl")


@cache
def document_json():
    return make_document().to_json()


def query(rng):
    """What somebody types into the search box, before it is spoilt."""
    words = (
        "examplol",
        "xamp 500 mg tablets",
        "Beispielol + Examplol",
        "examplol hydrochloride",
        "co-exampl/ol",
    )
    return rng.choice((*words, name(rng.randrange(1000)), ""))


@cache
def front_matter():
    return json.dumps(
        {"title": "Examplol", "names": [{"text": "Xamp", "kind": "brand"}], "classes": ["Beta blockers"]}
    )
