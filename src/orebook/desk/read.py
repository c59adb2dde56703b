"""Read releases: every figure with what it measures, about what, for when, and where it stands."""

from collections.abc import Sequence

from orebook.desk.answer import Answer
from orebook.desk.inputs import Input, gather, opened
from orebook.desk.work import Job, each, workers
from orebook.reports.results import Facts, Records
from orebook.reports.trouble import Trouble

SHOWN_AS = ("facts", "records")


def read(paths: Sequence[str], *, records: bool = False, jobs: int = 0) -> Answer[Facts | Records | Trouble]:
    """Read releases and print the facts that they state.

    A fact is a figure with its meaning and its place: what is measured, in which unit, about which hole, mine, metal
    and period, and the stretch of the document that says so. Nothing is rounded, converted or filled in: a value has
    the digits that were printed.

    Options:
        paths: Files, folders, glob patterns, or - for standard input.
        records: Print assembled records (an intercept with its hole, depths and grades; a collar; a row of a production
            table), one JSON object a line.
        jobs (N): So many processes; one for few documents and all processors for many when not given.

    Examples:
        orebook read release.html
        orebook read releases/ --format csv -o facts.csv
        orebook read --records release.md
        curl -s https://example.com/release | orebook read - --format jsonl
    """
    items = gather(paths)
    task = _records if records else _facts
    todo: list[Job[Facts | Records | Trouble] | Trouble] = [
        item if isinstance(item, Trouble) else Job(item, task) for item in items
    ]
    names = tuple(item.name for item in items if isinstance(item, Input))
    return Answer("records" if records else "facts", each(todo, workers(jobs, len(names))), names)


def _facts(item: Input) -> Facts | Trouble:
    read = opened(item)
    return read if isinstance(read, Trouble) else Facts(item.name, tuple(read.reading.facts), read.remark)


def _records(item: Input) -> Records | Trouble:
    read = opened(item)
    return read if isinstance(read, Trouble) else Records(item.name, tuple(read.reading.records), read.remark)
