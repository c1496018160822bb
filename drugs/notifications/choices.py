"""Subscriptions: mail of one person at an address, and the token of a feed. Each is an act of the record."""

import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from drugs import audit
from drugs.content import sha256
from drugs.models import NotificationCursor, Subscription
from drugs.notifications.claims import newest_report


def mail_channel(user: User) -> str:
    """The name of the channel of mail to `user`."""
    return f"mail:{user.pk}"


@transaction.atomic
def choose(user: User, *, daily: bool, at_once: bool, address: str) -> Subscription:
    """What `user` wants by mail from now on. What was reported before is not announced."""
    audit.lock_log()
    subscription, _ = Subscription.objects.select_for_update().get_or_create(user=user)
    if at_once and not subscription.at_once:
        NotificationCursor.objects.update_or_create(
            channel=mail_channel(user), defaults={"report": newest_report()}
        )
    subscription.daily, subscription.at_once, subscription.address = daily, at_once, address
    subscription.save(update_fields=["daily", "at_once", "address"])
    said = f"daily mail {_word(daily)}, mail at once {_word(at_once)}"
    audit.record(user.get_username(), "notices_changed", user.get_username(), said)
    return subscription


@transaction.atomic
def make_feed_token(user: User) -> str:
    """A new token of the feed of `user`, which is kept nowhere; the one before opens nothing any more."""
    audit.lock_log()
    token = secrets.token_urlsafe(32)
    subscription, _ = Subscription.objects.select_for_update().get_or_create(user=user)
    subscription.feed_sha256, subscription.feed_made_at = sha256(token), timezone.now()
    subscription.save(update_fields=["feed_sha256", "feed_made_at"])
    audit.record(user.get_username(), "notices_changed", user.get_username(), "made an address of a feed")
    return token


@transaction.atomic
def revoke_feed_token(user: User) -> None:
    """The end of the feed of `user`."""
    audit.lock_log()
    if (
        Subscription.objects.filter(user=user)
        .exclude(feed_sha256="")
        .update(feed_sha256="", feed_made_at=None)
    ):
        audit.record(
            user.get_username(),
            "notices_changed",
            user.get_username(),
            "revoked the address of the feed",
        )


def open_feeds() -> set[tuple[str, str]]:
    """The feeds that have an address: pairs of the account's name and the hash of its token."""
    feeds = Subscription.objects.exclude(feed_sha256="")
    return set(feeds.values_list("user__username", "feed_sha256"))


def end_feeds_but(known: set[tuple[str, str]], *, by: str) -> None:
    """The end of every feed that is not among `known`, pairs as of `open_feeds`: each is an act of `by`."""
    for account, token in sorted(open_feeds() - known):
        Subscription.objects.filter(feed_sha256=token).update(feed_sha256="", feed_made_at=None)
        audit.record(by, "notices_changed", account, "ended the address of the feed")


def user_of_feed(token: str) -> User | None:
    """Whose feed this token opens: somebody who still may see the desk; None for any other token.

    It is looked up by its hash, so that no answer is sooner for a token that is nearly right.
    """
    subscription = (
        Subscription.objects.select_related("user").filter(feed_sha256=sha256(token)).first()
        if token
        else None
    )
    return subscription.user if subscription and may_be_told(subscription.user) else None


def may_be_told(user: User) -> bool:
    """Whether `user` is somebody of the desk, with a role."""
    return user.is_active and user.is_staff and user.has_perm("drugs.view_monograph")


def _word(flag):
    return "on" if flag else "off"
