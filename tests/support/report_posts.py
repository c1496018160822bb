"""Problem reports as a browser sends them, and what a refused one gets back."""

from drugs.models import ProblemReport
from tests.support.desk_posts import sent
from tests.support.public_pages import main_text

ADDRESS = "/report/examplol/"
THANKS = "/report/examplol/thanks/"
MINE = {"origin": "http://testserver"}
TEXT = "The dose is wrong: <b>5 mg</b>, not 50 mg."


def fill(client, clock, address=ADDRESS, **fields):
    """What a reader has written a minute after opening the form."""
    clock(0)
    form = sent(client.get(address))
    clock(60)
    return form | {"kind": "wrong", "section": "uses", "message": TEXT} | fields


def send(client, fields, headers=MINE, address=ADDRESS, **extra):
    """The answer to a report that is sent from our own page, unless `headers` say otherwise."""
    return client.post(address, fields, headers=headers, **extra)


def assert_refused(response, status, text=TEXT):
    """Nothing was kept, and the form still holds the text. Returns the response."""
    assert response.status_code == status
    assert not ProblemReport.objects.exists()
    assert sent(response)["message"].strip() == text
    assert "has not been sent yet" in main_text(response)
    assert "no-store" in response.headers["Cache-Control"]
    return response
