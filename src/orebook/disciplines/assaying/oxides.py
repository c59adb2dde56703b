"""Oxides: how much of an oxide an amount of its element makes.

The factor follows from the atomic masses (abridged standard atomic weights of the IUPAC commission, 2021, in
``atomic_masses.csv``); formulas are parsed, never listed.
"""

import csv
import re
from decimal import Context, Decimal
from functools import cache
from importlib.resources import files

from orebook.ground.quantity import Q

_EXACT = Context(prec=28)
_ATOM = re.compile(r"([A-Z][a-z]?)(\d{0,3})")
_FORMULA = re.compile(r"(?:[A-Z][a-z]?\d{0,3}){2,6}")
_LONGEST = 12

STATED_AS = {"Ce": "CeO2", "Pr": "Pr6O11", "Tb": "Tb4O7"}
"""Rare earths whose oxide is not of the form X2O3."""


@cache
def atomic_masses() -> dict[str, Decimal]:
    """The mass of each element, in grams per mole."""
    table = files(__package__).joinpath("atomic_masses.csv").read_text(encoding="utf-8")
    return {row["element"]: Decimal(row["mass"]) for row in csv.DictReader(table.splitlines())}


def atoms(formula: str) -> dict[str, int]:
    """How many atoms of each element a formula holds; nothing when it is no formula of known elements.

    >>> atoms("Pr6O11")
    {'Pr': 6, 'O': 11}
    >>> atoms("TREO+Y")
    {}
    """
    if not _FORMULA.fullmatch(formula):
        return {}
    found: dict[str, int] = {}
    for element, count in _ATOM.findall(formula):
        found[element] = found.get(element, 0) + int(count or 1)
    return found if all(element in atomic_masses() for element in found) else {}


def element_of(oxide: str) -> str:
    """The element whose oxide or carbonate it is, or nothing.

    >>> element_of("Sc2O3"), element_of("Li2CO3"), element_of("Sc"), element_of("NaCl")
    ('Sc', 'Li', '', '')
    """
    parts = atoms(oxide)
    first = next(iter(parts), "")
    return first if "O" in parts and first != "O" and set(parts) <= {first, "O", "C"} and first != "C" else ""


@cache
def formulas(letters: str) -> tuple[str, ...]:
    """Every formula of known elements that small letters may mean; none for long words.

    >>> formulas("uo2"), formulas("caco3")
    (('UO2',), ('CaCO3', 'CaCo3'))
    """
    if len(letters) > _LONGEST or not letters.isalnum():
        return ()
    return tuple(sorted(formula for formula in _readings(letters.lower()) if atoms(formula)))


def _readings(letters: str) -> list[str]:
    """Letters and numbers taken apart into elements, every way."""
    if not letters:
        return [""]
    found = []
    for length in (1, 2):
        element, rest = letters[:length].capitalize(), letters[length:]
        if element in atomic_masses() and len(element) == length:
            count = re.match(r"\d{0,3}", rest)
            number = count[0] if count else ""
            found += [element + number + more for more in _readings(rest[len(number) :])]
    return found


def molar_mass(formula: str) -> Decimal:
    """Grams per mole of an element or a compound; water of crystals stands behind a dot.

    >>> molar_mass("LiOH·H2O")
    Decimal('41.962')
    >>> molar_mass("Xy2")
    Traceback (most recent call last):
        ...
    ValueError: not a formula of known elements: 'Xy2'; write one such as 'Sc2O3'
    """
    return sum((atomic_masses()[atom] * count for atom, count in _parts(formula).items()), Decimal(0))


def _parts(formula: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in formula.split("·"):
        counted = {part: 1} if part in atomic_masses() else atoms(part)
        if not counted:
            raise ValueError(f"not a formula of known elements: {formula!r}; write one such as 'Sc2O3'")
        for element, count in counted.items():
            found[element] = found.get(element, 0) + count
    return found


@cache
def compound_factor(part: str, compound: str, element: str = "") -> Decimal:
    """Grams of a compound that one gram of one of its elements makes, or one gram of another compound of that element.

    ``element`` is what both have in common; it can be left out where the part is an element or names but one.
    Source: stoichiometry; catalogue code EX228.

    >>> [str(compound_factor(*each).quantize(Decimal("0.0001"))) for each in (("F", "CaF2"), ("Li2O", "Li2CO3"))]
    ['2.0548', '2.4729']
    >>> compound_factor("Na", "KCl")
    Traceback (most recent call last):
        ...
    ValueError: Na and KCl have no element in common that could be converted; say which element
    """
    one, other = _parts(part), _parts(compound)
    shared = [element] if element else [each for each in one if each in other and each not in ("O", "H", "C")]
    if len(one) == 1 and not element:
        shared = [each for each in one if each in other]
    if len(shared) != 1 or shared[0] not in one or shared[0] not in other:
        raise ValueError(f"{part} and {compound} have no element in common that could be converted; say which element")
    ratio = Decimal(one[shared[0]]) / Decimal(other[shared[0]])
    return _EXACT.divide(molar_mass(compound) * ratio, molar_mass(part))


@cache
def oxide_factor(oxide: str) -> Decimal:
    """Grams of an oxide that one gram of its element makes: ``M(oxide) ÷ (n · M(element))``.

    Source: stoichiometry. Raises ``ValueError`` for what is no oxide of one element.

    >>> oxide_factor("Sc2O3").quantize(Decimal("0.0001"))
    Decimal('1.5338')
    >>> oxide_factor("Au")
    Traceback (most recent call last):
        ...
    ValueError: not an oxide of one element: 'Au'; write a formula such as 'Sc2O3'
    """
    element, parts = element_of(oxide), atoms(oxide)
    if not element:
        raise ValueError(f"not an oxide of one element: {oxide!r}; write a formula such as 'Sc2O3'")
    masses = atomic_masses()
    whole = sum((masses[atom] * count for atom, count in parts.items()), Decimal(0))
    return _EXACT.divide(whole, masses[element] * parts[element])


def oxide_as_stated(element: str) -> str:
    """The oxide as which the trade states a rare earth.

    >>> oxide_as_stated("Tb"), oxide_as_stated("Nd")
    ('Tb4O7', 'Nd2O3')
    """
    return STATED_AS.get(element, f"{element}2O3")


def to_oxide(element: Q, factor: Q) -> Q:
    """Grade of the oxide, from the grade of its element and the factor; in the unit of the grade.

    >>> to_oxide(180.0, 1.5338)
    276.084
    """
    return element * factor


def to_element(oxide: Q, factor: Q) -> Q:
    """Grade of the element, from the grade of its oxide and the factor.

    >>> to_element(276.084, 1.5338)
    180.0
    """
    return oxide / factor
