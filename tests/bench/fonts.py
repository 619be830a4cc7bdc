"""TrueType fonts with Chinese characters, found on this machine: fpdf2 embeds them as Word does (one CID font, two bytes a glyph)."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_BODY = ("uming.ttc", "gbsn00lp.ttf", "simfang.ttf", "simsun.ttc", "wqy-microhei.ttc", "wqy-zenhei.ttc")
_HEADING = ("wqy-microhei.ttc", "wqy-zenhei.ttc", "simhei.ttf", "DroidSansFallbackFull.ttf", "DroidSansFallback.ttf")
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
_ADVICE = "没有找到可以嵌入的中文 TrueType 字体。请先安装：apt-get install fonts-wqy-microhei fonts-arphic-uming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """The files of the body face and of the heading face; the same one when only one was found."""

    body: Path
    heading: Path


def faces() -> Faces:
    """The faces of the generated reports. Exits with the name of the Debian package where there is none.

    OpenType fonts with PostScript outlines (Noto CJK) are passed over: Word embeds TrueType.
    """
    known = {path.name: path for path in reversed(_files())}
    body = [known[name] for name in _BODY if name in known]
    heading = [known[name] for name in _HEADING if name in known]
    if not body and not heading:
        raise SystemExit(_ADVICE)
    return Faces(body=(body or heading)[0], heading=(heading or body)[0])


def _files() -> list[Path]:
    """The TrueType files of the machine, those that fontconfig knows first, sorted."""
    found: set[Path] = set()
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", ":lang=zh", "file"], capture_output=True, text=True, check=False).stdout
        found = {Path(line.strip().removesuffix(":")) for line in listed.splitlines() if line.strip()}
    if not found:
        found = {path for folder in _FOLDERS for path in Path(folder).rglob("*.tt[cf]")}
    return sorted(found)
