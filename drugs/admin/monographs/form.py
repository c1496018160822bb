"""Is what an editor sends a whole document, and has nobody else saved meanwhile?"""

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

from drugs import content, desk, formats
from drugs.admin.monographs.row_forms import LineField, explain
from drugs.admin.users import display_name
from drugs.content import diff
from drugs.models import Monograph


class MonographForm(forms.ModelForm):
    """The identity of a monograph, and the judgement on its rows, which `rows` holds as formsets.

    When it is valid, `document` is what the desk will say and `changed` whether that is news to it.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    overrule = forms.IntegerField(required=False, widget=forms.HiddenInput)
    document = None
    changed = True
    theirs = None  # the monograph as somebody else saved it meanwhile

    class Meta:
        model = Monograph
        fields = ["slug", "title", "language", "origin"]
        field_classes = {"title": LineField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        for name in ("title", "slug"):
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "vTextField"

    def clean(self):
        cleaned = super().clean()
        sound = [rows.is_valid() for rows in self.instance.rows_sent]
        if all(sound):
            self._build(cleaned)
        if self.instance.pk:
            self._refuse_to_overwrite(cleaned)
        return cleaned

    def _refuse_to_overwrite(self, cleaned):
        """The second of two editors is told. Holds the row until the transaction of the request ends."""
        current = Monograph.objects.select_for_update().get(pk=self.instance.pk)
        if current.version in (cleaned.get("version"), cleaned.get("overrule")):
            self.instance.version = current.version
            return
        self.theirs = current
        when = date_format(timezone.localtime(current.changed_at), "j F, H:i")
        raise forms.ValidationError(
            f"{display_name(current.changed_by) or 'Somebody'} saved this page while you were working on it "
            f"({when}). Nothing of yours is lost: it stands below and has not been saved yet.",
            code="conflict",
        )

    def both_texts(self):
        """What differs between the text that somebody else saved and the one that was sent."""
        if not (self.theirs and self.document):
            return []
        theirs = self._on_desk()
        return diff.compare(theirs, self.document) if theirs else []

    def _on_desk(self):
        """The Document that is saved, or None if it is one that no page can carry."""
        try:
            return desk.read(Monograph.objects.get(pk=self.instance.pk))
        except content.DocumentError:
            return None

    def _build(self, cleaned):
        names, ingredients, classes, sections, side_effects, faqs, references = (
            rows.values() for rows in self.instance.rows_sent
        )
        try:
            self.document = content.Document(
                slug=cleaned.get("slug", self.instance.slug),
                title=cleaned.get("title", ""),
                language=cleaned.get("language", ""),
                origin=cleaned.get("origin", ""),
                names=names,
                ingredients=ingredients,
                classes=classes,
                sections=desk.with_places(sections, side_effects, faqs),
                side_effects=side_effects,
                faqs=faqs,
                references=references,
            )
            formats.check_size(self.document)
        except content.DocumentError as error:
            field = error.field if error.field in self.fields else None
            if field not in self.errors:
                self.add_error(field, explain(error) if field else str(error))
            return
        self.changed = not self.instance.pk or self.document != self._on_desk()
