"""Licences of labels: public domain, CC0, attribution, and nothing claimed that is not known."""

import pytest

from drugs.formats.label.licences import licence_of


@pytest.mark.parametrize(
    ("source", "country", "name", "named"),
    [
        ("spl", "us", "Public domain", ""),
        ("openfda", "us", "CC0", ""),
        ("epi", "eu", "attribution", "EMA"),
        ("epi", "es", "attribution", "AEMPS"),
        ("epi", "gb", "Not stated", ""),
    ],
)
def test_label_licence_is_that_of_its_source(source, country, name, named):
    licence = licence_of(source, country)
    assert name in licence.name and named in licence.attribution and bool(named) == bool(licence.attribution)
