"""Quality of reading old pages: word coverage, text stored twice, speed and, given labels, F1 scores.

    MEDINFO_TEST_CORPUS=/corpus python tests/benchmarks/score_pages.py [--labels DIR] [--misses]

The corpus is a folder with `pages/<letter>/<slug>.md`. A labels folder holds JSON files with the keys `page`,
`odd`, `sections` (kinds), `faqs` (questions) and `effects` (`name`, `group`), made by reading the pages.
"""

import argparse
import json
import os
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from itertools import groupby
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from drugs.content import LABEL_JOINER  # noqa: E402
from drugs.formats.legacy import read_legacy_page  # noqa: E402

KIND_WORDS = {
    "uses": "usage uses",
    "dosage": "dosage",
    "side_effects": "side effects",
    "how_it_works": "how it works",
    "precautions": "precautions",
    "faqs": "faqs faq",
    "notice": "disclaimer note",
}
JOINERS = frozenset("and or such as include includes including".split())


def words(*texts):
    return Counter(re.findall(r"\w+", "\n".join(texts).lower()))


def corpus_pages(corpus):
    """(path, title, body, first line of the body) of every page."""
    for path in sorted((corpus / "pages").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        match = re.match(r"---\n(.*?\n)---\n", text, re.S)
        title = str(yaml.safe_load(match[1])["title"])
        yield (
            str(path.relative_to(corpus / "pages").with_suffix("")),
            title,
            text[match.end() :],
            match[0].count("\n") + 1,
        )


def label_texts(effects):
    """Each level of the labels once for each run of effects that it stands over."""
    depth = max((effect.label.count(LABEL_JOINER) + 1 for effect in effects), default=0)
    for level in range(depth):
        for path, _ in groupby(tuple(effect.label.split(LABEL_JOINER)[: level + 1]) for effect in effects):
            if len(path) > level:
                yield path[level]


def stored_texts(document):
    texts = [document.title, *(name.text for name in document.names), *label_texts(document.side_effects)]
    for rows in (document.sections, document.faqs):  # a component once for each run of what stands under it
        texts += [component for component, _ in groupby(row.component for row in rows)]
    texts += (
        document.ingredients if document.components else ()
    )  # names of one ingredient are no names of the page
    texts += [text for section in document.sections for text in (section.heading, section.body)]
    texts += [text for effect in document.side_effects for text in (effect.name, effect.description)]
    return texts + [text for faq in document.faqs for text in (faq.question, faq.answer)]


def lost_words(body, document):
    """The words of `body` that the document neither holds nor says by its structure."""
    lost = words(body) - words(*stored_texts(document))
    kinds = {section.kind for section in document.sections}
    allowed = Counter({word: 9 for kind in kinds for word in KIND_WORDS.get(kind, "").split()})
    allowed.update({"q": len(document.faqs), "a": len(document.faqs)})
    allowed.update({"generic": len(document.names), "name": len(document.names)})
    allowed.update({word: len(document.side_effects) for word in JOINERS})
    return lost - allowed


def stored_twice(body, document):
    return sum(words(*stored_texts(document)).values()) / max(1, sum(words(body).values()))


def normal(text):
    return re.sub(r"\s+", " ", re.sub(r"[*_`\"“”]", "", text)).strip(" .:,;").lower()


def core(text):
    return re.sub(r"\s+", " ", re.sub(r"\([^()]*\)", "", normal(text))).strip(" .:,;")


def alike(one, other):
    """Lenient equality of names: the same words but for brackets, or one within the other."""
    one, other = core(one), core(other)
    if one == other or (min(len(one), len(other)) > 4 and (one in other or other in one)):
        return True
    left, right = set(one.split()), set(other.split())
    return len(left & right) * 2 > len(left | right)


def match(expected, found, same):
    """Pairs of equal things, each used once."""
    rest, pairs = list(found), []
    for thing in expected:
        partner = next((other for other in rest if same(thing, other)), None)
        if partner is not None:
            rest.remove(partner)
            pairs.append((thing, partner))
    return pairs, rest


class Score:
    def __init__(self):
        self.hits, self.expected, self.found = Counter(), Counter(), Counter()
        self.groups = [0, 0]

    def add(self, measure, expected, found, same):
        pairs, extra = match(expected, found, same)
        self.hits[measure] += len(pairs)
        self.expected[measure] += len(expected)
        self.found[measure] += len(found)
        return pairs, [thing for thing in expected if thing not in [pair[0] for pair in pairs]], extra

    def f1(self, measure):
        total = self.expected[measure] + self.found[measure]
        return 2 * self.hits[measure] / total if total else 1.0


def score_page(label, document, scores, misses):
    def count(measure, expected, found, same):
        results = [score.add(measure, expected, found, same) for score in scores]
        pairs, missed, extra = results[0]
        if misses and (missed or extra):
            print(f"  {label['page']} {measure}: missed {missed} extra {extra}")
        return pairs

    kinds = {section.kind for section in document.sections} - {"other"}
    count("sections", sorted(set(label["sections"]) - {"other"}), sorted(kinds), lambda a, b: a == b)
    count("faqs", label["faqs"], [faq.question for faq in document.faqs], lambda a, b: normal(a) == normal(b))
    expected = [(effect["name"], effect["group"]) for effect in label["effects"]]
    found = [(effect.name, effect.group) for effect in document.side_effects]
    count("strict", expected, found, lambda a, b: normal(a[0]) == normal(b[0]))
    # Names that stand twice on a page are paired within their group first, so that no order decides.
    pairs, rest = match(expected, found, lambda a, b: a[1] == b[1] and alike(a[0], b[0]))
    unpaired = list(expected)
    for pair in pairs:
        unpaired.remove(pair[0])
    others, _ = match(unpaired, rest, lambda a, b: alike(a[0], b[0]))
    for score in scores:
        score.hits["lenient"] += len(pairs) + len(others)
        score.expected["lenient"] += len(expected)
        score.found["lenient"] += len(found)
        score.groups[0] += len(pairs)
        score.groups[1] += len(pairs) + len(others)
    if misses and others:
        print(f"  {label['page']} group: {others}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    corpus = os.environ.get("MEDINFO_TEST_CORPUS")
    if not corpus:
        sys.exit("Set MEDINFO_TEST_CORPUS to the folder that holds pages/.")
    pages = list(corpus_pages(Path(corpus)))
    documents = read_all(pages)
    if options.labels:
        score_labels(options.labels, documents, options.misses)


def read_all(pages):
    """Reads every page and prints coverage, duplication and speed; the documents by path."""
    documents, findings, ratios, failed = {}, Counter(), [], 0
    read = [(page, read_legacy_page(page[2], slug="x", title=page[1], first_line=page[3])) for page in pages]
    for (path, _, body, _), page in read:
        documents[path] = page.document
        findings.update(finding.code for finding in page.findings)
        ratios.append(stored_twice(body, page.document))
        if lost := lost_words(body, page.document):
            failed += 1
            print(f"  {path} lost {dict(lost)}")
    print(f"pages {len(pages)}, with every word {len(pages) - failed}, findings {dict(findings)}")
    hundredth = statistics.quantiles(ratios, n=100)[98] if len(ratios) > 1 else ratios[0]
    print(
        f"words stored / in source: median {statistics.median(ratios):.3f}, 99th percentile {hundredth:.3f}"
    )
    reading, parsing = measure(pages)
    print(f"CPU {reading / len(pages) * 1000:.2f} ms a page, {reading / parsing:.2f} times MarkdownIt.parse")
    return documents


def measure(pages):
    """Seconds of CPU to read all pages and to parse them with MarkdownIt; the best of three runs, in turns."""
    parser = MarkdownIt()
    runs = []
    for _ in range(3):
        started = time.process_time()
        for _, title, body, line in pages:
            read_legacy_page(body, slug="x", title=title, first_line=line)
        between = time.process_time()
        for _, _, body, _ in pages:
            parser.parse(body)
        runs.append((between - started, time.process_time() - between))
    return tuple(min(times) for times in zip(*runs, strict=True))


def score_labels(folder, documents, misses):
    scores = defaultdict(Score)
    for path in sorted(folder.glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        chosen = [scores["all"], scores["odd" if label["odd"] else "ordinary"]]
        score_page(label, documents[label["page"]], chosen, misses)
    for name, score in scores.items():
        right, matched = score.groups
        print(
            f"{name:9} sections {score.f1('sections'):.3f}  FAQs {score.f1('faqs'):.3f}  effects"
            f" {score.f1('lenient'):.3f} lenient, {score.f1('strict'):.3f} strict  group {right / max(1, matched):.3f}"
        )


if __name__ == "__main__":
    main()
