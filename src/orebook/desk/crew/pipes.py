"""Pipes: messages between a process and who started it: a kind in one byte, a length in four, and a content."""

from struct import Struct
from typing import IO

HEAD = Struct("<cI")


def send(pipe: IO[bytes], kind: bytes, content: bytes) -> None:
    """Put a message into a pipe."""
    pipe.write(HEAD.pack(kind, len(content)) + content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The next message of a pipe; nothing when the other side has gone."""
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, length = HEAD.unpack(head)
    content = pipe.read(length)
    return (kind, content) if len(content) == length else None
