"""The XML parts of a zip-based document (DOCX, OFD), read with care: no entities, no network, no bombs."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from huizong.errors import DamagedDocument, EncryptedDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_PART_BYTES = 64_000_000
_MAX_TOTAL_BYTES = 256_000_000
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Archive:
    """An open zip file; a context manager. Names are those inside, with forward slashes and no leading one.

    All methods raise `DamagedDocument` or `EncryptedDocument`; `path` is only for their messages.
    """

    def __init__(self, data: bytes, path: Path) -> None:
        self._path = path
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise self.damaged() from error
        self._infos = {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: object) -> bool:
        return name in self._infos

    def names(self) -> list[str]:
        """All names, in the order of the archive."""
        return list(self._infos)

    def damaged(self, reason: str = "打不开，文件已损坏。") -> DamagedDocument:
        """The error to raise when the content makes no sense."""
        return DamagedDocument(f"“{self._path.name}”{reason}", advice="请用原来的软件打开后另存一份。", path=self._path)

    def read(self, name: str) -> bytes | None:
        """The bytes of a member, `None` when there is none of this name. Stops unpacking at 64 MB, 256 MB in all."""
        info = self._infos.get(name)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise EncryptedDocument(f"“{self._path.name}”设有密码。", advice="请去掉密码后另存一份。", path=self._path)
        try:
            with self._zip.open(info) as stream:
                content = stream.read(_MAX_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise self.damaged() from error
        self._unpacked += len(content)
        if len(content) > _MAX_PART_BYTES or self._unpacked > _MAX_TOTAL_BYTES:
            raise DamagedDocument(
                f"“{self._path.name}”解压后过大，已停止读取。",
                advice="可能是恶意文件（压缩炸弹），请核实来源；确是报告的，请拆分后再处理。",
                path=self._path,
            )
        return content

    def xml(self, name: str) -> _Element | None:
        """The root of an XML member, `None` when it is missing. The strict OOXML name space is read as the usual one.

        A document type definition is refused: these formats have none, and entities are how XML is made to explode.
        """
        from lxml import etree

        content = self.read(name)
        if content is None:
            return None
        if b"<!DOCTYPE" in content:
            raise self._has_entities()
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content.replace(_STRICT, _TRANSITIONAL), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.damaged() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._has_entities()
        return root

    def _has_entities(self) -> DamagedDocument:
        return DamagedDocument(
            f"“{self._path.name}”里有实体定义（DTD），已拒绝读取。",
            advice="正常的文件没有这种内容，可能是恶意文件，请核实来源；确是报告的，请用 Word/WPS 打开后另存一份。",
            path=self._path,
        )
