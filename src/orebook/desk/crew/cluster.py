"""Clusters: an executor whose workers are those of a Dask scheduler, here or on other machines.

This is the one door to Dask (extra ``cluster``).
"""

import pickle
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any

from orebook.desk.answer import AskedWronglyError
from orebook.ground.needs import need

_PATIENCE_S = 15
_PORT = re.compile(r":\d{1,5}$")
_LARGE = "distributed.admin.large-graph-warning-threshold"


class _Packed(Executor):
    """An executor that sends its work as bytes, so that a scheduler need not know what is in them."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, work: Callable[..., Any], /, *asked: Any, **more: Any) -> Future[Any]:
        """Give work away."""
        return self._executor.submit(unpacked, pickle.dumps((work, asked, more), pickle.HIGHEST_PROTOCOL))


def unpacked(work: bytes) -> Any:
    """Do work that was sent as bytes."""
    task, asked, more = pickle.loads(work)
    return task(*asked, **more)


@contextmanager
def workers_of(scheduler: str) -> Iterator[tuple[Executor, int]]:
    """An executor at the scheduler with this address, and how many batches its workers do at a time.

    Raises ``MissingError`` without the extra, ``AskedWronglyError`` where no scheduler answers or nobody works for it.
    """
    if not _PORT.search(scheduler):
        raise AskedWronglyError(f"{scheduler} is no address of a scheduler; write one such as tcp://10.0.0.5:8786")
    distributed = need("distributed", extra="cluster")
    config = need("dask.config", extra="cluster")
    try:
        client = distributed.Client(scheduler, timeout=_PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as problem:
        said = f"no scheduler of Dask answers at {scheduler}: {problem}"
        raise AskedWronglyError(f"{said}; start one with: dask scheduler") from None
    with client, config.set({_LARGE: "1 GiB"}):  # documents from standard input travel with their batch
        places = sum(client.nthreads().values())
        if not places:
            raise AskedWronglyError(f"the scheduler at {scheduler} has no workers; start some with: dask worker")
        with client.get_executor() as executor:
            yield _Packed(executor), places
