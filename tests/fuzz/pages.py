"""Links and forms of a page of the site, read from its HTML as a browser would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form: where it goes, how, and what it would send if nobody touched it, as pairs of name and value.

    `choices` are the values that a list or a box to tick offers, by name; `buttons` pairs of name and value; `files`
    the names of its file fields, `texts` those of fields that take any text.
    """

    action: str
    method: str
    fields: list = field(default_factory=list)
    choices: dict = field(default_factory=dict)
    buttons: list = field(default_factory=list)
    files: list = field(default_factory=list)
    texts: set = field(default_factory=set)


class Page(HTMLParser):
    """`links` are the addresses of a page, `forms` its forms; `elements` every tag with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.links, self.forms, self.elements = [], [], []
        self._form = self._area = self._select = None
        self.feed(html)

    def handle_starttag(self, tag, pairs):
        given = {name: value or "" for name, value in pairs}
        self.elements.append((tag, given))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form:
            self._control(tag, given)

    def _control(self, tag, given):
        name, value, form = given.get("name", ""), given.get("value", ""), self._form
        if tag == "option" and self._select:
            offered = form.choices[self._select]
            if "selected" in given or not offered:
                form.fields = [pair for pair in form.fields if pair[0] != self._select] + [
                    (self._select, value)
                ]
            offered.append(value)
        elif not name or "__prefix__" in name:
            return
        elif tag == "select":
            self._select = name
            form.choices[name] = []
        elif tag == "textarea":
            self._area = len(form.fields)
            form.texts.add(name)
            form.fields.append((name, ""))
        elif tag == "button" or given.get("type") == "submit":
            form.buttons.append((name, value))
        elif given.get("type") == "file":
            form.files.append(name)
        elif given.get("type") in ("checkbox", "radio"):
            form.choices.setdefault(name, []).append(value or "on")
            if "checked" in given:
                form.fields.append((name, value or "on"))
        elif tag == "input":
            form.fields.append((name, value))
            if given.get("type", "text") == "text":
                form.texts.add(name)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data):
        if self._area is not None and self._form:
            name, text = self._form.fields[self._area]
            self._form.fields[self._area] = name, text + (data if text else data.removeprefix("\n"))
