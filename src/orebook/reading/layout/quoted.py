"""Strings and comments of a program's source: where each ends, in time that grows with the source."""

import re

OPENING = r"[\"'`]|//|/\*"
"""What a string or a comment begins with."""

_REST = {
    '"': re.compile(r"\"[^\"\\\n]*+(?:\\.[^\"\\\n]*+)*+\""),
    "'": re.compile(r"'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'"),
    "`": re.compile(r"`[^`\\]*+(?:\\.[^`\\]*+)*+`"),
    "/*": re.compile(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/"),
    "//": re.compile(r"//[^\n]*+"),
}
_TO_THE_LINE = ('"', "'")


class Quoted:
    """The strings and comments of one source.

    >>> source = "a = 'one' // it's"
    >>> Quoted(source).end(4), Quoted(source).end(10)
    (9, 17)
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: dict[str, int] = {}

    def end(self, at: int) -> int:
        """Where the string or comment ends that begins here; where it never ends, the place after its mark.

        Of one that never ends the rest is looked through once: no later mark of its kind ends there either.
        """
        mark = self._text[at : at + 2] if self._text.startswith("/", at) else self._text[at]
        if at >= self._open.get(mark, 0):
            if closed := _REST[mark].match(self._text, at):
                return closed.end()
            line = self._text.find("\n", at) if mark in _TO_THE_LINE else -1
            self._open[mark] = len(self._text) if line < 0 else line
        return at + len(mark)
