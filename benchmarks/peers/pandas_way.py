"""The pandas way: holes as categories, merge_asof, repeat and group sums; or its arrays, and a frame at the end."""

import numpy as np
import pandas as pd

from bench_set import BenchSet
from peers import loop_way, numpy_way, whole_way
from peers.numpy_way import REACH, Arrays

PLACE = ["easting_m", "northing_m", "elevation_m"]


class Frames:
    """The set as frames whose holes are categories."""

    def __init__(self, tables: BenchSet) -> None:
        names = tables.collars["hole"].to_list()
        for name, table in zip(BenchSet._fields, tables, strict=True):
            columns = {each: table[each].to_numpy().copy() for each in table.columns[1:]}
            hole = pd.Categorical.from_codes(
                table["hole"].replace_strict({each: k for k, each in enumerate(names)}).to_numpy(), names
            )
            setattr(self, name, pd.DataFrame({"hole": hole, **columns}, copy=False))
        self.collars: pd.DataFrame
        self.surveys: pd.DataFrame
        self.assays: pd.DataFrame


def prepare(tables: BenchSet) -> Frames:
    """The tables as frames; this is not timed."""
    return Frames(tables)


def _arrays(frames: Frames, *grades: str) -> Arrays:
    return Arrays(
        frames.collars[PLACE].to_numpy().T,
        frames.surveys["hole"].cat.codes.to_numpy(),
        np.stack([frames.surveys[name].to_numpy() for name in ("depth_m", "azimuth_deg", "dip_deg")]),
        frames.assays["hole"].cat.codes.to_numpy(),
        frames.assays["from_m"].to_numpy(),
        frames.assays["to_m"].to_numpy(),
        {name: frames.assays[name].to_numpy() for name in grades},
    )


def _framed(frames: Frames, columns: dict[str, np.ndarray]) -> pd.DataFrame:
    hole = pd.Categorical.from_codes(columns.pop("hole"), dtype=frames.assays["hole"].dtype)
    return pd.DataFrame({"hole": hole, **columns}, copy=False)


def desurvey(frames: Frames) -> pd.DataFrame:
    """East, north and up of the middle of each sample, by a search for each station."""
    given = _arrays(frames)
    places = dict(zip(PLACE, numpy_way.desurvey(given), strict=True))
    return _framed(frames, {"hole": given.hole, "from_m": given.start, "to_m": given.end, **places})


def desurvey_asof(frames: Frames) -> pd.DataFrame:
    """The same with ``merge_asof`` over one key of hole and depth."""
    given = _arrays(frames)
    parts = numpy_way.stations(given.station_hole, given.station, given.collar)
    t, n, curvature, place = parts
    right = pd.DataFrame(
        {"key": given.station_hole * REACH + given.station[0], "station": given.station[0], "k": curvature}
        | {f"{name}{axis}": part[axis] for name, part in (("t", t), ("n", n), ("p", place)) for axis in range(3)}
    )
    middle = (given.start + given.end) / 2.0
    joined = pd.merge_asof(pd.DataFrame({"key": given.hole * REACH + middle}), right, on="key")
    d, k = middle - joined["station"].to_numpy(), joined["k"].to_numpy()
    radius = np.divide(1.0, k, out=np.zeros_like(k), where=k > 0.0)
    along = np.where(k > 0.0, np.sin(d * k) * radius, d)
    aside = (1.0 - np.cos(d * k)) * radius
    places = {
        name: joined[f"p{axis}"].to_numpy()
        + along * joined[f"t{axis}"].to_numpy()
        + aside * joined[f"n{axis}"].to_numpy()
        for axis, name in enumerate(PLACE)
    }
    return _framed(frames, {"hole": given.hole, "from_m": given.start, "to_m": given.end, **places})


def composites(frames: Frames, of: tuple[str, ...], length: float) -> pd.DataFrame:
    """Hole, from, to, and for each variable grade and assayed length, of composites with at least half assayed."""
    found = numpy_way.composites(_arrays(frames, *of), of, length)
    names = ["hole", "from_m", "to_m", *(each for name in of for each in (name, f"{name}_assayed_m"))]
    return _framed(frames, dict(zip(names, found, strict=True)))


