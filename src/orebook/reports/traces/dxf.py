"""Traces as a drawing: a polyline for each hole with its name, coloured polylines for intervals.

Units and grid stand in the header. The same holes give the same bytes.
"""

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from orebook.ground.needs import need
from orebook.reports.paper import Paper
from orebook.reports.rounding import as_is
from orebook.reports.traced import Traces, attributes, collar_points, interval_lines, only, trace_lines
from orebook.reports.trouble import Trouble

_VERSION = "R2010"
_UNITS = {"m": 6, "ft": 2}
_APPLICATION = "OREBOOK"
_COLOURS = (1, 30, 40, 2, 3, 4, 5, 6, 210, 52)
"""Colours of the drawing program for layers of intervals, one after the other."""

_CLASSES = ("zone", "class", "level")
"""Columns whose values make layers of their own, the first that the intervals have."""

_TEXT_SHARE = 0.01
"""Letters are so high as a share of how far the collars lie apart."""

_SMALLEST, _LARGEST = 1.0, 50.0
_UNFIT = re.compile(r"[<>/\\\":;?*|,=`]")

Drawing = Any
"""A part of a drawing of the library, whose types are its own."""


def page(results: Iterable[Traces | Trouble], paper: Paper) -> Iterator[str]:
    """Yield the whole drawing at once."""
    found = only(results, "a drawing")
    if found is None:
        return
    library = need("ezdxf", extra="exchange")
    before = library.options.write_fixed_meta_data_for_testing
    library.options.write_fixed_meta_data_for_testing = True  # no time of day: the same holes give the same drawing
    try:
        yield _drawn(library, found)
    finally:
        library.options.write_fixed_meta_data_for_testing = before


def _drawn(library: Drawing, found: Traces) -> str:
    drawing = library.new(_VERSION)
    drawing.header["$INSUNITS"] = _UNITS.get(found.unit, 0)
    drawing.header["$MEASUREMENT"] = int(found.unit == "m")
    drawing.header.custom_vars.append("CRS", found.crs or "not named")
    drawing.header.custom_vars.append("BOOK", found.doc)
    drawing.appids.add(_APPLICATION)
    for name, colour in (("COLLARS", 7), ("HOLE_IDS", 7), ("TRACES", 8)):
        drawing.layers.add(name, color=colour)
    _collars(drawing, found)
    names, lines = trace_lines(found)
    for at, hole in enumerate(names):
        drawn = drawing.modelspace().add_polyline3d(lines.line(at)[:, :3].tolist(), dxfattribs={"layer": "TRACES"})
        drawn.set_xdata(_APPLICATION, [(1000, f"hole={hole}"[:255])])
    _intervals(drawing, found)
    out = StringIO()
    drawing.write(out)
    return out.getvalue()


def _collars(drawing: Drawing, found: Traces) -> None:
    """Draw a point and the name at each collar."""
    space, points = drawing.modelspace(), collar_points(found)
    apart = float((points[:, :2].max(axis=0) - points[:, :2].min(axis=0)).max()) if len(points) else 0.0
    height = min(max(apart * _TEXT_SHARE, _SMALLEST), _LARGEST)
    for hole, place in zip(found.collars["hole"].to_list(), points.tolist(), strict=True):
        space.add_point(place, dxfattribs={"layer": "COLLARS"})
        words = space.add_text(str(hole), height=height, dxfattribs={"layer": "HOLE_IDS"})
        words.set_placement((place[0] + height / 2, place[1] + height / 2, place[2]))


def _intervals(drawing: Drawing, found: Traces) -> None:
    """Draw a polyline for each interval, on the layer of its class, with its values beside it."""
    lines, columns = interval_lines(found), attributes(found.intervals)
    sort = next((name for name in _CLASSES if name in found.intervals.columns), "")
    classes = found.intervals[sort].to_list() if sort else [None] * found.intervals.height
    layers: dict[str, str] = {}
    rows = found.intervals.select([column.name for column in columns]).iter_rows(named=True)
    for at, (row, kind) in enumerate(zip(rows, classes, strict=True)):
        layer = layers.get(str(kind)) or _layer(drawing, layers, kind)
        drawn = drawing.modelspace().add_polyline3d(lines.line(at)[:, :3].tolist(), dxfattribs={"layer": layer})
        said = [f"{name}={_words(value)}"[:255] for name, value in row.items() if value is not None]
        drawn.set_xdata(_APPLICATION, [(1000, words) for words in said])


def _layer(drawing: Drawing, layers: dict[str, str], kind: object) -> str:
    """The layer of a class of intervals, made when it is first wanted."""
    name = "INTERVALS" if kind in (None, "", 0) else f"INTERVALS_{_UNFIT.sub('_', str(kind)).upper()}"
    if name not in layers.values():
        drawing.layers.add(name, color=_COLOURS[len(set(layers.values())) % len(_COLOURS)])
    layers[str(kind)] = name
    return name


def _words(value: object) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    return as_is(value) if number else str(value)  # type: ignore[arg-type]
