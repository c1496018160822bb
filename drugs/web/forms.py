"""Forms of readers: the search box, the problem report and the comment by a share link, with their honeypots."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from drugs.content import UNPRINTABLE
from drugs.desk.share_links import COMMENT_CHARS, NAME_CHARS
from drugs.models.reports import MESSAGE_CHARS, Kind

QUERY_CHARS = 300


class SearchForm(forms.Form):
    """One line of text. NUL is refused by the field itself, so that it never reaches the database."""

    q = forms.CharField(
        required=False,
        max_length=QUERY_CHARS,
        error_messages={"max_length": _("Please use fewer than %(limit_value)d letters.")},
    )


_TOO_LONG = _("Please use fewer than %(limit_value)d letters. You wrote %(show_value)d.")


class _PartForm(forms.Form):
    """A form about a part of a page. `sections` are pairs of an anchor and its heading, to choose from.

    `headings` is the same as a dict.
    """

    token = forms.CharField(required=False, widget=forms.HiddenInput)
    section = forms.ChoiceField(
        label=_("Where on the page?"),
        required=False,
        error_messages={"invalid_choice": _("Please choose a part of the page.")},
    )
    # A honeypot: the page hides it, so only programs see it and fill it in.
    website = forms.CharField(label=_("Leave this empty"), required=False)

    def __init__(
        self, data: Mapping[str, str] | None = None, *, sections: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.headings = dict(sections)
        whole_page = ("", _("The whole page, or I am not sure"))
        self.fields["section"].choices = [whole_page, *self.headings.items()]  # type: ignore[attr-defined]  # a ChoiceField


class ReportForm(_PartForm):
    """A report about a page."""

    kind = forms.ChoiceField(
        label=_("What is the problem?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what the problem is.")},
    )
    message = forms.CharField(
        label=_("What should the editors know?"),
        max_length=MESSAGE_CHARS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Which words are wrong or missing? What should stand there, and where did you read that?"
        ),
        error_messages={"required": _("Please say what the problem is."), "max_length": _TOO_LONG},
    )

    field_order = ["token", "kind", "section", "message", "website"]


class CommentForm(_PartForm):
    """A comment on the text of a share link, by somebody without an account."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_CHARS,
        help_text=_("As the editors know you. They see it beside your comment."),
        error_messages={"required": _("Please say who you are."), "max_length": _TOO_LONG},
    )
    text = forms.CharField(
        label=_("Your comment"),
        max_length=COMMENT_CHARS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What is wrong or missing, what should stand there, and where that can be read."),
        error_messages={"required": _("Please write your comment."), "max_length": _TOO_LONG},
    )

    field_order = ["token", "name", "section", "text", "website"]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


def sent(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """The text that a browser sent in the fields of these `names`, ready to be kept and shown again; "" for none.

    A space takes the place of each character that no text may hold: without it, "1\\f0" would become 10.
    """
    texts = {name: fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n") for name in names}
    return {name: UNPRINTABLE.sub(" ", text) for name, text in texts.items()}
