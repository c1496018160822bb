"""Numbers of examples of property tests, which depend on hypothesis's profile: `quick`, or `full` (conftest.py)."""

from hypothesis import settings

QUICK = 20


def register_profiles() -> None:
    """Makes both profiles known and loads `quick`; the option --hypothesis-profile=full loads the other."""
    settings.register_profile("full", settings())
    settings.register_profile("quick", settings(), max_examples=QUICK)
    settings.load_profile("quick")


def examples(number: int, quick: int = QUICK) -> int:
    """`number`, for `settings(max_examples=...)` and other counts; at most `quick` in the profile `quick`."""
    return number if settings.get_current_profile_name() == "full" else min(number, quick)
