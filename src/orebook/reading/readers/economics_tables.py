"""Tables of studies: value and return before and after tax, parameters, sensitivities, costs in parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from orebook.ground import units
from orebook.ground.fact import Fact, Record
from orebook.ground.figure import Figure
from orebook.reading.heads.amounts import Amount, amounts
from orebook.reading.heads.labels import Label, fits, unit_class, without_notes
from orebook.reading.heads.reporting import reporting
from orebook.reading.heads.scales import release_scale
from orebook.reading.heads.sheets import Sheet
from orebook.reading.heads.study_labels import StudyLabel, study_label, tax_in
from orebook.reading.heads.table_names import is_whole
from orebook.reading.heads.unit_words import unit_in, unit_of
from orebook.reading.language.said_about import STUDIES
from orebook.reading.layout import Cell, Row
from orebook.reading.layout.values import is_holder
from orebook.reading.patterns import Pattern
from orebook.reading.release import Release

ORDER = 50

_CORE = ("economics.npv", "economics.irr", "economics.payback")
_ASSUMED = ("economics.exchange_rate", "economics.discount_rate", "economics.price")
_VARIED = Pattern(r"\bsensitivit", re.IGNORECASE)
_NOT = Pattern(
    r"\b(?:measured|indicated|inferred|proved|proven|probable|hole id|drill ?hole|azimuth|restated|ended|Q[1-4])\b|"
    r"\bYear \d|\bY\d{1,2}\b",
    re.IGNORECASE,
)
_CASE = Pattern(
    r"(?:base case|value|values|amount|amounts|results?|outcome|total|life of mine|lom|units?|"
    r"parameters?|item|description|(?:in )?[$\w ]{0,12}(?:millions?|M))?",
    re.IGNORECASE,
)
_VALUE = Pattern(r"\bNPV|\bnet present value|\bIRR\b|\binternal rate of return", re.IGNORECASE)
_OPERATING = Pattern(r"\boperating (?:costs?|expenditures?)|\bopex\b", re.IGNORECASE)
_CAPITAL = Pattern(r"\bcapital\b|\bcapex\b", re.IGNORECASE)
_OF_CAPITAL = Pattern(
    r"(?:initial|pre-?production|up-?front|development|expansion|growth|sustaining|closure|total|life of mine|lom)\b",
    re.IGNORECASE,
)
_CAPITALS = {
    **dict.fromkeys(("initial", "pre-production", "preproduction", "upfront", "up-front"), "economics.initial_capital"),
    "sustaining": "economics.sustaining_capital",
}
_CHANGE = Pattern(
    r"\W{0,3}(?:(?:%|percent(?:age)?|per cent) )?(?:change|variance|difference|increase|var\.?|diff\.?|delta|Δ)"
    r"(?: \(?(?:%|in %|percent)\)?)?\W{0,3}",
    re.IGNORECASE,
)
"""The head of a column that compares the two before it."""
_PHYSICAL = ("economics.", "plan.", "milling.", "finance.")
_FEWEST = 3
_SHORT = 160
"""So many measures make a table one of the study that the release is about."""
_NUMBERED = Pattern(r"^table\s\d{1,2}\s?[.:–—-]?\s", re.IGNORECASE)
_STEP = Pattern(r"[-+–−]\s?\d{1,2}(?:\.\d)?\s?%")
"""The head of a column in a table of what a change does: "-10%"."""
_COSTS = Pattern(
    r"\b(?:capital|operating) (?:cost|expenditure|item|estimate|breakdown|area)|\b(?:capex|opex)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a figure of a study stands: its cell, the case that row or column names, the words over it."""

    cell: Cell
    said: list[Amount]
    case: str
    header: str


def records(release: Release) -> Iterator[Record]:
    """Figures in tables of studies: kinds ``economics`` and ``assumption``."""
    tables = [block for block in release.layout.blocks if block.table is not None and 2 <= block.table.width <= 16]
    if not tables:
        return
    study = _study(release)
    times, declared = reporting(release), release_scale(release)
    for block in tables:
        if block.table is not None and not _NOT.search(" ".join(word for head in block.table.header for word in head)):
            yield from _Study(Sheet(release, block, block.table, times), study, declared).records()


def _study(release: Release) -> str:
    """The study that a release is about: named in its title or its first paragraphs."""
    heads = [block.plain[:2000] for block in release.layout.blocks[:12] if block.table is None]
    return next((name for said in heads for name, pattern in STUDIES if pattern.search(said)), "")


