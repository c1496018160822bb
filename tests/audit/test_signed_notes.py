"""Signed notes: the form of Go's checksum database, held against its published examples."""

import base64

import pytest

from drugs.audit.signed_notes import NoteError, Signer, Verifier, opened

# As the documentation of golang.org/x/mod/sumdb/note has them.
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
SIGNED = f"{TEXT}\n— PeterNeumann {SIGNATURE}\n"
SUM_GOLANG_ORG = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"


def test_the_published_note_is_signed_and_opened_byte_for_byte():
    signer = Signer.parse(PRIVATE)
    assert signer.sign(TEXT) == SIGNED
    assert opened(SIGNED, [Verifier.parse(PUBLIC)]) == TEXT
    assert str(signer) == PRIVATE and str(signer.verifier) == PUBLIC
    assert str(Verifier.parse(SUM_GOLANG_ORG)) == SUM_GOLANG_ORG


def test_a_note_may_have_signatures_of_others_beside_one_that_is_known():
    other = Signer.new("witness.example").sign(TEXT).splitlines()[-1]
    assert opened(SIGNED + other + "\n", [Verifier.parse(PUBLIC)]) == TEXT
    assert opened(SIGNED.replace("\n— ", f"\n{other}\n— "), [Verifier.parse(PUBLIC)]) == TEXT


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        (SIGNED.replace("answer", "question"), "The signature of PeterNeumann is wrong"),
        (SIGNED.replace("x08go/ZJ", "x08go/ZK"), "is wrong"),
        (SIGNED.replace("PeterNeumann", "Nobody"), "signed by Nobody, with no key that is known"),
        (TEXT, "no signed note"),
        (SIGNED.rstrip("\n"), "no signed note"),
        (SIGNED.replace("— ", "- "), "a line of its signatures cannot be read"),
        (SIGNED.replace("x08go", "x08g!"), "a line of its signatures cannot be read"),
        ("", "no signed note"),
    ],
)
def test_a_note_that_was_changed_is_refused_with_a_sentence(note, sentence):
    with pytest.raises(NoteError, match=sentence):
        opened(note, [Verifier.parse(PUBLIC)])


BROKEN_KEYS = ["", "x", "a+b+c", PUBLIC.replace("c74f", "c74e"), PUBLIC[:-4], PUBLIC.replace("+A", "+B")]


@pytest.mark.parametrize("text", BROKEN_KEYS)
def test_a_key_that_was_changed_is_refused(text):
    with pytest.raises(NoteError):
        Verifier.parse(text)
    with pytest.raises(NoteError) as refusal:
        Signer.parse(PRIVATE.replace("c74f20a3", "c74f20a4") if text == "x" else text)
    assert "AYEKFALVFGyNhPJEMzD1QIDr" not in str(refusal.value)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_no_key_has_a_name_that_a_note_cannot_say(name):
    with pytest.raises(NoteError, match="cannot be called"):
        Signer.new(name)


def test_a_signature_begins_with_the_four_bytes_of_its_key():
    line = Signer.parse(PRIVATE).sign("x\n").splitlines()[-1]
    assert base64.b64decode(line.split()[-1])[:4].hex() == "c74f20a3"
