"""The change form of a monograph: validation of all rows as one document, and the optimistic lock by version."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from drugs import audit, content, desk, formats
from drugs.admin.monographs.conflict import BACK_TO_FORM, Conflict, meet
from drugs.admin.monographs.row_forms import LineField, RowFormSet, explain
from drugs.admin.users import display_name
from drugs.content import diff
from drugs.models import Monograph

_FORMSETS = "_formsets_of_change_form"


def attach_formsets(monograph: Monograph, formsets: Sequence[RowFormSet]) -> None:
    """The hand-over of the formsets of a request to its MonographForm, which validates them as one document.

    Django's `changeform_view` makes the form, then the formsets, and tells neither of the other. The instance is
    the one object that both hold and nobody else does, so the formsets travel on it.
    """
    vars(monograph)[_FORMSETS] = formsets


class MonographForm(forms.ModelForm):
    """The fields of a monograph itself, and the validation of its inline formsets: together they are one document.

    When it is valid, `document` is what the desk will say and `changed` whether that is news to it.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    overrule = forms.IntegerField(required=False, widget=forms.HiddenInput)
    document: content.Document | None = None
    changed = True
    theirs: Monograph | None = None  # as somebody else saved it meanwhile, where two texts are all there is
    conflict: Conflict | None = (
        None  # with what somebody else saved meanwhile, where the common text is known
    )

    class Meta:
        model = Monograph
        fields = ["slug", "title", "language", "origin"]
        field_classes = {"title": LineField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        if not self.instance.pk and "origin" in self.fields:
            # What a person writes is not taken for what a machine wrote, nor the other way round.
            asked = [("", "Choose where the text is from"), *Monograph._meta.get_field("origin").flatchoices]
            self.fields["origin"] = forms.ChoiceField(
                label="Where is the text from?",
                choices=asked,
                help_text="Readers are told as long as nobody has reviewed the page.",
                error_messages={"required": "Say where the text is from."},
            )
            self.initial["origin"] = ""
        for name in ("title", "slug"):
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "vTextField"

    @property
    def formsets(self) -> Sequence[RowFormSet]:
        """The inline formsets of the same request, in the order of `inlines.ROWS`."""
        return vars(self.instance)[_FORMSETS]

    def clean(self) -> dict[str, Any]:
        super().clean()
        valid = [formset.is_valid() for formset in self.formsets]  # a list: all mistakes are shown at once
        if all(valid):
            self._build(self.cleaned_data)
        if self.instance.pk:
            self._refuse_to_overwrite(self.cleaned_data)
        return self.cleaned_data

    def _refuse_to_overwrite(self, cleaned):
        """The optimistic lock: the second of two editors is told. Locks the row until the transaction ends."""
        audit.lock_log()
        current = Monograph.objects.select_for_update().get(pk=self.instance.pk)
        if current.version in (cleaned.get("version"), cleaned.get("overrule")):
            self.instance.version = current.version
            return
        version, saved = cleaned.get("version"), self._on_desk()
        base = desk.revision(current, version) if version is not None and saved else None
        if base and saved:
            if self.document:  # or else there are mistakes to mend first
                self._merge(cleaned, meet(base, self.document, saved, current, version, self.data.dict()))
            return
        self.theirs = current
        when = date_format(timezone.localtime(current.changed_at), "j F, H:i")
        raise forms.ValidationError(
            f"{display_name(current.changed_by) or 'Somebody'} saved this page while you were working on it "
            f"({when}). Nothing of yours is lost: it stands below and has not been saved yet.",
            code="conflict",
        )

    def _merge(self, cleaned, conflict):
        """The merge put in the place of what was sent, unless something is left to choose."""
        if BACK_TO_FORM in self.data:
            raise forms.ValidationError(
                "Nothing has been saved yet. Below stands what you sent; what you have not touched in it gives way to "
                "what was saved meanwhile when you save.",
                code="conflict",
            )
        self.conflict = conflict
        if not conflict.settled:
            raise forms.ValidationError("Both texts changed the same.", code="conflict")
        self.document = conflict.merge.document
        try:
            formats.check_size(self.document)
        except content.DocumentError as error:
            raise forms.ValidationError(f"With what was saved meanwhile: {error}") from error
        self.changed = self.document != conflict.saved
        for name in {"title", "slug", "language", "origin"} & set(cleaned):
            cleaned[name] = getattr(self.document, name)
        for formset in self.formsets:
            formset.merged = getattr(self.document, formset.prefix)
        for field in self.instance._meta.concrete_fields:
            setattr(self.instance, field.attname, getattr(conflict.current, field.attname))

    def both_texts(self) -> list[diff.Change]:
        """The diff from the text that somebody else saved meanwhile to the one that was sent."""
        if not (self.theirs and self.document):
            return []
        theirs = self._on_desk()
        return diff.compare(theirs, self.document) if theirs else []

    def _on_desk(self):
        """The document as it is saved, or None if it holds what no page can carry."""
        try:
            return desk.read(Monograph.objects.get(pk=self.instance.pk))
        except content.DocumentError:
            return None

    def _order_rows(self, document):
        """Rows that a component's own section takes out of the order in which they were sent, put where they stand."""
        for formset in self.formsets:
            if formset.prefix in content.ROW_KINDS and formset.values() != getattr(document, formset.prefix):
                formset.merged = getattr(document, formset.prefix)

    def _build(self, cleaned):
        names, ingredients, classes, sections, side_effects, faqs, references = (
            formset.values() for formset in self.formsets
        )
        try:
            side_effects = _with_places(side_effects, self.formsets[-1].places())
            self.document = content.Document(
                slug=cleaned.get("slug", self.instance.slug),
                title=cleaned.get("title", ""),
                language=cleaned.get("language", ""),
                origin=cleaned.get("origin", ""),
                names=names,
                ingredients=ingredients,
                classes=classes,
                sections=content.with_places(sections, side_effects, faqs),
                side_effects=side_effects,
                faqs=faqs,
                references=references,
            )
            formats.check_size(self.document)
            self._order_rows(self.document)
        except content.DocumentError as error:
            field = error.field if error.field in self.fields else None
            if field not in self.errors:
                self.add_error(field, explain(error) if field else str(error))
            return
        self.changed = not self.instance.pk or self.document != self._on_desk()


def _with_places(
    side_effects: Sequence[content.SideEffect], places: Mapping[int, int | None]
) -> tuple[content.SideEffect, ...]:
    """`side_effects` with the numbers of their references as the list is sent; `places` has these by the old ones,
    None for a row that was removed. DocumentError for a number that no row has.
    """
    for effect in side_effects:
        if effect.reference and effect.reference not in places:
            message = f"of “{effect.name}”: {effect.reference} is not in the list of references."
            raise content.DocumentError("The source", message)
    return tuple(
        replace(effect, reference=places[effect.reference]) if effect.reference else effect
        for effect in side_effects
    )
