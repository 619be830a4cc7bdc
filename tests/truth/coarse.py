"""An OpenType font with CFF outlines, coarse and small: what Chromium cannot embed and draws as Type 3 instead."""

from __future__ import annotations

from pathlib import Path


def coarse_font(source: Path, characters: str, target: Path, *, grid: int = 20) -> None:
    """Writes to `target` the `characters` of the TrueType collection `source` (its first face) as polygons.

    Points are rounded to 1/`grid` of the em: still readable, and a tenth of the size of a Type 3 font of true curves.
    """
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.ttLib import TTFont

    font = TTFont(source, fontNumber=0)
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    em = font["head"].unitsPerEm
    wanted = {ord(ch): names[ord(ch)] for ch in sorted(set(characters) | {" "}) if ord(ch) in names}
    order = [".notdef", *dict.fromkeys(wanted.values())]
    outlines, metrics = {}, {}
    for name in order:
        width = round(glyphs[name].width * 1000 / em)
        pen, into = DecomposingRecordingPen(glyphs), T2CharStringPen(width, None)
        glyphs[name].draw(pen)
        for corners in _polygons(pen.value, 1000 / em, 1000 // grid):
            into.moveTo(corners[0])
            for corner in corners[1:]:
                into.lineTo(corner)
            into.closePath()
        outlines[name], metrics[name] = into.getCharString(), (width, 0)
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(wanted)
    builder.setupCFF("CoarseHei-Regular", {"FullName": "Coarse Hei"}, outlines, {})
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Coarse Hei", "styleName": "Regular", "psName": "CoarseHei-Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(target)


def _polygons(
    commands: list[tuple[str, tuple[tuple[float, float] | None, ...]]], scale: float, step: int
) -> list[list[tuple[int, int]]]:
    """The contours of a drawing: only the end points of curves, scaled, rounded to `step`, no point twice running."""
    contours: list[list[tuple[int, int]]] = []
    for command, points in commands:
        if command == "moveTo":
            contours.append([])
        if not points or points[-1] is None:
            continue
        x, y = points[-1]
        corner = round(x * scale / step) * step, round(y * scale / step) * step
        if not contours[-1] or contours[-1][-1] != corner:
            contours[-1].append(corner)
    return [contour for contour in contours if len(contour) > 2]
