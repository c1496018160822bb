"""One-time passwords: accounts that still have the password which somebody else gave them."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class OneTimePassword(models.Model):
    """Mark of an account whose password an administrator set. It goes when the person chooses another one."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="one_time_password"
    )
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"one-time password of {self.user}"
