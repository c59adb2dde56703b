"""Crater Lake: the collars are those of the release of November 4, 2020; surveys, assays and rock are SIMULATED.

The samples composite to the intervals that Imperial Mining Group Ltd. published. Run this file to write the tables
beside it anew; they come out the same to the byte.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.random import Generator

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
import simulation as sim  # noqa: E402

SEED = 20201104

COLLARS = [
    # up to the depth as in Table 2; target and section from the text; days simulated
    ("CL20036", 440245, 6131700, 518, 255, -55, "161.50", "STG", "", "2020-08-14", "2020-08-17"),
    ("CL20037", 440870, 6133665, 540, 305, -60, "254.05", "TG Zone", "450N", "2020-08-18", "2020-08-23"),
    ("CL20038", 440825, 6133270, 522, 305, -50, "143.08", "TG Zone", "100N", "2020-08-24", "2020-08-27"),
    ("CL20039", 442230, 6134800, 527, 340, -45, "117.00", "Northern Target", "", "2020-08-28", "2020-08-31"),
]

ZONE_DIP, ZONE_TOWARDS = 53.0, 125.0
"""A plane that makes the published 110 m of true width out of the 119.85 m from the first to the last interval."""

PACKAGE = (127.81, 247.66)

OXIDES = {
    "La2O3": 16.6,
    "CeO2": 37.9,
    "Pr6O11": 4.55,
    "Nd2O3": 17.4,
    "Sm2O3": 3.35,
    "Eu2O3": 0.33,
    "Gd2O3": 2.62,
    "Tb4O7": 0.39,
    "Dy2O3": 2.06,
    "Ho2O3": 0.39,
    "Er2O3": 1.08,
    "Tm2O3": 0.16,
    "Yb2O3": 1.05,
    "Lu2O3": 0.16,
    "Y2O3": 9.9,
}
"""The oxides and roughly how much of each hundred parts of TREO+Y they are."""

MAGNET = ("Pr6O11", "Nd2O3", "Tb4O7", "Dy2O3")
FINE = ("Eu2O3", "Tb4O7", "Ho2O3", "Tm2O3", "Yb2O3", "Lu2O3")
"""Oxides given with two digits after the point; the others have one."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of core in centimetres, and what its samples have to average to."""

    hole: str
    start: int
    end: int
    samples: int
    sc: float
    sc_low: float
    sc_high: float
    treo: float
    share: float
    group: str = ""
    sparse: tuple[int, ...] = ()
    """Numbers of samples within the stretch that lie below the cut-off of their level: internal waste."""
    sparse_low: float = 0.0
    sparse_high: float = 0.0


def waste(
    hole: str,
    start: int,
    end: int,
    samples: int,
    sc: float,
    treo: float,
    share: float,
    *,
    sc_low: float = 18,
    sc_high: float = 94,
) -> Stretch:
    """A stretch without anything to report: below every cut-off."""
    return Stretch(hole, start, end, samples, sc, sc_low, sc_high, treo, share)


