"""HTML as programs put it on the clipboard, and a paste of it into a field of a browser's page."""

# Puts a text and its HTML, and perhaps a picture of it, into the field that has the focus. Where no script takes the
# paste, the browser's own default follows: the plain text at the caret.
PASTE = """([html, plain, picture]) => {
  const data = new DataTransfer(), field = document.activeElement;
  if (html) data.setData("text/html", html);
  if (plain) data.setData("text/plain", plain);
  if (picture) data.items.add(new File(["x"], "x.png", {type: "image/png"}));
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  if (field.dispatchEvent(event) && plain) document.execCommand("insertText", false, plain);
}"""


def paste(page, selector, html="", plain="", picture=False):
    """Pastes at the caret of the field at `selector`."""
    page.focus(selector)
    page.evaluate(PASTE, [html, plain, picture])


def word_item(words, level=1, mark="·", number_of_list=0):
    """A paragraph as Word shows it as an item of a list."""
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='margin-left:36.0pt;text-indent:-18.0pt;"
        f"mso-list:l{number_of_list} level{level} lfo{number_of_list + 1}'><![if !supportLists]>"
        f"<span style='font-family:Symbol;mso-bidi-font-family:Symbol'><span style='mso-list:Ignore'>{mark}"
        f"<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;\n</span></span></span><![endif]>"
        f"{words}<o:p></o:p></p>\n"
    )


def word(body):
    """A page of Word, with the fragment that was copied."""
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Word 15">'
        "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style><!-- p.MsoNormal {mso-style-parent:''; "
        "font-family:\"Calibri\",sans-serif;} --></style></head><body lang=EN-GB style='tab-interval:36.0pt'>\n"
        f"<!--StartFragment-->\n{body}\n<!--EndFragment--></body></html>"
    )


def libre_office(body):
    return (
        '<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>'
        '<meta name="generator" content="LibreOffice 24.2.5 (Linux)"/><style type="text/css">p { line-height: 115% }'
        f'</style></head><body lang="en-GB" link="#000080" dir="ltr">{body}</body></html>'
    )


def google_docs(body):
    return (
        '<meta charset=\'utf-8\'><meta charset="utf-8"><b style="font-weight:normal;" '
        f'id="docs-internal-guid-5f0c">{body}</b><br class="Apple-interchange-newline">'
    )


def docs_text(words, more="font-weight:400"):
    return (
        f'<span style="font-size:11pt;font-family:Arial,sans-serif;color:#000000;background-color:transparent;{more};'
        f'font-style:normal;text-decoration:none;vertical-align:baseline;white-space:pre-wrap;">{words}</span>'
    )
