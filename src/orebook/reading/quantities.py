"""Quantities: every number of a sentence with its currency, scale, unit, sign and the thing it counts.

>>> [str(q.figure) for q in quantities("up to 253 g/t Sc2O3 over 29.14 m for about US$17.6 million in 45 drill holes")]
['up to 253 g/t', '29.14 m', '~17.6 USD million', '45 hole']
>>> [q.analyte for q in quantities("14.43% zinc and 8.23 Au g/t over 0.5 m")]
['Zn', 'Au', '']
>>> [[str(f) for f in q.figures] for q in quantities("5,100 to 7,300 tonnes, for 30 to 43 million EVs")]
[['5,100 t', '7,300 t'], ['30 million vehicle', '43 million vehicle']]
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from orebook.ground import units
from orebook.ground.figure import Figure
from orebook.reading import analytes
from orebook.reading.number_words import WORDS, spelled_out

_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:'\d{3})+(?![\d,])(?:\.\d+)?"
    r"|(?<!\d )\d{1,3}(?: \d{3})+(?!,?\d| \d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
)
_CURRENCY = "|".join(
    re.escape(symbol)
    for symbol in sorted(
        (
            s
            for code, forms in units.currencies().items()
            for s in forms
            if not s.islower() and (" " not in s or s.endswith("$")) and s != "US"
        ),
        key=len,
        reverse=True,
    )
)
_NUMBER = re.compile(
    rf"(?<![\w,$€£])(?<![\d$€£]\.)(?:(?P<currency>{_CURRENCY})\s?)?"
    rf"(?:(?P<digits>{_DIGITS})|(?P<word>(?i:{WORDS})(?![A-Za-z])))"
)
_UNTIL = re.compile(
    rf"\s?(?:–|—|-|~|\bto\b|\band\b)\s?(?:(?:{_CURRENCY})\s?)?(?P<digits>{_DIGITS})(?![\d.]*\d[/-]\d)", re.IGNORECASE
)
_SCALE = re.compile(
    r"[\s-]?(?P<scale>thousand|million|billion|trillion)\b|\s?(?P<letter>[MmBbKk]n?|MM)(?![\w/²³])", re.IGNORECASE
)
_LETTERS = {"m": "million", "mm": "million", "b": "billion", "bn": "billion", "mn": "million", "k": "thousand"}
_BEFORE = re.compile(
    r"(?P<about>approximately|approx\.?|about|roughly|around|some|nearly|almost|circa|c\.|~|≈|±)"
    r"|(?P<upto>up to(?: as much as)?|as much as|as high as|(?:a )?maximum(?: of)?|max\.?(?: of)?|as many as"
    r"|up to approximately)"
    r"|(?P<least>at least|(?:a )?minimum(?: of)?|no less than|as low as)"
    r"|(?P<more>more than|greater than|in excess of|exceeding|(?<!\w)over|>)"
    r"|(?P<less>less than|fewer than|within|<)",
    re.IGNORECASE,
)
_SIGNS = {"about": "~", "upto": "up to", "least": "at least", "more": ">", "less": "<"}
_PER = re.compile(r"\s?(?:/|\bper\b|\ba\b|\beach\b)\s?", re.IGNORECASE)
_PERCENT_OF = re.compile(r"\s?(?:%|per cent\b|percent\b)", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|\s(?:first|second|third|fourth)\b")
_LONGEST_NUMBER = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_AFTER = re.compile(r"[\w]|[.,/:-]\d|-[A-Z]|°\d|st\b|nd\b|rd\b|th\b")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a sentence says it: one figure, or two for a range.

    ``start`` and ``end`` are places in the plain text that hold currency, number, scale and unit; ``number_start``
    and ``number_end`` the digits alone. ``noun`` is the counted thing as printed ("diamond drill holes"); ``per``
    what a price or a rate is for ("pound copper"); ``money`` whether it is an amount; ``analyte`` the metal or oxide
    that follows the unit.
    """

    figures: tuple[Figure, ...]
    start: int
    end: int
    number_start: int
    number_end: int
    noun: str = ""
    analyte: str = ""
    analyte_end: int = 0
    spelled: bool = False

    @property
    def figure(self) -> Figure:
        """The figure; of a range the lower one."""
        return self.figures[0]

    @property
    def unit(self) -> str:
        """The unit of the figures, or nothing."""
        return self.figures[0].unit

    @property
    def is_range(self) -> bool:
        """Whether two ends were given."""
        return len(self.figures) == 2

    def measures(self, base: str) -> bool:
        """Whether the unit is of that base dimension alone: ``length``, ``mass``, ``time``.

        >>> quantities("29.14 m")[0].measures("length")
        True
        """
        return bool(self.unit) and units.unit(self.unit).dimension == ((base, 1),)

    @property
    def money(self) -> bool:
        """Whether it is an amount of money, not a price."""
        if not self.unit:
            return False
        dimension = units.unit(self.unit).dimension
        return len(dimension) == 1 and dimension[0][0].startswith("money:")

    @property
    def fraction(self) -> bool:
        """Whether it is a percentage, a grade or another share of mass."""
        return bool(self.unit) and self.unit != "1" and not units.unit(self.unit).dimension


