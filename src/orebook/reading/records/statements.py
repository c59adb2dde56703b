"""Records of production, finance, economics, resources and reserves as dictionaries with the fields of their kinds."""

from decimal import Decimal

from orebook.ground import units
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.records.values import Json, Shape, filled, grades_of, number, plain


def _measure(fact: Fact) -> str:
    """The measure in words: ``net income``; a line that the vocabulary does not know by its label."""
    if fact.measure.endswith(".line"):
        return fact.about.get("label", "")
    return fact.measure.rpartition(".")[2].replace("_", " ")


def _value(record: Record) -> Json:
    """The value of a record: a number, or two for a range."""
    first = record.facts[0]
    same: list[Json] = [number(fact) for fact in record.facts if fact.measure == first.measure]
    return same if len(same) == 2 and first.about.get("bound") == "low" else same[0]


def _figure(record: Record) -> Shape:
    """What all kinds with one figure share."""
    fact = record.facts[0]
    return {
        "measure": _measure(fact),
        "analyte": fact.about.get("analyte"),
        "period": fact.about.get("period"),
        "value": _value(record),
        "unit": fact.figure.unit or None,
        "qualifier": fact.figure.sign or None,
        "label": fact.about.get("label"),
    }


def _production(record: Record) -> Shape:
    return filled(
        {
            "mine": record.about.get("mine") or record.about.get("property"),
            **_figure(record),
            "basis": record.about.get("basis"),
        }
    )


def _financial(record: Record) -> Shape:
    fact, about = record.facts[0], record.about
    beside = about.get("basis") == "non-IFRS"
    return filled({
        "subject": about.get("subject") or about.get("mine"),
        "company": about.get("company"),
        **_figure(record),
        "of": fact.about.get("of", "").rpartition(".")[2].replace("_", " "),
        "basis": None if beside else about.get("basis"),
        "excluding": about.get("excluding"),
        "non_gaap": True if beside else None,
    })  # fmt: skip


def _economics(record: Record) -> Shape:
    rate = record.get("economics.discount_rate")
    return filled({
        **_figure(record),
        "study": record.about.get("study"),
        "tax": record.about.get("tax"),
        "discount_rate": number(rate) if rate and rate is not record.facts[0] else None,
    })  # fmt: skip


def _estimate(record: Record) -> Shape:
    """A row of a resource or reserve statement."""
    tonnes = record.get("resources.tonnes")
    interest = record.about.get("interest", "").removesuffix(" %")
    return filled({
        "deposit": record.about.get("deposit"),
        "category": record.about.get("category"),
        "tonnage": {"value": number(tonnes), "unit": tonnes.figure.unit} if tonnes else None,
        "tonnes": _in_tonnes(tonnes.figure) if tonnes and isinstance(tonnes.figure, Figure) else None,
        "grades": grades_of(record, "resources.grade"),
        "metal": grades_of(record, "resources.metal"),
        "cutoff": record.about.get("cutoff"),
        "interest_pct": plain(Decimal(interest)) if interest else None,
    })  # fmt: skip


def _in_tonnes(figure: Figure) -> int | float | None:
    """A tonnage in tonnes.

    >>> _in_tonnes(Figure.parse("1.5 Mt"))
    1500000
    """
    if not figure.unit:
        return None
    ratio = units.unit(figure.unit).ratio(units.unit("t"))
    whole = figure.value * Decimal(ratio.numerator) / Decimal(ratio.denominator)
    return int(whole) if whole == whole.to_integral_value() else float(whole)


def _change(record: Record) -> Shape:
    about = record.about
    where = about.get("deposit") or about.get("zone") or about.get("property") or about.get("mine")
    return filled({"deposit": where, "category": about.get("category"), **_figure(record), "measure": None})


def _metallurgy(record: Record) -> Shape:
    days = record.get("metallurgy.days")
    return filled(
        {
            "deposit": record.about.get("property") or record.about.get("mine"),
            **_figure(record),
            "days": number(days) if days else None,
        }
    )


def _stockpile(record: Record) -> Shape:
    tonnes = record.get("stockpiles.tonnes")
    tonnage: Json = {"value": number(tonnes), "unit": tonnes.figure.unit} if tonnes else None
    return filled({"tonnage": tonnage, "grades": grades_of(record, "stockpiles.grade")})


SHAPES = {
    "production": _production,
    "financial": _financial,
    "economics": _economics,
    "assumption": _economics,
    "resource": _estimate,
    "reserve": _estimate,
    "resource_change": _change,
    "metallurgy": _metallurgy,
    "stockpile": _stockpile,
    "plant": _economics,
}
