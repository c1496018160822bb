"""Reviews through any sequence of saves, imports, merges, restores and publications: nobody signs what they wrote.

A state machine (hypothesis) calls the real functions as three people would, and keeps its own list of who wrote.
"""

import itertools
import re
from collections import Counter
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from drugs import desk, formats, publishing
from drugs.content import Document, Name, sha256
from drugs.import_export import name_import
from drugs.import_export.page_import import Import
from drugs.import_export.sources import ReadFile
from drugs.models import Edition, Monograph, Publication
from drugs.publishing import merging
from tests.support.builders import make_document, make_review
from tests.support.examples import examples

SLUGS = ("examplol", "otherol")
BODIES = [
    " ".join(words)
    for words in itertools.product(
        ("Swallow", "Swalow"), ("500 mg", "5000 mg", "500 g"), ("twice a day.", "never a day.", "twice a day")
    )
]
NAMES = ["Xamp", "Newbrand", "Otherol", "Otherol Forte", "Secondbrand"]
KINDS = ["typo", "names", "clarity", "evidence", "safety", "review"]
# What no spelling changes: written here again, so that a fault of the code's own list shows.
GUARDED = re.compile(r"\d[\d.,]*|\b(?:never|not|no|mg|g|twice)\b")


def document_of(slug, body, names):
    warning, uses, *others = make_document().sections
    return make_document(
        slug=slug,
        title=slug.capitalize(),
        names=tuple(Name(text, "brand") for text in sorted(names)),
        sections=(warning, replace(uses, body=body), *others),
    )


texts = st.builds(
    document_of, st.sampled_from(SLUGS), st.sampled_from(BODIES), st.sets(st.sampled_from(NAMES), max_size=2)
)
slugs = st.sampled_from(SLUGS)


def guarded(document):
    return Counter(GUARDED.findall("\n".join(section.body for section in document.sections)))


