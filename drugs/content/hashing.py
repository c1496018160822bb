"""Canonical JSON and its SHA-256: the one spelling of a value that hashes are taken of."""

import hashlib
import json


def canonical_json(value: object) -> str:
    """Keys sorted, no spaces, characters as they are: equal values, equal text. (As RFC 8785 has it, but for its
    rules of numbers and of the order of keys beyond the BMP.) Raises TypeError for what JSON cannot say.
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text: str) -> str:
    """SHA-256 of the UTF-8 bytes of `text`, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