@cache
def _unit_pattern() -> re.Pattern[str]:
    forms = [form for form in units.spoken() if form]
    symbols = [
        f for f in forms if units.rows()[units.spoken()[f]].symbols and f in units.rows()[units.spoken()[f]].symbols
    ]
    words = [f for f in forms if f not in symbols]
    return re.compile(
        rf"(?:(?P<symbol>{_longest(symbols)})|(?P<word>(?i:{_longest(words)})))"
        r"(?:(?![A-Za-z]|\^?[23]\b|-\d|(?<=a year)\s(?:ago|earlier|before|later)\b)|(?<=\d%)(?=[a-z])|(?=(?:Au|Ag|Cu|Zn|Pb|Ni|Li2O|U3O8)(?:Eq)?\b))"
    )


def _longest(forms: list[str]) -> str:
    return "|".join(re.escape(form).replace(r"\ ", r"[\s-]") for form in sorted(forms, key=len, reverse=True))


@cache
def _count_pattern() -> re.Pattern[str]:
    """Up to four words that end in a counted noun: "diamond drill holes", "new channel samples"."""
    nouns = [word for row in units.rows().values() if row.dimension == "count" for word in row.words]
    return re.compile(
        r"[\s-](?P<noun>(?:[A-Za-z]{2,14}-){0,3}?"
        rf"(?:(?!and\b|of\b|in\b|to\b|from\b|per\b|the\b|for\b|at\b)[A-Za-z][\w/&'-]*,?\s){{0,4}}?"
        rf"(?P<counted>(?i:{_longest(nouns)})))(?![\w])"
    )


@cache
def _counted() -> dict[str, str]:
    return {word.lower(): row.name for row in units.rows().values() if row.dimension == "count" for word in row.words}


