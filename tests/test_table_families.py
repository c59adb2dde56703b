"""Tables whose unit, scale or sign stands in an unusual place."""

from orebook.ground.fact import Record
from orebook.reading.read import read_text

_HEAD = "Tern Hollow Mining Inc. (TSX: TRH)\n\nTORONTO, May 4, 2021 - Results for the quarter ended March 31, 2021.\n\n"


def _records(body: str, kind: str) -> list[Record]:
    return [record for record in read_text("t", _HEAD + body).records if record.kind == kind]


def _said(records: list[Record]) -> list[tuple[str, str]]:
    return [(record.facts[0].measure, str(record.facts[0].figure)) for record in records]


def test_semicolons_part_cells() -> None:
    """Lines with the same number of semicolons are rows."""
    rows = "Hole ID;X;Y;Z;Azimuth;Dip;Length\nTH-1;1200.5;3400.5;210;90;-60;120.5\nTH-2;1250.5;3400.5;211;90;-60;99.0\n"
    assert len(_records(rows, "drill_collar")) == 2


def test_scale_in_a_first_row() -> None:
    """A first row in parentheses gives the scale; the cost beside its cost per ounce is an amount."""
    rows = (
        "Cost reconciliation\n\tQ1 2021\tQ1 2020\n(in millions, except per ounce)\nRoyalties\t$7.5\t$6.5\n"
        "Total cash costs\t$91.5\t$88.5\nTotal cash costs per ounce\t$901\t$899\n"
    )
    said = [figure for _, figure in _said(_records(rows, "financial"))]
    assert any("91.5" in figure and "million" in figure for figure in said)
    assert any("901" in figure and "/oz" in figure for figure in said)


def test_capital_in_parts() -> None:
    """Areas down the rows and kinds of capital over the columns; the totals are the capital itself."""
    rows = (
        "| Capital ($ millions) | Initial | Sustaining | Total |\n| --- | --- | --- | --- |\n| Mine | 60 | 31 | 91 |\n"
        "| Plant | 110 | 9 | 119 |\n| Total | 170 | 40 | 210 |\n"
    )
    measures = [measure for measure, _ in _said(_records(rows, "economics"))]
    assert measures.count("economics.capital_part") == 6
    assert {"economics.initial_capital", "economics.sustaining_capital"} <= set(measures)


def test_reserves_from_year_to_year() -> None:
    """The first and last row are reserves, the rows between them changes, losses negative."""
    rows = (
        "Table 1. Reconciliation of Proven and Probable Mineral Reserves (000s ounces of gold)\n\n"
        "| | Tern Lode | Gull Lode | Total |\n| --- | --- | --- | --- |\n| December 31, 2019 | 500 | 210 | 710 |\n"
        "| Depletion | (60) | (20) | (80) |\n| December 31, 2020 | 440 | 190 | 630 |\n"
    )
    assert len(_records(rows, "reserve")) == 6
    assert [figure for _, figure in _said(_records(rows, "resource_change"))][:1] == ["-60 koz"]
