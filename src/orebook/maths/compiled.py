"""Compiled: loops over numbers that are turned into machine code when they first run. The one door to numba.

What is compiled is kept beside the source, or in the user's cache where that folder cannot be written, so that only the
first run of a version pays for it. ``NUMBA_DISABLE_JIT=1`` runs the same lines as plain Python.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

each = numba.prange
"""A range whose turns may run side by side in a kernel made with ``side_by_side``."""


def compiled(kernel: Kernel) -> Kernel:
    """A kernel of loops over arrays, compiled; it may run while other threads do."""
    return cast(Kernel, numba.njit(cache=True, nogil=True, error_model="numpy")(kernel))


def side_by_side(kernel: Kernel) -> Kernel:
    """A kernel whose outermost ``each`` loop is shared out among the processors."""
    return cast(Kernel, numba.njit(cache=True, nogil=True, parallel=True, error_model="numpy")(kernel))
