"""Findings for people: each with the line of the document, the places underlined, and what would agree."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from orebook.checks.saying import between
from orebook.ground.finding import GRADES, Finding
from orebook.ground.source import Document, Source
from orebook.reports.excerpt import Excerpt, excerpts
from orebook.reports.paper import Paper, columns, fit, shown
from orebook.reports.results import Checked
from orebook.reports.shapes import help_for
from orebook.reports.standing import named, places_of
from orebook.reports.trouble import Trouble

_ROOM = 100
_ASSISTED = "a figure that a model proposed takes part; read it there before you act on this"
_MOST = 6
"""So many lines of the document are shown for one finding; further places are only named."""


def page(results: Iterable[Checked | Trouble], paper: Paper) -> Iterator[str]:
    """Yield every finding, document after document, and at the end how many there are."""
    grades: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    marked: set[str] = set()
    for result in results:
        if isinstance(result, Trouble):
            documents["unusable"] += 1
            continue
        documents["read"] += not result.again
        documents["books"] += not result.document.text
        documents["marked"] += bool(result.findings) and result.doc not in marked
        marked |= {result.doc} if result.findings else set()
        documents["suppressed"] += len(result.suppressed)
        for number, finding in enumerate(result.findings):
            grades[finding.grade] += 1
            following = result.findings[number + 1].code if result.findings[number + 1 :] else ""
            again = not result.document.text and following == finding.code
            yield "\n".join(block(finding, result.document, paper, again=again)) + ("\n" if again else "\n\n")
    if not paper.quiet:
        yield f"{summary(grades, documents)}\n"


def block(finding: Finding, document: Document, paper: Paper, *, again: bool = False) -> Iterator[str]:
    """Yield the lines that show one finding; what to do about it is left out where it is said ``again`` below."""
    first = finding.sources[0] if finding.sources else document.source(0, 0)
    standing = named(places_of(document, first))
    place = f"{document.name}:{first.line}:{document.column(first.start)}" if document.text else str(first)
    place = f"{document.name}, {standing}" if standing else place
    grade = paper.ink(finding.grade, finding.grade)
    yield f"{paper.ink('strong', shown(place))}: {grade} {paper.ink('strong', finding.code)} {shown(finding.message)}"
    own = [source for source in finding.sources if source.doc == document.name] if document.text else []
    parts = excerpts(document, own, max((paper.width or _ROOM + 10) - 10, 30))
    labels = [_label(document, part) for part in parts]
    gutter = max((columns(label) for label in labels[:_MOST]), default=0)
    for label, part in zip(labels[:_MOST], parts, strict=False):
        yield from _drawn(label, part, gutter, finding.grade, paper)
    if parts[_MOST:]:
        others = ", ".join(dict.fromkeys(labels[_MOST:]))
        yield f"{' ' * gutter} … also {'' if standing else 'line '}{others}"
    yield from _elsewhere([source for source in finding.sources if source not in own], paper)
    if finding.expected is not None:
        yield from _remark("would agree", between(finding.expected), gutter, paper)
    if finding.assisted:
        yield from _remark("assist", _ASSISTED, gutter, paper)
    if again:
        return
    if instead := help_for(finding.code):
        yield from _remark("help", instead, gutter, paper)
    yield from _remark("basis", finding.basis, gutter, paper)


def _elsewhere(sources: Sequence[Source], paper: Paper) -> Iterator[str]:
    """Yield places that are not in this document, rows of a book's tables or words of other releases, as quoted."""
    width = max((len(shown(str(source))) for source in sources[:_MOST]), default=0)
    for source in sources[:_MOST]:
        if source.quote:
            place = f"{shown(str(source)):>{width}} |"
            quote = shown(" ".join(source.quote.split()))
            room = max(paper.width - width - 4, 30) if paper.width else len(quote)
            yield f" {paper.ink('faint', place)} {fit(quote, room)}"
    if sources[_MOST:]:
        yield f" … also {', '.join(shown(str(source)) for source in sources[_MOST : 2 * _MOST])}"


def _remark(head: str, words: str, gutter: int, paper: Paper) -> Iterator[str]:
    """Yield a remark below the lines of the document, as wide as the paper."""
    begin = f"{' ' * gutter} = {head}: "
    room = max(paper.width - len(begin), 30) if paper.width else len(words) + 1
    for number, line in enumerate(wrap(words, room)):
        yield " " * len(begin) + line if number else begin.replace(head, paper.ink("help", head), 1) + line


def _label(document: Document, part: Excerpt) -> str:
    """What stands before an excerpt: the line, or the page or part where lines are nothing that the reader has."""
    return shown(named(document.places(part.at, min(part.at + 1, len(document.text)))) or str(part.line))


def _drawn(label: str, part: Excerpt, gutter: int, grade: str, paper: Paper) -> Iterator[str]:
    label, blank = f"{' ' * (gutter - columns(label))}{label} |", f"{'':>{gutter}} |"
    yield f"{paper.ink('faint', label)} {part.words}"
    yield f"{paper.ink('faint', blank)} {paper.ink(grade, part.marks)}"


def summary(grades: Counter[str], documents: Counter[str]) -> str:
    """One line that counts findings by grade, the gravest first, and documents.

    >>> summary(Counter(error=2, note=1), Counter(read=5, marked=2))
    '2 errors and 1 note in 2 of 5 documents'
    >>> summary(Counter(), Counter(read=1, suppressed=3, unusable=1))
    'no findings in 1 document; 3 suppressed; 1 could not be read'
    """
    found = [_many(grades[grade], grade) for grade in reversed(GRADES) if grades[grade]]
    where = _many(
        documents["read"], "book" if documents["books"] and documents["books"] == documents["read"] else "document"
    )
    head = f"no findings in {where}"
    if found:
        of = f"{documents['marked']} of {where}" if documents["read"] > 1 else where
        head = f"{', '.join(found[:-1])}{' and ' if found[1:] else ''}{found[-1]} in {of}"
    tail = [f"{documents['suppressed']} suppressed"] if documents["suppressed"] else []
    tail += [f"{documents['unusable']} could not be read"] if documents["unusable"] else []
    return "; ".join([head, *tail])


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