STRETCHES = [
    waste("CL20036", 5_770, 5_900, 2, 38, 620, 22.6),
    waste("CL20036", 5_900, 14_900, 92, 61, 1_240, 23.1),
    waste("CL20036", 14_900, 15_050, 2, 35, 540, 22.4),
    waste("CL20037", 12_500, 12_685, 2, 34, 560, 22.3),
    waste("CL20037", 12_685, 12_781, 1, 86, 1_480, 23.8),
    Stretch("CL20037", 12_781, 13_411, 6, 180.0, 171, 194, treo=3_160, share=24.1),
    Stretch("CL20037", 13_411, 13_631, 2, 137.4, 124, 166, treo=2_916.4, share=24.4, group="shoulder"),
    Stretch("CL20037", 13_631, 14_561, 9, 195.0, 172, 228, 3_170, 24.3, "", (4,), 158, 168),
    Stretch("CL20037", 14_561, 15_695, 12, 137.4, 124, 166, 2_916.4, 24.4, "shoulder", (5,), 102, 116),
    waste("CL20037", 15_695, 17_305, 16, 71, 1_650, 23.9),
    Stretch("CL20037", 17_305, 19_070, 18, 194.0, 173, 221, treo=3_320, share=24.4),
    waste("CL20037", 19_070, 19_190, 1, 79, 1_390, 23.6),
    waste("CL20037", 19_190, 20_725, 15, 33, 610, 22.2),
    waste("CL20037", 20_725, 20_782, 1, 81, 1_520, 23.7),
    Stretch("CL20037", 20_782, 21_852, 11, 151.8, 126, 168, 3_890, 24.4, "", (6,), 105, 118),
    waste("CL20037", 21_852, 22_597, 7, 69, 1_710, 23.5),
    Stretch("CL20037", 22_597, 23_850, 13, 163.8, 141, 169, treo=4_000, share=23.82),
    Stretch("CL20037", 23_850, 24_766, 9, 195.0, 174, 226, treo=4_450, share=24.0),
    waste("CL20037", 24_766, 24_935, 2, 41, 720, 22.8),
    waste("CL20038", 5_200, 6_140, 9, 36, 640, 22.4),
    Stretch("CL20038", 6_140, 6_400, 3, 159.0, 131, 196, treo=7_100, share=23.6),
    waste("CL20038", 6_400, 7_710, 13, 47, 980, 22.9),
    Stretch("CL20038", 7_710, 7_790, 1, 131.0, 131, 131, treo=4_380, share=23.7),
    waste("CL20038", 7_790, 9_215, 14, 40, 880, 22.7),
    Stretch("CL20038", 9_215, 9_575, 4, 125.2, 106, 147, treo=5_000, share=24.0),
    waste("CL20038", 9_575, 11_720, 22, 37, 760, 22.6),
    waste("CL20039", 3_800, 8_000, 39, 14, 310, 21.4, sc_low=4, sc_high=33),
]

ROCKS = [
    ("CL20036", 0, 420, "OVB", "Overburden"),
    ("CL20036", 420, 5_900, "MONZ", "Grey monzonite"),
    ("CL20036", 5_900, 14_900, "FSYE-A", "Ferrosyenite rich in amphibole, strongly magnetic"),
    ("CL20036", 14_900, 16_150, "MONZ", "Grey monzonite"),
    ("CL20037", 0, 290, "OVB", "Overburden"),
    ("CL20037", 290, 12_685, "MONZ", "Monzonite with a few dykes"),
    ("CL20037", 12_685, 19_190, "FSYE-O", "Olivine ferrosyenite, magnetic"),
    ("CL20037", 19_190, 20_725, "MONZ", "Monzonite"),
    ("CL20037", 20_725, 24_766, "FSYE-O", "Olivine ferrosyenite, magnetic"),
    ("CL20037", 24_766, 25_405, "MONZ", "Monzonite"),
    ("CL20038", 0, 350, "OVB", "Overburden"),
    ("CL20038", 350, 6_140, "MONZ", "Monzonite"),
    ("CL20038", 6_140, 6_400, "FSYE", "Narrow ferrosyenite"),
    ("CL20038", 6_400, 7_710, "MONZ", "Monzonite"),
    ("CL20038", 7_710, 7_790, "FSYE", "Narrow ferrosyenite"),
    ("CL20038", 7_790, 9_215, "MONZ", "Monzonite"),
    ("CL20038", 9_215, 9_575, "FSYE", "Narrow ferrosyenite"),
    ("CL20038", 9_575, 14_308, "MONZ", "Monzonite"),
    ("CL20039", 0, 510, "OVB", "Overburden"),
    ("CL20039", 510, 11_700, "SYE", "Coarse syenite, some pyroxene and amphibole"),
]

CONTROL_EVERY = 19
"""A standard or a blank, in turn, after so many samples of core."""