def composites_grouped(frames: Frames, of: tuple[str, ...], length: float) -> pd.DataFrame:
    """The same with the groups of pandas."""
    table = frames.assays
    first = (table["from_m"].to_numpy() / length).astype(np.int64)
    count = np.ceil(table["to_m"].to_numpy() / length).astype(np.int64) - first
    row = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(row)) - np.repeat(np.cumsum(count) - count - first, count)
    low, end = number * length, table["to_m"].to_numpy()[row]
    overlap = np.minimum(end, low + length) - np.maximum(table["from_m"].to_numpy()[row], low)
    columns: dict[str, np.ndarray] = {"end": end}
    for name in of:
        grade = table[name].to_numpy()[row]
        columns[name] = grade * overlap
        columns[f"{name}_assayed_m"] = np.where(np.isnan(grade), 0.0, overlap)
    key = table["hole"].cat.codes.to_numpy()[row] * np.int64(2**20) + number
    sums = pd.DataFrame(columns, copy=False).groupby(key, sort=False)
    found = sums.sum()
    start = (found.index.to_numpy() % 2**20) * length
    stop = np.minimum(sums["end"].last().to_numpy(), start + length)
    enough = {name: found[f"{name}_assayed_m"].to_numpy() >= 0.5 * (stop - start) - 1e-9 for name in of}
    parts: dict[str, np.ndarray] = {"hole": found.index.to_numpy() // 2**20, "from_m": start, "to_m": stop}
    for name in of:
        assayed = found[f"{name}_assayed_m"].to_numpy()
        with np.errstate(divide="ignore", invalid="ignore"):
            parts[name] = np.where(enough[name], found[name].to_numpy() / assayed, np.nan)
        parts[f"{name}_assayed_m"] = assayed
    kept = np.logical_or.reduce(list(enough.values()))
    return _framed(frames, {name: part[kept] for name, part in parts.items()})


def runs(frames: Frames) -> pd.DataFrame:
    """Runs of samples at the cut-off that are long enough, without dilution: hole, from, to, length, metal."""
    names = ("hole", "from_m", "to_m", "length_m", "metal")
    return _framed(frames, dict(zip(names, numpy_way.runs(_arrays(frames, "au_gpt")), strict=True)))


def runs_grouped(frames: Frames) -> pd.DataFrame:
    """The same with the groups of pandas."""
    ore = frames.assays.loc[frames.assays["au_gpt"] >= 0.5, ["hole", "from_m", "to_m", "au_gpt"]]
    code = ore["hole"].cat.codes.to_numpy()
    apart = np.append(True, (ore["from_m"].to_numpy()[1:] != ore["to_m"].to_numpy()[:-1]) | (code[1:] != code[:-1]))
    held = ore.assign(metal=ore["au_gpt"] * (ore["to_m"] - ore["from_m"]), code=code)
    groups = held.groupby(np.cumsum(apart), sort=False)
    found = groups.agg({"code": "first", "from_m": "first", "to_m": "last", "metal": "sum"})
    found = found[found["to_m"] - found["from_m"] >= 2.0 - 1e-9]
    length = (found["to_m"] - found["from_m"]).to_numpy()
    parts = {"hole": found["code"].to_numpy(), "from_m": found["from_m"].to_numpy(), "to_m": found["to_m"].to_numpy()}
    return _framed(frames, {**parts, "length_m": length, "metal": found["metal"].to_numpy()})


def merged(frames: Frames) -> pd.DataFrame:
    """Runs joined over waste while the mean stays at the cut-off; see ``numpy_way.merged`` for what it does not do."""
    names = ("hole", "from_m", "to_m", "length_m", "metal")
    return _framed(frames, dict(zip(names, numpy_way.merged(_arrays(frames, "au_gpt")), strict=True)))


def looped(frames: Frames) -> pd.DataFrame:
    """The best intersections, by a function of plain Python for each hole."""
    rows = []
    for hole, table in frames.assays.groupby("hole", sort=False, observed=True):
        found = loop_way.best_of_hole(*(table[name].tolist() for name in ("from_m", "to_m", "au_gpt")))
        rows += [(hole, low, high, high - low, metal) for low, high, metal in found]
    return pd.DataFrame(rows, columns=["hole", "from_m", "to_m", "length_m", "metal"])


def whole_intersections(frames: Frames) -> pd.DataFrame:
    """The best intersections with all columns, by arrays in lock step."""
    return _framed(frames, whole_way.intersections(_arrays(frames, "au_gpt")))


def whole_composites(frames: Frames, of: tuple[str, ...], length: float) -> pd.DataFrame:
    """Composites with all columns, by arrays, and a frame of those that are not given."""
    found, rejected = whole_way.composites(_arrays(frames, *of), of, length)
    _framed(frames, rejected)
    return _framed(frames, found)


def whole_desurvey(frames: Frames) -> pd.DataFrame:
    """Places with remarks, none beyond the end of a hole."""
    return _framed(frames, whole_way.desurvey(_arrays(frames), frames.collars["depth_m"].to_numpy()))
