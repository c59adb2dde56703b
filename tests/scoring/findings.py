"""Compare what the rules find in real releases with the errors that people found in them by hand.

``python tests/scoring/findings.py`` prints, for every format and for all of them, how many of the hard errors of one
document are touched by a finding, by a warning or graver, and by an error, and how many errors stand on nothing listed
for every 10,000 words; then every hard one with what touches it, or with its words where nothing graver than a note
does; every error that is printed, marked as known, as other, or as touching a look-alike. An error of a copy of a
release is known when its original has it. ``--grades`` prints the other findings too, ``--doc`` and ``--code`` narrow
all of it.
"""

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from orebook.checks import check
from orebook.ground.finding import GRADES, Finding
from orebook.reading.read import read_bytes

FORMATS = ("txt", "md", "html", "tokens", "ocr", "pdf")
FADED = re.compile(r"[\s*\\]+")
NUMBER = re.compile(r"\d[\d,]*\.?\d*")
HERE = Path(__file__).parent


@dataclass
class Known:
    """One error that a person found: its grade, what it is, and where its quotes stand in the document."""

    name: str
    doc: str
    grade: str
    what: str
    elsewhere: bool
    quotes: tuple[str, ...] = ()
    spans: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Checked:
    """One release with the errors known in it and what the rules find."""

    doc: str
    form: str
    text: str
    findings: list[Finding]
    known: list[Known]

    def touching(self, known: Known) -> list[Finding]:
        """The findings that share a character with a quote of the error."""
        return [finding for finding in self.findings if touches(finding, known.spans)]

    def known_to(self, finding: Finding) -> list[Known]:
        """The errors whose quotes a finding touches."""
        return [known for known in self.known if touches(finding, known.spans)]


