"""The engine: atheris on one target, with everything that comes out of an input kept and sorted.

It goes on after a crash: of each kind, told by the error and where in our own code it came from, the smallest input is
kept. Only what kills the process (a fault in a native library, memory without end) ends it.
"""

import importlib
import pkgutil
import signal
import sys
import time
import traceback
import zlib
from pathlib import Path
from random import Random
from types import FrameType

import atheris

_HANGS_S = 30
_SLOW_S = 4.0
"""Of processor time, in code that is watched: half a second to two seconds in code that is not."""
_WATCHED = (
    *("orebook.ground", "orebook.reading", "orebook.checks", "orebook.desk", "orebook.reports"),
    *("orebook.book.files", "orebook.book.importing", "orebook.book.settings", "orebook.book.keys"),
)
"""Where the engine sees which way an input goes; what is compiled cannot be watched."""


class HangError(Exception):
    """An input that takes longer than anybody waits."""


class Keeper:
    """What is kept of a run: of each kind of crash and of slowness the smallest input and what it did."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def keep(self, kind: str, name: str, data: bytes, told: str) -> None:
        """Keep an input, unless a smaller one of its kind is known."""
        folder = self._out / kind
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}.bin"
        if not file.exists() or file.stat().st_size > len(data):
            file.write_bytes(data)
            file.with_suffix(".txt").write_text(told, encoding="utf-8", errors="backslashreplace")


def kind_of(problem: BaseException) -> str:
    """The kind of a crash: its error, and the last places of our own code that it went through."""
    frames = [
        frame
        for frame in traceback.extract_tb(problem.__traceback__)
        if "orebook" in frame.filename or "fuzz" in frame.filename
    ]
    told = "-".join(f"{Path(frame.filename).stem}.{frame.name}" for frame in frames[-2:])
    name = f"{type(problem).__name__}-{told}"
    return f"{name[:90]}-{zlib.crc32(name.encode()):08x}"


def main() -> None:
    """Fuzz: target, folder, seconds."""
    name, out, seconds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    with atheris.instrument_imports(include=list(_WATCHED)):
        for package in _WATCHED:
            module = importlib.import_module(package)
            if hasattr(module, "__path__"):
                for each in pkgutil.walk_packages(module.__path__, f"{package}."):
                    importlib.import_module(each.name)
    from fuzz.targets import target

    chosen, keeper = target(name), Keeper(out)

    def hangs(_number: int, frame: FrameType | None) -> None:
        raise HangError("".join(traceback.format_stack(frame)[-6:]))

    def once(data: bytes) -> None:
        begun = time.process_time()
        signal.alarm(_HANGS_S)
        try:
            chosen.once(data)
        except BaseException as problem:
            signal.alarm(0)
            if isinstance(problem, KeyboardInterrupt):
                raise
            keeper.keep("crashes", kind_of(problem), data, traceback.format_exc())
        finally:
            signal.alarm(0)
        took = time.process_time() - begun
        if took > _SLOW_S and len(data) <= 100_000:
            keeper.keep(
                "slow", f"{int(took):03}s-{zlib.crc32(data):08x}", data, f"{took:.1f} s for {len(data):,} bytes"
            )

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        try:
            return chosen.mutated(data, min(most, chosen.LONGEST), Random(seed), atheris.Mutate)
        except Exception:  # an exception here would leave the process standing; what failed is to be seen in the log
            traceback.print_exc()
            return data

    signal.signal(signal.SIGALRM, hangs)
    corpus, first = out / "corpus", out / "seeds"
    for folder in (corpus, first):
        folder.mkdir(parents=True, exist_ok=True)
    for at, data in enumerate(chosen.seeds()):
        (first / f"{at:04}").write_bytes(data)
    words = out / "words.dict"
    words.write_text("".join(f"{_quoted(word)}\n" for word in chosen.WORDS if word), encoding="utf-8")
    flags = [
        *(
            f"-max_total_time={seconds}",
            f"-max_len={chosen.LONGEST}",
            f"-dict={words}",
            f"-artifact_prefix={out}/fall-",
        ),
        *("-timeout=120", "-rss_limit_mb=4096", "-print_final_stats=1", "-len_control=0"),
    ]
    atheris.Setup([sys.argv[0], *flags, str(corpus), str(first)], once, custom_mutator=mutated)
    atheris.Fuzz()


def _quoted(word: str) -> str:
    """A word as dictionaries of the engine have it."""
    inside = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in word.encode()
    )
    return f'"{inside}"'


if __name__ == "__main__":
    main()
