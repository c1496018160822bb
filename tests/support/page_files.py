"""Files in the page format: the example of its description, and pages with a given body or front matter."""

import pytest

from drugs.formats import FormatError, read

EXAMPLE = """\
---
format: 1
title: Examplol
slug: examplol
origin: ai_or_crowd
names:
  - {text: Examplol hydrochloride, kind: synonym}
  - {text: Xamp, kind: brand}
classes: [Beta blockers]
references:
  - {title: Examplol summary of product characteristics, publisher: Some agency, year: 2024}
---
# Examplol

## Most important warning
Do not stop it suddenly.

## What it is used for
High blood pressure.

## Side effects
Not everyone gets these.

### Common side effects {common}
* **Feeling tired**: usually passes after a week. {very_common, expected}
* **Cold hands**

### Serious side effects {serious}
* **Swelling of the face**: a severe allergic reaction. {rare, emergency}

## Common questions
### Can I drive?
Not until you know how it affects you.
"""


def page(body="", front="", title="Examplol"):
    text = f"---\nformat: 1\ntitle: {title}\n{front}---\n# {title}\n{body}"
    return read(text.encode(), stem="examplol")


def error_of(data, stem="examplol"):
    with pytest.raises(FormatError) as caught:
        read(data if isinstance(data, bytes) else data.encode(), stem=stem)
    return caught.value


def read_or_refuse(data):
    try:
        return read(data, stem="examplol")
    except FormatError:
        return None
