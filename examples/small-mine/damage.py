"""The same tables with faults planted in them, and a list of what was planted where.

Each fault is one that real files have. ``planted.csv`` names the file, its line (heads are line 1), the hole, what is
wrong, and who has to notice it: a rule on tables by its code, or the import.
"""

import csv
from dataclasses import dataclass, field
from pathlib import Path

import simulation as sim

Row = dict[str, str]


@dataclass
class Damaged:
    """A table that is being damaged: its rows, and what was planted (row, code, words)."""

    file: str
    heads: list[str]
    rows: list[Row]
    planted: list[tuple[Row, str, str]] = field(default_factory=list)

    def row(self, hole: str, nth: int = 0) -> Row:
        """The nth row of a hole."""
        return [row for row in self.rows if row[self.heads[0]] == hole][nth]

    def plant(self, row: Row, code: str, words: str, **cells: str) -> None:
        """Change cells of a row and say so."""
        row.update({head.replace("_", " ") if head not in self.heads else head: cell for head, cell in cells.items()})
        self.planted.append((row, code, words))

    def insert(self, after: Row, code: str, words: str, **cells: str) -> None:
        """Put a changed copy of a row behind it and say so."""
        copy = dict(after)
        self.rows.insert(next(k for k, row in enumerate(self.rows) if row is after) + 1, copy)
        self.plant(copy, code, words, **cells)

    def listed(self) -> list[list[str]]:
        """What was planted, by line."""
        lines = {id(row): line for line, row in enumerate(self.rows, 2)}
        found = [[self.file, str(lines[id(row)]), row[self.heads[0]], code, words] for row, code, words in self.planted]
        return sorted(found, key=lambda line: int(line[1]))


def damage(clean: Path, folder: Path, workbook: list[list[str | float | None]]) -> None:
    """Write damaged copies of the clean tables, and the list of what is wrong with them.

    ``workbook`` are the rows of the collars, heads first.
    """
    sheet = [["" if cell is None else str(cell) for cell in row] for row in workbook]
    listed: list[list[str]] = []
    for source, separator, target, harm in [
        ("collars", "", "collars.csv", _collars),
        ("surveys.csv", ";", "surveys.csv", _surveys),
        ("assays.csv", ",", "assays.csv", _assays),
        ("lithology.tsv", "\t", "lithology.csv", _lithology),
    ]:
        heads, *rows = sheet if source == "collars" else _cells(clean / source, separator)
        table = Damaged(target, heads, [dict(zip(heads, row, strict=True)) for row in rows])
        harm(table)
        sim.save(folder / target, heads, ([row[head] for head in heads] for row in table.rows))
        listed += table.listed()
    listed += _files(folder)
    sim.save(folder / "planted.csv", ["file", "line", "hole", "noticed_by", "fault"], listed)


