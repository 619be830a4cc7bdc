"""The picture of a page made fit for reading: specks and seals wiped off, turned upright; lines cut out; the skew measured."""

from __future__ import annotations

from math import atan2, cos, degrees, radians, sin

import numpy as np
from numpy.typing import NDArray

from huizong.loading.scan.engine import Boxes, Image, Recogniser

_SEAL_MM = (12.0, 60.0)
"""Least and greatest side of a seal; the round ones of colleges and authorities are 38 to 45 mm wide."""

_ROUGH = 3
"""Grey levels by which a pixel in the middle differs from its neighbours on a noisy scan; on a clean one by 0 or 1."""

_SAMPLE = 8
"""How many lines are asked whether the page stands on its head."""

_MOST = 0.98
_PART = 4
"""Length, in heights, of the parts of a line that are measured for themselves."""

_STEEP = 20.0
"""Degrees beyond which a line is taken for slanted print rather than for a page laid askew."""


def wipe_specks(image: Image) -> Image:
    """The picture smoothed by a median of 3 × 3 where noise lies over its ground, too; else the same array."""
    import cv2

    grey = np.ascontiguousarray(image.min(axis=2))
    rough = np.median(cv2.absdiff(grey, cv2.medianBlur(grey, 3)))
    return np.asarray(cv2.medianBlur(image, 3), np.uint8) if rough > _ROUGH else image


def wipe_seals(image: Image, pixels_per_pt: float) -> Image:
    """The picture with the red of seals turned white, the black words under them kept; the same array without a seal.

    A seal is a red spot about as wide as high, `_SEAL_MM` large: the wide red head of an official letter stays.
    """
    import cv2

    step = max(1, round(pixels_per_pt))
    small = image[::step, ::step].astype(np.int16)
    red = (small[:, :, 0] - np.maximum(small[:, :, 1], small[:, :, 2]) > 40).astype(np.uint8)
    if red.sum() < 100:
        return image
    per_mm = pixels_per_pt * 72 / 25.4 / step
    reach = max(3, round(2 * per_mm))
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, spots, _ = cv2.connectedComponentsWithStats(joined)
    wiped = image
    for x, y, width, height, _ in spots[1:].tolist():
        least, greatest = _SEAL_MM[0] * per_mm, _SEAL_MM[1] * per_mm
        if not (least < min(width, height) and max(width, height) < min(greatest, 1.8 * min(width, height))):
            continue
        if wiped is image:
            wiped = image.copy()
        rows, columns = (
            slice(max(0, first - reach) * step, (first + length + reach) * step)
            for first, length in ((y, height), (x, width))
        )
        # Red ink is bright in the red channel, black ink is dark in all three.
        wiped[rows, columns] = wiped[rows, columns, :1]
    return wiped


def upright(image: Image, engine: Recogniser) -> tuple[Image, Boxes, int]:
    """The picture turned so that its lines can be read, the boxes of its lines, and by how many quarter turns (0..3).

    The turns are counter-clockwise, as those of `numpy.rot90`.
    """
    boxes = engine.find(image)
    turns = 0
    widths, heights = _sides(boxes)
    weights = np.maximum(widths, heights)
    if len(boxes) and weights[heights > 1.5 * widths].sum() > 0.5 * weights.sum():
        image = np.ascontiguousarray(np.rot90(image))
        boxes, turns = engine.find(image), 1
        widths, heights = _sides(boxes)
    longest = np.argsort(-widths, kind="stable")[:_SAMPLE]
    if engine.upside_down([_head(cut(image, boxes[at])) for at in longest if widths[at] > 2 * heights[at]]) > 0.5:
        image = np.ascontiguousarray(np.rot90(image, 2))
        height, width = image.shape[:2]
        boxes = (np.array([width, height], np.float32) - boxes)[:, [2, 3, 0, 1]]
        turns += 2
    return image, boxes, turns


def cut(image: Image, box: NDArray[np.float32]) -> Image:
    """The part of the picture in the box (4 × 2), its lower edge made level; upright lines are turned to lie."""
    import cv2

    widths, heights = _sides(box[None])
    width, height = max(1, round(float(widths[0]))), max(1, round(float(heights[0])))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.ascontiguousarray(box, np.float32), target)
    flat = cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(np.ascontiguousarray(np.rot90(flat)) if height > 1.5 * width else flat, np.uint8)


def _head(crop: Image) -> Image:
    """The beginning of a cut-out line, as long as the classifier of directions sees it unsqueezed."""
    return crop[:, : 4 * crop.shape[0]]


def skew(boxes: Boxes) -> float:
    """The angle of the lines in degrees, positive when they run downhill: the median over long lines, 0 without any."""
    widths, heights = _sides(boxes)
    slopes = [
        (degrees(atan2(float(box[1, 1] - box[0, 1]), float(box[1, 0] - box[0, 0]))), float(width))
        for box, width, height in zip(boxes, widths, heights, strict=True)
        if width > 5 * height
    ]
    slopes = sorted(slope for slope in slopes if abs(slope[0]) < _STEEP)
    half, passed = sum(width for _, width in slopes) / 2, 0.0
    for angle, width in slopes:
        passed += width
        if passed >= half:
            return angle
    return 0.0


def level(boxes: Boxes, angle: float, shape: tuple[int, ...]) -> Boxes:
    """The boxes as they would stand had the page (height, width, …) been laid straight: turned back about its middle."""
    middle = np.array([shape[1] / 2, shape[0] / 2], np.float32)
    turn = radians(angle)
    matrix = np.array([[cos(turn), -sin(turn)], [sin(turn), cos(turn)]], np.float32)
    return np.asarray((boxes - middle) @ matrix + middle, np.float32)


def ink(crop: Image) -> tuple[float, float, float] | None:
    """Where the ink of a cut-out line begins and ends, as shares of its width, and its height, as a share of the crop's.

    The height is that of the middle `_MOST` of the ink, which varies less from line to line than that from its first to its
    last row; it is the median over parts of the line, so that one lying a little askew is no higher. Single specks do not
    count. `None` without ink.
    """
    import cv2

    grey = cv2.medianBlur(np.ascontiguousarray(crop.min(axis=2)), 3)
    edge, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if (grey <= edge).mean() > 0.5:
        grey, edge = 255 - grey, 255 - edge  # light words on a dark ground
    darkness = np.maximum(0.0, edge - grey.astype(np.float64))
    columns = np.flatnonzero((darkness > 0).sum(axis=0) >= 2)
    if not len(columns):
        return None
    height, width = grey.shape
    inked = darkness[:, columns[0] : columns[-1] + 1]
    parts = np.array_split(inked, max(1, round(inked.shape[1] / (_PART * height))), axis=1)
    heights = [_height(part) for part in parts if part.any()]
    return float(columns[0] / width), float((columns[-1] + 1) / width), float(np.median(heights) / height)


def _height(darkness: NDArray[np.float64]) -> float:
    """The rows, to fractions, that hold the middle `_MOST` of the ink."""
    rows = darkness.sum(axis=1)
    passed = np.concatenate([[0.0], np.cumsum(rows) / rows.sum()])
    top, bottom = np.interp([(1 - _MOST) / 2, (1 + _MOST) / 2], passed, np.arange(len(rows) + 1))
    return float(bottom - top)


def _sides(boxes: Boxes) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The widths and heights of boxes: the longer one of each pair of opposite sides."""
    sides = np.linalg.norm(boxes - np.roll(boxes, -1, axis=1), axis=2).reshape(-1, 4)
    return np.maximum(sides[:, 0], sides[:, 2]), np.maximum(sides[:, 1], sides[:, 3])
