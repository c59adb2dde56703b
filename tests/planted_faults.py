"""Invented tables without a fault, and for each rule on tables a way to plant the one fault that it is named after."""

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl

from orebook.checks import folder
from orebook.checks.table_example import tables_from_text
from orebook.checks.table_rule import Tables


def clean(seed: int) -> Tables:
    """Tables without a fault: numbered holes that are surveyed, sampled and logged from their collar to their end."""
    luck = random.Random(seed)
    count = luck.randint(6, 9)
    names = [f"CL{20036 + number}" for number in range(count)]
    rows: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("collars", "surveys", "assays", "lithology", "densities", "recoveries")
    }
    for number, name in enumerate(names):
        depth = 2.0 * luck.randint(50, 70)
        azimuth, dip = luck.randint(0, 359), luck.randint(-75, -50)
        rows["collars"].append(
            {
                "hole": name,
                "easting_m": round(432_000 + 60.0 * number + luck.random(), 2),
                "northing_m": round(6_132_000 + luck.random() * 500, 2),
                "elevation_m": round(310 + number + luck.random(), 2),
                "azimuth_deg": float(azimuth),
                "dip_deg": float(dip),
                "depth_m": depth,
                "started": "2020-09-01",
                "ended": "2020-09-09",
            }
        )
        for station in [*range(0, int(depth) - 10, 30), int(depth)]:
            rows["surveys"].append(
                {
                    "hole": name,
                    "depth_m": float(station),
                    "azimuth_deg": (azimuth + luck.uniform(0, 0.5) + 360) % 360,
                    "dip_deg": dip + round(luck.uniform(-1, 1), 1),
                }
            )
        _along(rows, name, depth, luck)
    frames = {name: pl.DataFrame(table) for name, table in rows.items()}
    return Tables(frames, crs="EPSG:26920", azimuth_reference="grid")


def _along(rows: dict[str, list[dict[str, object]]], name: str, depth: float, luck: random.Random) -> None:
    for step in range(int(depth / 2)):
        rows["assays"].append(
            {
                "hole": name,
                "from_m": 2.0 * step,
                "to_m": 2.0 * step + 2.0,
                "sample": f"E{len(rows['assays']):06d}",
                "au_gpt": luck.randint(2, 900) / 100,
                "ni_pct": luck.randint(1500, 9999) / 10_000,
                "sio2_pct": luck.randint(4000, 5000) / 100,
                "al2o3_pct": luck.randint(1000, 1900) / 100,
                "fe_pct": luck.randint(500, 900) / 100,
            }
        )
        rows["recoveries"].append(
            {
                "hole": name,
                "from_m": 2.0 * step,
                "to_m": 2.0 * step + 2.0,
                "recovery_pct": float(luck.randint(80, 100)),
                "rqd_pct": float(luck.randint(20, 79)),
            }
        )
    middle = 2.0 * luck.randint(5, 20)
    rows["lithology"] += [
        {"hole": name, "from_m": 0.0, "to_m": middle, "rock": "gabbro"},
        {"hole": name, "from_m": middle, "to_m": depth, "rock": "granite"},
    ]
    rows["densities"].append({"hole": name, "from_m": 12.0, "to_m": 12.2, "density_tpm3": luck.randint(260, 320) / 100})


Plant = Callable[[Tables, random.Random], Tables]
PLANTS: dict[str, Plant] = {}


def plants(code: str) -> Callable[[Plant], Plant]:
    """Say that a function plants the one fault of a rule."""
    return lambda plant: PLANTS.setdefault(code, plant)


def given_frame(tables: Tables, name: str, frame: pl.DataFrame) -> Tables:
    """The tables with another frame in the place of one."""
    return replace(tables, frames={**tables.frames, name: frame})


