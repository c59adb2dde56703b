"""Draw the pictures of the README from what the program really says."""

import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

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


DRAWINGS = {"section": ["section", "--hole", "CL20037", "--within", "60", *BOOK]}
"""What is asked for each drawing of the manual."""


def drawing(name: str) -> None:
    """A drawing of an example book, on a light ground."""
    file = ROOT / "docs" / "images" / f"{name}.svg"
    words = [sys.executable, "-m", "orebook", "draw", *DRAWINGS[name], "--ground", "light", "-o", str(file)]
    subprocess.run(words, cwd=ROOT, check=True)


if __name__ == "__main__":
    for each in sys.argv[1:] or [*PICTURES, *DRAWINGS]:
        (drawing if each in DRAWINGS else draw)(each)
