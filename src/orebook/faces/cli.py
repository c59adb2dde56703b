"""The command line: each verb of the desk is a command, made from its signature and its docstring."""

import gc
import os
import shutil
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Protocol, runtime_checkable

import click

from orebook import __version__
from orebook.book.problems import BookError
from orebook.desk.answer import Answer, AskedWronglyError, did_you_mean
from orebook.faces.manual import INTO, Choice, Manual, manual, module, verbs
from orebook.faces.output import format_of, formats, means_another, on_terminal, to_file, to_terminal
from orebook.faces.patience import Patience
from orebook.ground.needs import MissingError
from orebook.reports.paper import Paper, shown
from orebook.reports.trouble import Trouble

_FOUND, _UNUSABLE, _INTERRUPTED, _NOBODY_READS = 1, 2, 130, 141


@runtime_checkable
class Outcome(Protocol):
    """What the answer for one document says beside its page."""

    @property
    def doc(self) -> str:
        """The name of the document."""

    @property
    def failed(self) -> bool:
        """Whether the exit status has to say so."""

    @property
    def remark(self) -> str:
        """What one should know about how it was read."""


_ABOUT = """From drill core to news release: every number computed, traced and checked.

Orebook reads the releases of mining companies, says which facts they state, and finds the figures that cannot be."""


