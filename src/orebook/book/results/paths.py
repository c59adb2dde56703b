"""The paths of all holes: points along each, how it got its direction, and what could not be used."""

from orebook.book.bench import Bench, Made
from orebook.book.prepared import known_keys, laid_paths, number


def make(bench: Bench) -> Made:
    """Points along every hole at each ``step``, at every station and at its end, and the lists that belong to them."""
    said = bench.said("paths")
    known_keys(bench, said, ("step",), "results.paths")
    step = number(bench, said, "step", "results.paths", 10.0)
    paths = laid_paths(bench)
    parts = {
        "paths": paths.trace(step),
        "paths_ends": paths.end_of_hole(),
        "paths_basis": paths.basis,
        "paths_dropped": paths.dropped,
        "paths_left_out": paths.left_out,
    }
    remarks = []
    if bench.unturned.height:
        parts["paths_unturned"] = bench.unturned
        remarks.append(f"{bench.unturned.height} azimuths could not be turned to grid north: ask for paths_unturned")
    if bench.settings.azimuth == "unknown":
        remarks.append("azimuths are taken to be from grid north; write space.azimuth into book.toml to say so")
    if paths.left_out.height:
        remarks.append(f"{paths.left_out.height} holes have no path: ask for paths_left_out")
    if paths.dropped.height:
        remarks.append(f"{paths.dropped.height} stations were not used: ask for paths_dropped")
    return Made(
        parts, {"desurvey": dict(bench.settings.desurvey), "method": paths.method, "step": step}, tuple(remarks)
    )