def at_row(tables: Tables, name: str, row: int, **values: object) -> Tables:
    """The tables with some values of one row changed."""
    frame = tables.frame(name).with_row_index("row")
    changed = [
        pl.when(pl.col("row") == row).then(pl.lit(value, frame[column].dtype)).otherwise(column).alias(column)
        for column, value in values.items()
    ]
    return given_frame(tables, name, frame.with_columns(changed).drop("row"))


def with_row(tables: Tables, name: str, like: int, **values: object) -> Tables:
    """The tables with one more row: a copy of another with some values changed."""
    frame = tables.frame(name)
    row = frame.row(like, named=True) | values
    return given_frame(tables, name, pl.concat([frame, pl.DataFrame([row], schema=frame.schema)]))


def renamed(tables: Tables, name: str, new: str) -> Tables:
    """The tables with another name for one hole, everywhere."""
    frames = {table: frame.with_columns(pl.col("hole").replace(name, new)) for table, frame in tables.frames.items()}
    return replace(tables, frames=frames)


def scaled(tables: Tables, name: str, factor: float, *columns: str) -> Tables:
    """The tables with some columns times a factor."""
    frame = tables.frame(name).with_columns((pl.col(column) * factor).round(3) for column in columns)
    return given_frame(tables, name, frame)


def hole(tables: Tables, place: int) -> str:
    """The name of one hole."""
    return str(tables.frame("collars")["hole"][place])


def rows_of(tables: Tables, name: str, which: str) -> list[int]:
    """The rows of a table that belong to a hole."""
    return (tables.frame(name)["hole"] == which).arg_true().to_list()


def inside(tables: Tables, luck: random.Random, name: str = "assays") -> int:
    """A row of a table that is neither the first nor the last of its hole."""
    rows = rows_of(tables, name, hole(tables, luck.randrange(tables.frame("collars").height)))
    return luck.choice(rows[1:-1])


@plants("T101")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "collars", 0, hole=luck.choice([None, " ", ""]), easting_m=432_001.5)


@plants("T102")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "collars", luck.randrange(5), easting_m=432_001.5)


@plants("T103")
def _(tables: Tables, luck: random.Random) -> Tables:
    return renamed(tables, hole(tables, -1), hole(tables, luck.randrange(4)).lower())


@plants("T104")
def _(tables: Tables, luck: random.Random) -> Tables:
    name = hole(tables, luck.randrange(4))
    return renamed(
        tables, hole(tables, -1), luck.choice([f"CL-{name[2:]}", f"CL0{name[2:]}", name.replace("200", "2O0")])
    )


@plants("T105")
def _(tables: Tables, luck: random.Random) -> Tables:
    return renamed(tables, hole(tables, -1), luck.choice([f"{hole(tables, -1)} ", f" {hole(tables, -1)}"]))


@plants("T106")
def _(tables: Tables, luck: random.Random) -> Tables:
    return renamed(tables, hole(tables, -1), hole(tables, -1)[2:])


@plants("T107")
def _(tables: Tables, luck: random.Random) -> Tables:
    return renamed(tables, hole(tables, luck.randint(1, 3)), "XRD007")


@plants("T108")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), **{luck.choice(["easting_m", "northing_m"]): None})


@plants("T109")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), elevation_m=None)


@plants("T110")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("collars").with_columns(elevation_m=pl.lit(float(luck.randint(0, 500))))
    return given_frame(tables, "collars", frame)


@plants("T111")
def _(tables: Tables, luck: random.Random) -> Tables:
    first = tables.frame("collars").row(1, named=True)
    place = {name: first[name] for name in ("easting_m", "northing_m", "elevation_m")}
    return at_row(tables, "collars", luck.randint(2, 5), **place)


@plants("T112")
def _(tables: Tables, luck: random.Random) -> Tables:
    return replace(tables, crs="")


@plants("T113")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = luck.randrange(5)
    east, north = tables.frame("collars").select("easting_m", "northing_m").row(row)
    return at_row(
        replace(tables, crs=luck.choice([tables.crs, "local"])), "collars", row, easting_m=north, northing_m=east
    )


