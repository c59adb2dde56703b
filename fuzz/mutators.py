"""Mutators: other inputs made of one, by what it is made of: words and lines, elements, parts of a ZIP, objects."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from lxml import etree

from fuzz.seeds import known

NUMBERS = [*known("numbers"), "9" * 400, "1" + ",000" * 60, "0." + "0" * 300 + "1"]
"""Numbers as nobody should write them, and some as everybody does."""

ODD = [*known("odd"), "e\u0301" * 30, " " * 200]
"""Characters and words that something might obey."""

_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*|[^\S\n]+|\n|</?[A-Za-z][^<>]{0,200}>|.", re.DOTALL)
_MOST_TOKENS = 4_000


def words(text: str, most: int, chance: Random, spoken: Sequence[str]) -> str:
    """Another text: words and lines taken away, doubled, moved, exchanged for odd ones, or very often repeated."""
    tokens = _TOKEN.findall(text[:most])[:_MOST_TOKENS] or [" "]
    for _ in range(1 + int(chance.expovariate(0.5))):
        _changed(tokens, chance, spoken)
    if chance.random() < 0.02:
        _swollen(tokens, most, chance)
    return "".join(tokens)[:most]


def _changed(tokens: list[str], chance: Random, spoken: Sequence[str]) -> None:
    at = chance.randrange(len(tokens) + 1)
    length = min(int(chance.expovariate(0.1)) + 1, 200)
    stretch = tokens[at : at + length]
    how = chance.randrange(10)
    if how == 0:
        del tokens[at : at + length]
    elif how == 1:
        tokens[at:at] = stretch * chance.choice([1, 1, 2, 5])
    elif how == 2:
        del tokens[at : at + length]
        there = chance.randrange(len(tokens) + 1)
        tokens[there:there] = stretch
    elif how == 3:
        numbers = [place for place, token in enumerate(tokens) if token[:1].isdigit()]
        if numbers:
            tokens[chance.choice(numbers)] = chance.choice(NUMBERS)
    elif how == 4:
        tokens.insert(at, chance.choice(ODD))
    elif how == 5:
        _lines_changed(tokens, chance)
    elif how == 6 and at < len(tokens):
        tokens[at] = chance.choice([tokens[at].upper(), tokens[at].lower(), tokens[at][::-1], tokens[at][:1], ""])
    elif how == 7 and at < len(tokens):
        tokens[at] = chance.choice(spoken or NUMBERS)
    else:
        tokens.insert(at, chance.choice([*spoken, *NUMBERS]))
    if not tokens:
        tokens.append(" ")


def _lines_changed(tokens: list[str], chance: Random) -> None:
    lines = "".join(tokens).split("\n")
    at, there = chance.randrange(len(lines)), chance.randrange(len(lines))
    how = chance.randrange(4)
    if how == 0:
        lines[at], lines[there] = lines[there], lines[at]
    elif how == 1:
        lines.insert(there, lines[at])
    elif how == 2:
        lines[at : at + 2] = [chance.choice([" ", "", "\t", " | "]).join(lines[at : at + 2])]
    else:
        lines[at] = chance.choice(["\t", "  ", " | ", ";", ","]).join(lines[at].split())
    tokens[:] = _TOKEN.findall("\n".join(lines)) or [" "]


def _swollen(tokens: list[str], most: int, chance: Random) -> None:
    """One stretch so often that the input is as long as it may be."""
    at = chance.randrange(len(tokens))
    stretch = tokens[at : at + chance.choice([1, 1, 2, 4, 12, 60])]
    size = max(sum(map(len, stretch)), 1)
    tokens[at:at] = stretch * (max(most - sum(map(len, tokens)), 0) // size)


def text_mutator(spoken: Sequence[str]) -> Callable[[bytes, int, Random, Callable[[bytes, int], bytes]], bytes]:
    """The mutator of a kind of text: mostly words and lines, sometimes bytes."""

    def mutated(data: bytes, most: int, chance: Random, mutate: Callable[[bytes, int], bytes]) -> bytes:
        if chance.random() < 0.25:
            return mutate(data, most)
        changed = words(data.decode("utf-8", "replace"), most, chance, spoken)
        return changed.encode("utf-8", "replace")[:most]

    return mutated


def elements(data: bytes, most: int, chance: Random, spoken: Sequence[str]) -> bytes:
    """Another XML file: an element doubled, taken away, moved, put into itself, or with another value or text."""
    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return words(data.decode("utf-8", "replace"), most, chance, spoken).encode("utf-8", "replace")
    for _ in range(1 + int(chance.expovariate(0.7))):
        _element_changed([each for each in root.iter() if isinstance(each.tag, str)], chance, spoken)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _element_changed(all_of_them: list[Any], chance: Random, spoken: Sequence[str]) -> None:
    one, other = chance.choice(all_of_them), chance.choice(all_of_them)
    around = one.getparent()
    how = chance.randrange(8)
    copied = etree.fromstring(etree.tostring(one, with_tail=False))
    if how == 0 and around is not None:
        around.remove(one)
    elif how == 1 and around is not None and len(all_of_them) < 3_000:
        for _ in range(chance.choice([1, 1, 3, 30])):
            around.insert(around.index(one), etree.fromstring(etree.tostring(copied)))
    elif how in (2, 3) and len(all_of_them) < 3_000:
        other.insert(chance.randrange(len(other) + 1), copied)
    elif how == 4:
        deep = one
        for _ in range(chance.choice([1, 3, 40])):
            deep = etree.SubElement(deep, chance.choice([one.tag, other.tag]))
    elif how == 5 and (one.attrib or other.attrib):
        has = one if one.attrib else other
        has.set(chance.choice(list(has.attrib)), _plain(chance.choice([*NUMBERS, *spoken])))
    elif how == 6:
        one.tag = other.tag
    else:
        one.text = _plain(words(one.text or " ", 500, chance, spoken))


def _plain(said: str) -> str:
    """Words that may stand in XML."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", said)


