"""Library: the releases of a book and what was dropped, each read once and kept as long as it stands as it is."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from orebook.checks.families import check_family, families
from orebook.checks.remembered import Remembered
from orebook.desk.answer import AskedWronglyError
from orebook.desk.check import sorted_out
from orebook.desk.config import settings_for
from orebook.desk.crew.batch import Job, done
from orebook.desk.crew.limits import Limits
from orebook.desk.inputs import Input, gather
from orebook.desk.looking import Looked, agreed, look
from orebook.desk.settings import Settings
from orebook.faces.web.papers.readers import Readers
from orebook.faces.web.works import Work, Works
from orebook.ground.finding import GRADES, Finding
from orebook.ground.source import Source
from orebook.ground.telling import heard_by
from orebook.reports.trouble import Trouble

Thing = TypeVar("Thing")

_OPEN = 12
"""So many documents are kept as they were read; of all others only what their list and other releases need."""
_AHEAD = 6
"""So many documents are read before anybody asks for them."""
_LIGHT = 30_000
"""Texts up to so many bytes may be read by the server itself; all else by a process that can be ended."""
_TEXTS = (".md", ".markdown", ".txt", ".htm", ".html")

Stamp = tuple[int, int, Settings]
"""What a document is known by: its size, its time, and the settings under which it is checked."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a list says of a document: who speaks, when, how many facts it states, and what the rules notice."""

    title: str = ""
    issuer: str = ""
    day: str = ""
    facts: int = 0
    findings: tuple[Finding, ...] = ()
    remembered: Remembered | None = None
    trouble: str = ""

    def count(self, grade: str) -> int:
        """How many findings have that grade."""
        return sum(finding.grade == grade for finding in self.findings)

    def with_findings(self, more: Iterable[Finding]) -> "Brief":
        """The same with further findings."""
        return replace(self, findings=(*self.findings, *more))

    @property
    def weight(self) -> tuple[int, ...]:
        """How grave its findings are, to sort by."""
        return tuple(self.count(grade) for grade in reversed(GRADES))


def brief(looked: Looked | Trouble) -> Brief:
    """What a list says of a document that was read, or could not be."""
    if isinstance(looked, Trouble):
        return Brief(trouble="; ".join(filter(None, (looked.what, looked.instead))))
    reading, context = looked.reading, looked.reading.context
    title = next((fact.figure.digits for fact in reading.facts if fact.measure == "document.title"), "")
    return Brief(
        title,
        context.get("issuer", ""),
        context.get("date", ""),
        len(reading.facts),
        looked.checked.findings,
        looked.checked.remembered,
    )


def glance(settings: Settings, item: Input) -> Brief | Trouble:
    """Read a document for what a list says of it."""
    return brief(look(settings, item))


@dataclass(frozen=True, slots=True)
class Held:
    """A document that can be read: its name for people, where it lies, and what it is known by."""

    key: str
    item: Input
    stamp: Stamp

    @property
    def light(self) -> bool:
        """Whether the server may read it itself."""
        return self.stamp[0] <= _LIGHT and self.key.lower().endswith(_TEXTS)


