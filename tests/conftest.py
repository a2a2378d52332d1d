"""Fixtures that every test may use."""

import os

from hypothesis import settings

pytest_plugins = ["tests.databases", "tests.slack.fixture", "tests.telegram.fixture", "tests.whatsapp.fixture"]

# How long an example takes says more about the machine than about us: speed belongs in benchmarks/.
settings.register_profile("handraiser", deadline=None)
settings.load_profile("handraiser")

# Servers that tests start need not compile everything anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