@dataclass
class Sample:
    """A sample of core, before its oxides are told apart; depths in centimetres, the rest in ppm."""

    stretch: Stretch
    start: int
    end: int
    sc: int = 0
    treo: int = 0
    magnet: int = 0

    @property
    def length(self) -> int:
        """Length of the sample."""
        return self.end - self.start


def samples(rng: Generator) -> list[Sample]:
    """All samples of core in the order in which they were taken."""
    found: list[Sample] = []
    for stretch in STRETCHES:
        shortest = min(50, stretch.end - stretch.start)
        depths = sim.cut(rng, stretch.start, stretch.end, stretch.samples, step=1, shortest=shortest, longest=150)
        found += [Sample(stretch, above, below) for above, below in pairwise(depths)]
    for group in _groups(found):
        _grade(rng, group)
    return found


def _groups(found: list[Sample]) -> Iterator[list[Sample]]:
    """The samples that are balanced together: those of a stretch, or of the stretches of one name."""
    for stretch in STRETCHES:
        named = [s for s in found if s.stretch is stretch or (stretch.group and s.stretch.group == stretch.group)]
        if named[0].stretch is stretch:
            yield named


def _grade(rng: Generator, group: list[Sample]) -> None:
    """Give samples their scandium, their TREO+Y and their magnet oxides, so that the means come out."""
    aim = group[0].stretch
    lengths = [sample.length for sample in group]
    low, high = [], []
    for sample in group:
        own = sample.stretch
        place = [other for other in group if other.stretch is own].index(sample)
        sparse = place in own.sparse
        low.append(own.sparse_low if sparse else own.sc_low)
        high.append(own.sparse_high if sparse else own.sc_high)
    reach = min(aim.sc_high - aim.sc, aim.sc - aim.sc_low) or 0
    rise = sim.drifting(rng, len(group))
    sc = sim.balanced([aim.sc + 0.6 * reach * r for r in rise], lengths, aim.sc, low, high)
    weigh = [0.7 * r + 0.7 * d for r, d in zip(rise, sim.drifting(rng, len(group)), strict=True)]
    wide = 0.16 if len(group) > 1 else 0.0
    treo = sim.balanced(
        [aim.treo * (1 + wide * w) for w in weigh],
        lengths,
        aim.treo,
        [0.45 * aim.treo] * len(group),
        [1.55 * aim.treo] * len(group),
    )
    mean = sum(t * length for t, length in zip(treo, lengths, strict=True)) / sum(lengths)
    # where there is more of everything the magnet oxides are a smaller share of it: a mean by length alone is wrong
    share = [
        aim.share - 7.0 * wide * w + 0.25 * float(d)
        for w, d in zip(weigh, rng.standard_normal(len(group)), strict=True)
    ]
    magnet = sim.balanced(
        [t * s / 100 for t, s in zip(treo, share, strict=True)],
        lengths,
        mean * aim.share / 100,
        [0.18 * t for t in treo],
        [0.30 * t for t in treo],
    )
    for sample, *amounts in zip(group, sc, treo, magnet, strict=True):
        sample.sc, sample.treo, sample.magnet = amounts


def oxides(rng: Generator, treo: float, magnet: float) -> list[str]:
    """The fifteen oxides of a sample as the laboratory writes them."""
    of_magnet = {name: part for name, part in OXIDES.items() if name in MAGNET}
    of_others = {name: part for name, part in OXIDES.items() if name not in MAGNET}
    amounts = sim.shared_out(magnet, of_magnet, rng, spread=0.03)
    amounts |= sim.shared_out(treo - magnet, of_others, rng, spread=0.05)
    return [sim.written(amounts[name], 2 if name in FINE else 1) for name in OXIDES]