@plants("T114")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), easting_m=-64.0723194, northing_m=55.3281171)


@plants("T115")
def _(tables: Tables, luck: random.Random) -> Tables:
    return replace(tables, crs=luck.choice(["EPSG:27700", "EPSG:999999", "EPSG:2277"]))


@plants("T116")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), depth_m=None)


@plants("T117")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), depth_m=luck.choice([0.0, -99.0]))


@plants("T118")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), **luck.choice([{"azimuth_deg": 999.0}, {"dip_deg": -600.0}]))


@plants("T119")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("collars")
    if luck.random() < 0.5:
        return given_frame(tables, "collars", frame.with_columns(-pl.col("dip_deg")))
    return at_row(tables, "collars", 2, dip_deg=-frame["dip_deg"][2])


@plants("T120")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), ended="2020-08-31")


@plants("T121")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), northing_m=6_192_000.0 + luck.randint(0, 9))


@plants("T122")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "collars", luck.randrange(5), elevation_m=3110.0)


@plants("T201")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "surveys", 0, hole="ZZ009")


@plants("T202")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck, "surveys")
    return at_row(tables, "surveys", row, **{luck.choice(["azimuth_deg", "dip_deg", "depth_m"]): None})


@plants("T203")
def _(tables: Tables, luck: random.Random) -> Tables:
    which = pl.when(pl.col("hole") == hole(tables, luck.randrange(5))).then(None).otherwise("dip_deg")
    return given_frame(tables, "surveys", tables.frame("surveys").with_columns(which.alias("dip_deg")))


@plants("T204")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "surveys", inside(tables, luck, "surveys"), **luck.choice([{}, {"azimuth_deg": 12.5}]))


@plants("T205")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck, "surveys")
    return at_row(
        tables, "surveys", row, **luck.choice([{"azimuth_deg": -1.0}, {"azimuth_deg": 361.0}, {"dip_deg": -91.0}])
    )


@plants("T206")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck, "surveys")
    return at_row(tables, "surveys", row, dip_deg=-tables.frame("surveys")["dip_deg"][row])


@plants("T207")
def _(tables: Tables, luck: random.Random) -> Tables:
    return replace(tables, azimuth_reference=luck.choice(["", "unknown"]))


@plants("T208")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck, "surveys")
    return at_row(tables, "surveys", row, dip_deg=tables.frame("surveys")["dip_deg"][row] + luck.choice([25.0, 30.0]))


@plants("T209")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck, "surveys")
    return at_row(tables, "surveys", row, azimuth_deg=(tables.frame("surveys")["azimuth_deg"][row] + 180.0) % 360.0)


@plants("T210")
def _(tables: Tables, luck: random.Random) -> Tables:
    last = rows_of(tables, "surveys", hole(tables, luck.randrange(5)))[-1]
    return at_row(tables, "surveys", last, depth_m=tables.frame("surveys")["depth_m"][last] + luck.choice([2.0, 60.0]))


@plants("T211")
def _(tables: Tables, luck: random.Random) -> Tables:
    first = rows_of(tables, "surveys", hole(tables, luck.randrange(5)))[0]
    return at_row(tables, "surveys", first, depth_m=5.0)


@plants("T212")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "surveys", 0, depth_m=-5.0)


@plants("T213")
def _(tables: Tables, luck: random.Random) -> Tables:
    azimuth = tables.frame("collars")["azimuth_deg"][3]
    return at_row(tables, "collars", 3, azimuth_deg=(azimuth + 60.0) % 360.0)


@plants("T301")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, luck.choice(["lithology", "densities"]), 0, hole="ZZ009")


@plants("T302")
def _(tables: Tables, luck: random.Random) -> Tables:
    start, end = luck.choice([(14.0, 12.0), (12.0, 12.0)])
    return with_row(tables, "assays", 0, from_m=start, to_m=end, sample="X1")


