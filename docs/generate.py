"""Write the parts of the manual that the program itself knows: help, catalogue, vocabulary, fields, real answers.

A page may hold blocks between ``<!-- generated: … -->`` and ``<!-- end -->``; they are written anew, the words around
them stay. Whole files are written for each rule and each JSON Schema.

    python docs/generate.py             writes what is stale
    python docs/generate.py --check     only says what is stale
"""

import csv
import inspect
import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from dataclasses import MISSING
from dataclasses import fields as dataclass_fields
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

from orebook.checks import catalogue
from orebook.desk.make import everything
from orebook.disciplines.drilling.intersections.rule_presets import presets
from orebook.disciplines.drilling.intersections.rule_sets import RuleSet
from orebook.faces.cli import main
from orebook.faces.manual import verbs
from orebook.faces.output import formats
from orebook.ground.figure import SIGNS
from orebook.ground.finding import GRADES
from orebook.ground.schema import schema, tables
from orebook.reading.records import shapes
from orebook.reports.shapes import VERSION, fields

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TABLES = ROOT / "src" / "orebook" / "ground" / "tables"

_BLOCK = re.compile(
    r"(?P<head><!-- generated: (?P<kind>\w+) ?(?P<words>[^>\n]*?) -->\n).*?(?P<foot><!-- end -->)", re.DOTALL
)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def generated() -> Iterator[tuple[Path, str]]:
    """Yield every file that is generated, wholly or in part, with what it should hold."""
    for page in PAGES:
        yield page, _BLOCK.sub(_filled, page.read_text(encoding="utf-8"))
    for code, rule in catalogue().items():
        yield ROOT / "docs" / "rules" / f"{code}.md", rule.page
    for name, shape in schemas().items():
        yield ROOT / "docs" / "schemas" / f"{name}.json", json.dumps(shape, indent=2, ensure_ascii=False) + "\n"


def _filled(block: re.Match[str]) -> str:
    return f"{block['head']}{_WRITERS[block['kind']](block['words'])}{block['foot']}"


def answer(words: str) -> str:
    """What the command line answers to some words, as somebody sees it who runs them at the top of the project."""
    out = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
    os.environ["COLUMNS"] = "100"
    with chdir(ROOT), redirect_stdout(out), redirect_stderr(out), suppress(SystemExit):
        main(shlex.split(words))
    return "\n".join(line.rstrip() for line in out.buffer.getvalue().decode().strip().splitlines())


def _help(verb: str) -> str:
    return f"\n```text\n{answer(f'{verb} --help')}\n```\n\n"


def _run(words: str) -> str:
    """A command and its real answer; ``| head N`` keeps the first lines."""
    asked, _, most = words.partition(" | head ")
    lines = answer(asked).splitlines()
    kept = [*lines[: int(most)], "…"] if most and len(lines) > int(most) else lines
    return "\n```console\n$ orebook " + "\n".join([asked, *kept]) + "\n```\n\n"


def _verbs(_: str) -> str:
    rows = "".join(f"| [`orebook {verb}`](docs/{verb}.md) | {sentence} |\n" for verb, sentence in verbs().items())
    return f"\n| verb | what it does |\n|---|---|\n{rows}\n"


def _formats(kind: str) -> str:
    return f"\nFormats: {', '.join(f'`{name}`' for name in formats(kind))}.\n\n"


def _rules(_: str) -> str:
    rows = (
        f"| [{code}](rules/{code}.md) | {rule.name} | {_cell(rule.title)} | {_cell(rule.basis)} |\n"
        for code, rule in catalogue().items()
    )
    return f"\n| code | name | fault | basis |\n|---|---|---|---|\n{''.join(rows)}\n"


def _records(_: str) -> str:
    rows = (
        f"| `{kind}` | {_cell((inspect.getdoc(shaper) or '').partition(chr(10))[0])} |\n"
        for kind, shaper in sorted(shapes().items())
    )
    return f"\n| kind | what it is and holds |\n|---|---|\n{''.join(rows)}\n"


