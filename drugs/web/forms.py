"""What readers may send: the search box, and what they report about a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from drugs.content import UNPRINTABLE
from drugs.models.reports import MESSAGE_CHARS, Kind

QUERY_CHARS = 300


class SearchForm(forms.Form):
    """One line of text. NUL is refused by the field itself, so that it never reaches the database."""

    q = forms.CharField(
        required=False,
        max_length=QUERY_CHARS,
        error_messages={"max_length": _("Please use fewer than %(limit_value)d letters.")},
    )


class ReportForm(forms.Form):
    """A report about a page. `sections` are pairs of an anchor and its heading, to choose from."""

    token = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is the problem?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what the problem is.")},
    )
    section = forms.ChoiceField(
        label=_("Where on the page?"),
        required=False,
        error_messages={"invalid_choice": _("Please choose a part of the page.")},
    )
    message = forms.CharField(
        label=_("What should the editors know?"),
        max_length=MESSAGE_CHARS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Which words are wrong or missing? What should stand there, and where did you read that?"
        ),
        error_messages={
            "required": _("Please say what the problem is."),
            "max_length": _("Please use fewer than %(limit_value)d letters. You wrote %(show_value)d."),
        },
    )
    link = forms.CharField(
        label=_("Leave this empty"), required=False
    )  # only programs see it, and fill it in

    def __init__(self, data=None, *, sections, **kwargs):
        super().__init__(data, **kwargs)
        self.headings = dict(sections)
        self.fields["section"].choices = [("", _("The whole page, or I am not sure")), *sections]


def sent(fields, names):
    """What a browser sent in these fields, as a dict of texts that can be kept and shown again.

    A space takes the place of each character that no text may hold: without it, "1\\f0" would become 10.
    """
    texts = {name: fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n") for name in names}
    return {name: UNPRINTABLE.sub(" ", text) for name, text in texts.items()}
