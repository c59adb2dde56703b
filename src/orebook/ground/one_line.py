"""One line: words of anybody, such as the head of a column, as part of a message that is one line."""

_MOST = 400


def one_line(words: str, most: int = _MOST) -> str:
    """The words on one line, cut where they are longer than anybody reads.

    >>> one_line("no column \\n for 'from'"), one_line("no such heads", 8)
    ("no column for 'from'", 'no such…')
    """
    said = " ".join(words[: 4 * most].split())
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"
