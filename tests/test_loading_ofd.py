"""OFD put together by hand: places, repeated steps, templates, fonts, pages that are pictures, hostile files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from huizong import errors
from huizong.cleaning import clean
from huizong.loading import load
from huizong.records import RawDocument

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
PT = 72 / 25.4
FONTS = (
    f'<ofd:Res {NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="宋体"/><ofd:Font ID="2" FontName="方正小标宋简体"/>'
    '<ofd:Font ID="3" FontName="仿宋" Bold="true"/></ofd:Fonts></ofd:Res>'
)
WORDS = "一二三四五六七八九十" * 3


def text(
    words: str, y: float, *, x: float = 28, size: float = 5, font: int = 1, delta: str = "", more: str = ""
) -> str:
    """A text object whose base line lies `y` mm below the top of the page."""
    steps = delta or f"g {len(words) - 1} {size}"
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} 160 {size}" Font="{font}" Size="{size}" {more}>'
        f'<ofd:FillColor Value="0 0 0"/><ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def page(*objects: str, head: str = "") -> str:
    return (
        f'<ofd:Page {NS}>{head}<ofd:Content><ofd:Layer ID="1">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def ofd(path: Path, *pages: str, more: dict[str, str] | None = None) -> Path:
    """An OFD with these pages; template 7 holds a running header."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    members = {
        "OFD.xml": f'<ofd:OFD {NS} Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": (
            f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:TemplatePage ID="7" BaseLoc="/Doc_0/Tpls/Tpl_0/Content.xml"/>'
            f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ),
        "Doc_0/PublicRes.xml": FONTS,
        "Doc_0/Tpls/Tpl_0/Content.xml": page(text("临江学院文件", 15, size=4)),
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)},
        **(more or {}),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read(tmp_path: Path, *pages: str, more: dict[str, str] | None = None) -> RawDocument:
    return load(ofd(tmp_path / "报告.ofd", *pages, more=more))


def test_lines_with_boxes_sizes_and_faces(tmp_path: Path) -> None:
    raw = read(
        tmp_path,
        page(text("年度工作总结", 40, x=75, size=8, font=2), text("全年召开会议12次。", 60, delta="g 6 5 2.5 2.5 5")),
    )
    title, line = raw.lines
    assert (title.text, title.bold, line.text, line.bold) == ("年度工作总结", True, "全年召开会议12次。", False)
    assert title.size_pt == round(8 * PT, 1)
    assert (title.page_width_pt, title.page_height_pt) == (round(210 * PT, 2), round(297 * PT, 2))
    assert line.box is not None
    assert line.box.x0_pt == pytest.approx(28 * PT, abs=0.01)
    assert line.box.x1_pt == pytest.approx((28 + 7 * 5 + 2 * 2.5 + 5) * PT, abs=0.01)
    assert line.box.top_pt < 60 * PT < line.box.bottom_pt
    assert (raw.source.format, raw.source.pages, raw.tables) == ("ofd", 1, ())


def test_wrapped_lines_are_joined_by_geometry_and_headers_dropped(tmp_path: Path) -> None:
    head = '<ofd:Template TemplateID="7" ZOrder="Background"/>'
    first = page(
        text(f"　　{WORDS[:28]}", 40), text(WORDS, 50), text("尾行。", 60), text(f"　　{WORDS[:28]}", 70), text("— 1 —", 285, x=100),
        head=head,
    )  # fmt: skip
    second = page(text("续完。", 40), text("　　末段。", 50), text("— 2 —", 285, x=100), head=head)
    third = page(text("　　第三页。", 40), text("— 3 —", 285, x=100), head=head)
    raw = read(tmp_path, first, second, third)
    assert [line.page for line in raw.lines if line.text == "临江学院文件"] == [1, 2, 3]
    assert clean(raw).text.split("\n") == [f"{WORDS[:28]}{WORDS}尾行。", f"{WORDS[:28]}续完。", "末段。", "第三页。"]


