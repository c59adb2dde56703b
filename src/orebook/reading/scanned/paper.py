"""Paper: what is not ink on a page becomes white, whatever the light and the grain of the scan.

Recognition takes grain for points: of the numbers of a noisy table every tenth got a colon for its decimal point.
"""

import numpy as np
import numpy.typing as npt

from orebook.reading.scanned.pictures import Grey, resized_to

_BLOCK = 32
_MARGIN = 25.0
"""Greys below the paper that are still paper: three times the grain of a rough scan."""
_DARK = 110.0
"""Paper is not darker: a page that is shows light letters on a dark ground."""
_UNEVEN = 12.0
_INK = 20.0


def whitened(grey: Grey) -> Grey:
    """A page whose paper is white and whose ink is black; light letters on a dark page are turned into dark ones.

    >>> page = np.full((64, 64), 200, dtype=np.uint8)
    >>> page[20:24, 8:56] = 60
    >>> white = whitened(page)
    >>> int(white.max()), int(white.min()), int((white < 128).sum())
    (255, 24, 192)
    """
    if not grey.size:
        return grey
    if float(np.median(grey)) < _DARK:
        grey = 255 - grey
    paper = _paper(grey)
    ink = min(float(np.percentile(grey[::4, ::4], 1)), float(paper.min()) / 2) * 0.8
    if float(paper.max() - paper.min()) < _UNEVEN:
        steps = np.arange(256, dtype=np.float32)
        table = _stretched(steps, ink, np.float32(np.median(paper)))
        return table[grey]
    wide = resized_to(paper.astype(np.uint8), grey.shape[1], grey.shape[0])
    return _stretched(grey.astype(np.float32), ink, wide.astype(np.float32))


def _stretched(grey: npt.NDArray[np.float32], ink: float, paper: npt.NDArray[np.float32] | np.float32) -> Grey:
    reach = np.maximum(np.float32(_INK), paper - np.float32(_MARGIN + ink))
    return np.clip((grey - np.float32(ink)) * (255 / reach), 0, 255).astype(np.uint8)


def _paper(grey: Grey) -> npt.NDArray[np.float32]:
    """The grey of the paper, block by block; that of its neighbours where a block is covered by something dark."""
    height, width = grey.shape
    rows, columns = max(1, height // _BLOCK), max(1, width // _BLOCK)
    if height < _BLOCK or width < _BLOCK:
        return np.full((1, 1), np.percentile(grey, 80), dtype=np.float32)
    blocks = grey[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)[:, ::2, :, ::2]
    light = np.percentile(blocks, 80, axis=(1, 3)).astype(np.float32)
    usual = float(np.median(light))
    light = np.where(light < max(_DARK, usual - 60), usual, light)
    padded = np.pad(light, 1, mode="edge")
    near = [padded[y : y + rows, x : x + columns] for y in range(3) for x in range(3)]
    return np.median(np.stack(near), axis=0).astype(np.float32)
