"""Alternations: many words as one regular expression that looks at each letter once.

A list of words joined by ``|`` is tried word by word at every place; written as a tree of their common beginnings it is
read in one go, and the longest word that stands there wins.

>>> import re
>>> either(["cash", "cash flow", "cash cost"])
'cash(?: (?:cost|flow))?'
>>> re.match(either(["net income", "net income per share"]), "net income per share")[0]
'net income per share'
"""

import re
from collections.abc import Iterable

Tree = dict[str, "Tree"]
_END = ""


def either(words: Iterable[str], blank: str = " ") -> str:
    """A regular expression for any of the words; ``blank`` is what may stand for a blank inside them."""
    tree: Tree = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _written(tree, blank)


def _written(node: Tree, blank: str) -> str:
    parts = [
        (blank if letter == " " else re.escape(letter)) + _written(below, blank)
        for letter, below in sorted(node.items())
        if letter != _END
    ]
    if not parts:
        return ""
    whole = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
    if _END not in node:
        return whole
    return f"(?:{whole})?" if len(parts) == 1 else f"{whole}?"