@plants("T303")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "assays", 0, sample="X1", **{luck.choice(["from_m", "to_m"]): None})


@plants("T304")
def _(tables: Tables, luck: random.Random) -> Tables:
    return with_row(tables, "assays", 0, from_m=-2.0, to_m=0.0, sample="X1")


@plants("T305")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck)
    start = tables.frame("assays")["from_m"][row]
    return with_row(tables, "assays", row, from_m=start + luck.choice([0.0, 0.5]), to_m=start + 2.0, sample="X1")


@plants("T306")
def _(tables: Tables, luck: random.Random) -> Tables:
    row, name = inside(tables, luck), luck.choice(["assays", "recoveries"])
    frame = tables.frame(name)
    return given_frame(tables, name, pl.concat([frame[:row], frame[row + 1 :]]))


@plants("T307")
def _(tables: Tables, luck: random.Random) -> Tables:
    last = rows_of(tables, "recoveries", hole(tables, luck.randrange(5)))[-1]
    return at_row(tables, "recoveries", last, to_m=tables.frame("recoveries")["to_m"][last] + luck.choice([1.5, 3.0]))


@plants("T308")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame, rows = tables.frame("assays"), rows_of(tables, "assays", hole(tables, luck.randrange(5)))
    end = frame["to_m"][rows[25]]
    merged = at_row(tables, "assays", rows[5], to_m=end).frame("assays")
    return given_frame(tables, "assays", pl.concat([merged[: rows[6]], merged[rows[26] :]]))


@plants("T309")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck)
    return at_row(tables, "assays", row, sample=tables.frame("assays")["sample"][row - 1])


@plants("T310")
def _(tables: Tables, luck: random.Random) -> Tables:
    row = inside(tables, luck)
    end = tables.frame("assays")["to_m"][row - 1] + 0.00001
    return at_row(at_row(tables, "assays", row, from_m=end), "assays", row - 1, to_m=end)


@plants("T311")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "lithology", luck.randrange(8), rock=luck.choice([None, " "]))


@plants("T401")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "assays", inside(tables, luck), **luck.choice([{"ni_pct": 250.0}, {"au_gpt": 2e6}]))


@plants("T402")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(
        tables, "assays", inside(tables, luck), sio2_pct=luck.choice([80.0, 90.0]), al2o3_pct=21.0, fe_pct=6.0
    )


@plants("T403")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "assays", inside(tables, luck), au_gpt=luck.choice([-0.005, -999.0]))


@plants("T404")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("assays").with_row_index("row")
    zeros = pl.when(pl.col("row") % 9 == 0).then(0.0).otherwise("ni_pct").alias("ni_pct")
    return given_frame(tables, "assays", frame.with_columns(zeros).drop("row"))


@plants("T405")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("assays").with_row_index("row")
    same = pl.when(pl.col("row") % 5 == 0).then(0.4321).otherwise("ni_pct").alias("ni_pct")
    return given_frame(tables, "assays", frame.with_columns(same).drop("row"))


@plants("T406")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("assays").with_row_index("row")
    low = pl.when(pl.col("row") % 8 == 0).then(luck.choice([0.005, 0.01])).otherwise("au_gpt").alias("au_gpt")
    return given_frame(tables, "assays", frame.with_columns(low).drop("row"))


@plants("T407")
def _(tables: Tables, luck: random.Random) -> Tables:
    sister = tables.frame("assays").with_columns(ni_ppm=(pl.col("ni_pct") * 1e4).round(0))
    row = inside(tables, luck)
    return at_row(given_frame(tables, "assays", sister), "assays", row, ni_ppm=tables.frame("assays")["ni_pct"][row])


