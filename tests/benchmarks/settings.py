"""The site's settings with static files of its own, and one address more to compare with: `/bare/` (urls.py)."""

from medinfo.settings import *  # noqa: F403
from medinfo.settings import DATA_DIR

ROOT_URLCONF = "tests.benchmarks.urls"
STATIC_ROOT = DATA_DIR / "static"
