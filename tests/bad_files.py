"""Files that no report should be, each with what a run may say of it: the causes, or "ok" where it can be read after all."""

from __future__ import annotations

import io
import os
import socket
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from compound_by_hand import ENCRYPTED_WORD, compound
from conftest import REPORT
from docx_by_hand import MC, NS, docx, p

_LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITY_BOMB = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">{_LOL}]>'


def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1, with a right table of their places."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(out))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def _page(contents: bytes, box: bytes = b"0 0 595 842") -> list[bytes]:
    """Catalogue, pages, one page with these contents (object 4 is the font, 5 the contents)."""
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>" % box,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        contents,
    ]


WORDS = b"BT /F 12 Tf 72 700 Td (The college trained 12 teachers in 2022 and opened 3 new courses.) Tj ET"


def endless_pages() -> bytes:
    """A page tree whose nodes are their own children, and claim to be many."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 2000000000>>",
            b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 1000000000>>",
        ]
    )


def deep_pages(depth: int = 20_000) -> bytes:
    """A page tree as deep as a well."""
    nodes = [b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n + 1, n + 3) for n in range(1, depth)]
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>"])


def many_pages(count: int = 5000) -> bytes:
    """More pages than anybody reads."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(count))
    return pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), *[page] * count]
    )


def deflated(size: int, times: int) -> bytes:
    """`size` blanks, packed so many times over."""
    block = b" " * 1_000_000
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    unit = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)  # the same again for every further block
    check = 1
    for _ in range(size // len(block)):
        check = zlib.adler32(block, check)
    content = b"\x78\xda" + unit * (size // len(block)) + b"\x03\x00" + struct.pack(">I", check)
    for _ in range(times - 1):
        content = zlib.compress(content, 9)
    return content


def circular_xref() -> bytes:
    """Two tables of places that name each other as the one before, forms that draw each other."""
    content = pdf(_page(stream(WORDS)))
    at = content.rindex(b"xref\n0")
    return content.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % at)


def circular_forms() -> bytes:
    """Two drawings that contain each other."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</X %d 0 R>>>>"
    objects = _page(stream(b"/X Do " + WORDS))
    objects[2] = objects[2].replace(b"/Font<<", b"/XObject<</X 6 0 R>>/Font<<")
    return pdf([*objects, stream(b"/X Do", form % 7), stream(b"/X Do /X Do", form % 6)])


def locked_pdf() -> bytes:
    """A PDF that opens with the password 钥匙123 … which is ASCII here: key123."""
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=12)
    made.cell(text="The college trained 12 teachers in 2022.")
    made.set_encryption(owner_password="owner", user_password="key123")  # noqa: S106
    return bytes(made.output())


def zipped(members: dict[str, bytes | str], *, size: int = 0) -> bytes:
    """A zip of these members; with `size`, word/document.xml is so many blanks."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        if size:
            with archive.open("word/document.xml", "w", force_zip64=True) as part:
                for _ in range(size // 1_000_000):
                    part.write(b" " * 1_000_000)
    return file.getvalue()


def document(body: str) -> bytes:
    """A DOCX with nothing but its main part."""
    return zipped({"word/document.xml": f"<w:document {NS} {MC}><w:body>{body}</w:body></w:document>"})


def locked_zip() -> bytes:
    """A DOCX whose members say that they are encrypted."""
    content = bytearray(document(p("正文")))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def wrong_sum() -> bytes:
    """A DOCX whose main part is not what its check sum says."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/document.xml", f"<w:document {NS}><w:body>{p('正文')}</w:body></w:document>")
    return file.getvalue().replace("正文".encode(), "文正".encode())


def picture(width: int, height: int) -> bytes:
    """A PNG that claims this size and holds a few bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(90))) + chunk(b"IEND", b"")