def test_order_gaps_blocks_and_matrices(tmp_path: Path) -> None:
    scaled = (
        '<ofd:TextObject ID="5" Boundary="28 70 100 10" CTM="0.5 0 0 0.5 1 2" Font="3" Size="10">'
        '<ofd:TextCode X="0" Y="8" DeltaX="10">放大</ofd:TextCode></ofd:TextObject>'
    )
    down = (
        '<ofd:TextObject ID="6" Boundary="28 100 60 30" Font="1" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="5">甲乙</ofd:TextCode>'
        '<ofd:TextCode Y="12" DeltaX="5">丙丁</ofd:TextCode></ofd:TextObject>'
    )
    turned = text("内部资料", 150, more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    hidden = text("看不见", 160, more='Visible="false"')
    twice = text("重影", 170) + text("重影", 170.1, x=28.2)
    block = f'<ofd:PageBlock ID="8">{text("后写的上行", 50)}</ofd:PageBlock>'
    raw = read(tmp_path, page(text("右", 60, x=90), text("左边", 60), scaled, down, turned, hidden, twice, block))
    assert [line.text for line in raw.lines] == ["后写的上行", "左边 右", "放大", "甲乙", "丙丁", "重影"]
    large = raw.lines[2]
    assert large.box is not None
    assert (large.size_pt, large.bold, large.box.x0_pt) == (round(5 * PT, 1), True, round(29 * PT, 2))


def test_wide_steps_cut_a_text_in_pieces(tmp_path: Path) -> None:
    jump = text("左甲右乙", 60, delta="5 60 5") + text("中", 60, x=60)
    raw = read(tmp_path, page(jump))
    assert [line.text for line in raw.lines] == ["左甲 中 右乙"]


def test_ruled_tables(tmp_path: Path) -> None:
    frame = "M 0 0 L 100 0 L 100 20 L 0 20 C M 0 10 L 100 10"
    drawn = (
        '<ofd:PathObject ID="4" Boundary="28 50 100 20" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>{frame}</ofd:AbbreviatedData></ofd:PathObject>"
    )
    filled = (
        '<ofd:PathObject ID="5" Boundary="78 50 1 20" Stroke="false" Fill="true">'
        "<ofd:AbbreviatedData>M 0 0 L 0.2 0 L 0.2 20 L 0 20 C</ofd:AbbreviatedData></ofd:PathObject>"
    )
    words = [text("表 1 课程建设", 47), text("项目", 57, x=30), text("数量", 57, x=80), text("网课", 67, x=30)]
    raw = read(tmp_path, page(drawn, filled, *words, text("3门", 67, x=80, delta="2.5"), text("表后。", 80)))
    grid = raw.tables[0]
    assert (grid.caption, grid.header, grid.rows) == ("表 1 课程建设", ("项目", "数量"), (("网课", "3门"),))
    assert grid.box is not None
    assert grid.box.x0_pt == pytest.approx(28 * PT, abs=0.1)
    assert [line.text for line in raw.lines] == ["表 1 课程建设", "表后。"]


def test_places_of_characters(tmp_path: Path) -> None:
    path = ofd(tmp_path / "a.ofd", page(text("甲乙3", 40), text("右", 40, x=60)))
    line = load(path, edges=True).lines[0]
    assert line.text == "甲乙3 右"
    assert [round(left / PT, 1) for left, _ in line.edges_pt] == [28, 33, 38, 40.5, 60]
    assert load(path).lines[0].edges_pt == ()


def test_page_boxes_of_their_own(tmp_path: Path) -> None:
    area = "<ofd:Area><ofd:PhysicalBox>10 20 297 210</ofd:PhysicalBox></ofd:Area>"
    line = read(tmp_path, page(text("横页", 60), head=area)).lines[0]
    assert line.box is not None
    assert (line.page_width_pt, line.box.x0_pt) == (round(297 * PT, 2), round(18 * PT, 2))


def test_broken_numbers_do_no_harm(tmp_path: Path) -> None:
    objects = [text("甲乙丙", 40, delta=delta) for delta in ("g 99999999999 5", "g x 5", "g", "nan 5", "5")]
    raw = read(
        tmp_path, page(*(item.replace("-5 160", "x 160") for item in objects), text("丁", 60, more='HScale="inf"'))
    )
    assert "丁" in raw.lines[-1].text


def test_pictures_garble_and_missing_pages_are_told(tmp_path: Path) -> None:
    picture = page('<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="4"/>')
    raw = read(tmp_path, page(text("正文。", 40)), picture, page(text("\ue123\ue124\ue125", 40)))
    assert [(notice.code, notice.page) for notice in raw.notices] == [("page_without_text", 2), ("page_garbled", 3)]
    with pytest.raises(errors.EmptyDocument, match="OCR"):
        read(tmp_path, picture)


def test_damaged_encrypted_and_hostile_files(tmp_path: Path) -> None:
    with pytest.raises(errors.EncryptedDocument, match="加密"):
        read(tmp_path, page(text("x", 40)), more={"Encryptions.xml": "<x/>"})
    with pytest.raises(errors.DamagedDocument, match="一页也没有"):
        read(tmp_path)
    with pytest.raises(errors.DamagedDocument, match="损坏"):
        read(tmp_path, page("<ofd:TextObject>"))
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + page(text("&b;", 40))
    with pytest.raises(errors.DamagedDocument, match="实体定义"):
        read(tmp_path, bomb)
    lost = read(tmp_path, page(text("有", 40)), more={
        "Doc_0/Document.xml": f'<ofd:Document {NS}><ofd:Pages><ofd:Page BaseLoc="Pages/Page_0/Content.xml"/>'
        '<ofd:Page BaseLoc="../../gone.xml"/></ofd:Pages></ofd:Document>'
    })  # fmt: skip
    assert [notice.code for notice in lost.notices] == ["page_missing"]
