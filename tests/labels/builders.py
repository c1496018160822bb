"""Made-up labels and pages, without files."""

from drugs.formats.label import LabelDocument, LabelSection, Moiety
from drugs.models import Monograph


def make_label(set_id: str, moieties=(("EXAMPLOL", "AAAAAAAAA1"),), **facts) -> LabelDocument:
    """A label of examplol, or of `moieties`, with these facts."""
    version = facts.pop("version", 12)
    facts = {
        "source": "spl",
        "country": "us",
        "language": "en",
        "document_id": f"{set_id}-{version}",
        "effective_date": "2024-03-05",
        "labeler": "Made-up Works",
        "doc_type": "34391-3",
        "title": "Examplol",
        "sha256": f"{set_id} {version} {facts.get('source')}",
        "use": "prescription",
        "key": tuple(sorted(unii for _, unii in moieties)),
        "sections": (LabelSection("uses", "34067-9", "1 USES", "For pain."),),
    } | facts
    found = tuple(Moiety(*moiety) for moiety in moieties)
    return LabelDocument(set_id=set_id, version=version, moieties=found, **facts)


def make_page(*ingredients: str, title: str = "Examplol") -> Monograph:
    """A page on `ingredients`, or on that of its title alone."""
    page = Monograph.objects.create(title=title, slug=title.lower())
    for position, text in enumerate(ingredients or (title,)):
        page.ingredients.create(text=text, position=position)
    return page