@plants("T408")
def _(tables: Tables, luck: random.Random) -> Tables:
    other = pl.when(pl.col("hole") == hole(tables, 2)).then((pl.col("ni_pct") * 1e-4).round(6)).otherwise("ni_pct")
    return given_frame(tables, "assays", tables.frame("assays").with_columns(other.alias("ni_pct")))


@plants("T409")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "assays", inside(tables, luck), ni_pct=None)


@plants("T410")
def _(tables: Tables, luck: random.Random) -> Tables:
    digits = [float(f"{np.float32(value):.9g}") for value in tables.frame("assays")["ni_pct"]]
    return given_frame(tables, "assays", tables.frame("assays").with_columns(ni_pct=pl.Series(digits)))


@plants("T411")
def _(tables: Tables, luck: random.Random) -> Tables:
    if luck.random() < 0.3:
        return scaled(tables, "recoveries", 0.01, "recovery_pct", "rqd_pct")
    return at_row(tables, "recoveries", inside(tables, luck), recovery_pct=luck.choice([970.0, -1.0]))


@plants("T412")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "recoveries", inside(tables, luck), recovery_pct=60.0, rqd_pct=95.0)


@plants("T413")
def _(tables: Tables, luck: random.Random) -> Tables:
    return at_row(tables, "densities", luck.randrange(5), density_tpm3=luck.choice([27.1, 0.0, 2710.0, 0.2]))


@plants("T414")
def _(tables: Tables, luck: random.Random) -> Tables:
    bounds = luck.choice([{"ni_pct": (0.0, 0.3)}, {"easting_m": (0.0, 432_100.0)}])
    return replace(tables, settings={"bounds": bounds})


@plants("T501")
def _(tables: Tables, luck: random.Random) -> Tables:
    frame = tables.frame("densities")
    if luck.random() < 0.3:
        return given_frame(tables, "densities", frame.with_columns(pl.col("density_tpm3").cast(pl.String)))
    return given_frame(tables, "densities", frame.drop(luck.choice(["density_tpm3", "to_m"])))


@plants("T502")
def _(tables: Tables, luck: random.Random) -> Tables:
    name = hole(tables, luck.randrange(5))
    return given_frame(tables, "surveys", tables.frame("surveys").filter(pl.col("hole") != name))


@plants("T503")
def _(tables: Tables, luck: random.Random) -> Tables:
    name = hole(tables, luck.randrange(5))
    return given_frame(tables, "assays", tables.frame("assays").filter(pl.col("hole") != name))


@plants("T504")
def _(tables: Tables, luck: random.Random) -> Tables:
    name = hole(tables, luck.randrange(5))
    return given_frame(tables, "lithology", tables.frame("lithology").filter(pl.col("hole") != name))


@plants("T505")
def _(tables: Tables, luck: random.Random) -> Tables:
    name = luck.choice(["lithology", "recoveries"])
    return scaled(tables, name, luck.choice([1 / 0.3048, 0.3048]), "from_m", "to_m")


@plants("T506")
def _(tables: Tables, luck: random.Random) -> Tables:
    last = rows_of(tables, "surveys", hole(tables, luck.randrange(5)))[-1]
    frame = tables.frame("surveys")
    return given_frame(tables, "surveys", pl.concat([frame[: last - 1], frame[last + 1 :]]))


def of_its_page(code: str, heading: str) -> Plant:
    """Records do not exist beside drilling; what a page of a rule on them calls fine or flags is put there instead."""

    def plant(tables: Tables, _: random.Random) -> Tables:
        example = folder("T")[code].examples(heading)[0]
        return replace(tables, frames={**tables.frames, **tables_from_text(example).frames})

    return plant


RECORDS = [code for code, rule in folder("T").items() if rule.on == "records"]
BEFORE: dict[str, Plant] = {code: of_its_page(code, "Fine") for code in RECORDS}
"""What stands there before a fault is planted: of a page on records what it calls fine, which may lack other things."""
PLANTS.update({code: of_its_page(code, "Flagged") for code in RECORDS if code not in PLANTS})