def _measures(_: str) -> str:
    parts = []
    for file in sorted(TABLES.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            rows = [_measure(file.stem, row) for row in csv.DictReader(lines)]
        parts.append(
            f"\n## {file.stem}\n\n| measure | unit | what it is | also said |\n|---|---|---|---|\n{''.join(rows)}"
        )
    return "".join(parts) + "\n"


def _measure(table: str, row: dict[str, str]) -> str:
    unit = row["unit"] or ("words" if row["type"] == "text" else "")
    spoken = ", ".join(word for word in row["spoken"].split("|") if word)
    return f"| `{table}.{row['column']}` | {_cell(unit)} | {_cell(row['description'])} | {_cell(spoken)} |\n"


def _dictionary(_: str) -> str:
    """The tables of a book, column by column, as a metric book names them."""
    parts = []
    for name in tables():
        found = schema(name)
        rows = "".join(
            f"| `{column.key()}` | {_cell(column.unit or column.type)} | {'yes' if column.required else ''} "
            f"| {_cell(column.description)} |\n"
            for column in found.columns
        )
        head = "| column | unit or type | required | what it is |\n|---|---|---|---|\n"
        more = "| *analytes* | unit in the name | | Grades: `au_gpt`, `cu_pct`, `au_fa50_gpt` … |\n"
        if found.metals:
            more = (
                "| *metals* | unit in the name | | Grades `cu_pct`, `cu_tailings_pct`, recoveries `cu_recovery_pct`, "
                "masses `cu_lb`, `au_oz` … |\n"
            )
        more = more if found.analytes else ""
        parts.append(f"\n## {name}\n\n{found.description}. Sorted by {', '.join(found.order)}.\n\n{head}{rows}{more}")
    return "".join(parts) + "\n"


def _made(_: str) -> str:
    """Everything that can be made from a book."""
    rows = "".join(f"| `{name}` | {_cell(what)} |\n" for name, what in everything().items())
    return f"\n| what | in one sentence |\n|---|---|\n{rows}\n"


def _options(_: str) -> str:
    """The options of a rule set with what they are when nobody says otherwise."""
    hints = get_type_hints(RuleSet)
    rows = "".join(
        f"| `{each.name}` | {_usual(each.default)} | {_may_be(hints[each.name])} |\n"
        for each in dataclass_fields(RuleSet)
    )
    return f"\n| option | usual | may be |\n|---|---|---|\n{rows}\n"


def _usual(default: object) -> str:
    return "**to be chosen**" if default is MISSING else "none" if default in (None, ()) else f"`{default}`"


def _may_be(hint: object) -> str:
    """The kinds and words that an option may be."""
    known = {float: "a number", str: "text", type(None): "none"}
    if hint in known:
        return known[hint]  # type: ignore[index]
    if get_origin(hint) is Literal:
        return ", ".join(f"`{word}`" for word in get_args(hint))
    if get_origin(hint) is tuple:
        return "a list of columns"
    return ", ".join(_may_be(part) for part in get_args(hint))


def _presets(_: str) -> str:
    """The presets of rule sets: whose manner each is, what it sets, what it asks for, what it cannot."""
    parts = []
    for name, preset in presets().items():
        sets = ", ".join(f"`{key} = {value!r}`" for key, value in preset.sets.items())
        cannot = "".join(f"- {each}\n" for each in preset.cannot) or "- nothing known\n"
        asks = f" Asks besides for {', '.join(f'`{each}`' for each in preset.asks)}." if preset.asks else ""
        parts.append(
            f"\n### {name}\n\n{preset.tool}. {preset.manner} ({preset.basis}.){asks}\n\nSets {sets}.\n\n"
            f"Not repeated:\n\n{cannot}"
        )
    return "".join(parts) + "\n"


def _fields(shape: str) -> str:
    rows = "".join(f"| `{row['field']}` | {row['type']} | {_cell(row['description'])} |\n" for row in _of(shape))
    return f"\n| field | type | meaning |\n|---|---|---|\n{rows}\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


_WRITERS: dict[str, Callable[[str], str]] = {
    "help": _help,
    "run": _run,
    "verbs": _verbs,
    "formats": _formats,
    "rules": _rules,
    "measures": _measures,
    "records": _records,
    "fields": _fields,
    "dictionary": _dictionary,
    "made": _made,
    "options": _options,
    "presets": _presets,
}


def _of(shape: str) -> list[dict[str, str]]:
    return [row for row in fields() if row["shape"] == shape]


def _type(name: str) -> dict[str, object]:
    """The JSON Schema of a type of ``shapes.csv``."""
    number = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+)?$"}
    known: dict[str, dict[str, object]] = {
        "version": {"const": VERSION},
        "string": {"type": "string"},
        "integer": {"type": "integer", "minimum": 0},
        "sign": {"enum": list(SIGNS)},
        "grade": {"enum": list(GRADES)},
        "words": {"type": "object", "additionalProperties": {"type": "string"}},
        "end": {**number},
        "truth": {"type": "boolean"},
        "share": {"type": "number", "minimum": 0, "maximum": 1},
        "box": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
    }
    return known[name] if name in known else _nested(name)


def _nested(name: str) -> dict[str, object]:
    if name in ("places", "sites", "refusals"):
        return {"type": "array", "items": _object(name.removesuffix("s"))}
    return {"oneOf": [{"type": "null"}, _object(name)]} if name == "range" else _object(name)


def _object(shape: str, *, more: bool = False) -> dict[str, object]:
    """The JSON Schema of a shape; ``more`` allows fields that are not listed."""
    listed = _of(shape)
    return {
        "type": "object",
        "properties": {
            row["field"]: {"description": row["description"], **_type(row["type"].rstrip("?"))} for row in listed
        },
        "required": [row["field"] for row in listed if not row["type"].endswith("?")],
        "additionalProperties": more,
    }


def schemas() -> dict[str, dict[str, object]]:
    """The JSON Schemas of everything that programs are given: one for each line, one for each whole object."""
    single = {name: _object(name, more=name == "record") for name in ("fact", "finding", "record", "rule")}
    found = {name: {"$schema": _DIALECT, "title": f"orebook {name}", **one} for name, one in single.items()}
    for name, one in single.items():
        properties = {
            "schema_version": {"const": VERSION},
            f"{name}s": {"type": "array", "items": one},
            "troubles": {"type": "array", "items": _object("trouble")},
        }
        assist = {"assist": {"type": "array", "items": _object("assist")}} if name != "rule" else {}
        whole = {
            "type": "object",
            "properties": properties | assist,
            "required": list(properties),
            "additionalProperties": False,
        }
        found[f"{name}s"] = {"$schema": _DIALECT, "title": f"orebook {name}s", **whole}
    return found


def stale() -> dict[Path, str]:
    """The generated files that do not hold what they should, with what that is; rules that are gone leave no page."""
    wanted = dict(generated())
    found = {
        path: text for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    }
    gone = {path for folder in ("rules", "schemas") for path in (ROOT / "docs" / folder).iterdir()} - wanted.keys()
    return found | dict.fromkeys(gone, "")


def write() -> int:
    """Bring everything up to date, or only say what is not."""
    only_check = "--check" in sys.argv
    found = stale()
    for path, text in found.items():
        print(f"{'stale' if only_check else 'written'}: {path.relative_to(ROOT)}")
        if not only_check and text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not only_check:
            path.unlink()
    return 1 if found and only_check else 0


if __name__ == "__main__":
    sys.exit(write())
