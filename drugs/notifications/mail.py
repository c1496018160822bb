"""Notifications by mail: the digest of a day, and reports that something is wrong, as plain text to one person."""

import smtplib
import socket
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from drugs.http.desk_host import desk_origin
from drugs.models import ProblemReport
from drugs.notifications.claims import NotTaken
from drugs.notifications.work import Counted, desk_address

# What says for sure that nobody has got the mail; after any other error it may have gone out.
REFUSALS = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    ConnectionRefusedError,
    socket.gaierror,
)


def send_digest(address: str, lists: Sequence[Counted]) -> None:
    """What waits, in numbers with the addresses of the lists. Raises NotTaken, or another error if it is unclear."""
    lines = [f"{item.name}: {item.number}\n{item.address}" for item in lists]
    _send(address, f"{settings.SITE_NAME}: what waits for you", lines)


def send_reports(address: str, reports: Sequence[ProblemReport]) -> None:
    """Which pages readers say something is wrong on, without their words. Raises as `send_digest`."""
    lines = [
        f"{report.monograph}\n{desk_address('drugs_problemreport_change', report.pk)}" for report in reports
    ]
    _send(address, f"{settings.SITE_NAME}: a reader says that something is wrong", lines)


def _send(address, subject, lines):
    choices = (desk_origin() or settings.BASE_URL) + reverse("notices")
    foot = f"You have asked for this mail. To end it: {choices}"
    message = EmailMessage(subject, "\n\n".join([*lines, foot]) + "\n", settings.MAIL_FROM, [address])
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        message.send()
    except REFUSALS as error:
        raise NotTaken(f"Mail was not taken: {_words(error)}") from error


def _words(error):
    """The error without the address of the person, which SMTP's errors repeat."""
    return type(error).__name__ if isinstance(error, smtplib.SMTPException) else str(error)
