"""Notifications: what each person wants to be told of outside the desk, and how far each channel has told."""

from django.conf import settings
from django.db import models


class Subscription(models.Model):
    """The choices of one person. Of the address of the feed nothing is kept but a hash of its token."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscription")
    address = models.EmailField(blank=True, default="")
    daily = models.BooleanField(default=False, db_default=False)
    at_once = models.BooleanField(default=False, db_default=False)
    feed_sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    feed_made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["feed_sha256"], condition=~models.Q(feed_sha256=""), name="subscription_feed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"subscription of {self.user}"


class NotificationCursor(models.Model):
    """How far one channel (the webhook, or the mail to one person) has told: it is moved on before anything is sent."""

    channel = models.CharField(max_length=50, unique=True)
    day = models.DateField(null=True, blank=True, help_text="Of the last digest.")
    report = models.BigIntegerField(default=0, db_default=0, help_text="The last report that was announced.")
    wait_until = models.DateTimeField(null=True, blank=True, help_text="After something was not taken.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.channel
