"""Hostile texts, and mutations that spoil a text, as somebody sends them who means harm or whose program is broken."""

MARKER = "<fuzz-x"  # an element that no answer may hold: whoever finds it has found markup that came alive

# One way in each.
MARKUP = (
    f"{MARKER} onclick=alert(1)>",
    f'">{MARKER} autofocus onfocus=alert(1)>',
    f"'>{MARKER}>",
    f"</title>{MARKER}>",
    f"</textarea>{MARKER}>",
    f"</script>{MARKER}>",
    f"--><!--{MARKER}>",
    f"]]>{MARKER}>",
    f"&lt;script&gt;{MARKER}>",
    "<b onclick=alert(1)>x</b>",
    "<svg><style><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    '[x](java&#115;cript:alert(1) "\' onclick=alert(1)")',
    "<javascript:alert(1)>",
    "{{ 7|add:7 }}{% debug %}",
    "${7*7}#{7*7}",
)
UNSEEN = (
    "\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1b[2J", "\x7f", "\x85", "\xa0", "\xad", "\ufeff", "\ufffe",
    "\uffff", "\ud800", "\udfff", "\udcff", "\ud83d", "\U0010ffff", "\U000e0041", "\ufe0f", "\u200b", "\u200d",
    "\u2028", "\u2029", "\u202e", "\u202d", "\u202c", "\u2066", "\u2067", "\u2069", "\u200f", "\u061c",
)  # fmt: skip
LETTERS = (
    "́", "é", "İ", "ı", "ß", "ŉ", "ﬁ", "ﷺ", "Å", "Ω", "µ", "μ", "💊", "👩\u200d⚕️", "١٢", "½", "²", "Ⅷ", "אבג",
    "دواء", "中文", "กำ", "a\u0301\u0302\u0303" * 9, "ｅｘａｍ", "еxamplol",
)  # fmt: skip
WORDS_OF_MACHINES = (
    "null", "None", "true", "NaN", "-0", "1e5", "1e999", "0x1F", "1_000", "9" * 19,
    "9" * 400,
    "-1", "2147483648", "9223372036854775808", "..", "../../etc/passwd", "%2e%2e%2f", "..%5c", "C:\\con", "/",
    "//evil.example/", "\\\\evil.example", "https://evil.example/", "' OR 1=1 --", '"; DROP TABLE x', "a*b(",
    "NEAR(", "NOT", "col:", "{a b}:", "^", '"', "%", "%%", "%s", "%n", "%00", "%ff", "%u0041", "+", "&", "=",
    ";", "#", "\r\nSet-Cookie: x=y", "\r\n\r\n", "=cmd()", "@x", "\t", "__proto__", "__class__", "pk__regex",
    "a__b__c", "-", "_", ".",
)  # fmt: skip
MARKS = (
    "#", "##", "### ", "#### ", "* ", "- ", "+ ", "1. ", "1) ", "> ", "    ", "\t", "```", "```js", "~~~", "`",
    "``", "---", "\n---\n", "===", "***", "**", "*", "__", "_", "~~", "|", "|-|", "[", "]", "(", ")", "![",
    "[a](", "[a]: b", "[^1]", "<", ">", "&amp;", "&#0;", "&#xD800;", "\\", "\\\\", ": ", " #", "? ", "!", "&a",
    "*a", "<<: *a", "!!python/object:os.system", "%YAML 1.2", "...", "{", "}", "{}", "[]", "- - -", "|\n",
    ">-\n", '"\\U0010FFFF"', "\n", "{rare}", "{very_common, expected}", "{uses}", "{common}", "{nothing}",
    "{details}", "**Q: a?**", "A: b", "Generic Name", "### Side Effects", "### FAQs", "**Common:** a, b and c",
    "**Disclaimer:** d", "## Most important warning", "format: 1", "format: 2", "title: a", "slug: b",
    "names: [", "origin: label", "and", "or",
)  # fmt: skip
ALL = (MARKUP, UNSEEN, LETTERS, WORDS_OF_MACHINES, MARKS)
MOST_REPEATS = 100_000


def piece(rng):
    """A hostile text, rarely a very long one."""
    text = rng.choice(rng.choice(ALL))
    if rng.random() < 0.02:
        return (text * (rng.choice((50, 300, 3_000, MOST_REPEATS)) // len(text) + 1))[:MOST_REPEATS]
    return text + piece(rng) if rng.random() < 0.3 else text


def spoil(rng, text, others=()):
    """`text` after one to five changes. `others` are texts that lines may be taken from."""
    for _ in range(rng.choice((1, 1, 2, 3, 5))):
        text = rng.choice(_WAYS)(rng, text, others)
    return text


def spoil_bytes(rng, data):
    """`data` with some bytes changed, taken out, doubled or cut off."""
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(data) + 1)
        way = rng.randrange(5)
        if way == 0:
            data[at : at + 1] = bytes([rng.randrange(256)])
        elif way == 1:
            del data[at : at + rng.choice((1, 1, 4, 64))]
        elif way == 2:
            data[at:at] = data[at : at + rng.choice((1, 4, 64))]
        elif way == 3:
            data[at:at] = rng.choice(
                (b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\0", b"\xef\xbb\xbf", b"\r")
            )
        elif rng.random() < 0.1:
            del data[at:]
    return bytes(data)


def _insert(rng, text, others):
    at = rng.randrange(len(text) + 1)
    return text[:at] + piece(rng) + text[at:]


def _delete(rng, text, others):
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.choice((1, 2, 10, 100)) :]


def _double(rng, text, others):
    at = rng.randrange(len(text) + 1)
    found = text[at : at + rng.choice((1, 5, 50, 500))]
    times = 2_000 if rng.random() < 0.003 else rng.choice((2, 3, 10))
    return text[:at] + found * times + text[at:]


def _swap_lines(rng, text, others):
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _drop_line(rng, text, others):
    lines = text.split("\n")
    del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def _take_lines(rng, text, others):
    lines, more = text.split("\n"), rng.choice(others or (text,)).split("\n")
    at, start = rng.randrange(len(lines) + 1), rng.randrange(len(more))
    lines[at:at] = more[start : start + rng.choice((1, 3, 20))]
    return "\n".join(lines)


def _start_line(rng, text, others):
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    lines[at] = rng.choice(MARKS) + lines[at]
    return "\n".join(lines)


def _end_line(rng, text, others):
    lines = text.split("\n")
    lines[rng.randrange(len(lines))] += piece(rng)
    return "\n".join(lines)


def _indent(rng, text, others):
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    for place in range(at, min(at + rng.choice((1, 2, 8)), len(lines))):
        lines[place] = rng.choice(("  ", "    ", "\t", " ")) + lines[place]
    return "\n".join(lines)


def _other_case(rng, text, others):
    at = rng.randrange(len(text) + 1)
    end = at + rng.choice((1, 20))
    return text[:at] + text[at:end].swapcase() + text[end:]


def _other_line_ends(rng, text, others):
    return text.replace("\n", rng.choice(("\r\n", "\r", "\n\n", " ")), rng.choice((1, -1)))


_WAYS = (
    *(
        _insert,
        _insert,
        _insert,
        _delete,
        _delete,
        _double,
        _swap_lines,
        _drop_line,
        _take_lines,
        _take_lines,
    ),
    *(_start_line, _start_line, _end_line, _indent, _other_case, _other_line_ends),
)
