"""Formulas in LaTeX, as plain characters that say the same: `10^{-6}` is 10⁻⁶, `\\frac{a}{b}` is a / b."""

import re

_INLINE = re.compile(r"(?<![\\$\w])\$(?=[^\s$])([^$\n]{1,400}?)(?<=[^\s\\])\$(?![\d$])")
_DISPLAY = re.compile(
    r"\$\$([^$]{1,2000})\$\$|\\\[([^\]]{1,2000}?)\\\]|\\\(([^)]{1,400}?(?:\([^()]*\)[^)]{0,200}?)*)\\\)"
)
_LATEX = re.compile(r"\\[A-Za-z%]|[\^_=]|\\frac")
_ONE_WORD = re.compile(r"[<>≤≥~±]?\s?[\w.,%+\-/]+")
_WRAPPED = re.compile(
    r"\\(?:text|textrm|textbf|textit|textsf|mathrm|mathbf|mathit|mathsf|mathcal|operatorname|mbox|ce|boldsymbol|bar|hat"
    r"|overline|underline)\s*\{([^{}]*)\}"
)
_FRACTION = re.compile(r"\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
_RAISED = re.compile(r"\s*([\^_])\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}\\]))")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|\\([,;:! %&#$_{}])|\\\\")
_UP = str.maketrans("0123456789+-−n()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ⁽⁾")
_DOWN = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_PLAIN_UP, _PLAIN_DOWN = re.compile(r"[0-9+\-−n()]+"), re.compile(r"[0-9+\-−()]+")
_GREEK = dict(
    zip(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi"
        " omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(),
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        strict=True,
    )
)
_SIGNS = _GREEK | {
    "times": " × ", "cdot": " · ", "div": " ÷ ", "pm": " ± ", "leq": " ≤ ", "le": " ≤ ", "geq": " ≥ ", "ge": " ≥ ",
    "leqslant": " ≤ ", "geqslant": " ≥ ", "lt": " < ", "gt": " > ", "neq": " ≠ ", "ne": " ≠ ", "approx": " ≈ ",
    "sim": " ~ ", "rightarrow": " → ", "to": " → ", "longrightarrow": " → ", "leftarrow": " ← ", "Rightarrow": " ⇒ ",
    "implies": " ⇒ ", "leftrightarrow": " ↔ ", "rightleftharpoons": " ⇌ ", "uparrow": "↑", "downarrow": "↓",
    "infty": "∞", "circ": "°", "degree": "°", "ldots": "…", "dots": "…", "cdots": "…", "propto": " ∝ ", "sum": "Σ",
    "left": "", "right": "", "big": "", "Big": "", "quad": " ", "qquad": " ", "displaystyle": "", "limits": "",
    "mathrm": "", "text": "", "micro": "µ", "celsius": "°C", "percent": "%", "prime": "′", "mid": " | ",
}  # fmt: skip
_SPACES = {",": " ", ";": " ", ":": " ", " ": " ", "!": ""}
_DEEPEST = 12


def without_formulas(text: str) -> tuple[str, int]:
    """`text` with its formulas as plain characters, as many lines as before, and how many there were."""
    count = 0

    def display(match: re.Match[str]) -> str:
        nonlocal count
        inner = next(group for group in match.groups() if group is not None)
        if not match[0].startswith("$$") and not _LATEX.search(inner):
            return match[0]
        count += 1
        return plain_formula(inner) + "\n" * match[0].count("\n")

    def inline(match: re.Match[str]) -> str:
        nonlocal count
        if not _LATEX.search(match[1]) and not _ONE_WORD.fullmatch(match[1]):
            return match[0]
        count += 1
        return plain_formula(match[1])

    return _INLINE.sub(inline, _DISPLAY.sub(display, text)), count


def plain_formula(latex: str) -> str:
    """The formula `latex` in plain characters on one line. Commands that are not known stay as their names."""
    text = " ".join(latex.split())
    for _ in range(_DEEPEST):
        before = text
        text = _WRAPPED.sub(r" \1 ", text)
        text = _RAISED.sub(_raised, text)
        text = _FRACTION.sub(lambda match: f"{_grouped(match[1])} / {_grouped(match[2])}", text)
        text = _ROOT.sub(r"√(\1)", text)
        if text == before:
            break
    text = _COMMAND.sub(_command, text).replace("{", "").replace("}", "")
    text = text.replace("*", "\\*").replace("~", " ") if "\\sim" not in latex else text
    text = re.sub(r"\(\s+|\s+\)", lambda match: match[0].strip(), " ".join(text.split()))
    return re.sub(r"\s+([,.;])", r"\1", text)


def _command(match: re.Match[str]) -> str:
    if match[1]:
        sign = _SIGNS.get(match[1])
        return sign if sign is not None else f"{match[1]} "
    return _SPACES.get(match[2], match[2]) if match[2] else " "


def _raised(match: re.Match[str]) -> str:
    inner = _COMMAND.sub(_command, match[2] if match[2] is not None else match[3]).strip()
    if match[1] == "^":
        if inner in ("°", "′"):
            return inner
        return inner.translate(_UP) if _PLAIN_UP.fullmatch(inner) else f"<sup>{inner}</sup>"
    return inner.translate(_DOWN) if _PLAIN_DOWN.fullmatch(inner) else f"<sub>{inner}</sub>"


def _grouped(part: str) -> str:
    part = part.strip()
    return part if re.fullmatch(r"[^\s+\-·×/\\]+", part) else f"({part})"
