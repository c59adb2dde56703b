"""3D: holes with their grades, blocks and the ground in space, turned and cut at will, and the same in words."""

from functools import partial

import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from orebook.book.folder import Book
from orebook.faces.web.page import Page
from orebook.faces.web.showing import shelf_of, show
from orebook.faces.web.space.arrays import blocks_packed, first_threshold, ground_packed, holes_packed
from orebook.faces.web.space.asked import Asked
from orebook.faces.web.space.held import has_holes
from orebook.faces.web.space.section_view import SectionView, section_view

_MOST_ROWS = 1000
"""So many holes are told in words; the page of holes has all."""


def three_d(request: Request) -> Response:
    """The page."""
    view = section_view(shelf_of(request), Asked.of(request.query_params))
    seen, unit = view.seen, view.seen.unit
    grade = view.block_grade
    values = None if seen.blocks is None or not grade else seen.blocks.grades[grade]
    points = seen.points.drop_nulls([f"easting_{unit}", f"northing_{unit}"]).sort("hole", f"depth_{unit}")
    ends = points.group_by("hole", maintain_order=True).last() if points.height else points
    axes = [f"{name}_{unit}" for name in ("easting", "northing", "elevation", "depth")]
    richest = _richest(view)
    rows = [(*row, richest.get(row[0])) for row in ends.head(_MOST_ROWS).select("hole", *axes).iter_rows()]
    said = {
        "view": view,
        "asked": view.asked,
        "hole": request.query_params.get("hole", "")[:200],
        "rows": rows,
        "holes": ends.height,
        "blocks": None if values is None else len(values),
        "least": None if values is None else (view.asked.cutoff if view.asked.cutoff is not None else None),
        "shown_from": 0.0 if values is None else first_threshold(values),
        "block_grade": grade,
    }
    return show(request, "three_d.html", said)


def _richest(view: SectionView) -> dict[str, float]:
    """The richest sample of each hole."""
    samples, grade = view.seen.samples, view.grade
    if samples is None or not grade:
        return {}
    found = samples.drop_nulls([grade]).group_by("hole").agg(pl.col(grade).max())
    return dict(found.select("hole", grade).iter_rows())


def holes(request: Request) -> Response:
    """Traces and samples as arrays."""
    view = section_view(shelf_of(request), Asked.of(request.query_params))

    def make(_: Book) -> bytes:
        return holes_packed(view.seen, view.grade, view.classes)

    return _bytes(shelf_of(request).kept(("3d holes", view.grade, view.classes), make))


def blocks(request: Request) -> Response:
    """The blocks from a grade on as arrays."""
    view = section_view(shelf_of(request), Asked.of(request.query_params))
    return _bytes(blocks_packed(view.seen, view.block_grade, view.asked.cutoff))


def ground(request: Request) -> Response:
    """The ground as an array."""
    view = section_view(shelf_of(request), Asked.of(request.query_params))
    return _bytes(shelf_of(request).kept("3d ground", partial(_ground, view)))


def _ground(view: SectionView, _: Book) -> bytes:
    return ground_packed(view.seen)


def _bytes(content: bytes) -> Response:
    return Response(content, media_type="application/octet-stream")


PAGE = Page(
    "/3d",
    "3D",
    40,
    (
        Route("/3d", three_d),
        Route("/3d/holes.bin", holes),
        Route("/3d/blocks.bin", blocks),
        Route("/3d/ground.bin", ground),
    ),
    has_holes,
)
