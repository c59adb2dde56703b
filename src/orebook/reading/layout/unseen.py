"""Unseen: what a page holds and its reader never sees, or sees on every page: hidden words, banners, edges."""

import re
from collections.abc import Sequence

from orebook.reading.layout.tags import Tag
from orebook.reading.patterns import Pattern

_TELLING = ("hidden", "display", "visibility", "cookie", "consent", "gdpr", "role=", "sr-only", "screen-reader")
"""Only a tag that holds one of these has to be asked for what it says of itself."""

_STYLE = Pattern(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)\b", re.IGNORECASE)
_CLASS = Pattern(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|hidden)(?:\s|$)", re.IGNORECASE)
_BANNER = Pattern(r"cookie|gdpr|(?:^|[\s_-])consent", re.IGNORECASE)
_ROLES = frozenset({"navigation", "search", "dialog", "alertdialog"})
_EDGES = frozenset({"footer", "aside"})
_WHOLE = frozenset({"html", "body", "main", "article"})
_ALONE = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_ENDED: dict[str, set[str]] = {
    "td": {"tr", "table", "tbody"},
    "th": {"tr", "table", "tbody"},
    "tr": {"table", "tbody", "thead", "tfoot"},
    "li": {"ul", "ol"},
    "p": {"div", "td", "section", "article", "body"},
    "dd": {"dl"},
    "dt": {"dl"},
}
"""Elements that need no tag at their end: what ends them besides the next of their kind."""

_LARGEST_BANNER = 20_000
_LONGEST_TAG = 4096
_STEPS = 40
"""On average an element is looked through so often; a page that asks for more is made to keep somebody busy."""


def telling(text: str) -> frozenset[int]:
    """Where the tags begin that may say that they are not seen.

    >>> sorted(telling("<p>hidden <b Hidden>words</b></p>"))
    [0, 10]
    """
    low = text.lower()
    if len(low) != len(text):
        low = text
    found = set()
    for sign in _TELLING:
        at = low.find(sign)
        while at >= 0:
            found.add(text.rfind("<", max(at - _LONGEST_TAG, 0), at))
            at = low.find(sign, at + len(sign))
    return frozenset(found)


def seen(text: str, tags: Sequence[Tag]) -> list[Tag]:
    """The tags of a page, a stretch that nobody sees being one tag without a name.

    Hidden elements, banners about cookies, and footers and asides that hold links and no table are left out; never the
    whole page, whatever it says of itself.

    >>> page = "<p>One <b hidden>two</b> three</p>"
    >>> tags = [Tag("p", False, 0, 3), Tag("b", False, 7, 17, {"hidden": ""}), Tag("b", True, 20, 24),
    ...         Tag("p", True, 30, 34)]
    >>> [(tag.name, page[tag.start : tag.end]) for tag in seen(page, tags)]
    [('p', '<p>'), ('', '<b hidden>two</b>'), ('p', '</p>')]
    """
    found: list[Tag] = []
    at, room = 0, _STEPS * len(tags)
    while at < len(tags):
        tag = tags[at]
        claim = "" if tag.closing or room <= 0 else _claim(tag)
        last = _last(tags, at) if claim else -1
        room -= abs(last) - at if claim else 0
        if last < 0 or not _believed(claim, text, tags, at, last):
            found.append(tag)
            at += 1
            continue
        found.append(Tag("", False, tag.start, tags[last].end))
        at = last + 1
    return found


def _claim(tag: Tag) -> str:
    """Why an element may be left out: hidden, a banner, an edge of the page; nothing for most."""
    said, name = tag.attributes, tag.name
    if name in _WHOLE or name in _ALONE or not (said or name in _EDGES):
        return ""
    if "hidden" in said or _STYLE.search(said.get("style", "")) or _CLASS.search(said.get("class", "")):
        return "hidden"
    if said.get("role", "").lower() in _ROLES:
        return "hidden"
    if _BANNER.search(f"{said.get('id', '')} {said.get('class', '')}"):
        return "banner"
    return "edge" if name in _EDGES else ""


def _believed(claim: str, text: str, tags: Sequence[Tag], first: int, last: int) -> bool:
    """Whether a claim holds: a banner is small, an edge has links and no table."""
    if claim == "banner":
        size = tags[last].end - tags[first].start
        return size <= _LARGEST_BANNER and 2 * size < len(text)
    if claim == "edge":
        names = {each.name for each in tags[first:last]}
        return "a" in names and "table" not in names
    return True


def _last(tags: Sequence[Tag], first: int) -> int:
    """The number of the tag with which an element ends; where it has no end the last of all, less than nought."""
    name, depth, tables = tags[first].name, 0, 0
    ended = _ENDED.get(name, set())
    for at in range(first + 1, len(tags)):
        tag = tags[at]
        if ended and not tables and ((tag.closing and tag.name in ended) or (not tag.closing and tag.name == name)):
            return at - 1
        if tag.name == name:
            if tag.closing and not depth:
                return at
            depth += -1 if tag.closing else 1
        elif tag.name == "table":
            tables = max(tables + (-1 if tag.closing else 1), 0)
    return -len(tags)
