"""Hobthrush: a little gold and copper property that never was. Everything in it is INVENTED and SIMULATED.

Nine holes as four people would bring them: collars in a workbook, surveys with semicolons and decimal commas, assays as
Datamine exports them, a log with tabs. Run this file to write the files beside it anew; the tables come out the same to
the byte.
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
from damage import damage  # noqa: E402
from plan import DAYS, HEIGHTS, HOB, HOLES, INTENDED, ORIGIN, STRETCHES, THRUSH, Plan  # noqa: E402

SEED = 65270

OVER_LIMIT = 1_000
"""Gold in hundredths of a gram a tonne from which the fire assay only says that there is more."""


@dataclass
class Sample:
    """A sample: depths in centimetres, gold in hundredths of a g/t (-1 is lost), copper in thousandths of 1 %."""

    hole: str
    start: int
    end: int
    au: int
    cu: int


# --- Holes ---


def collar(plan: Plan) -> sim.Vector:
    """Where a hole begins, so that a straight one meets the vein at the depth that was meant."""
    way = sim.towards(plan.azimuth, plan.dip)
    height = HEIGHTS[plan.name]
    meets = height + plan.vein * way[2]
    east = meets / math.tan(math.radians(HOB[0])) - plan.vein * way[0]
    return round(ORIGIN[0] + east, 2), round(ORIGIN[1] + plan.north, 2), round(ORIGIN[2] + height, 2)


def paths(rng: Generator) -> dict[str, list[sim.Station]]:
    """The surveys of all holes; the vertical one keeps its azimuth, because it has none."""
    found = {}
    for plan in HOLES:
        steep = plan.dip == -90
        path = sim.wandering(rng, plan.depth, every=25.0, azimuth=0.0 if steep else 0.4, dip=0.0 if steep else 0.3)
        found[plan.name] = sim.pointed(path, plan.azimuth, plan.dip)
    return found


def collars() -> list[list[str | float | None]]:
    """The rows of the workbook, heads first."""
    heads = ["Hole ID", "Easting", "Northing", "Elevation", "Azimuth", "Dip", "Final Depth", "Hole Type"]
    rows: list[list[str | float | None]] = [[*heads, "Programme", "Target", "Station", "Status", "Started", "Ended"]]
    for plan in HOLES:
        station = "Low Drift 1" if plan.kind == "underground" else None
        said = ["Diamond", "Spring 2031", "Hob vein", station, plan.status, *DAYS[plan.name]]
        rows.append([plan.name, *collar(plan), plan.azimuth, plan.dip, plan.depth, *said])
    return rows


def surveys(known: dict[str, list[sim.Station]]) -> Iterator[list[str]]:
    """The rows of the survey table, with decimal commas."""
    for hole, stations in known.items():
        for at, azimuth, dip in stations:
            yield [hole, *(sim.written(part, 1).replace(".", ",") for part in (at, azimuth, dip)), "Gyro"]


# --- Samples ---


def samples(rng: Generator) -> list[Sample]:
    """The samples of all holes."""
    found = []
    for hole, start, end, count, mean, low, high in STRETCHES:
        shortest = min(40, end - start)
        depths = sim.cut(rng, start, end, count, step=10, shortest=shortest, longest=150)
        lengths = [below - above for above, below in pairwise(depths)]
        spread = min(mean - low, high - mean)
        rise = sim.drifting(rng, count)
        au = sim.balanced([mean + 0.7 * spread * r for r in rise], lengths, mean, [low] * count, [high] * count)
        copper = [0.0 if gold < 0 else 42 * gold**0.45 * math.exp(0.5 * float(rng.standard_normal())) for gold in au]
        cu = [min(round(each - 30), 4_900) for each in copper]
        found += [Sample(hole, *ends, *grades) for ends, *grades in zip(pairwise(depths), au, cu, strict=True)]
    return found


def gold(hundredths: int) -> tuple[str, str]:
    """Gold by fire assay and, above its upper limit, by gravimetric finish."""
    if hundredths < 0:
        return "IS", ""
    if hundredths >= OVER_LIMIT:
        return ">10", f"{hundredths / 100:.2f}"
    return ("<0.005", "") if hundredths == 0 else (f"{hundredths / 100:.{2 if hundredths >= 100 else 3}f}", "")


def copper(thousandths: int, lost: int) -> str:
    """Copper as the laboratory writes it."""
    if lost < 0:
        return "IS"
    return "<0.001" if thousandths < 1 else f"{thousandths / 1000:.3f}"


def assays(rng: Generator, found: list[Sample]) -> Iterator[list[str]]:
    """The rows of the assay table as Datamine heads them, with controls."""
    number = 80_100
    for core, sample in enumerate(found, 1):
        number += 1
        depths = [sim.depth_text(sample.start), sim.depth_text(sample.end)]
        page = f"HB31-{1 + core // 60:03d}"
        yield [sample.hole, *depths, str(number), "", page, *gold(sample.au), copper(sample.cu, sample.au)]
        if core % 20 == 0:
            number += 1
            noise = 1 + 0.03 * rng.standard_normal(2)
            value = (*gold(round(238 * noise[0])), copper(round(655 * noise[1]), 0))
            yield [sample.hole, "", "", str(number), "STD", page, *value]
        if core % 23 == 0:
            number += 1
            yield [sample.hole, "", "", str(number), "BLK", page, "<0.005", "", "<0.001"]
        if core % 31 == 0 and 0 <= sample.au < OVER_LIMIT:
            number += 1
            noise = 1 + 0.12 * rng.standard_normal(2)
            again = (*gold(round(sample.au * noise[0])), copper(round(sample.cu * noise[1]), 0))
            yield [sample.hole, *depths, str(number), "DUP", page, *again]


def intersections(found: list[Sample]) -> Iterator[list[str]]:
    """What has to come out: gold with what was lost as nothing, copper over what was assayed."""
    for level, hole, start, end in INTENDED:
        low, high = round(float(start) * 100), round(float(end) * 100)
        within = [each for each in found if each.hole == hole and low <= each.start and each.end <= high]
        length, assayed = high - low, [each for each in within if each.au >= 0]
        au = sum(each.au * (each.end - each.start) for each in assayed)
        cu = sum(_copper_value(each) * (each.end - each.start) for each in assayed)
        known = sum(each.end - each.start for each in assayed)
        means = [sim.quotient(au, 100 * length, 4), sim.quotient(cu, 10_000 * known, 5)]
        yield [level, hole, start, end, sim.depth_text(length), *means]


def _copper_value(sample: Sample) -> int:
    """Copper in ten-thousandths of 1 %, half the limit where there is less than that."""
    return 5 if sample.cu < 1 else sample.cu * 10


# --- Rock, density, planes ---


def rocks() -> Iterator[list[str]]:
    """The rows of the log: cover, wall rock, vein and lode."""
    lodes = {
        "HB-01": [("VN", 48.0, 51.5)],
        "HB-02": [("VN", 75.0, 77.2)],
        "HB-03": [("LD", 30.0, 33.4), ("VN", 90.0, 91.3)],
        "HB-04": [("LD", 24.0, 26.5), ("VN", 121.0, 129.0)],
        "HB-05": [("VN", 61.8, 62.2)],
        "HB-06": [("VN", 143.0, 147.0)],
        "HB-07": [("VN", 22.0, 24.4)],
        "HB-08": [("VN", 86.1, 89.0)],
        "HB-09": [("VN", 56.2, 58.9)],
    }
    words = {
        "CV": "Peat and till",
        "AND": "Green andesite, chlorite on joints",
        "VN": "Quartz vein with chalcopyrite",
        "LD": "Flat lode: breccia, quartz and pyrite",
    }
    for plan in HOLES:
        at = 0.0
        cover = [("CV", 0.0, 3.5)] if plan.kind == "surface" else []
        for rock, start, end in [*cover, *lodes[plan.name]]:
            if start > at:
                yield [plan.name, f"{at:.2f}", f"{start:.2f}", "AND", words["AND"]]
            yield [plan.name, f"{start:.2f}", f"{end:.2f}", rock, words[rock]]
            at = end
        yield [plan.name, f"{at:.2f}", f"{plan.depth:.2f}", "AND", words["AND"]]


def domains() -> Iterator[list[str]]:
    """Which zone each bulk interval belongs to."""
    for level, hole, start, end in INTENDED:
        if level == "bulk":
            flat = (hole, start) in {("HB-03", "30.00"), ("HB-04", "24.00")}
            yield [hole, start, end, "Thrush" if flat else "Hob"]


def densities(rng: Generator) -> Iterator[list[str]]:
    """A piece of core every fifteen metres and one in each bulk interval, weighed in air and in water."""
    for plan in HOLES:
        places = {float(at) for at in range(10, int(plan.depth) - 2, 15)}
        places |= {float(start) + 1.2 for level, hole, start, _ in INTENDED if level == "bulk" and hole == plan.name}
        for at in sorted(places):
            rich = any(h == plan.name and float(a) <= at < float(b) for _, h, a, b in INTENDED)
            density = (2.86 if rich else 2.72) + 0.04 * float(rng.standard_normal())
            yield [plan.name, f"{at:.2f}", f"{at + 0.15:.2f}", f"{density:.2f}", "water"]


def recoveries(rng: Generator) -> Iterator[list[str]]:
    """Runs of three metres: how much of the core came up, with the lost piece of HB-06."""
    for plan in HOLES:
        for top in range(3, int(plan.depth), 3):
            end = min(top + 3.0, plan.depth)
            lost = plan.name == "HB-06" and top <= 149.3 < end
            recovery = 78.0 if lost else min(100.0, 99 + float(rng.normal(0, 1.0)))
            sound = max(0.0, min(recovery, recovery - 12 + float(rng.normal(0, 8))))
            yield [plan.name, f"{top:.2f}", f"{end:.2f}", f"{recovery:.0f}", f"{math.floor(sound)}"]


def structures(known: dict[str, list[sim.Station]]) -> Iterator[list[str]]:
    """Contacts of the vein in oriented core, and a fault that is none of it; the line runs along the bottom."""
    for hole, depth, kind, zone, dip, towards in [
        ("HB-01", 48.0, "contact", "Hob", 66.0, 268.0),
        ("HB-01", 51.5, "contact", "Hob", 64.0, 271.0),
        ("HB-02", 75.0, "contact", "Hob", 65.0, 272.0),
        ("HB-04", 40.2, "fault", "", 81.0, 15.0),
        ("HB-04", 121.0, "contact", "Hob", 63.0, 267.0),
        ("HB-06", 143.0, "contact", "Hob", 65.0, 270.0),
        ("HB-06", 147.0, "vein", "Hob", 67.0, 273.0),
        ("HB-07", 22.0, "contact", "Hob", 64.0, 269.0),
    ]:
        angles = in_core(known[hole], depth, dip, towards)
        yield [hole, f"{depth:.2f}", kind, zone, *(sim.written(angle, 1) for angle in angles)]


def in_core(stations: list[sim.Station], depth: float, dip: float, towards: float) -> tuple[float, float]:
    """Alpha and beta of a plane; beta clockwise, from the bottom line to where the plane reaches farthest down."""
    chord = sim.between(stations, depth - 0.01, depth + 0.01)
    axis = _unit(chord)
    normal = sim.upwards(dip, towards)
    sine = sim.dot(normal, axis)
    if sine < 0:
        normal, sine = (-normal[0], -normal[1], -normal[2]), -sine
    farthest = _unit(_less(axis, normal, sine))
    bottom = _unit(_less((0.0, 0.0, -1.0), axis, -axis[2]))
    side = (
        axis[1] * bottom[2] - axis[2] * bottom[1],
        axis[2] * bottom[0] - axis[0] * bottom[2],
        axis[0] * bottom[1] - axis[1] * bottom[0],
    )
    beta = math.degrees(math.atan2(sim.dot(farthest, side), sim.dot(farthest, bottom)))
    return math.degrees(math.asin(sine)), round(beta, 1) % 360


def _less(one: sim.Vector, other: sim.Vector, times: float) -> sim.Vector:
    return one[0] - times * other[0], one[1] - times * other[1], one[2] - times * other[2]


def _unit(vector: sim.Vector) -> sim.Vector:
    size = math.hypot(*vector)
    return vector[0] / size, vector[1] / size, vector[2] / size


def main(folder: Path = HERE) -> None:
    """Write all files of the book into a folder, and the damaged ones into a folder within."""
    rng = np.random.default_rng(SEED)
    known, found = paths(rng), samples(rng)
    sim.save_workbook(folder / "collars.xlsx", {"Collars": collars()})
    head = ["Hole ID", "Depth", "Azimuth", "Dip", "Survey Method"]
    sim.save(folder / "surveys.csv", head, surveys(known), separator=";")
    head = ["BHID", "FROM", "TO", "SAMPID", "SAMPTYPE", "CERTIFICATE", "AU_FA30_GPT", "AU_GRAV_GPT", "CU_PCT"]
    sim.save(folder / "assays.csv", head, assays(rng, found))
    head = ["Hole", "From", "To", "Rock Code", "Description"]
    sim.save(folder / "lithology.tsv", head, rocks(), separator="\t")
    sim.save(folder / "domains.csv", ["Hole", "From", "To", "Zone"], domains())
    sim.save(folder / "densities.csv", ["Hole", "From", "To", "SG", "Method"], densities(rng))
    sim.save(folder / "recoveries.csv", ["Hole", "From", "To", "Recovery %", "RQD %"], recoveries(rng))
    sim.save(folder / "structures.csv", ["Hole", "Depth", "Structure", "Zone", "Alpha", "Beta"], structures(known))
    head = ["Zone", "Aliases", "Dip", "Dip Direction", "Dip Error", "Dip Direction Error", "Basis"]
    planes = [
        ["Hob", "Hob vein", *(f"{angle:.0f}" for angle in HOB), "3", "5", "oriented core"],
        ["Thrush", "Thrush lode", *(f"{angle:.0f}" for angle in THRUSH), "5", "15", "assumed"],
    ]
    sim.save(folder / "zones.csv", head, planes)
    head = ["level", "hole", "from_m", "to_m", "length_m", "au_gpt", "cu_pct"]
    sim.save(folder / "intersections.csv", head, intersections(found))
    (folder / "damaged").mkdir(exist_ok=True)
    damage(folder, folder / "damaged", collars())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
