"""Presets: what the intersection tools of other systems mean by their settings, in options of our rule sets.

A preset is data (``rule_presets.toml``). It sets how to count, never how much: no cut-off, no top-cut and no length
comes from it, for these a qualified person must choose. What it cannot repeat, it says.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Preset:
    """The manner of one tool: the options it sets, those that it asks for besides, and what it cannot repeat.

    ``basis`` says where the knowledge comes from: *published* (the tool's own help or source), or *unverified*.
    """

    name: str
    tool: str
    manner: str
    basis: str
    sets: Mapping[str, object]
    asks: tuple[str, ...]
    cannot: tuple[str, ...]


@cache
def presets() -> dict[str, Preset]:
    """Every preset by name.

    >>> presets()["datamine_compmax"].sets["objective"], presets()["geosoft"].asks
    ('length', ('min_average', 'min_waste_grade'))
    """
    text = files(__package__).joinpath("rule_presets.toml").read_text(encoding="utf-8")
    return {
        name: Preset(
            name, said["tool"], said["manner"], said["basis"], said["sets"], tuple(said["asks"]), tuple(said["cannot"])
        )
        for name, said in tomllib.loads(text).items()
    }
