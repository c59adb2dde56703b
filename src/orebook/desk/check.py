"""Check releases: which figures cannot be, which are ambiguous, and what would agree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from orebook import checks
from orebook.desk.answer import Answer
from orebook.desk.config import read_settings, settings_for
from orebook.desk.inputs import Input, gather, opened
from orebook.desk.settings import FailOn, Settings
from orebook.desk.work import Job, each, workers
from orebook.ground.finding import Finding
from orebook.ground.source import Document
from orebook.reports.results import Checked, Suppressed
from orebook.reports.trouble import Trouble

SHOWN_AS = ("findings",)


def check(
    paths: Sequence[str],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    fail_on: FailOn | None = None,
    config: Path | None = None,
    jobs: int = 0,
) -> Answer[Checked | Trouble]:
    """Check releases against themselves: do the printed figures agree with one another?

    Every printed number stands for all values that round to it. An error is something that no reading of the printed
    digits can make true, a warning is ambiguous, a note is worth a look. Each finding shows the places that disagree
    and what would agree.

    Exit status: 0 when nothing reaches the grade of --fail-on, 1 when something does, 2 when an input or an argument
    cannot be used (all other inputs are still checked).

    Options:
        paths: Files, folders, glob patterns, or - for standard input.
        select (CODES): Only these rules; a beginning such as F1 selects all that begin so; several with commas.
        ignore (CODES): All but these rules.
        fail_on: The grade from which findings make the exit status 1; error when neither this nor a configuration says.
        config (FILE): This configuration instead of the nearest orebook.toml or [tool.orebook] in pyproject.toml, from
            each document upwards.
        jobs (N): So many processes; one for few documents and all processors for many when not given.

    Examples:
        orebook check release.md
        orebook check releases/ --fail-on warning
        orebook check 'releases/2024*.html' --format sarif -o findings.sarif
        orebook check - --format jsonl < release.txt
    """
    items = gather(paths)
    known: dict[Path, Settings] = {}
    given = read_settings(config) if config else None
    todo: list[Job[Checked | Trouble] | Trouble] = []
    asked: list[_Asked] = []
    for item in items:
        if isinstance(item, Trouble):
            todo.append(item)
            continue
        settings = (given or settings_for(item.name, known)).with_asked(select, ignore, fail_on)
        asked.append(_Asked(item.name, settings))
        todo.append(Job(item, partial(_check, settings)))
    answer: Answer[Checked | Trouble]
    answer = Answer("findings", iter(()), tuple(one.name for one in asked))
    answer.results = _watched(each(todo, workers(jobs, len(asked))), asked, answer.notes)
    return answer


@dataclass(frozen=True, slots=True)
class _Asked:
    """A document that is to be checked, and under which settings."""

    name: str
    settings: Settings


def _check(settings: Settings, item: Input) -> Checked | Trouble:
    """The findings in one document, those that the settings know apart from the others."""
    read = opened(item)
    if isinstance(read, Trouble):
        return read
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in checks.check(read.reading, settings.select, settings.ignore):
        known = _known(settings, finding, read.reading.document)
        kept.extend([finding] if known is None else [])
        suppressed.extend([] if known is None else [known])
    return Checked(read.reading.document, tuple(kept), tuple(suppressed), settings.fails(kept), read.remark)


def _known(settings: Settings, finding: Finding, document: Document) -> Suppressed | None:
    for entry in settings.suppress:
        if entry.covers(finding, document, settings.folder):
            return Suppressed(finding, entry.reason, entry.where)
    return None


def _watched(
    results: Iterator[Checked | Trouble], asked: list[_Asked], notes: list[str]
) -> Iterator[Checked | Trouble]:
    """Yield the results; at the end, note each suppression that could have been of use and was not."""
    used: set[str] = set()
    read: set[str] = set()
    for result in results:
        if isinstance(result, Checked):
            read.add(result.document.name)
            used.update(suppressed.where for suppressed in result.suppressed)
        yield result
    useful = {
        suppression.where: suppression
        for settings, name in dict.fromkeys((one.settings, one.name) for one in asked if one.name in read)
        for suppression in settings.suppress
        if settings.looks_for(suppression.code) and suppression.reaches(name, settings.folder)
    }
    notes += [
        f"{where}: this suppression of {suppression.code} silences nothing any more; take it out"
        for where, suppression in useful.items()
        if where not in used
    ]
