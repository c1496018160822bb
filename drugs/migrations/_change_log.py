"""Change log of the pages that are public already, as 0017_change_log writes it. Frozen: never edited."""

CHUNK = 1000


def write(apps, schema_editor):
    """An entry for each edition and each withdrawal there has been, by when it was."""
    using = schema_editor.connection.alias

    def rows(name):
        return apps.get_model("drugs", name).objects.using(using)

    pages = {}
    columns = ("slug", "monograph_id", "pk", "withdrawn_at", "successor_id", "number")
    for slug, *page in rows("Publication").values_list(*columns).iterator(CHUNK):
        pages[slug] = page
    events = []  # moment, 1 if it is a withdrawal, place, slug, edition, whether it is signed
    editions = rows("Edition").order_by("monograph_id", "number")
    columns = ("monograph__slug", "number", "published_at", "review_of")
    for slug, number, at, review_of in editions.values_list(*columns).iterator(CHUNK):
        if slug in pages:
            events.append((at, 0, number, slug, review_of == number))
    acts = rows("AuditEntry").filter(action="withdrawn").order_by("number")
    for number, slug, at in acts.values_list("number", "object", "at").iterator(CHUNK):
        if slug in pages:
            events.append((at, 1, number, slug, False))
    known = {(slug, at) for at, gone, _, slug, _ in events if gone}
    for slug, (_, _, withdrawn_at, _, _) in pages.items():
        # Before acts were recorded, and by how much the act is dated later than the page.
        if withdrawn_at and (slug, withdrawn_at) not in known:
            events.append((withdrawn_at, 1, 0, slug, False))
    _store(apps, using, sorted(events, key=lambda event: event[:3]), pages)


def _store(apps, using, events, pages):
    model = apps.get_model("drugs", "PageChange")
    last = {slug: index for index, (_, _, _, slug, _) in enumerate(events)}
    current, gone, found, batch = {}, set(), [], []
    for index, (at, is_withdrawal, number, slug, is_signed) in enumerate(events):
        _, pk, withdrawn_at, successor, now = pages[slug]
        if is_withdrawal:
            moved = successor and index == last[slug]
            kind, edition = "moved" if moved else "withdrawn", current.get(slug, 1)
            gone.add(slug)
        else:
            kind = "restored" if slug in gone else "reviewed" if is_signed else "published"
            edition = current[slug] = number
            gone.discard(slug)
        found.append((at, kind, pk, edition))
    for slug, (_, pk, withdrawn_at, successor, now) in pages.items():
        # Where clocks were put back, the end is set right: what the page is now comes last.
        if current.get(slug) != now or (slug in gone) != bool(withdrawn_at):
            kind = ("moved" if successor else "withdrawn") if withdrawn_at else "published"
            found.append((events[-1][0], kind, pk, now))
    at = None
    for number, (moment, kind, pk, edition) in enumerate(found, start=1):
        at = max(at, moment) if at else moment
        batch.append(model(number=number, at=at, kind=kind, publication_id=pk, edition=edition))
    model.objects.using(using).bulk_create(batch, batch_size=CHUNK)