class Library:
    """The documents of one server.

    ``folder`` is that of the releases of its book; ``works`` does what takes long. Documents that were dropped are read
    beside them, and are never among them.
    """

    def __init__(self, folder: Path, works: Works, limits: Limits | None = None) -> None:
        self.folder, self.works = folder, works
        self.readers = Readers(limits)
        self._open: OrderedDict[tuple[str, Stamp], Looked | Trouble] = OrderedDict()
        self._briefs: dict[str, tuple[Stamp, Brief]] = {}
        self._reading: dict[tuple[str, Stamp], Work] = {}
        self._agreed: dict[tuple[str, Stamp], frozenset[Source]] = {}
        self._laid: OrderedDict[Hashable, object] = OrderedDict()
        self._survey: Work | None = None
        self._ahead: Work | None = None
        self._across: tuple[object, Mapping[str, Sequence[Finding]]] = (None, {})
        self._lock = Lock()

    def listed(self) -> dict[str, Held]:
        """The documents in the folder of the releases, by their path in it."""
        if not self.folder.is_dir():
            return {}
        known: dict[Path, Settings] = {}
        found = {}
        for item in gather([str(self.folder)]):
            if isinstance(item, Input):
                key = Path(item.name).relative_to(self.folder).as_posix()
                if (held := held_at(key, item, known)) is not None:
                    found[key] = held
        return found

    def brief(self, held: Held) -> Brief | None:
        """What a list says of a document, if it was read as it stands."""
        stamp, found = self._briefs.get(held.item.name, (None, None))
        return found if stamp == held.stamp else None

    def opened(self, held: Held) -> Looked | Trouble | None:
        """A document as it was read, if it was and is still kept."""
        with self._lock:
            found = self._open.get((held.item.name, held.stamp))
            if found is not None:
                self._open.move_to_end((held.item.name, held.stamp))
        return found

    def read(self, held: Held, link: str) -> Work:
        """Begin to read a document, or go on with what has begun; ``link`` is the page that shows it."""
        name = held.item.name, held.stamp
        with self._lock:
            work = self._reading.get(name)
            if work is None or work.state != "running":
                work = self.works.begin(f"Reading {held.key}", partial(self._read, held), link)
                self._reading = {**self._running(), name: work}
        return work

    def _running(self) -> dict[tuple[str, Stamp], Work]:
        return {name: work for name, work in self._reading.items() if work.state == "running"}

    def _read(self, held: Held, work: Work) -> Looked | Trouble:
        work.step(0, saying=f"{held.stamp[0] / 1000:,.0f} kB")
        found = self.done(Job(held.item, partial(look, held.stamp[2])), held, work)
        with self._lock:
            self._open[held.item.name, held.stamp] = found
            while len(self._open) > _OPEN:
                self._open.popitem(last=False)
            self._briefs[held.item.name] = held.stamp, brief(found)
        return found

    def _minded(self, helds: Sequence[Held]) -> bool:
        """Whether a process reads some documents: where one waits for work, or it is worth its start."""
        return self.readers.begun or len(helds) > _OPEN or not all(held.light for held in helds)

    def done(self, job: Job[Thing], held: Held, work: Work) -> Thing | Trouble:
        """What comes of a job on a document, mostly in a process that can be ended; the work tells how far it is."""
        if self._minded([held]):
            found = self.readers.each([job], work.step)
            return next(found)
        with heard_by(work.step):
            return done(job)

    def ahead(self, link: Callable[[str], str]) -> None:
        """Begin to read before anybody asks: the documents that were put there last, one after the other.

        ``link`` makes the page of a document from its path.
        """
        helds = sorted(self.listed().values(), key=lambda held: held.stamp[1], reverse=True)[:_AHEAD]
        if helds:
            self.readers.begun = True
            self._ahead = self.works.begin("Reading the last releases ahead", partial(self._read_ahead, helds, link))

    def _read_ahead(self, helds: Sequence[Held], link: Callable[[str], str], work: Work) -> None:
        for number, held in enumerate(helds):
            work.step(number, len(helds), held.key)
            if self.opened(held) is None:
                self.works.wait(self.read(held, link(held.key)))
        work.step(len(helds))

    def agreed(self, held: Held) -> frozenset[Source] | None:
        """The places of figures that agree with others, if somebody has asked for them."""
        return self._agreed.get((held.item.name, held.stamp))

    def agree(self, held: Held, link: str) -> Work:
        """Begin to look which figures agree with others; ``link`` is the page that shows them."""
        name = f"{held.item.name} agrees", held.stamp
        with self._lock:
            work = self._reading.get(name)
            if work is None or work.state != "running":
                work = self.works.begin(f"Looking which figures of {held.key} agree", partial(self._agree, held), link)
                self._reading = {**self._running(), name: work}
        return work

    def _agree(self, held: Held, work: Work) -> None:
        work.step(0, saying="every figure is exchanged for another in turn, to see whether a rule would notice")
        found = self.done(Job(held.item, agreed), held, work)
        if isinstance(found, Trouble):
            raise AskedWronglyError(f"{found.what}; {found.instead}")
        with self._lock:
            self._agreed[held.item.name, held.stamp] = found

    def laid(self, state: Hashable, make: Callable[[], Thing]) -> Thing:
        """A document as it is laid out for a page, made once for each state of it that is asked for."""
        with self._lock:
            if state in self._laid:
                self._laid.move_to_end(state)
                return cast(Thing, self._laid[state])
        found = make()
        with self._lock:
            self._laid[state] = found
            while len(self._laid) > _OPEN:
                self._laid.popitem(last=False)
        return found

    def survey(self, link: str) -> Work | None:
        """What is being done to know every release of the book; nothing when all are known."""
        listed = self.listed()
        with self._lock:
            if self._survey is not None and self._survey.state == "running":
                return self._survey
        if self.known(listed):
            return None
        with self._lock:
            self._survey = self.works.begin("Reading the releases of the book", partial(self._look_at, listed), link)
        return self._survey

    def known(self, listed: Mapping[str, Held]) -> bool:
        """Whether every one of some documents was read as it stands, and put beside the others."""
        return self._across[0] == _state(listed.values())

    def _look_at(self, listed: Mapping[str, Held], work: Work) -> None:
        """Read what is not known yet, and put all side by side."""
        if self._ahead is not None:
            work.step(0, saying="the last of them are being read already")
            self.works.wait(self._ahead)
        fresh = [held for held in listed.values() if self.brief(held) is None]
        minded = self._minded(fresh)
        jobs = [Job(held.item, partial(glance, held.stamp[2])) for held in fresh]
        read = self.readers.each(jobs) if minded else map(done, jobs)
        for number, (held, found) in enumerate(zip(fresh, read, strict=True), 1):
            told = brief(found) if isinstance(found, Trouble) else found
            with self._lock:
                self._briefs[held.item.name] = held.stamp, told
            work.step(number, len(fresh), held.key)
        work.step(len(fresh), saying="putting them side by side")
        across = self._noticed(listed.values(), {held.item.name for held in listed.values()})
        with self._lock:
            self._across = _state(listed.values()), across

    def across(self, held: Held, listed: Mapping[str, Held]) -> list[Finding] | None:
        """What other releases say otherwise than a document; nothing as long as they are not all read."""
        if not self.known(listed):
            return None
        name = held.item.name
        among = held.key in listed and listed[held.key].item.name == name
        found = self._across[1] if among else self._noticed([*listed.values(), held], {name})
        return [finding for finding in found.get(name, ()) if held.stamp[2].looks_for(finding.code)]

    def _noticed(self, helds: Iterable[Held], fresh: set[str]) -> dict[str, Sequence[Finding]]:
        told = [self.brief(held) for held in helds]
        together = families([one.remembered for one in told if one is not None and one.remembered is not None], fresh)
        found: dict[str, Sequence[Finding]] = {}
        for family in together.families:
            found |= check_family(family) if family.fresh else {}
        return found


def with_others(looked: Looked, settings: Settings, others: Sequence[Finding]) -> Looked:
    """A document with what other releases say otherwise among its findings, in the order of its text."""
    more = sorted_out(settings, looked.checked.document, others)
    findings = sorted((*looked.checked.findings, *more.findings), key=_place)
    checked = replace(
        looked.checked, findings=tuple(findings), suppressed=(*looked.checked.suppressed, *more.suppressed)
    )
    return replace(looked, checked=checked)


def _place(finding: Finding) -> tuple[int, str]:
    return (finding.sources[0].start if finding.sources else 0), finding.code


def held_at(key: str, item: Input, known: dict[Path, Settings] | None = None, as_if: Path | None = None) -> Held | None:
    """A document with what it is known by, checked ``as_if`` it lay there; nothing when it is there no more."""
    place = Path(item.place or item.name)
    try:
        told = place.stat()
    except OSError:
        return None
    settings = settings_for(str(as_if or item.name), {} if known is None else known)
    return Held(key, item, (told.st_size, told.st_mtime_ns, settings))


def _state(helds: Iterable[Held]) -> object:
    return frozenset((held.item.name, held.stamp) for held in helds)
