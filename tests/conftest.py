"""What several tests share: the folder of real releases, if it lies beside the checkout."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("usual", max_examples=40, deadline=None)
settings.register_profile("long", max_examples=400, deadline=None)
settings.load_profile(os.environ.get("OREBOOK_LAWS", "usual"))
"""How often a law is tried; OREBOOK_LAWS=long tries harder. No law has a deadline: no test reads a clock."""

_BESIDE = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real releases and answer keys; tests that need it are skipped without it."""
    folder = Path(os.environ.get("OREBOOK_SHARED", _BESIDE))
    if not folder.is_dir():
        pytest.skip("the folder of real releases is not beside this checkout")
    return folder
