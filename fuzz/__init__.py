"""Fuzzing: what is hostile, tried by a machine for as long as somebody lets it; a room of its own beside the package.

What tests share (files written by hand, what holds for every document) is shared with it.
"""

import sys
from pathlib import Path

_TESTS = str(Path(__file__).parents[1] / "tests")
if _TESTS not in sys.path:
    sys.path.insert(0, _TESTS)
