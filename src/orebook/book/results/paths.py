"""The paths of all holes: points along each, how it got its direction, and what could not be used."""

from orebook.book.bench import Bench, Made
from orebook.book.prepared import laid_paths, number


def make(bench: Bench) -> Made:
    """Points along every hole at each ``step``, at every station and at its end, and the lists that belong to them."""
    said = bench.said("paths")
    step = number(bench, said, "step", "results.paths", 10.0)
    paths = laid_paths(bench)
    try:
        points = paths.trace(step)
    except ValueError as problem:
        raise bench.wrong("results.paths.step", str(problem)) from None
    parts = {
        "paths": points,
        "paths_ends": paths.end_of_hole(),
        "paths_basis": paths.basis,
        "paths_dropped": paths.dropped,
        "paths_left_out": paths.left_out,
    }
    remarks = []
    if bench.unturned.height:
        parts["paths_unturned"] = bench.unturned
    if bench.settings.azimuth == "unknown":
        remarks.append("azimuths are taken to be from grid north; write space.azimuth into book.toml to say so")
    said_of = {
        "paths_unturned": "azimuths could not be turned to grid north",
        "paths_left_out": "holes have no path",
        "paths_dropped": "stations were not used",
    }
    for name, what in said_of.items():
        if name in parts and parts[name].height:
            remarks.append(f"{parts[name].height} {what}: orebook ask 'from {name}'")
    return Made(
        parts, {"desurvey": dict(bench.settings.desurvey), "method": paths.method, "step": step}, tuple(remarks)
    )
