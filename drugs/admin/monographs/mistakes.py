"""The mistakes of a change form that was sent: where each stands, in words and as an address."""

from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm

from drugs.admin.monographs.form import MonographForm
from drugs.admin.monographs.outline import list_name, section_name


class Mistake(NamedTuple):
    """Something that was not saved: where it stands in words, what is wrong, and the id of the field."""

    where: str
    message: str
    anchor: str


def mistakes(fields: MonographForm) -> list[Mistake]:
    """The mistakes of a form that was sent, in its order, each with its section, row and field.

    What is said of the form as a whole is not among them: it stands above the form.
    """
    told = list(_mistakes_of(fields, ""))
    for formset in fields.formsets:
        name = list_name(formset)
        told += [Mistake(name, str(error), f"{formset.prefix}-group") for error in formset.non_form_errors()]
        for number, form in enumerate(formset.row_forms, start=1):
            place = form["position"].value() or number
            row = section_name(form) if formset.prefix == "sections" else f"{name}, row {place}"
            told += _mistakes_of(form, f"{row}: ")
    return told


def _mistakes_of(form: BaseForm, before: str) -> Iterator[Mistake]:
    for name, errors in form.errors.items():
        if name == NON_FIELD_ERRORS and form.prefix is None:
            continue
        bound = form[name] if name in form.fields else None
        label = str(bound.label) if bound else "the whole row"
        anchor = bound.auto_id if bound else str(form.prefix)
        yield from (Mistake(f"{before}{label}", str(message), anchor) for message in errors)
