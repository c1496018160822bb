"""What a database holds, as the facts of one act, as 0010_facts_of_acts states it. Frozen: never edited.

The living ones are those of `drugs.audit.facts`, which says what each key is.
"""

import datetime
import hashlib
import json

from django.db.models import F

CHUNK = 200
DESK_TABLES = {  # by the model's name; the columns that say something
    "DrugName": ("text", "kind", "source"),
    "Ingredient": ("text",),
    "ClassOfDrug": ("name", "atc"),
    "Section": ("kind", "heading", "body"),
    "SideEffect": ("name", "description", "group", "label", "frequency", "urgency"),
    "FAQ": ("question", "answer"),
    "Reference": ("title", "publisher", "url", "year", "accessed_on"),
}
REPORT_COLUMNS = (
    "monograph_id", "number", "sha256", "section", "heading", "kind", "message", "created_at", "state", "outcome",
    "note", "closed_at", "closed_by", "token", "overflow",
)  # fmt: skip


def canonical_json(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def digest(value):
    return sha256(canonical_json(value))


def moment(value):
    return value.astimezone(datetime.UTC).isoformat()


def said(columns):
    return {name: plain(value) for name, value in columns.items() if value not in (None, "", [], False)}


def plain(value):
    if isinstance(value, datetime.datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def facts(apps, using):
    def rows(label, name):
        return apps.get_model(label, name).objects.using(using)

    heads = {}
    newest = rows("drugs", "Edition").order_by("monograph_id", "number")
    for slug, number, record in newest.values_list("monograph__slug", "number", "record").iterator(CHUNK):
        heads[slug] = [slug, number, record]
    gone = rows("drugs", "Publication").exclude(withdrawn_at=None).order_by("slug")
    columns = ("slug", "withdrawn_at", "withdrawn_reason", "successor__slug")
    return {
        "found": True,
        "editions": list(heads.values()),
        "pages": {
            slug: {"at": moment(at), "reason": reason, "successor": successor or ""}
            for slug, at, reason, successor in gone.values_list(*columns)
        },
        "desks": desks(rows),
        "writers": writers(rows),
        "texts": {row.key: sha256(row.body) for row in rows("drugs", "SiteText").order_by("key")},
        "accounts": {row.username: standing(rows, row) for row in rows("auth", "User").order_by("pk")},
        "groups": {row.name: names_of(row.permissions) for row in rows("auth", "Group").order_by("name")},
        "reports": {
            str(row.pk): digest(said({name: getattr(row, name) for name in REPORT_COLUMNS}))
            for row in rows("drugs", "ProblemReport").order_by("pk").iterator(CHUNK)
        },
    }


def desks(rows):
    states, last = {}, 0
    columns = ("pk", "slug", "version", "title", "language", "origin")
    monographs = rows("drugs", "Monograph").order_by("pk")
    while batch := list(monographs.filter(pk__gt=last).values_list(*columns)[:CHUNK]):
        last = batch[-1][0]
        words = {
            pk: said({"title": title, "language": language, "origin": origin})
            for pk, _, _, title, language, origin in batch
        }
        for name, of_row in DESK_TABLES.items():
            found = rows("drugs", name).filter(monograph__in=list(words))
            for pk, *values in found.order_by("monograph_id", "position", "id").values_list(
                "monograph_id", *of_row
            ):
                row = said(dict(zip(of_row, values, strict=True)))
                words[pk].setdefault(name.lower(), []).append(row)
        replaced = rows("drugs", "DeskRevision").filter(monograph__in=list(words))
        replaced = replaced.filter(version=F("monograph__version") - 1)
        for pk, document in replaced.values_list("monograph_id", "document"):
            words[pk]["replaced"] = sha256(document)
        states.update({str(pk): [slug, version, digest(words[pk])] for pk, slug, version, *_ in batch})
    return states


def writers(rows):
    names = {str(pk): [] for pk in rows("drugs", "Monograph").values_list("pk", flat=True)}
    found = rows("drugs", "Contributor").filter(signed_in=None).order_by("who")
    for pk, who in found.values_list("monograph_id", "who"):
        names[str(pk)].append(who)
    return names


def standing(rows, person):
    keys = rows("otp_totp", "TOTPDevice").filter(user_id=person.pk, confirmed=True)
    codes = rows("otp_static", "StaticToken").filter(device__user_id=person.pk)
    secrets = [
        person.password,
        sorted(keys.values_list("key", flat=True)),
        sorted(codes.values_list("token", flat=True)),
    ]
    return {
        "is": [name for name in ("is_active", "is_staff", "is_superuser") if getattr(person, name)],
        "groups": sorted(person.groups.values_list("name", flat=True)),
        "rights": names_of(person.user_permissions),
        "name": [person.first_name, person.last_name],
        "one_time": rows("drugs", "OneTimePassword").filter(user_id=person.pk).exists(),
        "secrets": digest(secrets),
    }


def names_of(permissions):
    names = permissions.values_list("content_type__app_label", "codename").order_by()
    return sorted(f"{app}.{codename}" for app, codename in names)


def state(apps, schema_editor):
    """Adds the act, if there is anything that it could state."""
    using = schema_editor.connection.alias
    found = facts(apps, using)
    if not any(found[name] for name in ("editions", "desks", "texts", "accounts")):
        return
    entries = apps.get_model("drugs", "AuditEntry").objects.using(using)
    number, previous = entries.order_by("-number").values_list("number", "record").first() or (0, "")
    text = canonical_json(found)
    columns = {
        "number": number + 1,
        "at": datetime.datetime.now(datetime.UTC),
        "who": "migrate",
        "action": "found",
        "object": "what the site held",
        "detail": f"{len(found['editions'])} pages with editions, {len(found['desks'])} desks, "
        f"{len(found['accounts'])} accounts, {len(found['reports'])} reports, as they were when this version of the "
        f"program came. No act before this one states what it did.\n[states {sha256(text)}]",
        "previous": previous,
    }
    hashed = {**columns, "at": moment(columns["at"])}
    entries.create(**columns, facts=text, record=digest(hashed))
