"""Numbers of examples of property tests, which depend on hypothesis's profile: `quick`, `full` or `nightly`."""

from hypothesis import settings

QUICK = 20


def register_profiles() -> None:
    """Makes the profiles known and loads `quick`; the option --hypothesis-profile loads another."""
    settings.register_profile("full", settings())
    settings.register_profile("nightly", settings())
    settings.register_profile("quick", settings(), max_examples=QUICK)
    settings.load_profile("quick")


def examples(number: int, quick: int = QUICK, nightly: int = 0) -> int:
    """`number`, for `settings(max_examples=...)` and other counts.

    At most `quick` in the profile `quick`, and `nightly`, if that is given, in the profile `nightly`.
    """
    profile = settings.get_current_profile_name()
    if profile == "nightly":
        return nightly or number
    return min(number, quick) if profile == "quick" else number