def ofd(document_xml: str) -> bytes:
    """An OFD whose document is this XML."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    entry = f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    return zipped({"OFD.xml": entry, "Doc_0/Document.xml": document_xml})


def good_docx(folder: Path) -> bytes:
    """The report of `conftest` as DOCX."""
    path = docx(folder / "good.docx", "".join(p(line) for line in REPORT.splitlines()))
    content = path.read_bytes()
    path.unlink()
    return content


BAD, DAMAGED = frozenset({"damaged", "empty", "size", "timeout", "memory"}), frozenset({"damaged"})


def contents(folder: Path) -> Iterator[tuple[str, bytes, frozenset[str]]]:
    """Name, bytes, and the causes that a run may give, for every file that is told by its bytes."""
    report = REPORT.encode()
    word = good_docx(folder)
    plain = pdf(_page(stream(WORDS)))
    ok, other = frozenset({"ok"}), frozenset({"format"})
    yield "设密码.pdf", locked_pdf(), frozenset({"encrypted"})
    yield "设密码.docx", compound(EncryptedPackage=b"", EncryptionInfo=b""), frozenset({"encrypted"})
    yield "设密码.xlsx", compound(EncryptedPackage=b"", EncryptionInfo=b""), frozenset({"encrypted"})
    yield "设密码.doc", compound(WordDocument=ENCRYPTED_WORD), frozenset({"encrypted"})
    yield "设密码2.docx", locked_zip(), frozenset({"encrypted"})
    yield "只有开头.pdf", b"%PDF-1.7\n", DAMAGED
    yield "截断.pdf", plain[: len(plain) // 2], BAD
    yield "只剩尾巴.pdf", b"%PDF-1.4\n" + plain[-120:], DAMAGED
    yield "乱字节.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40, DAMAGED
    yield "无尽页树.pdf", endless_pages(), BAD
    yield "深井页树.pdf", deep_pages(), BAD
    yield "五千页.pdf", many_pages(), frozenset({"size"})
    yield "循环索引.pdf", circular_xref(), BAD | ok
    yield "循环图形.pdf", circular_forms(), BAD | ok
    yield "内容炸弹.pdf", pdf(_page(stream(deflated(1_000_000_000, 2), b"/Filter[/FlateDecode/FlateDecode]"))), BAD
    yield "大纸.pdf", pdf(_page(stream(WORDS), b"0 0 99999999 99999999")), BAD | ok
    yield "无页.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]), BAD
    yield "截断.docx", word[: len(word) // 2], DAMAGED
    yield "缺正文.docx", zipped({"docProps/core.xml": "<a/>"}), DAMAGED
    yield "没有正文节点.docx", zipped({"word/document.xml": f"<w:document {NS}/>"}), DAMAGED
    yield "半截标签.docx", zipped({"word/document.xml": f"<w:document {NS}><w:body><w:p>"}), DAMAGED
    yield "校验和不对.docx", wrong_sum(), DAMAGED
    yield "实体炸弹.docx", zipped({"word/document.xml": f"{ENTITY_BOMB}<w:document {NS}>&l9;</w:document>"}), DAMAGED
    yield (
        "外部实体.docx",
        zipped(
            {
                "word/document.xml": f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {NS}>&x;</w:document>'
            }
        ),
        DAMAGED,
    )
    yield "压缩炸弹.docx", zipped({}, size=300_000_000), frozenset({"size", "damaged"})
    yield "深层嵌套.docx", document("<w:sdt>" * 30_000 + "</w:sdt>" * 30_000), BAD
    yield "百万空段.docx", document("<w:p/>" * 2_000_000), BAD
    yield "实体炸弹.ofd", ofd(f"{ENTITY_BOMB}<d>&l9;</d>"), DAMAGED
    yield "没有页.ofd", ofd("<d/>"), DAMAGED
    yield "截断.ofd", ofd("<d/>")[:90], DAMAGED
    yield "实体炸弹.html", (ENTITY_BOMB + "<html><body>&l9;</body></html>").encode(), BAD | ok
    yield "深层嵌套.html", b"<html><body>" + b"<div>" * 200_000 + "正文".encode(), BAD | ok
    yield "空网页.html", b"<html><body></body></html>", frozenset({"empty"})
    yield "套娃.mht", b"Content-Type: multipart/related; boundary=b\n\n--b\n" * 3000, DAMAGED
    yield "空.txt", b"", frozenset({"empty"})
    yield "空白.txt", b" \n\t\r\n\f" * 1000, frozenset({"empty"})
    yield "零字节.txt", bytes(100_000), BAD | other
    yield "不是文字.txt", bytes(range(128, 256)) * 50, BAD | other
    yield "四百万字.txt", "学校培训教师12人次。".encode() * 400_000, frozenset({"size"})
    yield "一个大数.txt", b"9" * 300_000, BAD | ok
    yield "像素炸弹.png", picture(60_000, 60_000), DAMAGED | other
    yield "截断.png", picture(100, 100)[:-20], DAMAGED | other
    yield "截断.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(60), DAMAGED | other
    yield "动图.gif", b"GIF89a" + bytes(300), other
    yield "表格.xlsx", zipped({"xl/workbook.xml": "<a/>"}), other
    yield "幻灯片.pptx", zipped({"ppt/presentation.xml": "<a/>"}), other
    yield "旧表格.xls", compound(Workbook=b""), other
    yield "包.zip", zipped({"报告.txt": report}), other
    yield "包.rar", b"Rar!\x1a\x07\x00" + bytes(90), other
    yield "录像.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(400), other
    yield "数据.json", b'{"a": 1}', other
    yield "坏的旧文档.doc", compound(WordDocument=bytes(512)), frozenset({"damaged", "empty", "office"})
    yield "其实是文本.pdf", report, DAMAGED
    yield "其实是PDF.docx", plain, ok
    yield "其实是Word.pdf", word, ok
    yield "其实是Word.txt", word, ok
    yield "好报告.txt", report, ok
    yield "好报告.docx", word, ok
    yield "-x.txt", report, ok
    yield "长" * 83 + ".txt", report, ok
    yield "emoji😀 空 格'\"$(rm)&;.txt", report, ok
    if sys.platform != "win32":
        yield "换\n行\x1b[31m.txt", report, ok
        yield "丢字节" + os.fsdecode(b"\xff\xfe") + ".txt", report, ok
        yield "坏字节" + os.fsdecode(b"\xfe") + ".pdf", b"%PDF-1.7\n", DAMAGED


def write(folder: Path) -> dict[str, frozenset[str]]:
    """Writes them all, and those that are no plain files; gives name → causes that may be told."""
    expected = {}
    for name, content, causes in contents(folder):
        (folder / name).write_bytes(content)
        expected[name] = causes
    with (folder / "太大.pdf").open("wb") as file:  # 5 GB on paper, nothing on the disk
        file.truncate(5_000_000_000)
    expected["太大.pdf"] = frozenset({"size"})
    if sys.platform != "win32":
        expected |= _special(folder)
    return expected


def _special(folder: Path) -> dict[str, frozenset[str]]:
    """Links in circles and to nowhere, pipes, devices, sockets."""
    (folder / "自环.txt").symlink_to("自环.txt")
    (folder / "断链.pdf").symlink_to("没有这个文件.pdf")
    (folder / "圈").symlink_to(".", target_is_directory=True)  # not followed
    os.mkfifo(folder / "管道.pdf")
    (folder / "设备.txt").symlink_to("/dev/zero")
    here = Path.cwd()
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(folder)  # the address of a socket holds a hundred bytes
        try:
            listener.bind("套接字.txt")
        finally:
            os.chdir(here)
    access = frozenset({"access"})
    return {
        "自环.txt": access, "断链.pdf": frozenset({"missing"}), "管道.pdf": access, "设备.txt": access, "套接字.txt": access,
    }  # fmt: skip
