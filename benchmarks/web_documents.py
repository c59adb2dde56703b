"""Time the pages of releases: a release of thirty pages as a document with its facts and findings, asked over HTTP.

    python benchmarks/web_documents.py [--pages 30] [--rounds 15] [--browsers 20]

The release is made of the example releases, over and over, at 500 words a page, in a copy of an example book. A server
process has it open. Told are the first asking as soon as the server is there, which waits for the process that reads
to start; that of another such release that is put there later; which figures agree; asking again, as the median and the
worst of the rounds; twenty who ask at once, each once; and the memory of the server at its most. The machine should
have nothing else to do.
"""

import argparse
import http.client
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

EXAMPLES = Path(__file__).parents[1] / "examples"
NAME, LATER = "thirty-pages.md", "thirty-others.md"
WORDS_A_PAGE = 500


def release(pages: int) -> str:
    """A release of so many pages out of those of the examples."""
    parts = [file.read_text(encoding="utf-8") for file in sorted((EXAMPLES / "releases").iterdir())]
    text = "\n\n".join(parts)
    return "\n\n".join([text] * max(round(pages * WORDS_A_PAGE / len(text.split())), 1))


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int]]:
    """The address of a server of a book, and its process."""
    command = [sys.executable, "-m", "orebook", "serve", str(folder), "--port", "0", "--read-only"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    found = re.search(r"http://([\d.:]+)", server.stderr.readline())
    assert found is not None
    try:
        yield found[1], server.pid
    finally:
        server.terminate()
        server.wait()
        server.stderr.close()


def asked(address: str, path: str) -> tuple[int, bytes, float]:
    """The status and the bytes of a page, and how long it took, in seconds."""
    connection = http.client.HTTPConnection(urlsplit(f"http://{address}").netloc, timeout=120)
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    page = answer.read()
    took = time.perf_counter() - began
    connection.close()
    return answer.status, page, took


def first(address: str, path: str) -> float:
    """How long it takes until a document that nobody has read is there."""
    began = time.perf_counter()
    while True:
        status = asked(address, path)[0]
        if status == 200:
            return time.perf_counter() - began
        time.sleep(0.02)


def most_mb(pid: int) -> float:
    """The most memory that a process held, in MB; nought where the system does not tell."""
    file = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", file.read_text()) if file.is_file() else None
    return int(found[1]) / 1000 if found else 0.0


def main() -> None:
    """Time it and tell."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--browsers", type=int, default=20)
    asked_for = parser.parse_args()
    with TemporaryDirectory() as temporary:
        book = Path(temporary) / "book"
        shutil.copytree(EXAMPLES / "small-mine" / "book", book)
        (book / "releases").mkdir()
        text = release(asked_for.pages)
        (book / "releases" / NAME).write_text(text, encoding="utf-8")
        with served(book) as (address, pid):
            path = f"/releases/{NAME}"
            begun = first(address, path)
            (book / "releases" / LATER).write_text(f"{text}\n\nA later word.\n", encoding="utf-8")
            later = first(address, f"/releases/{LATER}")
            agreed = first(address, f"{path}?agree=1")
            _, page, _ = asked(address, path)
            rounds = [asked(address, path)[2] for _ in range(asked_for.rounds)]
            with ThreadPoolExecutor(asked_for.browsers) as pool:
                together = list(pool.map(lambda _: asked(address, path), range(asked_for.browsers)))
            shown = len(re.findall(rb"data-finding=", page)), len(re.findall(rb"data-fact=", page))
            print(
                f"{len(text.split()):,} words, {shown[1]:,} facts, {shown[0]:,} findings; page {len(page) / 1e6:.2f} MB"
            )
            print(f"first asking, at the start: {begun:.2f} s, of another later: {later:.2f} s")
            print(f"which figures agree: {agreed:.2f} s")
            print(f"asking again: {statistics.median(rounds):.3f} s, at worst {max(rounds):.3f} s")
            good = sum(status == 200 for status, _, _ in together)
            slowest = max(took for _, _, took in together)
            print(f"{asked_for.browsers} at once: {good} answered, the last after {slowest:.2f} s")
            print(f"memory of the server at its most: {most_mb(pid):,.0f} MB")


if __name__ == "__main__":
    main()