class Verbs(click.Group):
    """All verbs of the desk; one is imported when it is asked for, and not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the verbs."""
        return list(verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command for a verb."""
        return _command(cmd_name, manual(cmd_name)) if cmd_name in verbs() else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs with their one sentence."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(verbs().items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; for a word that is no verb, the nearest one."""
        word = args[0]
        if word not in verbs() and not word.startswith("-"):
            instead = did_you_mean(word, verbs()) or f"; the verbs are {', '.join(verbs())}"
            ctx.fail(f"no verb is called {word!r}{instead}")
        return super().resolve_command(ctx, args)


class _OneOf(click.Choice[str]):
    """One of some words; for another, the nearest of them."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word that is meant."""
        if isinstance(value, str) and value not in self.choices:
            instead = did_you_mean(value, self.choices) or f"; there are {', '.join(self.choices)}"
            self.fail(f"{value!r} is not one of them{instead}", param, ctx)
        return super().convert(value, param, ctx)


def _command(name: str, page: Manual) -> click.Command:
    """The command for a verb: its own choices first, then how the answer is to be shown."""

    def run(**said: object) -> None:
        asked = {
            choice.name: _asked(choice, said[choice.name]) for choice in page.choices if said[choice.name] is not None
        }
        if page.opens:
            page.verb(**asked)
            return
        raise click.exceptions.Exit(_run(page, asked, Showing.wanted(said)))

    epilog = "\b\nExamples:\n" + "\n".join(f"  {line}" for line in page.examples)
    return click.Command(
        name,
        callback=run,
        params=[*map(_parameter, page.choices), *_ways_to_show(page)],
        help="\n\n".join([page.text, *(f"{choice.metavar}: {choice.help}" for choice in page.choices if choice.asked)]),
        epilog=epilog,
        short_help=verbs()[name],
    )


def _parameter(choice: Choice) -> click.Parameter:
    """An argument or an option for one thing that the verb can be asked."""
    kinds: dict[str, click.types.ParamType[object] | type] = {
        "number": int,
        "measure": float,
        "measures": float,
        "file": click.Path(path_type=Path),
        "one of": _OneOf(choice.among),
    }
    kind = kinds.get(choice.kind, str)
    if choice.asked:
        several = -1 if choice.kind == "words" else 1
        metavar = f"{choice.metavar}..." if several == -1 else None
        optional = {} if choice.required or several == -1 else {"default": ""}  # a default, even none, needs no word
        return click.Argument(
            [choice.name], type=kind, nargs=several, required=choice.required, metavar=metavar, **optional
        )
    option = f"--{choice.name.replace('_', '-')}"
    if choice.kind == "switch":
        return click.Option([option], is_flag=True, help=choice.help)
    metavar = None if choice.kind == "one of" else choice.metavar
    several = choice.kind in ("words", "measures")
    needed = choice.required
    return click.Option([option], type=kind, multiple=several, required=needed, metavar=metavar, help=choice.help)


def _ways_to_show(page: Manual) -> list[click.Parameter]:
    """The options that every verb has; what opens another face shows nothing here."""
    if page.opens:
        return []
    shapes = list(dict.fromkeys(shape for kind in page.shown_as for shape in formats(kind)))
    return [
        click.Option(["--format"], type=_OneOf(shapes), help=_format_help(page)),
        click.Option(["-o", "--output"], metavar="FILE", help=_output_help(page)),
        click.Option(["-q", "--quiet"], is_flag=True, help="Say only what was asked for."),
    ]


def _format_help(page: Manual) -> str:
    defaults = [_default(kind) for kind in page.shown_as]
    return f"How to show it; {' or '.join(defaults)} when neither this nor the ending of --output says."


def _output_help(page: Manual) -> str:
    return "Write to this file, or into this folder/." if page.stores else "Write to this file."


def _default(kind: str) -> str:
    return str(module(f"orebook.reports.{kind}").DEFAULT)


def _asked(choice: Choice, said: object) -> object:
    """What the verb is given for what was said: options that take several words take them with commas too."""
    if choice.kind != "words" or choice.asked or not isinstance(said, tuple):
        return said
    return [word for words in said for word in str(words).split(",")]


@dataclass(frozen=True, slots=True)
class Showing:
    """How the answer is to be shown: in which format, in which file, with how few words."""

    shape: str
    file: Path | None
    quiet: bool
    name: str = ""

    @classmethod
    def wanted(cls, said: Mapping[str, object]) -> "Showing":
        """What was said on the command line; a file called - is standard output, one that ends in / is a folder."""
        name = str(said["output"] or "-")
        file = None if name == "-" else Path(name)
        return cls(str(said["format"] or ""), file, bool(said["quiet"]), name)

    def into(self, page: Manual) -> str | None:
        """Where a verb is to put what it makes by itself: into a folder, or a file of a format that it stores.

        Raises ``AskedWronglyError`` for a folder of any other format.
        """
        if not page.stores or self.file is None:
            return None
        is_folder = self.name.endswith(("/", os.sep)) or self.file.is_dir()
        suffix = self.file.suffix.removeprefix(".").lower()
        if is_folder:
            if self.shape and (self.shape,) != page.storing:
                holds = "Parquet" if page.storing == ("parquet",) else ", ".join(page.storing)
                raise AskedWronglyError(f"a folder holds {holds}; for {self.shape} name a file with --output")
            return self.name
        shape = self.shape or suffix
        is_stored = shape in page.storing and (shape == suffix or len(page.storing) == 1)
        is_plain = self.file.is_file() or not self.file.exists()
        return self.name if is_stored and is_plain else None

    def paper(self) -> Paper:
        """The paper for this: as wide as the terminal, in colour if it takes it."""
        terminal = self.file is None and on_terminal()
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        colour = bool(not plain and (terminal or os.environ.get("FORCE_COLOR")))
        return Paper(shutil.get_terminal_size().columns if terminal else None, colour, self.quiet)

    def format(self, kind: str) -> ModuleType:
        """The module that shows that kind of result.

        Raises ``AskedWronglyError`` where there is none, or a terminal cannot take it.
        """
        shape = self.shape or format_of(self.file, kind) or _default(kind)
        if shape not in formats(kind):
            raise AskedWronglyError(f"{kind} cannot be shown as {shape}; their formats are {', '.join(formats(kind))}")
        found = module(f"orebook.reports.{kind}.{shape}")
        binary = getattr(found, "BINARY", False)
        if self.file is None and on_terminal() and binary:
            raise AskedWronglyError(f"a terminal cannot show {shape}; name a file with --output")
        if (
            self.file
            and not (self.shape or format_of(self.file, kind))
            and ((binary and self.file.suffix) or means_another(self.file))
        ):
            endings = ", ".join(f".{each}" for each in formats(kind))
            raise AskedWronglyError(
                f"{kind} have no format for files that end in {self.file.suffix}; the endings are {endings}, or say "
                f"--format {shape}"
            )
        return found


class _NobodyReadsError(Exception):
    """Whoever read standard output has gone; Click would leave with another status for a broken pipe."""


@dataclass(slots=True)
class Status:
    """What the exit status will be, and what is said on the way to it."""

    quiet: bool
    code: int = 0

    def watch(self, results: Iterable[object]) -> Iterator[object]:
        """Yield the results; say at once what could not be used."""
        for result in results:
            if isinstance(result, Trouble):
                say(str(result))
                self.code = _UNUSABLE
            elif isinstance(result, Outcome):
                self._heed(result)
            yield result

    def _heed(self, outcome: Outcome) -> None:
        if outcome.failed:
            self.code = max(self.code, _FOUND)
        if outcome.remark and not self.quiet:
            say(f"{outcome.doc}: {outcome.remark}")


def _run(page: Manual, asked: Mapping[str, object], showing: Showing) -> int:
    """Ask the desk, show its answer, and say with which status to leave."""
    into = showing.into(page)
    answer = page.verb(**asked, **({INTO: into} if into else {}))
    if not isinstance(answer, Answer):
        raise TypeError(f"{page.verb.__name__} gave no answer")
    _spare_inputs(answer.names, showing.file)
    status = Status(showing.quiet)
    patience = Patience(len(answer.names), answer.what, wanted=not showing.quiet)
    results = status.watch(patience.watch(answer.results))
    if into:
        _store(results, into)
    else:
        chunks = showing.format(answer.shown_as).page(results, showing.paper())
        _write(_unhindered(chunks, patience, showing.file), showing.file)
    if not showing.quiet:
        for note in answer.notes:
            say(note)
    return status.code


def _store(results: Iterable[object], into: str) -> None:
    """Let a verb put tables where they belong; nothing of them is shown."""
    try:
        deque(results, maxlen=0)
    except KeyboardInterrupt:
        say(f"{into} is not finished; the same command goes on where this one was")
        raise


def _spare_inputs(names: Sequence[str], file: Path | None) -> None:
    """Refuse to write over a document that is being read."""
    if file and file.resolve() in {Path(name).resolve() for name in names}:
        raise AskedWronglyError(f"{file} is one of the documents to read; write to another file")


def _unhindered(chunks: Iterable[str | bytes], patience: Patience, file: Path | None) -> Iterator[str | bytes]:
    """Yield the chunks; on a terminal the line of progress makes way for the first."""
    for chunk in chunks:
        if file is None and on_terminal():
            patience.end()
        yield chunk


def _write(chunks: Iterable[str | bytes], file: Path | None) -> None:
    """Write the page where it is wanted; what cannot be written ends the work."""
    try:
        to_file(chunks, file) if file else to_terminal(chunks)
    except BrokenPipeError:
        raise _NobodyReadsError from None
    except OSError as problem:
        raise AskedWronglyError(
            f"cannot write {file or 'the answer'}: {(problem.strerror or str(problem)).lower()}"
        ) from None


def say(words: str) -> None:
    """Say something to the person at the terminal, beside the data."""
    click.echo(f"orebook: {shown(words)}", err=True)


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"orebook {__version__}")
        ctx.exit()


cli = Verbs(
    "orebook",
    help=_ABOUT,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            help="Show the version and exit.",
            callback=_version,
        )
    ],
)
"""The command line as a whole."""


def main(words: Sequence[str] | None = None) -> None:
    """Run what the words of the command line ask for, and leave with its status."""
    gc.set_threshold(100_000, 50, 50)  # facts live until the end: looking for dead ones among them costs a third
    try:
        status = cli.main(words, prog_name="orebook", standalone_mode=False)
    except (AskedWronglyError, BookError, MissingError) as problem:
        say(str(problem))
        status = _UNUSABLE
    except click.UsageError as problem:
        problem.show()
        status = _UNUSABLE
    except (_NobodyReadsError, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = _NOBODY_READS
    except (click.Abort, KeyboardInterrupt):
        status = _INTERRUPTED
    except Exception as problem:
        if os.environ.get("OREBOOK_TRACEBACK"):
            raise
        say(f"a fault of orebook: {type(problem).__name__}: {problem}; OREBOOK_TRACEBACK=1 shows where it happened")
        status = _UNUSABLE
    sys.exit(status)