class _Study:
    """One table, read as one of a study."""

    def __init__(self, sheet: Sheet, study: str, declared: str) -> None:
        self.sheet, self.study = sheet, study
        self.scale = sheet.scale or declared
        self.heads = {
            column: " ".join(" ".join(words).split()) for column, words in enumerate(sheet.table.header) if column
        }
        self.changes = {column for column, head in self.heads.items() if _CHANGE.fullmatch(head)}
        self.over = f"{sheet.caption} {sheet.corner}".strip()
        self.varied = _VARIED.search(f"{sheet.heading} {sheet.corner}") is not None
        if sum(_STEP.fullmatch(head) is not None for head in self.heads.values()) > 1 and not _VALUE.search(self.over):
            self.over, self.varied = f"{self.over} {self._behind()}".strip(), True

    def _behind(self) -> str:
        """The words right below a table that say what it varies."""
        blocks = self.sheet.release.layout.blocks
        at = next((n for n, block in enumerate(blocks) if block is self.sheet.block), len(blocks))
        below = blocks[at + 1].plain if at + 1 < len(blocks) and blocks[at + 1].table is None else ""
        return below if len(below) < _SHORT and _VARIED.search(below) else ""

    def records(self) -> Iterator[Record]:
        """The figures: measures over the columns, down the rows, or one for the whole table."""
        across = {column: said for column, head in self.heads.items() if (said := study_label(head)).label.measure}
        down = [self._label(row) for row in self.sheet.table.rows]
        core = sum(said.label.measure in _CORE for said in across.values())
        if core and len(across) >= 2:
            yield from self._across(across)
        elif self.varied and self._is_grid() and (whole := self._whole(down)):
            for row in self.sheet.table.rows:
                yield from self._row(row, whole, case=row.plain(0))
        elif parts := self._capital():
            yield from self._parts(parts)
        elif self._is_cost_list():
            yield from self._lines()
        elif self._is_study([said.label for said in down]):
            for row, said in zip(self.sheet.table.rows, down, strict=True):
                yield from self._row(row, said)

    def _label(self, row: Row) -> StudyLabel:
        words = " ".join(cell.plain for cell in row.cells if cell.column == 0 and cell.plain)[:300]
        unit = row.plain(self.sheet.units) if self.sheet.units is not None else ""
        unit = unit if unit_of(unit) or unit_in(f"({unit})") else ""
        return study_label(f"{words} ({unit})" if unit else words, printed=words)

    def _is_study(self, labels: list[Label]) -> bool:
        """Whether rows are those of a study: its own measures, or costs in a release about one."""
        named = [label.measure for label in labels if label.measure.startswith(("economics.", "plan."))]
        own = {measure for measure in named if measure in _CORE}
        parts = bool(self.study) and (
            len(set(named)) >= _FEWEST or (_COSTS.search(self.over) is not None and bool(named))
        )
        rated = bool(own) and study_label(self.sheet.corner).label.measure in _ASSUMED
        return (len(own) >= 1 and len(named) >= 2) or parts or rated or self._is_plan(labels)

    def _is_plan(self, labels: list[Label]) -> bool:
        """Whether rows are what the mine of a study will move, mill, recover and cost, with no periods over them."""
        if not self.study or self.sheet.planned or any(of.period for of in self.sheet.columns.values()):
            return False
        known = {label.measure for label in labels if label.measure.startswith(_PHYSICAL)}
        return len(known) >= _FEWEST and self.sheet.period is None

    def _whole(self, down: list[StudyLabel]) -> StudyLabel | None:
        """The one measure that a table of cases is all about, where no row names one of its own."""
        named = {
            "economics.irr" if found[0].upper().startswith(("IRR", "INT")) else "economics.npv"
            for found in _VALUE.finditer(self.over)
        }
        if len(named) != 1 or any(said.label.measure in _CORE for said in down):
            return None
        said = study_label(self.over)
        return replace(
            said, label=replace(said.label, measure=named.pop(), unit=unit_in(self.over), words=self.over[:80])
        )

    def _is_grid(self) -> bool:
        """Whether a table has figures in most cells behind the first column."""
        cells = [cell for row in self.sheet.table.rows for cell in row.cells if cell.column]
        return len(cells) >= 4 and sum(bool(amounts(cell.text.plain)) for cell in cells) >= 0.8 * len(cells)

    def _capital(self) -> dict[int, str]:
        """The columns of a table of capital in parts, with the kind of capital in each: initial, sustaining, total."""
        if not _CAPITAL.search(self.over) or self.varied:
            return {}
        kinds = {column: found[0].lower() for column, head in self.heads.items() if (found := _OF_CAPITAL.match(head))}
        return kinds if len(kinds) >= 2 and kinds.keys() == {c for c, head in self.heads.items() if head} else {}

    def _parts(self, kinds: dict[int, str]) -> Iterator[Record]:
        """The capital of each area, and the totals below: "Mill | 120 | 14 | 134"."""
        for row in self.sheet.table.rows:
            part = without_notes(row.plain(0))
            for column, kind in kinds.items() if part else ():
                cell = row.cell(column)
                if not cell or not (said := amounts(cell.text.plain)):
                    continue
                measure = _CAPITALS.get(kind, "economics.line") if is_whole(part) else "economics.capital_part"
                words = f"{kind} capital" if is_whole(part) else f"{kind} capital, {part}"
                label = Label(words, measure, "", unit_in(self.over), "", "")
                yield from self._record(StudyLabel(label), _Place(cell, said, "", self.heads[column]), varied=False)

    def _is_cost_list(self) -> bool:
        """Whether a table of a study lists costs, item by item, in money."""
        named = _COSTS.search(f"{self.sheet.heading} {self.sheet.corner}") is not None
        heads = any(_is_money(_unit_over(head)) for head in self.heads.values())
        return bool(self.study) and named and heads and not self.varied

    def _lines(self) -> Iterator[Record]:
        """The cost of each item: group and item before it, the unit beside it or over it."""
        group, beside = "", self.sheet.units
        for row in self.sheet.table.rows:
            valued = [c for c in row.cells if c.column and c.column != beside and amounts(c.text.plain)]
            words = [c for c in row.cells if c.column != beside and valued and c.column < valued[0].column]
            words = [c for c in words if not c.column or not is_holder(c.plain)]
            said = [without_notes(c.plain) for c in words]
            if words and words[0].column == 0 and len(words) > 1:
                group = said.pop(0)
            item = " ".join(said) or group
            label = f"{group}, {item}" if group and item != group and words[0].column + len(words) > 1 else item
            if item and is_whole(item) and not group:
                label = f"{item}, {_NUMBERED.sub('', self.sheet.caption)}".strip(", ")
            told = row.plain(beside) if beside is not None else item.split(" ")[0] if item.startswith("$/") else ""
            for cell in valued if label else ():
                numbers = amounts(cell.text.plain)
                header = self.heads.get(cell.column, "")
                unit = self._cost_unit(unit_of(told), _unit_over(header))
                if unit and any(number.value for number in numbers):
                    whole = is_whole(item) and _OPERATING.search(self.over) is not None
                    known = "economics.operating_cost" if whole else study_label(item).label.measure
                    measure = known if known.startswith("economics.") and fits(known, unit) else ""
                    named = StudyLabel(Label(label[:120], measure, "", unit, "", ""))
                    yield from self._record(named, _Place(cell, numbers, "", header), varied=False)

    def _cost_unit(self, beside: str, over: str) -> str:
        """The unit of a cost: that of its row, in the money of its column."""
        found = beside or over
        money = re.match(r"[A-Z]{3}\b", over)
        own = money[0] if money else self.sheet.currency
        return f"{own}{found[1:]}" if found.startswith("$") and own != "$" else found

    def _across(self, across: dict[int, StudyLabel]) -> Iterator[Record]:
        """A row for each case: "260 | 688 | 12.7" under a price, a value and a return."""
        varied = study_label(self.sheet.corner)
        for row in self.sheet.table.rows:
            first = row.cell(0)
            case = without_notes(
                f"{varied.label.words} {first.plain}" if first and varied.label.words else row.plain(0)
            )
            if first and varied.label.measure and (said := amounts(first.text.plain)):
                yield from self._record(varied, _Place(first, said, case, self.sheet.corner), varied=True)
            for column, label in across.items():
                cell = row.cell(column)
                if cell and (said := amounts(cell.text.plain)):
                    yield from self._record(label, _Place(cell, said, case, self.heads[column]), varied=True)

    def _row(self, row: Row, label: StudyLabel, case: str = "") -> Iterator[Record]:
        for cell in row.cells:
            if not cell.column or cell.column in (self.sheet.units, *self.changes):
                continue
            if not (said := amounts(cell.text.plain)):
                continue
            header = self.heads.get(cell.column, "")
            cases = [one for one in (case, self._case(header)) if one]
            varied = self.varied or bool(case) or bool(amounts(header))
            yield from self._record(label, _Place(cell, said, ", ".join(cases), header), varied=varied)

    def _case(self, header: str) -> str:
        """What a head says beside tax and unit: "Upside", "Spot price"."""
        said = re.sub(
            r"\([^()]{0,40}\)", " ", re.sub(r"\b(?:pre|after|post)[- ]tax\b", " ", header, flags=re.IGNORECASE)
        )
        said = " ".join(said.split())
        return "" if _CASE.fullmatch(said) or unit_in(f"({said})") else said

    def _record(self, said: StudyLabel, place: _Place, *, varied: bool) -> Iterator[Record]:
        measure, unit = self._measure(said, place)
        if not measure:
            return
        release = self.sheet.release
        ends = ("low", "high") if len(place.said) == 2 else ("",)
        facts = [
            release.fact(measure, Figure(one.value, unit, one.sign), place.cell.text, one.start, one.end, bound=end)
            for end, one in zip(ends, place.said, strict=True)
        ]
        if measure == "economics.npv":
            facts += self._rate(said) or self._rate_over(place)
        yield release.record(
            "assumption" if measure in _ASSUMED and not varied else "economics",
            facts,
            **{key: name for key, name in release.about(self.sheet.block).items() if key != "zone"},
            analyte=said.label.analyte,
            label=said.label.words,
            column=place.header,
            case=place.case,
            study=self.study,
            tax=tax_in(place.header) or said.tax or tax_in(self.over),
            place="table",
            table=without_notes(self.sheet.caption)[:120],
            context="sensitivity" if varied else "study",
        )

    def _measure(self, said: StudyLabel, place: _Place) -> tuple[str, str]:
        """The measure and unit of a figure; a row without a word of ours is a line, if it has a unit."""
        amount, measure = place.said[-1], said.label.measure
        kind = unit_class(measure)
        unit = self._unit(said.label, kind, amount, place.header)
        if measure and unit and fits(measure, unit):
            return measure, unit
        if kind == "1" and not amount.currency:
            return measure, "1"
        if not measure and unit and is_whole(said.label.words) and _OPERATING.search(self.over):
            if fits("economics.operating_cost", unit):
                return "economics.operating_cost", unit
            if not unit.endswith("/year"):
                return "", ""
        told = bool(unit) and units.known(unit) and bool(said.label.words)
        return ("economics.line", unit) if told and not measure.startswith("milling.") else ("", "")

    def _unit(self, label: Label, kind: str, amount: Amount, header: str) -> str:
        over = unit_in(f"({header})") or unit_in(header) or unit_in(self.over)
        found = amount.unit or label.unit or (over if over and (not kind or _agrees(kind, over)) else "")
        money = amount.currency if amount.currency not in ("", "$") else self.sheet.currency
        if found and found != "$":
            return found.replace("$", money, 1) if found.startswith("$") else found
        if kind == "%" or (not kind and not amount.currency):
            return ""
        if kind == "year":
            return ""
        return f"{money} {self.scale}".strip() if kind == "money" or amount.currency else ""

    def _rate(self, said: StudyLabel) -> list[Fact]:
        """The rate at which a value is discounted, where the words of the figure name it."""
        if not said.rate:
            return []
        for row in (*self.sheet.table.rows, *self.sheet.table.header_rows):
            for cell in row.cells:
                at = cell.text.plain.find(said.rate) if said.label.words in without_notes(cell.plain) else -1
                if at >= 0:
                    figure = Figure(Decimal(said.rate), "%")
                    return [
                        self.sheet.release.fact("economics.discount_rate", figure, cell.text, at, at + len(said.rate))
                    ]
        return []

    def _rate_over(self, place: _Place) -> list[Fact]:
        """The rate that stands over a column, in a table of values at several rates."""
        if study_label(self.sheet.corner).label.measure != "economics.discount_rate":
            return []
        over = [cell for row in self.sheet.table.header_rows if (cell := row.cell(place.cell.column))]
        told = [(cell, said[0]) for cell in over if (said := amounts(cell.text.plain)) and cell.plain.endswith("%")]
        return [
            self.sheet.release.fact("economics.discount_rate", Figure(one.value, "%"), cell.text, one.start, one.end)
            for cell, one in told[:1]
        ]


def _unit_over(head: str) -> str:
    """The unit that a head is or names."""
    return unit_of(head) or unit_in(f"({head})") or unit_in(head)


def _is_money(unit: str) -> bool:
    """Whether a unit is money or a price."""
    name = "USD" + unit[1:] if unit.startswith("$") else unit
    return bool(unit) and units.known(name) and bool(units.unit(name).money)


def _agrees(kind: str, unit: str) -> bool:
    """Whether a unit said over a column is of the kind that a measure has."""
    name = "USD" + unit[1:] if unit.startswith("$") else unit
    if not units.known(name):
        return False
    dimension = dict(units.unit(name).dimension)
    money = any(base.startswith("money:") for base in dimension)
    return money if kind.startswith("money") else name == kind or (kind == "%" and name == "%")
