"""Build the books of the examples anew from the files beside them, as the READMEs say.

python examples/build.py                 # all of them, in their places
python examples/build.py crater-lake DIR # one of them, in another folder
"""

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from orebook.faces.cli import main

HERE = Path(__file__).parent

FILES: Mapping[str, Sequence[tuple[str, str]]] = {
    "crater-lake": [
        ("collars.csv surveys.csv assays.csv lithology.csv domains.csv zones.csv", "dip=negative_down"),
    ],
    "ruddock-creek": [
        ("collars.csv surveys.csv assays.csv lithology.csv domains.csv zones.csv structures.csv", "dip=negative_down"),
    ],
    "small-mine": [
        (
            "collars.xlsx assays.csv lithology.tsv domains.csv zones.csv structures.csv densities.csv recoveries.csv",
            "length=m,dip=negative_down",
        ),
        ("surveys.csv", "length=m,dip=negative_down,decimal=comma"),
        ("persons.csv", ""),
    ],
    "two-mines": [
        (
            "accounts.csv ledger.csv mill.csv share_events.csv capital.csv later_events.csv interests.csv "
            "milestone_dates.csv distances.csv guidance.csv lots.csv contract_terms.csv prices.csv hedges.csv "
            "curves.csv earn_ins.csv earn_in_stages.csv earn_in_terms.csv earn_in_parties.csv earn_in_events.csv",
            "",
        ),
    ],
}
"""The files of each book with what has to be declared of them, in the order in which they are added."""


def ask(words: Sequence[str]) -> None:
    """Ask the command line for something; leave when it cannot be done."""
    try:
        main(words)
    except SystemExit as left:
        if left.code:
            raise


def build(name: str, folder: Path) -> None:
    """Build one book in a folder that is there and holds nothing."""
    shutil.copy(HERE / name / "book" / "book.toml", folder / "book.toml")
    for files, declared in FILES[name]:
        paths = [str(HERE / name / file) for file in files.split()]
        if declared:
            ask(["add", *paths, "--book", str(folder), "--declare", declared, "--quiet"])
        for path in () if declared else paths:  # each is named after its table
            ask(["add", path, "--table", Path(path).stem, "--book", str(folder), "--quiet"])


def rebuild(name: str) -> None:
    """Build one book in its place."""
    place = HERE / name / "book"
    with TemporaryDirectory() as scratch:
        build(name, Path(scratch))
        for old in ("tables", "journal", "mappings", "results", "cache"):
            shutil.rmtree(place / old, ignore_errors=True)
        for new in ("tables", "journal", "mappings"):
            shutil.copytree(Path(scratch) / new, place / new)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
        build(sys.argv[1], Path(sys.argv[2]))
    else:
        for each in sys.argv[1:] or FILES:
            rebuild(each)
