"""Ruddock Creek: 76 underground holes, all SIMULATED, whose samples composite to the 21 published intervals.

Published by Imperial Metals Corporation on October 25, 2011: the intervals with their grades and true thicknesses, the
number of holes, of metres and of stations, the extents and the dip of the zone. Everything else is drawn here, from a
fixed seed. Run this file to write the tables beside it anew; they come out the same to the byte.
"""

import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.random import Generator

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import simulation as sim  # noqa: E402
from holes import DIP, NORMAL, ORIGIN, PUBLISHED, TOWARDS, Hole, Interval, programme  # noqa: E402

SEED = 20111025

PENDING = (94, 106, 107)
"""Holes whose results are still awaited."""

INTERNAL_WASTE = {57: 5, 83: 7, 109: 4}
"""Which sample of a hole's longest interval lies below the cut-off."""


# --- Samples ---


@dataclass
class Sample:
    """A sample: depths in centimetres, grades in hundredths of a per cent."""

    start: int
    end: int
    zn: int
    pb: int


def sampled(rng: Generator, hole: Hole) -> list[Sample]:
    """The samples of a hole: its intervals or what it met of the zone, and a few metres on either side."""
    stretches: list[tuple[int, int, Interval | None]] = [(each.start, each.end, each) for each in hole.intervals]
    stretches = stretches or [(start, end, None) for start, end in hole.zone]
    found: list[Sample] = []
    reached = 0
    for k, (start, end, interval) in enumerate(stretches):
        above = max(reached, start - int(rng.integers(20, 40)) * 10)
        found += _weak(rng, above, start, 60)
        found += _rich(rng, interval, hole.number) if interval else _weak(rng, start, end, 180)
        reached = end
        following = stretches[k + 1][0] if k + 1 < len(stretches) else hole.depth * 10
        below = min(following, end + int(rng.integers(20, 40)) * 10)
        found += _weak(rng, end, below, 60)
        reached = below
    if not hole.intervals and hole.number % 8 == 1:
        _short_hit(rng, found)
    return found


