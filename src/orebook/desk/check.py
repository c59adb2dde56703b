"""Check releases: which figures cannot be, which are ambiguous, and what would agree."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from orebook import checks
from orebook.checks.families import LETTER
from orebook.checks.remembered import remember
from orebook.desk.across import Beside, across_releases, beside
from orebook.desk.answer import Answer
from orebook.desk.assist.asked import Assist, told, with_assist
from orebook.desk.config import read_settings, settings_for
from orebook.desk.inputs import Input, fetched, gather, opened
from orebook.desk.settings import FailOn, Settings
from orebook.desk.work import Engine, Hands, Job, each
from orebook.ground.finding import Finding
from orebook.ground.source import Document
from orebook.reading.formats import UnreadableError, open_document
from orebook.reports.results import Checked, Suppressed
from orebook.reports.trouble import Trouble

SHOWN_AS = ("findings",)
CHANGES = ("memory",)


def check(
    paths: Sequence[str],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    fail_on: FailOn | None = None,
    config: Path | None = None,
    jobs: int = 0,
    engine: Engine | None = None,
    scheduler: str = "",
    time_limit: int | None = None,
    memory_limit: int | None = None,
    book: str = "",
    memory: Path | None = None,
    assist: str = "",
    assist_model: str = "",
) -> Answer[Checked | Trouble]:
    """Check releases against themselves and against each other: do the printed figures agree?

    Every printed number stands for all values that round to it. An error is something that no reading of the printed
    digits can make true, a warning is ambiguous, a note is worth a look. Each finding shows the places that disagree
    and what would agree.

    Releases of one company are put side by side in the order of their dates, with those that a memory or the folder
    releases of a book holds from before (orebook rule A lists what is looked for).

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
        engine: Who does the work: processes of this machine, or the workers of a Dask scheduler (extra cluster).
        scheduler (ADDRESS): Where the scheduler of Dask is, such as tcp://10.0.0.5:8786.
        time_limit (SECONDS): So long one document may take; 300 when not given, 0 for no limit.
        memory_limit (MB): So much memory the process that reads one may hold; 2048 when not given, 0 for no limit.
        book (FOLDER): Put the releases beside this book and those in its folder releases; in a book it is that book.
        memory (PLACE): Put the releases beside all that were ever checked with this memory, and remember them: a
            folder, or for a few releases a file that ends in .parquet.
        assist (URL): Ask the model behind this OpenAI-compatible endpoint which figures were missed; findings that rest
            on what it proposes are warnings at most. Its key is taken from OREBOOK_ASSIST_KEY.
        assist_model (NAME): The model to ask there.

    Examples:
        orebook check release.md
        orebook check may.md september.md
        orebook check september.md --memory seen/
        orebook check releases/ --fail-on warning
        orebook check 'releases/2024*.html' --format sarif -o findings.sarif
        orebook check - --format jsonl < release.txt
    """
    hands = Hands.asked(jobs, engine, scheduler, time_limit, memory_limit)
    settings = partial(_settings, read_settings(config) if config else None, {}, (select, ignore, fail_on))
    asking = Assist.asked(assist, assist_model, hands.limits)
    return _asked(gather(paths), settings, hands, (book, memory), asking)


def _asked(
    items: Sequence[Input | Trouble],
    settings: Callable[[str], Settings],
    hands: Hands,
    places: tuple[str, Path | None],
    assist: Assist | None,
) -> Answer[Checked | Trouble]:
    """What is noticed in some inputs, beside a book or a memory where one was named."""
    book, memory = places
    notes: list[str] = []
    known = _drafted(book, items, notes) if book else None
    led = known is not None and known.says
    answer = _answer(items, settings, hands, beside(book, memory, must=not led), assist, known)
    answer.notes += notes
    return answer


def _drafted(book: str, items: Sequence[Input | Trouble], notes: list[str]) -> Any:
    """What is known of documents beside the book that they were drafted from; only this loads data frames."""
    names = [item.place or item.name for item in items if isinstance(item, Input)]
    return import_module("orebook.desk.drafting.against").against(book, names, notes)


def _settings(
    given: Settings | None,
    known: dict[Path, Settings],
    asked: tuple[Sequence[str], Sequence[str], FailOn | None],
    name: str,
) -> Settings:
    """The settings for a document: those that were given, or the nearest ones, with what was asked for."""
    return (given or settings_for(name, known)).with_asked(*asked)


def _answer(
    items: Sequence[Input | Trouble],
    settings: Callable[[str], Settings],
    hands: Hands,
    beside: Beside | None,
    assist: Assist | None,
    known: Any,
) -> Answer[Checked | Trouble]:
    """What the rules notice in each of some inputs, and in what they say of one another."""
    asked = {item.name: _Asked(item, settings(item.name)) for item in items if isinstance(item, Input)}
    chosen = any(checks.wanted(LETTER, one.settings.select, one.settings.ignore) for one in asked.values())
    remembering = chosen and (len(asked) > 1 or beside is not None)
    todo: list[Job[Checked | Trouble] | Trouble] = [
        item
        if isinstance(item, Trouble)
        else Job(item, partial(_check, asked[item.name].settings, remembering, assist, known))
        for item in items
    ]
    answer: Answer[Checked | Trouble] = Answer("findings", iter(()), tuple(asked))
    results = told(each(todo, hands), answer.notes)
    if remembering:
        across = across_releases(beside, [one.item for one in asked.values()], hands, answer.notes)
        results = across.watch(results, len(asked), lambda doc, found: _again(asked[doc], found))
    answer.results = _watched(results, list(asked.values()), answer.notes)
    return answer


@dataclass(frozen=True, slots=True)
class _Asked:
    """A document that is to be checked, and under which settings."""

    item: Input
    settings: Settings

    @property
    def name(self) -> str:
        """The name of the document."""
        return self.item.name


def _check(settings: Settings, remembering: bool, assist: Assist | None, known: Any, item: Input) -> Checked | Trouble:
    """The findings in one document, those that the settings know apart from the others.

    What a model proposed is not remembered: other releases are put beside what the readers of the house have read.
    """
    read = opened(item)
    if isinstance(read, Trouble):
        return read
    read = with_assist(read, assist)
    plain = read.unassisted or read.reading
    if known is not None:
        plain.placed = known.placed(item.place or item.name, plain)
    found = (
        checks.check(plain, settings.select, settings.ignore)
        if read.unassisted is None
        else checks.check_assisted(plain, read.reading, settings.select, settings.ignore)
    )
    checked = sorted_out(settings, plain.document, found)
    kept = remember(plain) if remembering else None
    return replace(checked, remark=read.remark, remembered=kept, assist=read.assist)


def sorted_out(settings: Settings, document: Document, found: Iterable[Finding]) -> Checked:
    """Findings in a document, those that the settings know apart from the others."""
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in found:
        known = _known(settings, finding, document)
        kept.extend([finding] if known is None else [])
        suppressed.extend([] if known is None else [known])
    return Checked(document, tuple(kept), tuple(suppressed), settings.fails(kept))


def _again(asked: _Asked, found: Sequence[Finding]) -> Checked | Trouble | None:
    """The answer for a document of which others say something else; it is opened once more to be shown."""
    wanted = [finding for finding in found if asked.settings.looks_for(finding.code)]
    if not wanted:
        return None
    data = fetched(asked.item)
    if isinstance(data, Trouble):
        return data
    try:
        document = open_document(asked.name, data)
    except UnreadableError as problem:
        return Trouble(problem.where, problem.what, problem.instead)
    return replace(sorted_out(asked.settings, document, wanted), again=True)


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
