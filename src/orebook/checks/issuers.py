"""Issuers: whether two releases are of one company, by its whole name and by its tickers, never by a word alone.

>>> one = Issuer.of("Kestrel Ridge Gold Corp.", ["TSX-V:KRG", "OTCQB:KRGFF"])
>>> one.same(Issuer.of("Kestrel Ridge Gold Corporation", [])), one.same(Issuer.of("Kestrel Ridge Copper Inc.", []))
(True, False)
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from orebook.reading.patterns import Pattern

_FORMS = {
    "corp": "corp",
    "corporation": "corp",
    "inc": "inc",
    "incorporated": "inc",
    "ltd": "ltd",
    "limited": "ltd",
    "limitée": "ltd",
    "ltée": "ltd",
    "plc": "plc",
    "nl": "nl",
    "llc": "llc",
    "sa": "sa",
    "ab": "ab",
    "asa": "asa",
    "oyj": "oyj",
    "oy": "oy",
    "as": "as",
    "publ": "",
    "pte": "pte",
    "pty": "pty",
}
"""Legal forms, each under the name by which it is compared."""

_DOTS = Pattern(r"\b(?:N\.L|S\.A|A/S|P\.L\.C|L\.L\.C)\b\.?", re.IGNORECASE)
_WORD = Pattern(r"[^\W_]+(?:[&'’-][^\W_]+)*|&")
_MARKETS = (
    ("TSX", "TSX"),
    ("OTC", "OTC"),
    ("NASDAQ FIRST NORTH", "FIRST NORTH"),
    ("NASDAQ OMX", "NASDAQ NORDIC"),
    ("NYSE", "NYSE"),
    ("FRA", "FRANKFURT"),
)
"""Exchanges that list under one set of codes: what their names begin with, and the name that is compared."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who speaks in a release: the words of the name, the legal form, the codes by exchange, the names of before."""

    name: str
    form: str
    tickers: tuple[str, ...]
    former: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, tickers: Iterable[str], former: Iterable[str] = ()) -> "Issuer":
        """The issuer whose name and tickers a release prints.

        >>> Issuer.of("Harrow Lode Mining N.L.", ["ASX:HLM"])
        Issuer(name='harrow lode mining', form='nl', tickers=('ASX:HLM',), former=())
        """
        words, form = plain_name(name)
        codes = dict.fromkeys(filter(None, map(plain_ticker, tickers)))
        return cls(words, form, tuple(codes), tuple(dict.fromkeys(plain_name(one)[0] for one in former if one)))

    @property
    def keys(self) -> tuple[str, ...]:
        """Under what one looks for releases of this issuer: its codes, its name, its names of before."""
        names = [f"name {one}" for one in (self.name, *self.former) if one]
        return (*(f"ticker {code}" for code in self.tickers), *names)

    def same(self, other: "Issuer") -> bool:
        """Whether both are one company.

        One code at one exchange is one company, unless both names are known and have nothing in common; one whole name
        is, unless their codes at one exchange differ, or both legal forms are printed and differ. Who says what the
        company was called before is that company as well.

        >>> old, new = Issuer.of("Tarn Gold Limited", ["ASX:TRN"]), Issuer.of("Fell Metals Limited", ["ASX:FLM"])
        >>> old.same(new), old.same(Issuer.of("Fell Metals Limited", ["ASX:FLM"], former=["Tarn Gold Limited"]))
        (False, True)
        """
        if self.name in other.former or other.name in self.former:
            return bool(self.name and other.name)
        if set(self.tickers) & set(other.tickers):
            return not (self.name and other.name) or bool(_telling(self.name) & _telling(other.name))
        if not self.name or self.name != other.name or _elsewhere(self.tickers, other.tickers):
            return False
        return not (self.form and other.form and self.form != other.form)


def plain_name(name: str) -> tuple[str, str]:
    """A name in small letters without its legal form, and the form.

    >>> plain_name("The Kestrel Ridge Gold Corp."), plain_name("Fellside A/S (publ)")
    (('kestrel ridge gold', 'corp'), ('fellside', 'as'))
    """
    spelled = _DOTS.sub(lambda found: re.sub(r"[./]", "", found[0]), name)
    words = [word.casefold() for word in _WORD.findall(spelled)]
    words = words[1:] if words[:1] == ["the"] and len(words) > 2 else words
    form = ""
    while len(words) > 1 and words[-1] in _FORMS:
        form = _FORMS[words.pop()] or form
    if words[-1:] == ["company"] and words[-2:-1] == ["and"]:
        words = words[:-2]
    return " ".join(words), form


def plain_ticker(ticker: str) -> str:
    """A code under its exchange, the boards of one exchange taken together.

    >>> plain_ticker("TSX VENTURE:KRG"), plain_ticker("TSX.V:KRG"), plain_ticker("OTCQB:KRGFF")
    ('TSX:KRG', 'TSX:KRG', 'OTC:KRGFF')
    """
    market, _, code = ticker.upper().partition(":")
    for begin, name in _MARKETS:
        if market.strip().startswith(begin):
            market = name
            break
    return f"{market.strip()}:{code.strip(' .')}" if code.strip(" .") else ""


def _telling(name: str) -> set[str]:
    """The words of a name without those that half of all companies bear."""
    usual = {"gold", "silver", "copper", "metals", "mining", "resources", "minerals", "exploration", "explorations"}
    usual |= {"mines", "lithium", "uranium", "critical", "corp", "group", "holdings", "the", "and", "of", "energy"}
    return set(name.split()) - usual or set(name.split())


def _elsewhere(some: Sequence[str], others: Sequence[str]) -> bool:
    """Whether both have codes at one exchange, and none of them is the same."""
    here, there = ({code.partition(":")[0] for code in codes} for codes in (some, others))
    return bool(here & there) and not set(some) & set(others)
