"""Canonical JSON and its SHA-256: the one spelling of a value that hashes are taken of."""

import hashlib
import json


def canonical_json(value):
    """The one spelling of a JSON value that hashes are taken of."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def sha256(text):
    """SHA-256 of the UTF-8 bytes of `text`, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
