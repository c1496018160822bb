"""Delivery of notifications: what is due by webhook and mail. `manage.py run_due` calls it; no request does."""

import smtplib
from collections.abc import Callable, Iterator

from django.conf import settings

from drugs.models import Monograph, ProblemReport, Subscription
from drugs.notifications import mail, webhook, work
from drugs.notifications.choices import mail_channel, may_be_told
from drugs.notifications.claims import NotTaken, claim

WEBHOOK = "webhook"


def deliver_due() -> Iterator[str]:
    """Tells what is due; a sentence for each telling that failed. One that fails keeps no other from being done."""
    if settings.WEBHOOK_URL:
        yield from _tried(_reports_by_webhook)
        yield from _tried(_day_by_webhook)
    if settings.MAIL_IS_SET_UP:
        for subscription in Subscription.objects.exclude(address="").select_related("user"):
            if not may_be_told(subscription.user):
                continue
            if subscription.at_once:
                yield from _tried(_reports_by_mail, subscription)
            if subscription.daily:
                yield from _tried(_day_by_mail, subscription)


def _tried(tell: Callable[..., None], *arguments: Subscription) -> Iterator[str]:
    try:
        tell(*arguments)
    except (NotTaken, webhook.Unclear) as error:
        yield str(error)
    except (OSError, smtplib.SMTPException) as error:
        yield f"It is unclear whether a mail was taken: {type(error).__name__}."


def _reports_by_webhook() -> None:
    with claim(WEBHOOK, reports=True) as due:
        if due.reports:
            pages = [
                {
                    "slug": report.monograph.slug,
                    "title": str(report.monograph),
                    "address": work.desk_address("drugs_problemreport_change", report.pk),
                }
                for report in due.reports
            ]
            webhook.post("reports", f"reports-{due.reports[-1].pk}", {"reports": pages})


def _day_by_webhook() -> None:
    """The numbers of the site, once a day."""
    with claim(f"{WEBHOOK}:day", digest=True) as due:
        if due.day and any((numbers := _numbers()).values()):
            webhook.post("day", f"day-{due.day}", {"day": str(due.day), **numbers})


def _numbers() -> dict[str, int]:
    return {
        "waiting_for_review": Monograph.objects.waiting().count(),
        "sent_back": Monograph.objects.sent_back().count(),
        "open_reports": ProblemReport.objects.filter(outcome="", overflow=False).count(),
    }


def _reports_by_mail(subscription: Subscription) -> None:
    with claim(mail_channel(subscription.user), reports=True) as due:
        if due.reports and subscription.user.has_perm("drugs.change_problemreport"):
            mail.send_reports(subscription.address, due.reports)


def _day_by_mail(subscription: Subscription) -> None:
    with claim(f"{mail_channel(subscription.user)}:day", digest=True) as due:
        if due.day and (lists := work.counted(subscription.user)):
            mail.send_digest(subscription.address, lists)