def _cells(file: Path, separator: str) -> list[list[str]]:
    """The cells of a text table, decimal commas made points."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=separator))
    return [[cell.replace(",", ".") for cell in row] for row in rows] if separator == ";" else rows


def _collars(table: Damaged) -> None:
    last = table.rows[-1]
    table.insert(table.row("HB-02"), "T102", "the hole has two rows with different lengths", Final_Depth="152.0")
    east = table.row("HB-03")["Easting"][:-1]
    table.insert(table.row("HB-03"), "T103", "the name of another hole in small letters", Hole_ID="hb-03", Easting=east)
    north = "7105130.0"
    table.insert(
        table.row("HB-04"), "T104", "a letter O where another hole has a nought", Hole_ID="HB-O4", Northing=north
    )
    five = table.row("HB-05")
    table.plant(five, "T113", "easting and northing exchanged", Easting=five["Northing"], Northing=five["Easting"])
    table.plant(table.row("HB-06"), "T109", "no elevation", Elevation="")
    table.plant(table.row("HB-07"), "T116", "no total depth", Final_Depth="")
    table.plant(table.row("HB-09"), "T120", "ended before it was started", Ended="2031-06-03")
    table.insert(last, "T121", "a collar 60 km away from the others", Hole_ID="HB-10", Easting="472290.0")
    ten = table.row("HB-10")
    table.insert(ten, "T107", "HB-11 is missing before it", Hole_ID="HB-12", Easting="412300.0", Northing="7105040.0")


def _surveys(table: Damaged) -> None:
    table.plant(table.row("HB-01", 2), "T206", "a dip that has lost its sign", Dip="60.2")
    table.plant(table.row("HB-02", 1), "T205", "an azimuth of 365 degrees", Azimuth="365.0")
    table.plant(table.row("HB-04", 3), "T209", "the azimuth turned round", Azimuth="274.6")
    table.plant(table.row("HB-05", 1), "T208", "a bend of some twenty degrees in 25 m", Dip="-70.5")
    table.insert(table.row("HB-06", 2), "T204", "a second survey at the same depth", Dip="-64.0")
    table.plant(table.row("HB-06", 1), "T202", "no azimuth", Azimuth="")
    table.insert(table.row("HB-08", 5), "T210", "a station below the end of the hole", Depth="155.0")
    table.insert(table.row("HB-09", 3), "T201", "a hole without a collar", Hole_ID="HB-99", Depth="0.0")


def _assays(table: Damaged) -> None:
    core = [row for row in table.rows if row["FROM"] and not row["SAMPTYPE"]]

    def nth(hole: str, at: int) -> Row:
        return [row for row in core if row["BHID"] == hole][at]

    one = nth("HB-01", 3)
    table.plant(one, "T305", "begins above the end of the sample before", FROM=f"{float(one['FROM']) - 0.4:.2f}")
    table.rows = [row for row in table.rows if row is not nth("HB-01", 9)]
    table.plant(nth("HB-01", 10), "T306", "the sample above it was taken out: a gap")
    two = nth("HB-02", 2)
    table.plant(two, "T302", "ends above its beginning", FROM=two["TO"], TO=two["FROM"])
    table.plant(nth("HB-02", 5), "T309", "the number of another sample", SAMPID=nth("HB-02", 7)["SAMPID"])
    table.plant(nth("HB-03", 1), "T403", "gold below nought", AU_FA30_GPT="-0.01")
    table.plant(nth("HB-03", 4), "T401", "more copper than there is sample", CU_PCT="112.0")
    table.plant(nth("HB-03", 6), "import", "a word where a number belongs", AU_FA30_GPT="see note")
    table.plant(nth("HB-04", 1), "import", "no end", TO="")
    table.plant(nth("HB-04", 4), "T301", "a hole without a collar", BHID="HB-77")
    table.plant(nth("HB-05", 5), "import", "a blank behind the name of the hole", BHID="HB-05 ")
    last = nth("HB-06", -1)
    table.plant(last, "T307", "ends below the end of the hole", FROM="179.20", TO="181.10")
    table.plant(nth("HB-06", 6), "import", "a decimal comma", CU_PCT="1,25")
    seven = [row for row in core if row["BHID"] == "HB-07" and not row["CU_PCT"].startswith("<")]
    for row in seven:
        row["CU_PCT"] = f"{float(row['CU_PCT']) * 10_000:.0f}"
    table.plant(seven[0], "T401", "copper of this hole in ppm under a head of percent")


def _lithology(table: Damaged) -> None:
    table.plant(table.row("HB-02", 1), "T311", "no rock", Rock_Code="")
    three = table.row("HB-03", 2)
    table.plant(three, "T305", "begins above the end of the rock before", From=f"{float(three['From']) - 2:.2f}")
    table.plant(table.row("HB-09", -1), "T307", "ends below the end of the hole", To="140.00")


def _files(folder: Path) -> list[list[str]]:
    """Faults of whole files: how the bytes of the assays stand, a broken workbook, a table of something else."""
    lines = (folder / "assays.csv").read_bytes().splitlines()
    mixed = b"".join(line + (b"\r\n" if k % 3 == 0 else b"\n") for k, line in enumerate(lines[:-1])) + lines[-1]
    (folder / "assays.csv").write_bytes(b"\xef\xbb\xbf" + mixed)
    workbook = (folder.parent / "collars.xlsx").read_bytes()
    (folder / "broken.xlsx").write_bytes(workbook[: len(workbook) // 2])
    heads = ["Invoice", "Item", "Pieces", "Price"]
    sim.save(folder / "invoice.csv", heads, [["R-204", "Core boxes", "120", "6.40"], ["R-204", "Chalk", "12", "1.10"]])
    return [
        ["assays.csv", "", "", "import", "byte-order mark, two kinds of line ends, no line end after the last row"],
        ["broken.xlsx", "", "", "import", "the second half of the workbook is missing"],
        ["invoice.csv", "", "", "import", "a table of something else"],
    ]
