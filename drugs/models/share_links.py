"""Share links: one revision of a desk shown to whoever holds the address. `desk.share_links` makes them."""

from django.db import models
from django.utils import timezone

from drugs.models.monographs import Monograph


class ShareLink(models.Model):
    """A link to what the desk of a page said as `version`, until `expires_at` or until somebody revokes it.

    The address is signed with the site's key over the key of the row and `nonce`: who reads this table has no address.
    """

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="share_links")
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, help_text="Of the document that the desk said as this version.")
    nonce = models.CharField(max_length=32)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        default_permissions = ()
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"link to version {self.version} of {self.monograph}"

    @property
    def is_open(self) -> bool:
        """Whether the link leads anywhere, as far as this row says."""
        return self.revoked_at is None and timezone.now() < self.expires_at
