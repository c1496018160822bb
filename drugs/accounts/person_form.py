"""The form of an account, which asks for the name to sign with from whoever may publish."""

from typing import Any

from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group

from drugs.content.invisible import strip_invisible


class PersonForm(UserChangeForm):
    """An account as it is changed: who may publish has the name that readers see under a review.

    Somebody who is put out, or loses the role, needs none: that must not wait for a name.
    """

    password = None  # type: ignore[assignment]  # its hash is nobody's business

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_active") and self._may_publish(cleaned):
            for name in ("first_name", "last_name"):
                if name not in self.errors and not strip_invisible(cleaned.get(name, "")).strip():
                    self.add_error(name, "Whoever may publish signs with first and last name: please add it.")
        return cleaned

    def _may_publish(self, cleaned):
        if cleaned.get("is_superuser", self.instance.is_superuser):
            return True
        chosen = [group.pk for group in cleaned.get("groups", ())]
        publishing = Group.objects.filter(
            permissions__codename="publish_monograph", permissions__content_type__app_label="drugs"
        )
        return publishing.filter(pk__in=chosen).exists()