def _pieces(rng: Generator, start: int, end: int) -> list[int]:
    """Depths at which about a metre each is cut off."""
    count = max(1, round((end - start) / 100))
    shortest, longest = min(50, (end - start) // 10 * 10), max(150, end - start if count == 1 else 0)
    return sim.cut(rng, start, end, count, step=10, shortest=shortest, longest=longest)


def _weak(rng: Generator, start: int, end: int, zn: float) -> list[Sample]:
    """Samples with little in them, always well below the cut-off."""
    if end <= start:
        return []
    depths = _pieces(rng, start, end)
    found = []
    for above, below in pairwise(depths):
        grade = min(zn * math.exp(0.9 * float(rng.standard_normal())) - 8, 330)
        lead = min(max(grade, 0) * 0.2 * math.exp(0.4 * float(rng.standard_normal())) - 1, 110)
        found.append(Sample(above, below, max(0, round(grade)), max(0, round(lead))))
    return found


def _rich(rng: Generator, interval: Interval, number: int) -> list[Sample]:
    """The samples of a published interval."""
    depths = _pieces(rng, interval.start, interval.end)
    lengths = [below - above for above, below in pairwise(depths)]
    count = len(lengths)
    longest = max(PUBLISHED[number][2], key=lambda each: each.end - each.start)
    waste = INTERNAL_WASTE.get(number) if interval is longest else None
    rise = sim.drifting(rng, count, memory=0.3)
    ends = (0, count - 1)
    zn_low = [60.0 if k == waste else 560.0 if k in ends else 520.0 for k in range(count)]
    zn_high = [290.0 if k == waste else 3_900.0 for k in range(count)]
    zn = sim.balanced([interval.zn * (1 + 0.3 * r) for r in rise], lengths, interval.zn, zn_low, zn_high)
    ratio = interval.pb / interval.zn
    lead = [z * ratio * (1 + 0.2 * float(d)) for z, d in zip(zn, rng.standard_normal(count), strict=True)]
    pb_high = [90.0 if k == waste else 1_200.0 for k in range(count)]
    pb = sim.balanced(lead, lengths, interval.pb, [10.0] * count, pb_high)
    return [Sample(a, b, z, p) for a, b, z, p in zip(depths, depths[1:], zn, pb, strict=False)]


def _short_hit(rng: Generator, samples: list[Sample]) -> None:
    """Make one sample rich that is shorter than an intersection may be."""
    short = [sample for sample in samples if sample.end - sample.start < 100]
    if short:
        hit = short[len(short) // 2]
        hit.zn, hit.pb = int(rng.integers(620, 1_150)), int(rng.integers(90, 240))


def percent(hundredths: int) -> str:
    """A grade as the laboratory writes it: what it cannot see is below a hundredth of a per cent."""
    return "<0.01" if hundredths < 1 else f"{hundredths / 100:.2f}"


def assays(rng: Generator, holes: list[Hole]) -> Iterator[list[str]]:
    """The rows of the assay table, with a standard, a blank and a field duplicate in every batch."""
    number, core = 610_000, 0
    for hole in holes:
        if hole.number in PENDING:
            continue
        for sample in sampled(rng, hole):
            number, core = number + 1, core + 1
            page = f"SIMULATED-{1 + core // 80:02d}"
            depths = [sim.depth_text(sample.start, 1), sim.depth_text(sample.end, 1)]
            yield [hole.name, *depths, f"R{number}", "Original", page, percent(sample.zn), percent(sample.pb)]
            for every, kind in ((20, "Standard"), (25, "Blank"), (30, "Field duplicate")):
                if core % every == 0:
                    number += 1
                    yield [hole.name, *_control(rng, kind, sample, depths, f"R{number}", page)]


def _control(rng: Generator, kind: str, sample: Sample, depths: list[str], tag: str, page: str) -> list[str]:
    """A row of quality control; only a duplicate has a place in the hole."""
    noise = 1 + 0.04 * rng.standard_normal(2)
    if kind == "Field duplicate":
        return [*depths, tag, kind, page, percent(round(sample.zn * noise[0])), percent(round(sample.pb * noise[1]))]
    if kind == "Standard":
        return ["", "", tag, kind, page, percent(round(742 * noise[0])), percent(round(158 * noise[1]))]
    return ["", "", tag, kind, page, "<0.01", "<0.01"]


# --- Planes measured in the core ---


def structures(holes: list[Hole]) -> Iterator[list[str]]:
    """Two contacts in each interval whose thickness the plane of the zone does not give."""
    for hole in holes:
        for interval in hole.intervals:
            if interval.local:
                for share, (dip, towards) in zip((0.25, 0.75), _local_planes(hole, interval), strict=True):
                    depth = round(interval.start / 100 + share * (interval.end - interval.start) / 100, 1)
                    axis = sim.between(hole.path, depth - 0.01, depth + 0.01)
                    sine = abs(sim.dot(axis, sim.upwards(dip, towards))) / math.hypot(*axis)
                    angles = [sim.written(a, 1) for a in (dip, towards, math.degrees(math.asin(sine)))]
                    yield [hole.name, sim.written(depth, 1), "contact", "Lower E", *angles]


def _local_planes(hole: Hole, interval: Interval) -> list[tuple[float, float]]:
    """Two planes that differ a little, as near to the zone's as the published thickness of an interval allows."""
    chord = sim.between(hole.path, interval.start / 100, interval.end / 100)
    fitting = [
        (half / 2, float(towards))
        for half in range(4, 178)
        for towards in range(360)
        if abs(abs(sim.dot(chord, sim.upwards(half / 2, towards))) - interval.thickness) < 0.01
    ]
    fitting.sort(key=lambda plane: -round(sim.dot(NORMAL, sim.upwards(*plane)), 9))
    first = fitting[0]
    return [first, next(plane for plane in fitting if abs(plane[1] - first[1]) >= 4 and plane[0] != first[0])]


# --- Tables ---


def collars(holes: list[Hole]) -> Iterator[list[str]]:
    """The rows of the collar table."""
    for hole in holes:
        place = [f"{a + b:.3f}" for a, b in zip(ORIGIN, hole.collar, strict=True)]
        direction = [sim.written(angle, 1) for angle in hole.path[0][1:]]
        status = "Results pending" if hole.number in PENDING else "Released"
        said = ["Diamond", "Underground 2010-2011", "Lower E", hole.station.name, status]
        yield [hole.name, *place, *direction, f"{hole.depth / 10:.1f}", *said, str(hole.started), str(hole.ended)]


def surveys(holes: list[Hole]) -> Iterator[list[str]]:
    """The rows of the survey table."""
    for hole in holes:
        for at, azimuth, dip in hole.path:
            yield [hole.name, sim.written(at, 1), sim.written(azimuth, 1), sim.written(dip, 1), "multi-shot"]


def rocks(holes: list[Hole]) -> Iterator[list[str]]:
    """The rows of the lithology table: what lies above the zone, the zone, and what lies below."""
    for hole in holes:
        depth = 0
        for start, end in hole.zone:
            met = ["MS", "Massive sulphide, sphalerite and galena"] if hole.intervals else ["SSX", "Sulphide stringers"]
            for top, base, said in (
                (depth, start, ["CSG", "Calc-silicate gneiss with pegmatite"]),
                (start, end, met),
            ):
                yield [hole.name, sim.depth_text(top, 1), sim.depth_text(base, 1), *said]
            depth = end
        yield [hole.name, sim.depth_text(depth, 1), f"{hole.depth / 10:.1f}", "QBS", "Quartz-biotite schist"]


def main(folder: Path = HERE) -> None:
    """Write all tables of the book into a folder."""
    rng = np.random.default_rng(SEED)
    holes = programme(rng)
    head = ["HoleID", "Easting_m", "Northing_m", "RL_m", "Azimuth", "Dip", "EOH_m"]
    extra = ["Hole Type", "Programme", "Target", "Station", "Status", "Started", "Ended"]
    sim.save(folder / "collars.csv", [*head, *extra], collars(holes))
    sim.save(folder / "surveys.csv", ["HoleID", "Depth_m", "Azimuth", "Dip", "Survey Method"], surveys(holes))
    head = ["HoleID", "From_m", "To_m", "SampleID", "Sample Type", "Certificate", "Zn_pct", "Pb_pct"]
    sim.save(folder / "assays.csv", head, assays(rng, holes))
    sim.save(folder / "lithology.csv", ["HoleID", "From_m", "To_m", "Rock Code", "Description"], rocks(holes))
    met = ([hole.name, sim.depth_text(a, 1), sim.depth_text(b, 1), "Lower E"] for hole in holes for a, b in hole.zone)
    sim.save(folder / "domains.csv", ["HoleID", "From_m", "To_m", "Zone"], met)
    head = ["HoleID", "Depth_m", "Structure", "Zone", "Dip", "Dip Direction", "Alpha"]
    sim.save(folder / "structures.csv", head, structures(holes))
    head = ["Zone", "Aliases", "Dip", "Dip Direction", "Dip Error", "Dip Direction Error", "Basis"]
    plane = ["Lower E", "Lower E zone|lower E", str(DIP), str(TOWARDS), "2", "5", "mapped"]
    sim.save(folder / "zones.csv", head, [plane])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
