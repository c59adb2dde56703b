"""References: figures, tables, reports and earlier releases that the text names, and the captions that answer them.

>>> from orebook.reading.read import read_text
>>> reading = read_text("note.txt", "The results in Table 2 were shown in Figures 1 and 3.")
>>> [(str(fact.figure), fact.about["what"]) for fact in reading.facts]
[('Table 2', 'Table 2'), ('Figure 1', 'Figure 1'), ('Figure 3', 'Figure 3')]
"""

import re
from collections.abc import Iterator

from orebook.ground.fact import Record, Words
from orebook.reading.language.dates import When
from orebook.reading.layout import Block
from orebook.reading.patterns import Pattern
from orebook.reading.readers import cues
from orebook.reading.release import Release, Sentence
from orebook.reading.text import Text

ORDER = 6

_KINDS = {
    "fig": "Figure",
    "tab": "Table",
    "app": "Appendix",
    "sch": "Schedule",
    "exh": "Exhibit",
    "pla": "Plate",
    "pho": "Photo",
    "map": "Map",
}
_LABEL = Pattern(
    r"\b(?P<kind>Figures?|FIGURES?|Figs?\.?|Tables?|TABLES?|Appendix|Appendices|APPENDIX|Schedules?"
    r"|Exhibits?|Plates?|Photos?|Maps?)\s(?P<first>\d{1,2}[A-Za-z]?|[A-Z])(?![\w.]\w|%|,\d{3})"
    r"(?P<more>(?:\s?(?:,|&|and|,\sand|or|to|through|[-–])\s?\d{1,2}[A-Za-z]?(?![\w.]\w|%|,\d{3}"
    r"|\s(?:holes|drill|metres|meters|of|km|m)\b)){0,8})"
)
_CAPTION = Pattern(
    r"^\W{0,3}(?:Figures?|FIGURES?|Fig\.?|Tables?|TABLES?|Appendix|APPENDIX|Schedule|Exhibit|Plate"
    r"|Photo|Map)\s(?:\d{1,2}[A-Za-z]?|[A-Z])\s?(?:[:.–—|-]|$|\s[A-Z(])"
)
_CAPTIONING = Pattern(r"\s?[:–—-]\s?[A-Z]")
_LED = Pattern(r"\b(?:see|in|to|and|of|refer|per|with)\s$", re.IGNORECASE)
_JORC = Pattern(r"(?:JORC|Code|2012|Edition|of the)[^.]{0,30}$|\bSections?\s\d[^.]{0,30}$")
_PAPER = Pattern(
    r"(?<!this )(?<!This )\b(?P<what>(?:press|news|media|market)\sreleases?|(?:ASX\s)?announcements?"
    r"|(?:technical\s)?report|prospectus|information circular)\b",
    re.IGNORECASE,
)
_DATED = Pattern(
    r"s?|(?:of|on|from|dated|released|issued|filed)(?:\son)?|[^.;]{0,110}\b(?:dated|effective date of"
    r"|filed on|issued on|released on)"
)
_TITLED = Pattern(r"\b(?:entitled|titled)\s[\"“'](?P<title>[^\"”]{5,200})[\"”']", re.IGNORECASE)
_REPORT_ON = Pattern(
    r"(?P<title>(?:(?:19|20)\d\d\s)?(?:NI\s?43-101\s)?Technical Report on (?:the\s)?[A-Z][\w'’-]{0,40}"
    r"(?:\s(?:of|and|the|for|[A-Z][\w'’-]{0,40})){0,8})"
)


def records(release: Release) -> Iterator[Record]:
    """Every caption, every reference to a figure or table, and every dated report or release that is named."""
    captions: set[int] = set()
    for block in release.layout.prose():
        for record in _labels(release, block):
            captions.add(record.source.start)
            yield record
    for table in release.layout.tables():
        if table.caption is not None and (found := _LABEL.match(table.caption.plain.lstrip(" *\"'("))):
            lead = len(table.caption.plain) - len(table.caption.plain.lstrip(" *\"'("))
            record = _caption(release, table.caption, found, lead)
            if record.source.start not in captions:
                yield record
    for sentence in cues.prose(release, "release", "report", "announcement", "titled", "prospectus", "circular"):
        yield from _reports(release, sentence)


