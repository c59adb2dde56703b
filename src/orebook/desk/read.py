"""Read releases: every figure with what it measures, about what, for when, and where it stands."""

from collections.abc import Sequence
from functools import partial
from importlib import import_module

from orebook.desk.answer import Answer
from orebook.desk.assist.asked import Assist, told, with_assist
from orebook.desk.inputs import Input, gather, opened
from orebook.desk.said import facts_of, records_of
from orebook.desk.work import Engine, Hands, Job, each
from orebook.reports.results import Facts, Records, Stored
from orebook.reports.trouble import Trouble

SHOWN_AS = ("facts", "records")
CHANGES = False


def read(
    paths: Sequence[str],
    *,
    records: bool = False,
    jobs: int = 0,
    engine: Engine | None = None,
    scheduler: str = "",
    time_limit: int | None = None,
    memory_limit: int | None = None,
    assist: str = "",
    assist_model: str = "",
    into: str | None = None,
) -> Answer[Facts | Records | Stored | Trouble]:
    """Read releases and print the facts that they state.

    A fact is a figure with its meaning and its place: what is measured, in which unit, about which hole, mine, metal
    and period, and the stretch of the document that says so. Nothing is rounded, converted or filled in: a value has
    the digits that were printed.

    With -o FOLDER/ the facts of many documents become Parquet files in a folder, which grows: documents that are in it
    are skipped, and a run that was ended goes on where it was. Every file is read as part of one table.

    Options:
        paths: Files, folders, glob patterns, or - for standard input.
        records: Print assembled records (an intercept with its hole, depths and grades; a collar; a row of a production
            table), one JSON object a line.
        jobs (N): So many processes; one for few documents and all processors for many when not given.
        engine: Who does the work: processes of this machine, or the workers of a Dask scheduler (extra cluster).
        scheduler (ADDRESS): Where the scheduler of Dask is, such as tcp://10.0.0.5:8786.
        time_limit (SECONDS): So long one document may take; 300 when not given, 0 for no limit.
        memory_limit (MB): So much memory the process that reads one may hold; 2048 when not given, 0 for no limit.
        assist (URL): Ask the model behind this OpenAI-compatible endpoint which figures were missed; only what the
            document bears out counts. Its key is taken from OREBOOK_ASSIST_KEY.
        assist_model (NAME): The model to ask there.

    Examples:
        orebook read release.html
        orebook read releases/ --format csv -o facts.csv
        orebook read releases/ --jobs 8 -o facts/
        orebook read --records release.md
        curl -s https://example.com/release | orebook read - --format jsonl
    """
    hands = Hands.asked(jobs, engine, scheduler, time_limit, memory_limit)
    helper = Assist.asked(assist, assist_model, hands.limits)
    items = gather(paths)
    if into is not None:
        return _harvest(items, "records" if records else "facts", into, hands, helper)
    task = partial(_records if records else _facts, helper)
    todo: list[Job[Facts | Records | Stored | Trouble] | Trouble] = [
        item if isinstance(item, Trouble) else Job(item, task) for item in items
    ]
    names = tuple(item.name for item in items if isinstance(item, Input))
    answer: Answer[Facts | Records | Stored | Trouble] = Answer("records" if records else "facts", iter(()), names)
    answer.results = told(each(todo, hands), answer.notes)
    return answer


def _harvest(
    items: list[Input | Trouble], kind: str, into: str, hands: Hands, assist: Assist | None
) -> Answer[Facts | Records | Stored | Trouble]:
    """Read into a folder or file of Parquet; only this loads what tables need."""
    found: Answer[Facts | Records | Stored | Trouble]
    found = import_module("orebook.desk.harvest.harvest").harvest(items, kind, into, hands, assist)
    return found


def _facts(assist: Assist | None, item: Input) -> Facts | Trouble:
    read = opened(item)
    return read if isinstance(read, Trouble) else facts_of(with_assist(read, assist))


def _records(assist: Assist | None, item: Input) -> Records | Trouble:
    read = opened(item)
    return read if isinstance(read, Trouble) else records_of(with_assist(read, assist))
