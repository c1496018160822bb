"""Publications by SQL: the same objects as the ORM makes of the same rows."""

import pytest

from drugs import publishing
from drugs.models import Publication
from drugs.models.publication_rows import COLUMNS, publications
from tests.support.builders import make_document, make_review, publish_document

pytestmark = pytest.mark.django_db


def test_publications_by_sql_are_those_of_the_orm():
    publish_document(make_document(slug="one", ingredients=("Aol", "Bol")), review=make_review())
    publishing.withdraw(publish_document(slug="two"), reason="Gone.", by="test")
    found = publications(
        f"SELECT {COLUMNS}, 7, slug FROM drugs_publication ORDER BY id", [], ("seven", "said")
    )
    for page, same in zip(found, Publication.objects.order_by("pk"), strict=True):
        assert (page.seven, page.said) == (7, same.slug)
        values = [
            (field.attname, getattr(same, field.attname)) for field in Publication._meta.concrete_fields
        ]
        assert [(name, getattr(page, name)) for name, _ in values] == values
        assert page == same and page.status == same.status and not page.get_deferred_fields()
    found[0].save(update_fields=["title"])
