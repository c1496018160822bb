"""Forms and formsets of the inlines: rows become parts of a document, and replace the rows of the desk."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.forms.models import BaseInlineFormSet

from drugs import content
from drugs.models import DrugName
from drugs.models.fields import FoldedField

NOT_IN_DOCUMENT = ("position", "monograph", "DELETE")  # fields of a row that are no part of the document


def explain(error: content.DocumentError) -> str:
    """The error message as a sentence that stands beside its field."""
    message = error.message
    return message[:1].upper() + message[1:] if message.startswith("line ") else f"This {message}"


def check_printable(text: str) -> None:
    """A validator against control and invisible characters: ValidationError for letters that turn others round, say."""
    if (at := content.find_unprintable(text)) is not None:
        raise forms.ValidationError(f"This holds a character that cannot be printed (U+{ord(text[at]):04X}).")


class LineField(forms.CharField):
    """A field of one line. Browsers let people paste line breaks and tabs; each becomes a space."""

    default_validators = [check_printable]

    def to_python(self, value: Any) -> str:
        return re.sub(r"[\r\n\t]+", " ", super().to_python(value) or "").strip()


class BodyField(forms.CharField):
    """A field of several lines, as documents keep them: browsers send \\r\\n; blank lines at the ends say nothing."""

    default_validators = [check_printable]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False})

    def to_python(self, value: Any) -> str:
        return content.clean_body((super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n"))


class RowForm(forms.ModelForm):
    """The form of one row. When it is valid, `value` is the part of a document that it says."""

    position = forms.IntegerField(
        label="Order",
        required=False,
        min_value=0,
        widget=forms.NumberInput(attrs={"class": "row-position", "aria-label": "Order"}),
    )
    part: Callable[..., Any]  # builds `value` from the fields, which have the same names
    error_fields: Mapping[str, str] = {}  # the document's name of a field -> the form's
    default_field: str  # where errors of all other fields stand
    value: Any = None
    outline: Any = None  # its part of the outline, once that is made

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["position"] = self.instance.position + 1  # people count from one
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("aria-label", field.label)
            if field.help_text:  # said once for all rows
                field.widget.attrs["aria-describedby"] = f"help_{self._meta.model._meta.model_name}_{name}"

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            try:
                self.value = self.build(self.cleaned_data)
            except content.DocumentError as error:
                self.add_error(self.error_fields.get(error.field, self.default_field), explain(error))
        return self.cleaned_data

    def _get_validation_exclusions(self):
        """Every field: the document has judged them, and constraints would ask the database for each row."""
        return {field.name for field in self._meta.model._meta.concrete_fields}

    def build(self, cleaned: dict[str, Any]) -> Any:
        """The part of the document; DocumentError if the document could not hold it."""
        return self.part(**{name: cleaned[name] for name in self.fields if name not in NOT_IN_DOCUMENT})

    def has_changed(self) -> bool:
        """The screen numbers blank rows too; a number alone makes no row."""
        return bool(set(self.changed_data) - {"position", "DELETE"})


class RowFormSet(BaseInlineFormSet):
    """The inline formset of one kind of rows. Saving puts them in the place of the desk's rows.

    They carry no ids: whether somebody else changed the desk meanwhile is settled by its version, and a row
    that an import replaced must not make an editor's text unsavable.
    """

    model: type[Any]
    prefix: str
    outline: Any = None  # its part of the outline, once that is made
    merged: Sequence[Any] | None = None  # parts of a document that stand in the place of what was sent

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            # A number alone must not make thousands of rows: each that is there sends a field.
            sent = sum(name.startswith(f"{self.prefix}-") for name in self.data)
            self.absolute_max = min(self.absolute_max, sent)

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if self.is_bound:
            del form.fields[self.model._meta.pk.name]
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Remove"
            form.fields["DELETE"].widget.attrs["aria-label"] = "Remove"

    @property
    def row_forms(self) -> list[RowForm]:
        """The forms of all rows, in the order in which they were made or sent."""
        return cast(list[RowForm], self.forms)

    def ordered_rows(self) -> list[RowForm]:
        """The forms that are neither blank nor removed, by position; those without a position come last."""
        removed = self._should_delete_form  # type: ignore[attr-defined]  # not in the stubs
        rows = [form for form in self.row_forms if form.has_changed() and not removed(form)]
        last = float("inf")

        def place(form):
            position = form.cleaned_data.get("position")
            return last if position is None else position

        return sorted(rows, key=place)

    def values(self) -> tuple[Any, ...]:
        """The parts of the document that the rows say, in order."""
        return tuple(form.value for form in self.ordered_rows())

    def places(self) -> dict[int, int | None]:
        """The place of each row, counted from 1, by the one that it had when the screen was made; None of a row
        that goes.
        """
        at = {str(form.prefix): number for number, form in enumerate(self.forms, start=1)}
        places: dict[int, int | None] = dict.fromkeys(at.values())
        return places | {
            at[str(form.prefix)]: place for place, form in enumerate(self.ordered_rows(), start=1)
        }

    def save(self, commit: bool = True) -> list[Any]:
        """The rows, written with one DELETE and one INSERT unless the desk holds exactly these."""
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        rows = self.rows()
        columns = [field.attname for field in self.model._meta.concrete_fields if not _follows(field)]
        saved = [[getattr(row, name) for name in columns] for row in self.get_queryset()]
        if saved != [[getattr(row, name) for name in columns] for row in rows]:
            self.model.objects.filter(monograph=self.instance).delete()
            self.model.objects.bulk_create(rows)
        return rows

    def rows(self) -> list[Any]:
        """The model instances as the desk will hold them."""
        if self.merged is None:
            rows = [form.instance for form in self.ordered_rows()]
        else:
            rows = [
                self.model(**({"text": part} if isinstance(part, str) else vars(part)))
                for part in self.merged
            ]
        for position, row in enumerate(rows):
            row.monograph, row.position = self.instance, position
        return rows


def _follows(field):
    """Whether the database makes the value of `field`, or derives it from another field."""
    return field.primary_key or isinstance(field, FoldedField)


class NameFormSet(RowFormSet):
    """The formset of names, with their source: a name that is unchanged keeps it, all others come from an editor."""

    def rows(self) -> list[DrugName]:
        known = defaultdict(list)
        for row in self.get_queryset():
            known[row.text, row.kind].append(row.source)
        if self.merged is not None:
            self.merged = list(self._said_by_each(self.merged, known))
        rows = super().rows()
        for row in rows:
            sources = known[row.text, row.kind]
            row.source = sources.pop(0) if sources else DrugName.Source.EDITOR
        return rows

    def _said_by_each(self, names, known):
        """A document says once what a page and a list have brought: each of them keeps its row."""
        times = Counter((name.text, name.kind) for name in names)
        more = {name: len(known[name]) - times[name] for name in times}
        for name in names:
            yield from [name] * (1 + max(0, more.pop((name.text, name.kind), 0)))


class NameForm(RowForm):
    part = content.Name
    error_fields = {"name kind": "kind"}
    default_field = "text"


class IngredientForm(RowForm):
    default_field = "text"

    def build(self, cleaned: dict[str, Any]) -> str:
        return content.Name(cleaned["text"], "generic").text  # an ingredient obeys the same rules as a name


class ClassForm(RowForm):
    part = content.DrugClass
    error_fields = {"ATC code": "atc"}
    default_field = "name"


class SectionForm(RowForm):
    part = content.Section
    error_fields = {"section kind": "kind", "section heading": "heading", "component": "component"}
    default_field = "body"

    def has_changed(self) -> bool:
        """Whether it is a section: one with nothing but its kind is, so that what a new page was offered stays on the
        desk until somebody writes or removes it. Readers see none that is empty.
        """
        return super().has_changed() or bool(self.data.get(self.add_prefix("kind")))


class SideEffectForm(RowForm):
    part = content.SideEffect
    error_fields = {
        "side effect description": "description",
        "side effect label": "label",
        "side effect group": "group",
        "frequency": "frequency",
        "urgency": "urgency",
        "component": "component",
        "side effect reference": "reference",
    }
    default_field = "name"


class FAQForm(RowForm):
    part = content.FAQ
    error_fields = {"answer": "answer", "component": "component"}
    default_field = "question"


class ReferenceForm(RowForm):
    part = content.Reference
    error_fields = {
        "reference publisher": "publisher",
        "reference url": "url",
        "reference year": "year",
        **{f"reference {key}": key for key in content.LABEL_KEYS},
    }
    default_field = "title"