def _caption(release: Release, text: Text, found: re.Match[str], lead: int) -> Record:
    """The label that begins a caption; ``lead`` is what stood before the text that was matched."""
    name = f"{_kind(found['kind'])} {found['first']}"
    start, end = lead + found.start(), lead + found.end("first")
    return release.record(
        "document", [release.fact("document.caption", Words(name, "name"), text, start, end, what=name)]
    )


def _captions(plain: str, found: re.Match[str]) -> bool:
    """Whether a label in the middle of a paragraph begins a caption: "Figure 4: Longitudinal section"."""
    lead = plain[max(0, found.start() - 12) : found.start()]
    return not found["more"] and bool(_CAPTIONING.match(plain, found.end())) and not _LED.search(lead)


def _labels(release: Release, block: Block) -> Iterator[Record]:
    """References of a block; the label that begins a caption is no reference but the thing itself."""
    captioned = bool(_CAPTION.match(block.plain)) and (
        block.kind in ("caption", "heading", "title") or len(block.plain) < 200
    )
    for found in _LABEL.finditer(block.plain):
        if (captioned and found.start() < 4) or _captions(block.plain, found):
            yield _caption(release, block.text, found, 0)
            continue
        kind = _kind(found["kind"])
        if kind == "Table" and _JORC.search(block.plain[max(0, found.start() - 60) : found.start()]):
            continue
        for name in _numbers(found):
            what = f"{kind} {name}"
            fact = release.fact(
                "document.reference", Words(what, "name"), block.text, found.start(), found.end(), what=what
            )
            yield release.record("document", [fact])


def _kind(word: str) -> str:
    return _KINDS.get(word[:3].lower(), word)


def _numbers(found: re.Match[str]) -> list[str]:
    """The numbers of "Figures 1, 3 to 5"; what stands between the ends of a run is named too."""
    names = [found["first"]]
    for joined, number in re.findall(r"(,|&|and|or|to|through|[-–])\s?(\d{1,2}[A-Za-z]?)", found["more"] or ""):
        low, high = names[-1], number
        if (
            joined in ("to", "through", "-", "–")
            and low.isdigit()
            and high.isdigit()
            and int(low) < int(high) <= int(low) + 20
        ):
            names += [str(between) for between in range(int(low) + 1, int(high))]
        names.append(high)
    return names


def _reports(release: Release, sentence: Sentence) -> Iterator[Record]:
    """Reports and earlier releases with their dates, and reports by their titles."""
    for when in sentence.dates:
        found = _dated(sentence, when)
        if found:
            words = Words(when.period.label, "date")
            fact = release.fact("document.reference", words, sentence.text, when.start, when.end, what=found)
            yield release.record("document", [fact], **cues.said_in(sentence))
    for titled in (*_TITLED.finditer(sentence.plain), *_REPORT_ON.finditer(sentence.plain)):
        words = Words(titled["title"], "text")
        fact = release.fact("document.reference", words, sentence.text, *titled.span("title"), what="report")
        yield release.record("document", [fact], **cues.said_in(sentence))


def _dated(sentence: Sentence, when: When) -> str:
    """What kind of paper a date belongs to: "news release dated March 3, 2021", "(see announcement of 5 May 2020)"."""
    lead = sentence.plain[max(0, when.start - 220) : when.start]
    papers = list(_PAPER.finditer(lead))
    if not papers or when.period.days > 31:
        return ""
    between = lead[papers[-1].end() :].strip(" ,:;()\"'“”–-").lower()
    return " ".join(papers[-1]["what"].lower().split()).rstrip("s") if _DATED.fullmatch(between) else ""
