"""Answers: the proposals in what a model wrote, whether it wrote plain JSON, fenced it, or talked around it.

>>> fact = '{"passage": "p1", "quote": "9 m", "measure": "drilling.length", "value": 9}'
>>> said = f'Sure!\\n```json\\n{{"facts": [{fact}]}}\\n```'
>>> answer = parsed(said)
>>> answer.proposals[0].value, answer.refused, parsed("I cannot help with that.") is None
('9', (), True)
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from orebook.reading.assist.report import Proposal, Refused

_MOST_PROPOSALS = 500
_MOST_BEGINNINGS = 200
"""So many places of an answer are tried as the beginning of JSON."""

_LONGEST_WORD = 200
_LONGEST_QUOTE = 1_000
_SHOWN = 80

MALFORMED = "not in the form that was asked for"
TOO_MANY = "one of too many"


class Answer(NamedTuple):
    """The proposals of an answer, and those that were not in the form that was asked for."""

    proposals: tuple[Proposal, ...]
    refused: tuple[Refused, ...]


def parsed(words: str) -> Answer | None:
    """The proposals that an answer holds; nothing where it holds no list of facts."""
    listed = next((found for value in _values(words) if (found := _facts(value)) is not None), None)
    if listed is None:
        return None
    proposals: list[Proposal] = []
    refused: list[Refused] = []
    for number, said in enumerate(listed):
        proposal = _proposal(said)
        if proposal is None:
            refused.append(_refused(said, MALFORMED))
        elif number >= _MOST_PROPOSALS:
            refused.append(_refused(said, TOO_MANY))
        else:
            proposals.append(proposal)
    return Answer(tuple(proposals), tuple(refused))


def _values(words: str) -> Iterator[object]:
    """Every JSON object or list in some words, the outer ones first, as far as one looks."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str)
    for at in islice((place for place, letter in enumerate(words) if letter in "{["), _MOST_BEGINNINGS):
        try:
            yield decoder.raw_decode(words, at)[0]
        except (ValueError, RecursionError):
            continue


def _facts(value: object) -> list[object] | None:
    """The list of facts that a value is or holds."""
    if isinstance(value, dict):
        listed = value.get("facts")
        return listed if isinstance(listed, list) else None
    is_list = isinstance(value, list) and all(isinstance(one, dict) and "quote" in one for one in value)
    return value if isinstance(value, list) and value and is_list else None


def _proposal(said: object) -> Proposal | None:
    """A proposal in the form that was asked for; keys that nobody asked for are left alone."""
    if not isinstance(said, dict):
        return None
    passage, measure, value, unit, row = (
        _word(said.get(key)) for key in ("passage", "measure", "value", "unit", "row")
    )
    quote, about = _word(said.get("quote"), _LONGEST_QUOTE), _about(said.get("about"))
    if not (passage and measure and value and quote) or unit is None or row is None or about is None:
        return None
    return Proposal(passage, quote, measure, value, unit, about, row)


def _word(said: object, most: int = _LONGEST_WORD) -> str | None:
    """A word, or a number as its digits; empty where nothing is said, nothing where it is something else."""
    if said is None:
        return ""
    return _whole(said).strip() if isinstance(said, str) and len(said) <= most else None


def _whole(words: str) -> str:
    """Words that can be written down: half of a character is none."""
    return words.encode("utf-8", "replace").decode("utf-8")


def _about(said: object) -> tuple[tuple[str, str], ...] | None:
    """What a figure is said to be about; keys without a word are left out."""
    if said is None:
        return ()
    if not isinstance(said, dict):
        return None
    words = {key: _word(word) for key, word in said.items()}
    if any(word is None for word in words.values()):
        return None
    return tuple((key, word) for key, word in words.items() if word)


def _refused(said: object, why: str) -> Refused:
    shown = {key: _whole(str(word)[:_SHOWN]) for key, word in said.items()} if isinstance(said, dict) else {}
    return Refused(shown.get("measure", ""), shown.get("value", ""), shown.get("quote", ""), why)
