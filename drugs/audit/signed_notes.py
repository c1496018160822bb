"""Signed notes: a text with Ed25519 signatures below it, as Go's checksum database and C2SP (signed-note) have them.

A note is the text, which ends in a newline, an empty line, and a line for each signature: an em dash, the name of the
key, and the base64 of its four-byte hash with the signature. Keys are texts as well: `name+hash+base64` to verify
with, and `PRIVATE+KEY+name+hash+base64` to sign with.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"  # before the bytes of a key: its algorithm
PRIVATE = "PRIVATE+KEY+"
MARK = "\N{EM DASH} "  # before each signature


class NoteError(ValueError):
    """Refusal of a note or a key, in a sentence."""


@dataclass(frozen=True)
class Verifier:
    """A public key and the name that it goes by."""

    name: str
    public: bytes

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        """The key of the text `name+hash+base64`. Raises NoteError."""
        name, _, rest = text.strip().partition("+")
        digest, _, data = rest.partition("+")
        verifier = cls(name, _key_bytes(data, text))
        if verifier.hash.hex() != digest:
            raise NoteError(f"{text.strip()!r} is no public key: its hash is another one.")
        return verifier

    @property
    def hash(self) -> bytes:
        """The four bytes by which a signature names the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.hash.hex()}+{_base64(ED25519 + self.public)}"

    def proves(self, text: str, signature: bytes) -> bool:
        """Whether `signature` is that of this key on `text`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key and the name that it goes by."""

    name: str
    seed: bytes

    @classmethod
    def new(cls, name: str) -> "Signer":
        """A new key. Raises NoteError for a name that no key may have."""
        if (
            not name
            or "+" in name
            or not name.isprintable()
            or any(character.isspace() for character in name)
        ):
            raise NoteError(f"A key cannot be called {name!r}: no spaces, and no plus sign.")
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """The key of the text `PRIVATE+KEY+name+hash+base64`. Raises NoteError, which says nothing of the text."""
        name, _, rest = text.strip().removeprefix(PRIVATE).partition("+")
        digest, _, data = rest.partition("+")
        signer = cls(name, _key_bytes(data, "The private key that is set"))
        if not text.strip().startswith(PRIVATE) or signer.verifier.hash.hex() != digest:
            raise NoteError("The text is no private key, or another one than its hash says.")
        return signer

    @property
    def verifier(self) -> Verifier:
        """The public key that proves what this one signs."""
        return Verifier(
            self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        )

    def __str__(self) -> str:
        return f"{PRIVATE}{self.name}+{self.verifier.hash.hex()}+{_base64(ED25519 + self.seed)}"

    def sign(self, text: str) -> str:
        """The note of `text`, which has to end in a newline."""
        if not text.endswith("\n"):
            raise NoteError("The text of a note ends in a newline.")
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"{text}\n{MARK}{self.name} {_base64(self.verifier.hash + signature)}\n"


def opened(note: str, verifiers: Iterable[Verifier]) -> str:
    """The text of `note`, proved by one of `verifiers`. Raises NoteError if none of them has signed it."""
    text, found, signatures = note.rpartition("\n\n")
    if not found or not signatures.endswith("\n"):
        raise NoteError("This is no signed note: the empty line before the signature is missing.")
    text += "\n"
    known = {(verifier.name, verifier.hash): verifier for verifier in verifiers}
    names = []
    for line in signatures.splitlines():
        name, _, data = line.removeprefix(MARK).partition(" ")
        signature = _bytes(data)
        if not line.startswith(MARK) or not name or len(signature) < 5:
            raise NoteError("This is no signed note: a line of its signatures cannot be read.")
        names.append(name)
        verifier = known.get((name, signature[:4]))
        if verifier and verifier.proves(text, signature[4:]):
            return text
        if verifier:
            raise NoteError(f"The signature of {name} is wrong: the text is not the one that was signed.")
    raise NoteError(f"It is signed by {', '.join(names)}, with no key that is known here.")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _key_bytes(data: str, what: str) -> bytes:
    key = _bytes(data)
    if len(key) != 33 or key[:1] != ED25519:
        raise NoteError(f"{what.strip()} is no key of Ed25519 in the form of a signed note.")
    return key[1:]
