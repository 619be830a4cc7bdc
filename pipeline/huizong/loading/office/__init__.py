"""DOC, WPS, RTF, ODT … through LibreOffice, when it is installed: converted to DOCX in a folder that is thrown away."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from huizong.errors import DamagedDocument, MissingOffice, TooSlow
from huizong.workload import announce

TIME_LIMIT_SECONDS = 180.0
"""A conversion that takes longer is given up; a report of a hundred pages takes some ten seconds."""

PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
    "/snap/bin/libreoffice",
)
"""Where the program lies on macOS, Windows and Linux when PATH does not name it."""

_KINDS = {"doc": "旧版 Word（.doc）", "wps": "WPS 文字（.wps）", "rtf": "RTF", "odt": "ODT"}
# No macros, no active content, nothing fetched for linked pictures and sections.
_OPTIONS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


def find_office() -> Path | None:
    """The program of LibreOffice (or OpenOffice): on PATH, else in its usual places; `None` when it is not installed."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    if on_path:
        return Path(on_path)
    return next((place for place in map(Path, PLACES) if place.is_file()), None)


def convert_to_docx(data: bytes, path: Path, kind: str, *, time_limit_seconds: float = TIME_LIMIT_SECONDS) -> bytes:
    """The bytes of a DOCX with the content of `data`, a file of `kind` (doc, wps, rtf, odt).

    LibreOffice sees a copy in a temporary folder and uses a profile of its own there, so that it neither meets an open
    LibreOffice nor leaves anything behind. `path` is only for messages. Raises `MissingOffice` without LibreOffice,
    `TooSlow` when it takes too long, `DamagedDocument` when it gives no document.
    """
    program = find_office()
    if program is None:
        raise MissingOffice(
            f"“{path.name}”是{_KINDS[kind]}文件，要靠 LibreOffice 转换，本机没有找到它。",
            advice="请用 Word/WPS 另存为 .docx；或安装 LibreOffice（免费）后重试。",
            path=path,
        )
    announce(conversions=1)
    with tempfile.TemporaryDirectory(prefix="huizong-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        original, out, profile = folder / f"original.{kind}", folder / "out", folder / "profile"
        original.write_bytes(data)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        command = [
            str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
            "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(original),
        ]  # fmt: skip
        if not finishes(command, folder, time_limit_seconds):
            raise TooSlow(
                f"“{path.name}”转换超过 {time_limit_seconds:.0f} 秒，已停止。",
                advice="请用 Word/WPS 打开，确认能正常显示后另存为 .docx。",
                path=path,
            )
        converted = out / "original.docx"
        if not converted.is_file():
            raise DamagedDocument(
                f"“{path.name}”转换失败：LibreOffice 打不开它。",
                advice="文件可能已损坏或设有密码，请用 Word/WPS 打开后另存为 .docx。",
                path=path,
            )
        return converted.read_bytes()


def _profile() -> str:
    """The options as LibreOffice keeps them."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _OPTIONS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


def finishes(command: list[str], folder: Path, time_limit_seconds: float) -> bool:
    """Runs the command, without a shell, and tells whether it ended in time; else it is killed with all its children.

    It stays in the process group of its caller, so that who kills that group kills it, too.
    """
    process = subprocess.Popen(  # noqa: S603 - a fixed program, arguments of our own making
        command,
        cwd=folder,
        env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(time_limit_seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            _kill(process)
    return True


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the running process and all that it started."""
    import psutil

    with contextlib.suppress(psutil.NoSuchProcess):
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
    process.kill()
    process.wait()
