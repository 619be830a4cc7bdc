"""The recogniser: RapidOCR's text detector and reader (PP-OCR models that lie in its wheel), built once per process.

Nothing is downloaded: the models are taken from the installed package by their files, and a package without them counts as
not installed.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huizong.errors import MissingOcr

INSTALL = "pip install 'huizong[ocr]'"
"""The one command that brings the recogniser."""

Image = NDArray[np.uint8]
"""A picture, H × W × 3, red green blue."""

Boxes = NDArray[np.float32]
"""n × 4 × 2: the corners (x, y) of n boxes in pixels, from the top left one clockwise."""

_DETECTION_SIDE = 1280
"""Pixels of the longer side in which lines are looked for; they are read from the picture at its full size."""

_BATCH = 6
_LONGEST_SIDE = 100_000


def available() -> bool:
    """Whether the `ocr` extra is installed; nothing is imported."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2")) and bool(_models())


def _models() -> dict[str, str]:
    """The model files of the installed package: det, rec and cls; {} when one of them is not there."""
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        return {}
    folder = Path(spec.origin).parent / "models"
    found = {kind: sorted(folder.glob(f"*_{kind}_*.onnx")) for kind in ("det", "rec", "cls")}
    return {kind: str(files[-1]) for kind, files in found.items()} if all(found.values()) else {}


@dataclass(frozen=True, slots=True)
class Recogniser:
    """RapidOCR behind three calls. Equal pictures give equal results."""

    engine: Any

    def find(self, image: Image) -> Boxes:
        """The boxes of the lines in the picture, in no certain order."""
        found = self.engine(image[:, :, ::-1], use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return np.zeros((0, 4, 2), np.float32) if boxes is None else np.asarray(boxes, np.float32)

    def read(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        """The words on each crop and the mean confidence of their characters, 0..1."""
        if not crops:
            return []
        read = self.engine.recognize_txt([np.ascontiguousarray(crop[:, :, ::-1]) for crop in crops])
        return [(str(text), float(score)) for text, score in zip(read.txts, read.scores, strict=True)]

    def upside_down(self, crops: Sequence[Image]) -> float:
        """The share of the crops that stand on their heads, 0..1."""
        if not crops:
            return 0.0
        _, judged = self.engine.cls_and_rotate([np.ascontiguousarray(crop[:, :, ::-1]) for crop in crops])
        return [str(label) for label, _ in judged.cls_res].count("180") / len(crops)


@cache
def recogniser(threads: int = 1) -> Recogniser:
    """The recogniser that uses so many threads. Raises `MissingOcr` when the extra is not installed."""
    if not available():
        raise MissingOcr("读扫描件和图片要用文字识别（OCR）组件，现在没有安装。", advice=f"请运行：{INSTALL}")
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(threads)
    models = _models()
    settings: dict[str, object] = {
        "Global.log_level": "critical",
        "Global.max_side_len": _LONGEST_SIDE,
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Det.model_path": models["det"],
        "Det.limit_type": "max",
        "Det.limit_side_len": _DETECTION_SIDE,
        "Rec.model_path": models["rec"],
        "Rec.rec_batch_num": _BATCH,
        "Cls.model_path": models["cls"],
    }
    return Recogniser(RapidOCR(params=settings))
