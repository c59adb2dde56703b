"""Beside one another: ways to do one task, each in a process of its own, timed in turns; and how fast memory streams.

A way is a function without arguments that does the whole task once, and gives what it found. Its process gets the work
ready, does it once to warm up, and then once for every word ``run`` on its input. Turns go round all ways, so that what
else the machine does falls on all of them alike.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np

MEGABYTE = 1e6

Ready = Callable[[int], tuple[Callable[[], Any], Callable[[Any], Mapping[str, np.ndarray]]]]
"""Gets a way ready for so much: gives what does the work, and what turns its outcome into arrays to be compared."""


class Taken(NamedTuple):
    """What a way took: median seconds by the clock and of all processors, their least, and the memory at its peak.

    ``peak`` is what the process held at most over what it held after a small piece of the same work, in bytes: the
    data, what is made on the way, and what is found, without the libraries.
    """

    wall: float
    cpu: float
    least_wall: float
    least_cpu: float
    peak: float


def serve(ready: Ready, small: int, full: int, out: Path) -> None:
    """Be the process of a way: get ready, warm up, and answer on the output."""
    work, _ = ready(small)
    work()
    bare = _resident()
    work, told = ready(full)
    answer = work()
    if out.suffix == ".npz":
        np.savez(out, **told(answer))
    del answer
    _forget_peak()
    _say({"ready": True})
    for line in sys.stdin:
        if line.strip() != "run":
            break
        wall, cpu = time.perf_counter(), time.process_time()
        answer = work()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        _say({"wall": wall, "cpu": cpu, "peak": _peak() - bare})
        del answer


def _say(what: Mapping[str, object]) -> None:
    print(json.dumps(what), flush=True)


def _status(key: str) -> float:
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return 1024.0 * int(text.partition(f"{key}:")[2].split()[0])


def _resident() -> float:
    """What this process holds now, in bytes."""
    return _status("VmRSS") if Path("/proc/self/status").exists() else _most()


def _forget_peak() -> None:
    """Let the peak begin anew, where the system can; the way into memory is not the work."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    return _status("VmHWM") if Path("/proc/self/status").exists() else _most()


def _most() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1.0 if sys.platform == "darwin" else 1024.0)


def in_turns(commands: Mapping[str, list[str]], rounds: int) -> dict[str, Taken]:
    """Time ways beside one another; a command starts the process that serves a way."""
    running = {name: _start(command) for name, command in commands.items()}
    try:
        for name, process in running.items():
            _answer(name, process)
        found: dict[str, list[dict[str, float]]] = {name: [] for name in running}
        for _ in range(rounds):
            for name, process in running.items():
                assert process.stdin is not None
                process.stdin.write("run\n")
                process.stdin.flush()
                found[name].append(_answer(name, process))
    finally:
        for process in running.values():
            process.communicate(timeout=60)
    return {name: _taken(times) for name, times in found.items()}


def _start(command: list[str]) -> "subprocess.Popen[str]":
    here = str(Path(__file__).parent)
    paths = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": paths}
    return subprocess.Popen(
        [sys.executable, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )


def _answer(name: str, process: "subprocess.Popen[str]") -> dict[str, float]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit(f"{name} ended with {process.wait()}; what it said stands above")
    found: dict[str, float] = json.loads(line)
    return found


def _taken(times: list[dict[str, float]]) -> Taken:
    walls, cpus = [each["wall"] for each in times], [each["cpu"] for each in times]
    return Taken(median(walls), median(cpus), min(walls), min(cpus), max(each["peak"] for each in times))


def bandwidth(size: int = 32 * 1024 * 1024, times: int = 9) -> float:
    """Bytes a second that one core streams through memory: read and written by the copy of a large array, the best."""
    one, other = np.ones(size), np.zeros(size)
    best = np.inf
    for _ in range(times):
        begin = time.perf_counter()
        np.copyto(other, one)
        best = min(best, time.perf_counter() - begin)
    return 2.0 * one.nbytes / best


def machine() -> str:
    """What it was measured on, and how busy that was."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    return f"{os.cpu_count()} processors; load (1, 5, 15 minutes) {load}"


def agreement(one: Mapping[str, np.ndarray], other: Mapping[str, np.ndarray]) -> float:
    """The greatest difference between two outcomes, column by column; infinite where they have other rows or gaps."""
    worst = 0.0
    for name, values in one.items():
        against = other[name]
        if len(values) != len(against) or (np.isnan(values) != np.isnan(against)).any():
            return np.inf
        worst = max(worst, float(np.nanmax(np.abs(values - against), initial=0.0)))
    return worst