def touches(finding: Finding, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the places of a finding shares a character with one of the stretches."""
    return any(place.start < end and start < place.end for place in finding.sources for start, end in spans)


def folded(text: str) -> tuple[str, list[int]]:
    """A text without blanks, asterisks and backslashes, with the place of each character in the original."""
    kept = [(letter, at) for at, letter in enumerate(text) if not FADED.match(letter)]
    return "".join(letter for letter, _ in kept), [at for _, at in kept]


def spans_of(quotes: Iterable[str], plain: str, at: list[int]) -> Iterator[tuple[int, int]]:
    """Where quotes stand in a document, each at most twenty times."""
    for quote in quotes:
        bare = FADED.sub("", quote)
        start = plain.find(bare)
        for _ in range(20):
            if start < 0 or not bare:
                break
            yield at[start], at[start + len(bare) - 1] + 1
            start = plain.find(bare, start + 1)


def files(dev: Path) -> dict[str, Path]:
    """Every release whose text can be read here, by its name."""
    found = [file for name in FORMATS for file in sorted((dev / name).iterdir()) if file.suffix != ".csv"]
    return {file.stem: file for file in found}


def checked(dev: Path, only: str = "") -> Iterator[Checked]:
    """Every release, read and checked, with the errors known in it."""
    errors = json.loads((dev / "real_errors.json").read_text(encoding="utf-8"))
    for doc, file in files(dev).items():
        if only not in doc:
            continue
        reading = read_bytes(file.name, file.read_bytes())
        plain, at = folded(reading.document.text)
        known = [
            Known(
                one["id"],
                doc,
                one["grade"],
                f"{one['rule']}: {one['what']}",
                bool(one.get("other_doc")) or doc != one["doc"],
                tuple(one["quotes"]),
                list(spans_of(one["quotes"], plain, at)),
            )
            for one in errors
            if one["doc"] == doc.removesuffix("-dup")
        ]
        yield Checked(doc, file.parent.name, reading.document.text, check(reading), known)


def look_alikes(dev: Path) -> dict[str, set[str]]:
    """The numbers that look wrong and are not, by the release that the list names."""
    _, _, below = (dev / "real_errors.md").read_text(encoding="utf-8").partition("# Looks wrong, is not")
    docs: dict[str, set[str]] = {}
    names = sorted(files(dev), key=len, reverse=True)
    for clause in re.split(r"(?<=[a-z0-9)])\. (?=[a-z])|\n- |; ", below):
        numbers = {found[0] for found in NUMBER.finditer(clause) if len(found[0].strip(".,")) > 2}
        for name in names:
            if name in clause:
                docs.setdefault(name, set()).update(numbers - set(NUMBER.findall(name)))
                break
    return docs


def _said(finding: Finding) -> str:
    quotes = " / ".join(" ".join(place.quote.split())[:30] for place in finding.sources[:4])
    return f"{finding.code} {finding.message[:200]} [{quotes}]"


def _by_format(docs: list[Checked]) -> None:
    """Print one line for each format and one for all: hard errors by the gravest finding, and errors on nothing."""
    print("format  releases   words  hard  noted  warned  error   other errors  per 10,000 words")
    for form in (*FORMATS, "all"):
        some = [one for one in docs if form in (one.form, "all")]
        hard = [(one, error) for one in some for error in one.known if error.grade == "hard" and not error.elsewhere]
        found = [sum(any(f.at_least(g) for f in one.touching(e)) for one, e in hard) for g in GRADES]
        words = sum(len(one.text.split()) for one in some)
        other = sum(finding.grade == "error" and not one.known_to(finding) for one in some for finding in one.findings)
        rate = f"{other * 10_000 / words:.2f}" if words else "-"
        print(
            f"{form:7} {len(some):8} {words:7} {len(hard):5} {found[0]:6} {found[1]:7} {found[2]:6} {other:14}  {rate}"
        )


def _recall(docs: list[Checked]) -> None:
    """Print how many of the errors of each grade are touched, and the hard ones that are not."""
    for grade in ("hard", "time", "label", "soft"):
        known = [(one, error) for one in docs for error in one.known if error.grade == grade and not error.elsewhere]
        touched = {error.name: one.touching(error) for one, error in known}
        grades = [sum(any(f.at_least(least) for f in found) for found in touched.values()) for least in GRADES]
        counts = ", ".join(f"as {name} or graver {count}" for name, count in zip(GRADES, grades, strict=True))
        print(f"{grade}: {len(known)} in single documents; {counts}")
        for one, error in known if grade == "hard" else []:
            codes = sorted({f"{finding.code} {finding.grade}" for finding in touched[error.name]})
            unread = "" if error.spans else " (quote not found)"
            print(f"  {error.name} {one.doc}: {error.what[:120]} -> {', '.join(codes) or 'MISSED'}{unread}")
            if not any(finding.at_least("warning") for finding in touched[error.name]):
                print(*(f"        {quote[:160]!r}" for quote in error.quotes), sep="\n")


def _printed(docs: list[Checked], dev: Path, grades: tuple[str, ...], code: str) -> None:
    """Print every finding of some grades, marked as known or other, and those that touch a look-alike."""
    alike = look_alikes(dev)
    counts: Counter[tuple[str, str]] = Counter()
    for one in docs:
        for finding in one.findings:
            if finding.grade not in grades or not finding.code.startswith(code):
                continue
            known = one.known_to(finding)
            numbers = {number for place in finding.sources for number in NUMBER.findall(place.quote)}
            twin = "LOOK-ALIKE?" if numbers & alike.get(one.doc, set()) else "other"
            mark = ",".join(error.name for error in known) or twin
            counts[finding.grade, "known" if known else "other"] += 1
            line = finding.sources[0].line if finding.sources else 0
            print(f"{finding.grade} {mark} {one.doc}:{line} {_said(finding)}")
    print(*(f"{grade} {mark}: {count}" for (grade, mark), count in sorted(counts.items())), sep="\n")


def main() -> None:
    """Print recall, misses and every error; with options also the other findings."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--grades", default="error", help="grades to print, with commas")
    options.add_argument("--doc", default="", help="part of the name of a release")
    options.add_argument("--code", default="", help="beginning of a rule's code")
    beside = os.environ.get("OREBOOK_SHARED", HERE.parents[2] / "shared")
    options.add_argument("--shared", type=Path, default=Path(beside))
    said = options.parse_args()
    dev = said.shared / "releases" / "dev"
    docs = list(checked(dev, said.doc))
    _by_format(docs)
    _recall(docs)
    print()
    _printed(docs, dev, tuple(said.grades.split(",")), said.code)


if __name__ == "__main__":
    main()
