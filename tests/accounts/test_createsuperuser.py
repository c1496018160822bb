"""The command createsuperuser: it asks for the name to sign with, or says that there is none yet."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from drugs.models import AuditEntry

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    def isatty(self):
        return True


def run(monkeypatch, answers, **options):
    """What the command writes when somebody types `answers`, and the questions that it asked."""
    questions, left = [], iter(answers)

    def answer(question):
        questions.append(question)
        return next(left)

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("getpass.getpass", lambda prompt="": "correct horse 5")
    out = StringIO()
    call_command("createsuperuser", stdin=Terminal(), stdout=out, stderr=out, **options)
    return out.getvalue(), " ".join(questions)


def test_superuser_is_asked_for_the_name_to_sign_with(monkeypatch):
    said, questions = run(monkeypatch, ["Pat", " Doe ", "pat", "pat@hospital.example"])
    assert "First name" in questions and "Last name" in questions and "cannot sign" not in said
    assert get_user_model().objects.get(username="pat").get_full_name() == "Pat Doe"
    assert AuditEntry.objects.get().remark == "active, staff, superuser; name “Pat Doe”"


def test_superuser_may_leave_the_name_blank_and_is_told_so(monkeypatch):
    said, _ = run(monkeypatch, ["", "", "pat", "pat@hospital.example"])
    assert "pat has no first and last name yet and cannot sign a page" in said
    assert AuditEntry.objects.get().remark == "active, staff, superuser"


def test_superuser_is_asked_again_for_a_name_nobody_can_print(monkeypatch):
    said, _ = run(monkeypatch, ["P\u202eat", "Pat", "Doe", "pat", "pat@hospital.example"])
    assert "cannot be printed" in said
    assert get_user_model().objects.get().first_name == "Pat"


def test_superuser_without_questions_takes_the_name_from_options(capsys):
    options = {"interactive": False, "username": "pat", "email": "p@hospital.example"}
    call_command("createsuperuser", first_name="Pat", last_name="Doe", **options)
    assert get_user_model().objects.get(username="pat").get_full_name() == "Pat Doe"
    call_command("createsuperuser", "--noinput", "--username", "zoe", "--email", "z@hospital.example")
    assert "zoe has no first and last name yet" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("names", [{}, {"first_name": "Pat", "last_name": "Doe"}])
def test_superuser_without_questions_is_recorded_once(names):
    call_command("createsuperuser", interactive=False, username="pat", email="p@hospital.example", **names)
    assert list(AuditEntry.objects.values_list("action", "object")) == [("person_added", "pat")]
    person = get_user_model().objects.get()
    person.email = "new@hospital.example"
    person.is_staff = False
    person.save()
    assert AuditEntry.objects.count() == 2  # what others do to an account later is recorded as ever