@cache
def _analyte_next() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:(?:grade )?of\s|in\s)?\(?(?P<analyte>{analytes.pattern()})")


def quantities(plain: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Every quantity in a stretch of plain text, in order."""
    stop = len(plain) if end is None else end
    found: list[Quantity] = []
    at = start
    while match := _NUMBER.search(plain, at, stop):
        quantity = _quantity(plain, match, stop)
        at = max(quantity.end if quantity else match.end(), match.start() + 1)
        if quantity:
            found.append(quantity)
    return found


def _quantity(plain: str, match: re.Match[str], stop: int) -> Quantity | None:
    """One quantity from its number on, or nothing when the digits belong to a name."""
    spelled = match["word"] is not None
    if len(match[0]) > _LONGEST_NUMBER:
        return None
    values = [spelled_out(match["word"]) if spelled else _decimal(match["digits"])]
    number_end = match.end()
    if not spelled:
        until = _UNTIL.match(plain, number_end, stop)
        if until and _is_range(plain, match, until, stop):
            values.append(_decimal(until["digits"]))
            number_end = until.end()
        elif _NOT_AFTER.match(plain, number_end) and not _glued_unit(plain, number_end, stop):
            return None
    if not spelled and _ORDINAL.match(plain, number_end):
        return None
    unit, end, noun, name, name_end = _unit(plain, match["currency"] or "", number_end, stop)
    if spelled and not unit and plain[number_end : number_end + 2] == ", ":
        unit, end, noun, name, name_end = _unit(plain, "", number_end + 1, stop)  # "two, broad sections"
        unit = unit if noun else ""
    if noun and not spelled and _YEAR.fullmatch(match["digits"]):
        unit, end, noun = "", number_end, ""  # "the 2011 diamond drill holes" are not two thousand
    if spelled and not unit:
        return None
    sign = _sign(plain, match.start(), unit)
    begin = match.start() if match["currency"] else match.start("word" if spelled else "digits")
    figures = tuple(Figure(value, unit, sign) for value in values)
    return Quantity(figures, begin, end, begin, number_end, noun, name, name_end, spelled)


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").replace("'", "").replace(" ", ""))


def _is_range(plain: str, match: re.Match[str], until: re.Match[str], stop: int) -> bool:
    """Two numbers are one range when they rise and share what follows; "and" needs "between" before."""
    joined = plain[match.end() : until.start("digits")].strip().lower()
    if joined.startswith("and") and not re.search(
        r"\bbetween\s+\S{0,4}$", plain[max(0, match.start() - 14) : match.start()]
    ):
        return False
    low, high = _decimal(match["digits"]), _decimal(until["digits"])
    if low > high or (joined == "-" and match["currency"] is None and low == high):
        return False
    if joined == "to" and re.search(r"\bfrom\s+$", plain[max(0, match.start() - 8) : match.start()], re.IGNORECASE):
        unit = _unit_pattern().match(plain, until.end() + 1, stop)
        if not unit or _name(unit) in ("m", "ft"):
            return False  # "from 127.8 to 156.9 m" are two depths
    return not _NOT_AFTER.match(plain, until.end()) or _glued_unit(plain, until.end(), stop)


def _glued_unit(plain: str, at: int, stop: int) -> bool:
    """Whether a unit, a scale or a hyphen with a unit stands right behind the digits."""
    return bool(
        _unit_pattern().match(plain, at, stop)
        or (
            re.match(r"-(?=[A-Za-z])", plain[at : at + 2])
            and (
                _unit_pattern().match(plain, at + 1, stop)
                or _count_pattern().match(plain, at, stop)
                or _SCALE.match(plain, at, stop)
            )
        )
        or _SCALE.match(plain, at, stop)
    )


def _unit(plain: str, currency: str, at: int, stop: int) -> tuple[str, int, str, str, int]:
    """Unit, end, counted noun, analyte and its end, for a number that ends at ``at``."""
    if currency:
        unit, end = _money(plain, currency, at, stop)
        return unit, end, "", "", 0
    scale, scaled = "", at
    if found := _SCALE.match(plain, at, stop):
        word = found["scale"]
        if word:
            scale, scaled = word.lower(), found.end()
    gap = re.compile(r"[\s-]?").match(plain, scaled)
    after = gap.end() if gap else scaled
    unit, end = _measured(plain, scale, at, after, stop)
    if unit:
        return (unit, end, "", *_analyte(plain, end, stop))
    between = _analyte_next().match(plain, after, stop)  # "8.23 Au g/t"
    if between:
        behind, finish = _measured(plain, scale, at, between.end() + 1, stop)
        if behind:
            return behind, finish, "", analytes.analyte(between["analyte"]), finish
    if counted := _count_pattern().match(plain, scaled, stop):
        said = " ".join(counted["counted"].lower().split())
        name = _counted().get(said) or _counted()[said.replace("-", " ")]
        return f"{scale} {name}".strip(), counted.end(), counted["noun"], "", 0
    if words := _currency_word(plain, after, stop):
        code, end = words
        return f"{code} {scale}".strip(), end, "", "", 0
    return "", scaled if scale else at, "", "", 0


def _measured(plain: str, scale: str, at: int, after: int, stop: int) -> tuple[str, int]:
    """A measuring unit at ``after``, with the scale word before it and what it is per."""
    space = re.compile(r"\s").match(plain, at)
    if scale:
        found = _unit_pattern().match(plain, (space.end() if space else at), stop)
        if found and (name := _name(found)) and found.end() > after:
            return _per(plain, name, found.end(), stop)
    found = _unit_pattern().match(plain, after, stop)
    if not found:
        return "", at
    name = _name(found)
    if units.unit(name).counted:
        return "", at
    if scale:
        if not units.known(f"{scale} {name}"):
            return "", at
        name = f"{scale} {name}"
    return _per(plain, name, found.end(), stop)


def _name(found: re.Match[str]) -> str:
    if found["symbol"]:
        written = found["symbol"]
        return units.spoken().get(written) or units.spoken().get(written.replace("-", " "), "")
    said = " ".join(found["word"].lower().split())
    return units.spoken().get(said) or units.spoken().get(said.replace("-", " "), "")


def _per(plain: str, name: str, end: int, stop: int) -> tuple[str, int]:
    """Join "per tonne", "/t", "per year" to a unit, when such a unit can be."""
    per = _PER.match(plain, end, stop)
    if not per:
        return name, end
    below = _unit_pattern().match(plain, per.end(), stop) or _count_unit(plain, per.end(), stop)
    if not below:
        return name, end
    bottom = _name(below) if "symbol" in below.re.groupindex else _counted()[below[0].lower()]
    joined = f"{name}/{bottom}"
    link = plain[end : per.end()].strip().lower()
    a_time = units.known(bottom) and units.unit(bottom).dimension == (("time", 1),)
    if not units.known(joined) or (link == "a" and (not a_time or _AGO.match(plain, below.end()))):
        return name, end
    return joined, below.end()


_AGO = re.compile(r"\s(?:ago|earlier|before|later)\b")


@cache
def _count_word() -> re.Pattern[str]:
    return re.compile(rf"(?i:{_longest([word for word in _counted() if not word.endswith('s')])})(?!\w)")


def _count_unit(plain: str, at: int, stop: int) -> re.Match[str] | None:
    return _count_word().match(plain, at, stop)


def _money(plain: str, symbol: str, at: int, stop: int) -> tuple[str, int]:
    """The unit of an amount: currency, scale, and what a price is for."""
    code = _currency_codes()[symbol]
    end, scale = at, ""
    if found := _SCALE.match(plain, at, stop):
        scale = (found["scale"] or _LETTERS.get((found["letter"] or "").lower(), "")).lower()
        end = found.end() if scale else at
    name = f"{code} {scale}".strip()
    if found_code := re.compile(r"\s?\(?(CAD|USD|AUD|CDN|US)\b\)?").match(plain, end, stop):
        name = f"{_currency_codes().get(found_code[1], 'USD')} {scale}".strip() if code == "$" else name
        end = found_code.end() if code == "$" else end
    return _per(plain, name, end, stop)


@cache
def _currency_codes() -> dict[str, str]:
    return {form: code for code, forms in units.currencies().items() for form in forms}


def _currency_word(plain: str, at: int, stop: int) -> tuple[str, int] | None:
    words = _currency_words().match(plain, at, stop)
    return (_currency_codes_lower()[words[0].lower()], words.end()) if words else None


@cache
def _currency_codes_lower() -> dict[str, str]:
    return {form.lower(): code for form, code in _currency_codes().items()}


@cache
def _currency_words() -> re.Pattern[str]:
    forms = [form for form in _currency_codes() if form[:1].isalpha() and (form.islower() or " " in form)]
    return re.compile(rf"(?i:{_longest(forms)})(?!\w)")


_SAID_AGAIN = re.compile(r"\s?\((?:g/t|gpt|%|ppm|ppb|oz/t|opt)\)(?=\s(?:of\s)?\w)")
"""The unit once more in brackets before the analyte: "grams per tonne (g/t) of gold"."""


def _analyte(plain: str, end: int, stop: int) -> tuple[str, int]:
    again = _SAID_AGAIN.match(plain, end, stop)
    found = _analyte_next().match(plain, again.end() if again else end, stop)
    if not found:
        return "", 0
    name, finish = analytes.analyte(found["analyte"]), found.end()
    again = re.compile(rf"\s?\((?P<symbol>{analytes.pattern()})\)").match(plain, finish, stop)
    return (analytes.analyte(again["symbol"]), again.end()) if again else (name, finish)


def _sign(plain: str, at: int, unit: str) -> str:
    """The word that widens or opens a figure, when it stands right before it."""
    window = max(0, at - 26)
    before = plain[window:at].rstrip()
    sign = ""
    for _ in range(2):
        found = next((m for m in _BEFORE.finditer(before) if m.end() == len(before)), None)
        if not found or (found.start() and before[found.start() - 1].isalpha()):
            break
        kind = found.lastgroup or ""
        if kind == "more" and found[0].lower() == "over" and (unit in ("m", "ft") or not unit):
            break  # "over 29.14 m" says along which length
        sign = _SIGNS[kind] if not sign or kind != "about" else sign
        before = before[: found.start()].rstrip()
    return sign
