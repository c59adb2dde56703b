"""The door to Pillow: image files to grey pages, and grey pages turned and made larger.

A grey page is an array of bytes, one for each pixel, rows from the top; 0 is ink, 255 is paper.
"""

import io
import math
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from orebook.ground.needs import need

Grey = npt.NDArray[np.uint8]
Result = TypeVar("Result")

MOST_PIXELS = 120_000_000
"""Of a picture that is taken in: a sheet of A0 at 300 dots an inch has 140 million, a letter at 600 has 34 million."""
MOST_FRAMES = 1_000
_FORMATS = ("PNG", "JPEG", "TIFF")
_DPI = 200
_SCREEN_DPI = 96
_SMALL = 1_000
"""Pixels: a picture that is narrower, and says no resolution, was made for a screen."""
_TROUBLES = (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, AttributeError, MemoryError)
"""What the decoders raise at bytes that are wrong."""


class BrokenPictureError(ValueError):
    """An image file that cannot be decoded, or that is too large to be: what is wrong with it."""


class Picture(NamedTuple):
    """A page of an image file: its pixels and its size in points."""

    grey: Grey
    width: float
    height: float


def pictures(data: bytes) -> Iterator[Picture]:
    """The pages of an image file one after the other: every page of a TIFF, the first frame of anything else.

    Colours become grey, what is transparent becomes paper, and a picture that its camera marked as turned is put
    upright. Raises ``BrokenPictureError``.
    """
    library = need("PIL.Image", extra="ocr")
    library.init()
    image = _decoded(lambda: library.open(io.BytesIO(data), formats=_FORMATS))
    with image:
        frames = _decoded(lambda: int(image.n_frames)) if image.format == "TIFF" else 1
        for number in range(min(frames, MOST_FRAMES)):
            yield _decoded(partial(_frame, image, number))


def _frame(image: Any, number: int) -> Picture:
    image.seek(number)
    _bearable(*image.size)
    return _picture(image)


def _decoded(work: Callable[[], Result]) -> Result:
    """What a decoder makes of a file; its warnings are kept quiet, since what it can still read is read."""
    library = need("PIL.Image", extra="ocr")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", library.DecompressionBombWarning)
        try:
            return work()
        except BrokenPictureError:
            raise
        except (*_TROUBLES, library.DecompressionBombError, library.DecompressionBombWarning) as trouble:
            raise BrokenPictureError(_said(trouble)) from None


def _said(trouble: BaseException) -> str:
    """What a decoder said, in one line, without the name of the object it looked at."""
    words = " ".join(str(trouble).split())
    return "no picture that can be decoded" if not words or "<" in words else words[:120]


def _bearable(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise BrokenPictureError(
            f"{width:,} × {height:,} pixels, more than the limit of {MOST_PIXELS // 10**6} million"
        )


def _picture(image: Any) -> Picture:
    across, down = _resolution(image)
    upright = need("PIL.ImageOps", extra="ocr").exif_transpose(image)
    if upright is None:
        upright = image
    elif upright.size != image.size:
        across, down = down, across
    grey = _grey(upright)
    height, width = grey.shape
    if not 0.97 < across / down < 1.03:  # a fax has half as many dots down as across
        grey = _square(grey, across / down)
    return Picture(grey, 72 * width / across, 72 * height / down)


def _square(grey: Grey, stretch: float) -> Grey:
    """A page whose dots are as far apart down as across: the coarser way is drawn out."""
    height, width = grey.shape
    size = (width, round(height * stretch)) if stretch > 1 else (round(width / stretch), height)
    _bearable(*size)
    library = need("PIL.Image", extra="ocr")
    return np.asarray(library.fromarray(grey).resize(size, library.Resampling.BICUBIC), dtype=np.uint8)


def _resolution(image: Any) -> tuple[float, float]:
    """Dots an inch, across and down; a guess where the file says none that can be."""
    said = image.info.get("dpi")
    try:
        across, down = (float(each) for each in said)
        if 50 <= across <= 2_400 and 50 <= down <= 2_400:
            return across, down
    except (TypeError, ValueError, ZeroDivisionError):
        pass
    likely = float(_SCREEN_DPI if image.size[0] < _SMALL else _DPI)
    return likely, likely


def _grey(image: Any) -> Grey:
    mode = image.mode
    if mode.startswith("I") or mode == "F":
        return _of_deep(np.asarray(image, dtype=np.float64), sixteen=mode != "F")
    if mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        library = need("PIL.Image", extra="ocr")
        colours = image.convert("RGBA")
        image = library.alpha_composite(library.new("RGBA", colours.size, "white"), colours)
    if image.mode in ("LAB", "HSV"):
        image = image.convert("RGB")
    return np.array(image.convert("L"), dtype=np.uint8)


def _of_deep(values: npt.NDArray[np.float64], *, sixteen: bool) -> Grey:
    """Grey of pixels with more than eight bits: by the sixteen bits they have, or between their extremes."""
    finite = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    low, high = (0.0, 65_535.0) if sixteen else (float(finite.min()), float(finite.max()))
    if finite.max() <= 255 and finite.min() >= 0 and not sixteen and finite.max() > 1:
        low, high = 0.0, 255.0
    if sixteen and finite.max() > high:
        high = float(finite.max())
    return np.clip((finite - low) * (255 / max(high - low, 1e-9)), 0, 255).astype(np.uint8)


def turned(grey: Grey, degrees: float) -> Grey:
    """A page turned counterclockwise about its centre, with paper where nothing was.

    >>> turned(np.zeros((3, 3), dtype=np.uint8), 0.0).max()
    np.uint8(0)
    """
    if not degrees:
        return grey
    library = need("PIL.Image", extra="ocr")
    page = library.fromarray(grey).rotate(degrees, resample=library.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(page, dtype=np.uint8)


def resized(grey: Grey, scale: float) -> Grey:
    """A page made larger or smaller.

    >>> resized(np.zeros((4, 6), dtype=np.uint8), 1.5).shape
    (6, 9)
    """
    if scale == 1:
        return grey
    library = need("PIL.Image", extra="ocr")
    height, width = grey.shape
    size = max(1, math.floor(width * scale + 0.5)), max(1, math.floor(height * scale + 0.5))
    page = library.fromarray(grey).resize(size, library.Resampling.BICUBIC)
    return np.asarray(page, dtype=np.uint8)


def resized_to(grey: Grey, width: int, height: int) -> Grey:
    """A page of so many pixels, drawn out softly.

    >>> resized_to(np.zeros((4, 6), dtype=np.uint8), 60, 40).shape
    (40, 60)
    """
    library = need("PIL.Image", extra="ocr")
    page = library.fromarray(grey).resize((width, height), library.Resampling.BILINEAR)
    return np.asarray(page, dtype=np.uint8)
