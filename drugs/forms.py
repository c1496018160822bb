"""What readers may send: the search box, and which part of the A-Z."""

from django import forms
from django.utils.translation import gettext_lazy as _

QUERY_CHARS = 300


class SearchForm(forms.Form):
    """One line of text. NUL is refused by the field itself, so that it never reaches the database."""

    q = forms.CharField(
        required=False,
        max_length=QUERY_CHARS,
        error_messages={"max_length": _("Please use fewer than %(limit_value)d letters.")},
    )
