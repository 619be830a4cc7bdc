"""Renders the reports by every maker at hand: `PYTHONPATH=tests python -m truth.make [FOLDER]`.

Needs LibreOffice, Chromium, WeasyPrint, reportlab, fontTools and WenQuanYi Micro Hei (Apache-2.0 or GPL-3 with the
font exception, both of which allow it to be embedded); a maker that is missing is passed over and said so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from truth.coarse import coarse_font
from truth.content import REPORTS, Report, truth
from truth.drawn import Drawn, Faces
from truth.webpage import webpage
from truth.word import write_docx

_FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
_FAMILY = "WenQuanYi Micro Hei"
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
)  # fmt: skip


def libreoffice(report: Report, target: Path) -> None:
    """DOCX by hand, PDF by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.docx"
        write_docx(report, source, font=_FAMILY)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source))
        shutil.copy(source.with_suffix(".pdf"), target)


def chromium(report: Report, target: Path) -> None:
    """Printed by Chromium, the TrueType font embedded; bold by a shadow, that is: twice."""
    _print(webpage(report, family=f"'{_FAMILY}'", footnotes=False, shadow_bold=True), target, "")


def chromium_type3(report: Report, target: Path) -> None:
    """Printed by Chromium with a CFF font, which it turns into Type 3 fonts of 255 characters each at most."""
    page = webpage(
        report,
        family="Coarse",
        faces="@font-face{font-family:Coarse;src:url(coarse.otf)}",
        footnotes=False,
        shadow_bold=True,
    )
    _print(page, target, page + "0123456789")


def _print(page: str, target: Path, characters: str) -> None:
    """Prints the page; a coarse font of `characters` lies beside it when there are any."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.html"
        source.write_text(page, encoding="utf-8")
        if characters:
            coarse_font(_FONT, characters, Path(folder) / "coarse.otf")
        _run("chromium", *_QUIET, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", str(source))


def weasyprint(report: Report, target: Path) -> None:
    """Printed by WeasyPrint: CSS footnotes, the font's weight for bold."""
    from weasyprint import HTML

    page = webpage(report, family=f"'{_FAMILY}'", footnotes=True, shadow_bold=False)
    HTML(string=page).write_pdf(target)


def reportlab_ttf(report: Report, target: Path) -> None:
    """Drawn with the TrueType font embedded, digits in it too."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("wqy", str(_FONT), subfontIndex=0))
    _draw(report, target, Faces(chinese="wqy", latin="wqy"))


def reportlab_cid(report: Report, target: Path) -> None:
    """Drawn with a CID font that is only named, digits and Latin words in Helvetica."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    _draw(report, target, Faces(chinese="STSong-Light", latin="Helvetica"))


def _draw(report: Report, target: Path, faces: Faces) -> None:
    """Twice: the first time tells the number of pages."""
    pages = Drawn(report, faces, 1).draw(target)
    Drawn(report, faces, pages).draw(target)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=300)


MAKERS: dict[str, Callable[[Report, Path], None]] = {
    "libreoffice": libreoffice,
    "chromium": chromium,
    "type3": chromium_type3,
    "weasyprint": weasyprint,
    "reportlab": reportlab_ttf,
    "cid": reportlab_cid,
}


def main(folder: Path) -> None:
    """Writes REPORT.json and REPORT-MAKER.pdf for every report and maker into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for report in REPORTS:
        words = json.dumps(truth(report), ensure_ascii=False, indent=1)
        (folder / f"{report.name}.json").write_text(words + "\n", encoding="utf-8")
        for name, maker in MAKERS.items():
            try:
                maker(report, folder / f"{report.name}-{name}.pdf")
            except (FileNotFoundError, ImportError) as error:
                sys.stderr.write(f"{name}: {error}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