def assays(rng: Generator) -> Iterator[list[str]]:
    """The rows of the assay table: core, and every so often a standard or a blank, numbered through."""
    number, core, controls = 437_000, 0, 0
    for sample in samples(rng):
        number, core = number + 1, core + 1
        depths = [sim.depth_text(sample.start), sim.depth_text(sample.end)]
        page = f"SIMULATED-{1 + core // 120}"
        values = oxides(rng, sample.treo, sample.magnet)
        yield [sample.stretch.hole, *depths, f"K{number}", "Original", page, str(sample.sc), *values]
        if core % CONTROL_EVERY == 0:
            number, controls = number + 1, controls + 1
            kind = "Standard" if controls % 2 else "Blank"
            sc, treo = (118, 5_200.0) if kind == "Standard" else (2, 30.0)
            sc = max(1, round(sc * (1 + 0.03 * float(rng.standard_normal()))))
            treo *= 1 + 0.02 * float(rng.standard_normal())
            values = oxides(rng, treo, 0.235 * treo)
            yield [sample.stretch.hole, "", "", f"K{number}", kind, page, str(sc), *values]


def surveys(rng: Generator) -> Iterator[list[str]]:
    """The rows of the survey table: the published direction at the collar and a slow drift below.

    Drawn again until the ends of the holes come out at the heights that straight holes would have to the metre, the
    base of the last interval of CL20037 at 214.5 m and its package at 110 m of true width.
    """
    for hole, _, _, elevation, azimuth, dip, depth, *_ in COLLARS:
        straight = float(depth) * sim.towards(azimuth, dip)[2]
        while True:
            path = sim.wandering(rng, float(depth), every=30.0, azimuth=0.3, dip=0.2)
            stations = sim.pointed(path, azimuth, dip)
            ends = sim.displaced(stations, float(depth))[2]
            if abs(ends - straight) > 0.3 or round(elevation + ends) != round(elevation + straight):
                continue
            if hole != "CL20037" or _as_published(stations):
                break
        for at, turned, lifted in stations:
            yield [hole, sim.written(at, 1), sim.written(turned, 1), sim.written(lifted, 1), "multi-shot"]


def _as_published(stations: list[sim.Station]) -> bool:
    """Whether depth and width of the package print as published."""
    width = abs(sim.dot(sim.between(stations, *PACKAGE), sim.upwards(ZONE_DIP, ZONE_TOWARDS)))
    below = -sim.displaced(stations, PACKAGE[1])[2]
    return abs(width - 110) < 0.4 and abs(below - 214.5) < 0.03


def main(folder: Path = HERE) -> None:
    """Write all tables of the book into a folder."""
    rng = np.random.default_rng(SEED)
    head = ["Hole", "Easting (m)", "Northing (m)", "Elevation (m)", "Azimuth", "Dip", "Depth (m)"]
    collars = [[*map(str, row[:7]), "Diamond", "Summer 2020", *row[7:9], "Released", *row[9:]] for row in COLLARS]
    extra = ["Hole Type", "Programme", "Target", "Section", "Status", "Started", "Ended"]
    sim.save(folder / "collars.csv", [*head, *extra], collars)
    sim.save(folder / "surveys.csv", ["Hole", "Depth (m)", "Azimuth", "Dip", "Survey Method"], surveys(rng))
    head = [
        "Hole",
        "From (m)",
        "To (m)",
        "Sample",
        "Type",
        "Certificate",
        "Sc_ppm",
        *(f"{name}_ppm" for name in OXIDES),
    ]
    sim.save(folder / "assays.csv", head, assays(rng))
    rocks = ([hole, sim.depth_text(top), sim.depth_text(end), *said] for hole, top, end, *said in ROCKS)
    sim.save(folder / "lithology.csv", ["Hole", "From (m)", "To (m)", "Rock", "Description"], rocks)
    sim.save(folder / "domains.csv", ["Hole", "From (m)", "To (m)", "Zone"], [["CL20037", *map(str, PACKAGE), "TG"]])
    plane = [sim.written(ZONE_DIP, 1), sim.written(ZONE_TOWARDS, 1), "5", "10"]
    head = ["Zone", "Aliases", "Dip", "Dip Direction", "Dip Error", "Dip Direction Error", "Basis"]
    sim.save(folder / "zones.csv", head, [["TG", "TG Zone|TGZ|TG Target", *plane, "assumed"]])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