def zip_mutator(
    spoken: Sequence[str], first: bytes
) -> Callable[[bytes, int, Random, Callable[[bytes, int], bytes]], bytes]:
    """The mutator of files that are ZIP archives of XML: one part is changed, and the archive stays sound."""

    def mutated(data: bytes, most: int, chance: Random, mutate: Callable[[bytes, int], bytes]) -> bytes:
        if chance.random() < 0.05:
            return mutate(data, most)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        except Exception:
            return first
        name = chance.choice(sorted(parts, key=lambda each: -len(parts[each]))[: chance.choice([1, 2, 20])] or [""])
        content = parts.get(name, b"")
        if chance.random() < 0.12:
            parts[name] = mutate(content, most)
        else:
            parts[name] = elements(content, most, chance, spoken)
        if chance.random() < 0.03:
            parts.pop(name)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for each, inside in parts.items():
                archive.writestr(each, inside)
        return file.getvalue() if len(file.getvalue()) <= most else first

    return mutated


_OBJECT = re.compile(rb"(\d{1,9}) (\d{1,5}) obj\b(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?)\bstream\r?\n(.*?)\r?\n?endstream", re.DOTALL)


def objects(data: bytes, most: int, chance: Random, spoken: Sequence[str]) -> bytes:
    """Another PDF file: the words of some of its objects changed, its table of places and lengths made to fit again."""
    found = {int(number): body.strip() for number, _, body in _OBJECT.findall(data)}
    if not found:
        return words(data.decode("latin-1"), most, chance, spoken).encode("latin-1", "replace")
    for _ in range(1 + int(chance.expovariate(0.7))):
        number = chance.choice(list(found))
        stream = _STREAM.match(found[number])
        if chance.random() < 0.05:
            found[number] = found[chance.choice(list(found))]
        elif stream and chance.random() < 0.8:
            inside = _latin(stream[2], most, chance, spoken)
            head = re.sub(rb"/Length \d+", b"/Length %d" % len(inside), stream[1])
            found[number] = head + b"stream\n" + inside + b"\nendstream"
        else:
            found[number] = _latin(found[number], most, chance, [*spoken, *(f"{each} 0 R" for each in found)])
    out, places = b"%PDF-1.7\n", {}
    for number, body in found.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(found) + 1
    rows = b"".join(b"%010d 00000 %c \n" % ((places[at], b"n") if at in places else (0, b"f")) for at in range(size))
    trailer = re.search(rb"trailer\s*(<<.*?>>)\s*startxref", data, re.DOTALL)
    said = trailer[1] if trailer else b"<< /Size %d /Root 1 0 R >>" % size
    return out + b"xref\n0 %d\n%strailer %s\nstartxref\n%d\n%%%%EOF\n" % (size, rows, said, len(out))


def _latin(data: bytes, most: int, chance: Random, spoken: Sequence[str]) -> bytes:
    return words(data.decode("latin-1"), most, chance, spoken).encode("latin-1", "replace")
