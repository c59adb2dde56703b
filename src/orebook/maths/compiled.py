"""Compiled: loops over numbers that are turned into machine code when they first run. The one door to numba.

What is compiled is kept beside the source, or in the user's cache where that folder cannot be written, so that only the
first run of a version pays for it; where the disk is full, every run does. ``NUMBA_DISABLE_JIT=1`` runs the same lines
as plain Python.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from threading import RLock
from typing import Any, TypeVar, cast

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # idle threads sleep; spinning would cost more than it saves

import numba

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

each = numba.prange
"""A range whose turns may run side by side in a kernel made with ``side_by_side``."""


def compiled(kernel: Kernel) -> Kernel:
    """A kernel of loops over arrays, compiled; it may run while other threads do."""
    return cast(Kernel, _kept(kernel))


def _kept(kernel: Kernel, **how: Any) -> Any:
    """A kernel compiled in some way, and kept for the next run if there is room for it."""
    fast = numba.njit(cache=True, nogil=True, error_model="numpy", **how)(kernel)
    cache = getattr(fast, "_cache", None)
    if cache is not None:
        cache.save_overload = _if_possible(cache.save_overload)
    return fast


def _if_possible(save: Callable[..., None]) -> Callable[..., None]:
    """What saves, or does not where the disk takes no more."""

    @wraps(save)
    def saved(*what: Any) -> None:
        with suppress(OSError):
            save(*what)

    return saved


_NOTHING_COUNTED: dict[str, Any] = {"_nrt": False}
"""The option of numba by which nobody counts who looks at an array; its own sorting is compiled so."""


def bare(kernel: Kernel) -> Kernel:
    """A kernel that makes no array of its own: looking at a part of an array costs it nothing.

    Else every look would be counted in the array's owner, which takes longer than a short loop does, and longer still
    where several processors count in the same owner.
    """
    return cast(Kernel, _kept(kernel, **_NOTHING_COUNTED))


_ONE_AT_A_TIME = RLock()
"""Some threading layers end the process when two threads start parallel kernels at once."""


def hands() -> int:
    """How many processors share the work of a kernel that is made with ``side_by_side``."""
    return int(numba.get_num_threads())


def side_by_side(kernel: Kernel) -> Kernel:
    """A kernel whose outermost ``each`` loop is shared out among the processors; one such kernel runs at a time."""
    fast = _kept(kernel, parallel=True)

    @wraps(kernel)
    def run(*arrays: Any) -> Any:
        with _ONE_AT_A_TIME:
            return fast(*arrays)

    return cast(Kernel, run)
