"""Draw the pictures of the README and the manual from what the program really says and shows."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests"))
from browsing import browser, looking, served  # noqa: E402 - what the tests of pages use

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


MINES = ["--book", "examples/two-mines/book", "--period", "2011-Q3"]
DRAWINGS = {
    "section": ["draw", "section", "--hole", "CL20037", "--within", "60", "--ground", "light", *BOOK],
    "locator": ["draw", "locator", "--width", "760", "--height", "560", "--ground", "light", *BOOK],
    "long-section": ["draw", "long", "--height", "620", "--ground", "light", "--book", "examples/ruddock-creek/book"],
    "bridge": ["make", "chart_bridge", *MINES],
    "recovery": ["make", "chart_recovery", *MINES],
    "guidance": ["make", "chart_guidance", *MINES],
    "earn-in": ["make", "chart_earn_ins", *MINES],
}
"""What is asked for each drawing and chart of the manual."""


def drawing(name: str) -> None:
    """A drawing or chart of an example book."""
    file = ROOT / "docs" / "images" / f"{name}.svg"
    subprocess.run([sys.executable, "-m", "orebook", *DRAWINGS[name], "-o", str(file)], cwd=ROOT, check=True)


def page(name: str) -> None:
    """A page of an example book as a browser shows it."""
    book = ROOT / "examples" / "ruddock-creek" / "book"
    with served(book, read_only=True) as address, browser() as opened, looking(opened, address, WINDOW) as look:
        shot = look.open("/sections").page.screenshot()
    colours = Image.open(BytesIO(shot)).convert("RGB").quantize(96, dither=Image.Dither.NONE)
    colours.save(ROOT / "docs" / "images" / f"{name}.png", optimize=True)


WINDOW = {"width": 1280, "height": 800}
PAGES = {"serve": page}
"""Pictures of pages, for which a Chromium has to be there."""

if __name__ == "__main__":
    for each in sys.argv[1:] or [*PICTURES, *DRAWINGS, *PAGES]:
        PAGES.get(each, drawing if each in DRAWINGS else draw)(each)
