"""Fixtures of imports in the admin: uploads by somebody who may, and the worker's part done at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from drugs.import_export import tasks as import_tasks
from drugs.import_export import worker
from tests.support.desk_posts import make_person
from tests.support.uploads import ADD


@pytest.fixture
def started(monkeypatch):
    """The tasks whose process would have been started."""
    tasks = []
    monkeypatch.setattr(import_tasks, "start", tasks.append)
    return tasks


@pytest.fixture
def send(client, started, django_capture_on_commit_callbacks):
    """Posts something and does the work that this starts."""

    def post(address, fields, *, work=True):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(address, fields)
        while work and started:
            task = started.pop()
            worker.run(task.pk, task.worker)
        return response

    return post


@pytest.fixture
def upload(send):
    def post(name, data, **options):
        return send(ADD, {"file": SimpleUploadedFile(name, data)}, **options)

    return post


@pytest.fixture
def reviewer(client):
    user = make_person("rey", "Reviewers")
    client.force_login(user)
    return user
