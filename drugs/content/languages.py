"""Language tags (BCP 47) of texts: which language they name."""


def primary_language(tag: str) -> str:
    """The language of a `tag` without its script and region: "pt" of "pt-BR"."""
    return tag.split("-")[0].lower()


def is_english(tag: str) -> bool:
    """Whether a text in the language of this `tag` is English."""
    return primary_language(tag) == "en"
