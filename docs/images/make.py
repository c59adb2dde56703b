"""Draw the pictures of the README from what the program really says."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
from orebook.reports.plotting import plotted
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from orebook.disciplines.tenure.earn_in_course import course
from orebook.disciplines.tenure.earn_in_data import Agreement, Event, Term
from orebook.disciplines.tenure.earn_in_holdings import holdings
from orebook.reports.charted import Chart, Panel, Series

ROOT = Path(__file__).parents[2]
BOOK = ["--book", "examples/crater-lake/book"]
PICTURES: dict[str, list[tuple[list[str], int]]] = {
    "check": [(["check", "examples/releases/lost-ladle-drilling.md"], 99)],
    "make": [(["make", "intercepts", "--quiet", *BOOK], 99), (["why", "intercepts[6].sc2o3_ppm", *BOOK], 16)],
}
"""What is asked for each picture, and how many lines of each answer are shown."""

# The library's own frame asks a web site for its letters; this one takes what the reader's machine has.
FRAME = """<svg class="{unique_id}" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">
{matrix}
</g></g>
</svg>
"""


def draw(name: str) -> None:
    """Run the commands of a picture in colour and draw what they say."""
    colour = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "128"}
    console = Console(record=True, width=128, file=open(os.devnull, "w"))  # noqa: SIM115, PTH123 - closed with the process
    for asked, most in PICTURES[name]:
        words = [sys.executable, "-m", "orebook", *asked]
        said = subprocess.run(words, cwd=ROOT, env=colour, capture_output=True, encoding="utf-8", check=False)
        lines = said.stdout.splitlines()
        kept = [*lines[:most], "…"] if len(lines) > most else lines
        console.print(Text(f"$ orebook {' '.join(asked)}", style="bold"))
        console.print(Text.from_ansi("\n".join(kept)))
        console.print()
    picture = console.export_svg(title="orebook", theme=MONOKAI, code_format=FRAME, unique_id=f"orebook-{name}")
    (ROOT / "docs" / "images" / f"{name}.svg").write_text(picture, encoding="utf-8")


DRAWINGS = {
    "section": ["section", "--hole", "CL20037", "--within", "60", *BOOK],
    "locator": ["locator", "--width", "760", "--height", "560", *BOOK],
    "long-section": ["long", "--height", "620", "--book", "examples/ruddock-creek/book"],
}
"""What is asked for each drawing of the manual."""


def drawing(name: str) -> None:
    """A drawing of an example book, on a light ground."""
    file = ROOT / "docs" / "images" / f"{name}.svg"
    words = [sys.executable, "-m", "orebook", "draw", *DRAWINGS[name], "--ground", "light", "-o", str(file)]
    subprocess.run(words, cwd=ROOT, check=True)


OPTION = Agreement(
    "Hob",
    "Hob Lake",
    "Tor Mines",
    "Alder and Birch",
    date(2010, 7, 1),
    stages={1: 35.0, 2: 15.0},
    terms=(
        Term(1, "first", "spending", 14.0, by_day=date(2012, 3, 31), counted="stage"),
        Term(2, "further", "spending", 6.0, by_day=date(2013, 3, 31), counted="stage"),
    ),
    splits={2: {"Alder": 30.0, "Birch": 20.0}},
)
"""An invented option: 35 per cent for 14 million, then 15 for 6 million, of which two earners divide the fifty."""

SPENT = (
    Event(date(2011, 6, 30), "spent", 14.0),
    Event(date(2011, 8, 1), "elect"),
    Event(date(2012, 5, 31), "spent", 6.0),
)


def earn_in(name: str) -> None:
    """The interests of the option from vesting to vesting."""
    held = holdings({"Hob": course(OPTION, SPENT, date(2013, 1, 1))})
    days = held["from_day"].unique().sort().to_list()
    series = []
    for holder in held["holder"].unique(maintain_order=True):
        shares = dict(held.filter(pl.col("holder") == holder).select("from_day", "interest_pct").rows())
        series.append(Series(holder, tuple(shares.get(day) or None for day in days)))
    panel = Panel("bars", "Interests in Hob Lake from each day on", "%", tuple(map(str, days)), tuple(series), 0)
    picture = plotted([Chart(name, "", (panel,))], "svg")
    (ROOT / "docs" / "images" / f"{name}.svg").write_bytes(picture)


FIGURES = {"earn-in": earn_in}
"""Pictures of figures of an invented mine."""

if __name__ == "__main__":
    for each in sys.argv[1:] or [*PICTURES, *DRAWINGS, *FIGURES]:
        FIGURES.get(each, drawing if each in DRAWINGS else draw)(each)
