"""Fuzz one target for some time: ``python -m fuzz html --seconds 600 --out out/fuzz``.

What is found lies in the folder: ``crashes`` and ``slow`` hold the smallest input of each kind with what happened,
``corpus`` what the engine learnt. The engine runs in a process of its own, which is started again when it falls.
"""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

from fuzz.targets import names

_STARTS_S = 20
"""A process that falls sooner is broken, not fuzzed."""


def main() -> None:
    """Fuzz as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", choices=names())
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--out", type=Path, default=Path("out/fuzz"))
    asked = parser.parse_args()
    out = asked.out / asked.target
    out.mkdir(parents=True, exist_ok=True)
    begun, tried, falls, reached = time.time(), 0, 0, ""
    while (left := int(begun + asked.seconds - time.time())) > 5:
        started = time.time()
        log = out / f"log-{int(started)}.txt"
        with log.open("wb") as file:
            engine = [sys.executable, "-m", "fuzz.engine", asked.target, str(out), str(left)]
            try:
                status = subprocess.run(engine, stdout=file, stderr=file, check=False, timeout=left + 120).returncode
            except subprocess.TimeoutExpired:
                status = 1
        said = log.read_text(errors="replace")
        tried += max(map(int, re.findall(r"^#(\d+)", said, re.MULTILINE)), default=0)
        reached = (re.findall(r"cov: \d+ ft: \d+ corp: \S+", said) or [reached])[-1]
        if status:
            falls += 1
            if time.time() - started < _STARTS_S:
                sys.exit(f"the engine fell at once; see {log}")
    crashes, slow = (len(list((out / kind).glob("*.txt"))) for kind in ("crashes", "slow"))
    told = f"{asked.target}: {time.strftime('%H:%M:%S', time.localtime(begun))} to {time.strftime('%H:%M:%S')}, "
    told += f"{tried:,} inputs, {reached}, {crashes} kinds of crash, {slow} slow, {falls} falls of the process"
    print(told)
    with (asked.out / "runs.txt").open("a", encoding="utf-8") as file:
        file.write(told + "\n")


if __name__ == "__main__":
    main()