class Reviews(RuleBasedStateMachine):
    """What people may do to two pages.

    `writers` are those who changed the words that a signature would cover, `unsigned` those of each edition.
    """

    people = ("ann", "ben", "cid")

    def __init__(self):
        super().__init__()
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        self.writers, self.unsigned = {}, {}
        self.texts, self.versions = {}, {}
        self.editions = 0
        self.signatures = Counter()
        for slug in SLUGS:
            self._acting(self.people[0], desk.write, document_of(slug, BODIES[0], ()), by=self.people[0])

    def teardown(self):
        transaction.set_rollback(True)
        self.rolled_back.__exit__(None, None, None)

    def _acting(self, who, action, *args, brings=frozenset(), **more):
        """`action` called, whoever changed words by it noted, and each edition that came of it looked at.

        `brings` are the writers of an older text that an edition made of it brings back.
        """
        try:
            with transaction.atomic():
                result = action(*args, **more)
        except publishing.PublishingError:
            result = None
        for page in Monograph.objects.all():
            if self.versions.get(page.slug) != page.version:
                self.versions[page.slug] = page.version
                before, self.texts[page.slug] = self.texts.get(page.slug), desk.read(page)
                if self.texts[page.slug] != before:
                    self.writers.setdefault(page.slug, set()).add(who)
        for edition in Edition.objects.select_related("monograph").order_by("id")[self.editions :]:
            self.editions += 1
            self.writers[edition.monograph.slug] |= brings
            self._look_at(edition, who)
        return result

    def _look_at(self, edition, who):
        writers = self.writers[edition.monograph.slug]
        signed = edition.review_of == edition.number
        self.unsigned[edition.monograph.slug, edition.number] = set() if signed else set(writers)
        if not edition.reviewed_on:
            return
        assert who not in writers, f"{who} wrote, and {edition} is reviewed"
        self.signatures[edition.kind] += 1
        if signed:
            writers.clear()
            return
        last = Edition.objects.get(monograph=edition.monograph, number=edition.number - 1)
        old, new = (Document.from_json(each.document) for each in (last, edition))
        assert edition.kind in ("typo", "names")
        assert guarded(old) == guarded(new)
        added = {name.text for name in set(new.names) - set(old.names)}
        assert not added or edition.kind == "names" and not any("Otherol" in text for text in added)

    @rule(who=st.integers(0, 2), text=texts)
    def save(self, who, text):
        monograph = Monograph.objects.get(slug=text.slug)
        self._by(who, desk.write, text, monograph=monograph)

    @rule(who=st.integers(0, 2), slug=slugs, body=st.sampled_from(BODIES), publisher=st.integers(0, 2))
    def save_and_publish(self, who, slug, body, publisher):
        names = {name.text for name in desk.read(Monograph.objects.get(slug=slug)).names}
        self.save(who, document_of(slug, body, names))
        self.publish(publisher, slug, "clarity", signed=publisher != who)

    def _by(self, who, action, *args, **more):
        who = self.people[who % len(self.people)]
        return self._acting(who, action, *args, by=who, **more)

    @rule(
        who=st.integers(0, 2),
        slug=slugs,
        kind=st.sampled_from(KINDS),
        signed=st.booleans(),
    )
    def publish(self, who, slug, kind, signed):
        review = make_review() if signed else None
        self._by(
            who, publishing.publish, Monograph.objects.get(slug=slug), kind=kind, note="So.", review=review
        )

    @rule(who=st.integers(0, 2), text=texts, publish=st.booleans(), overwrite=st.booleans())
    def import_page(self, who, text, publish, overwrite):
        page = formats.read(formats.write(text).encode(), stem=text.slug)
        read = ReadFile(f"{text.slug}.md", f"drugs/{text.slug}.md", sha256(text.to_json()), page)
        self._by(who, lambda by: list(Import(by=by, publish=publish, overwrite=overwrite).run([read])))

    @rule(who=st.integers(0, 2), slug=slugs, name=st.sampled_from(NAMES), publish=st.booleans())
    def import_name(self, who, slug, name, publish):
        names = {Monograph.objects.get(slug=slug).pk: (Name(name, "brand"),)}
        self._by(who, lambda by: list(name_import.apply(names, by=by, publish=publish)))

    @rule(who=st.integers(0, 2), slug=slugs, number=st.integers(1, 4), kind=st.sampled_from(KINDS))
    def restore(self, who, slug, number, kind):
        if edition := Edition.objects.filter(monograph__slug=slug, number=number).first():
            brings = self.unsigned[slug, number]
            self._by(who, publishing.restore, edition, note="Back.", kind=kind, brings=brings)

    @rule(who=st.integers(0, 2), backwards=st.booleans())
    def merge(self, who, backwards):
        one, other = Monograph.objects.order_by("-slug" if backwards else "slug")
        self._by(who, merging.merge, one, other)

    @rule(who=st.integers(0, 2), slug=slugs)
    def withdraw(self, who, slug):
        if page := Publication.objects.filter(slug=slug, withdrawn_at=None).first():
            self._by(who, publishing.withdraw, page, reason="Wrong.")

    @rule(who=st.integers(0, 2), slug=slugs)
    def submit(self, who, slug):
        self._by(who, publishing.submit, Monograph.objects.get(slug=slug))

    @invariant()
    def what_readers_see_is_what_was_published(self):
        for page in Publication.objects.select_related("edition"):
            assert (page.reviewed_on, page.review_of) == (page.edition.reviewed_on, page.edition.review_of)


class OnePerson(Reviews):
    """The same, all of it done by one person."""

    people = ("ann",)

    @invariant()
    def nothing_is_reviewed(self):
        assert not Edition.objects.exclude(reviewed_on=None).exists()


@pytest.mark.nightly
@pytest.mark.django_db
@pytest.mark.parametrize("machine", [Reviews, OnePerson])
def test_no_sequence_of_acts_lets_a_writer_sign(machine):
    steps = settings(
        max_examples=examples(10, quick=1, nightly=200),
        stateful_step_count=examples(50),
        deadline=None,
        phases=[Phase.generate],  # a step is a transaction: to shrink hundreds of them takes many minutes
    )
    run_state_machine_as_test(machine, settings=steps)
