"""The reports whose truth is known: invented colleges, invented figures, every trap of a printed page once.

`REPORTS` are rendered by the makers of this folder and written beside the PDFs as JSON; both come from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of a report.

    `kind`: title, h1, h2, h3, p (running text), item (without a first-line indent), caption, sign (right-hand).
    `bold`: printed bold, by makers that fake it twice with a tiny shift. `note`: the footnote that the mark ① in
    `text` refers to. `columns`: set in two columns, together with its neighbours.
    """

    kind: str
    text: str
    bold: bool = False
    note: str | None = None
    columns: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table. `ruled`: every cell in lines; else only three horizontal rules (三线表). `widths` are shares of the line."""

    caption: str
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    ruled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report and how it is set: `per_line` characters of `size_pt` a line, `leading_pt` from line to line.

    `indent` of a first line in characters; `gap_pt` between paragraphs; `number`: the page number's form, with {page}
    and {pages}; `running`: the header.
    """

    name: str
    running: str
    number: str
    watermark: str
    stamp: str
    per_line: int
    size_pt: int
    leading_pt: int
    indent: int
    gap_pt: int
    parts: tuple[Block | Grid, ...]


def cleaned(text: str) -> str:
    """The words as cleaning has to give them: blanks only between two Latin words or numbers."""
    return re.sub(r"(?<![\x21-\x7e]) +| +(?![\x21-\x7e])", "", text)


CHANJIAO = Report(
    name="chanjiao",
    running="澜溪职业技术学院产教融合工作总结",
    number="— {page} —",
    watermark="内部资料",
    stamp="澜溪职业技术学院",
    per_line=28,
    size_pt=16,
    leading_pt=28,
    indent=2,
    gap_pt=0,
    parts=(
        Block(kind="title", text="澜溪职业技术学院2023年产教融合工作总结", bold=True),
        Block(
            kind="p",
            text="2023年，学院坚持把产教融合作为办学的主线，对照年初下达的38项任务逐项落实，经费执行率达到98.6%，现将全年工作总结如下。",
        ),
        Block(kind="h1", text="一、主要做法和成效", bold=True),
        Block(kind="h2", text="（一）共建平台，校企合作机制更加健全", bold=True),
        Block(
            kind="p",
            text="学院牵头成立澜溪市智能装备产教联合体，吸纳企业46家、院校9所、科研机构3个，联合体理事会全年召开会议4次，"
            "审议通过《联合体章程》《资金管理办法（试行）》等制度11项①，形成人才、技术、设备三张共享清单。",
            note="① 其中3项制度由理事会秘书处起草，2023年11月30日起施行。",
        ),
        Block(
            kind="p",
            text="为压实责任，学院党委书记和院长每季度至少听取一次专题汇报，二级学院党总支书记任专班组长，各处室负责人为成员。",
        ),
        Block(
            kind="p",
            text="各专班按照“一企一策”的要求，累计走访企业213家次，签订合作协议57份，"
            "协议金额1,268.5万元，到账金额902.35万元，到账率为71.1%。",
        ),
        Block(kind="h2", text="（二）深化课堂改革，提升专业建设和人才培养的整体质量", bold=True),
        Block(
            kind="p",
            text="专业群与产业链同频共振，新增工业互联网技术、新能源汽车检测与维修技术等招生专业4个，停招专业2个，专业总数稳定在41个。"
            "与企业联合开发活页式教材15部（其中国家规划教材2部），建成Python程序设计、Digital Twin 应用基础等在线课程23门，"
            "选课人数突破12,000人次。",
        ),
        Block(kind="h3", text="1.教师队伍"),
        Block(
            kind="p",
            text="选派教师到企业实践锻炼126人次，聘请产业导师88人，“双师型”教师占比由2021年的72.4%提高到2023年的85.9%。",
        ),
        Block(kind="h3", text="2.课堂革命"),
        Block(
            kind="p",
            text="推行“岗课赛证”综合育人，学生获省级以上技能竞赛奖项64项，其中国家级一等奖3项、二等奖5项；"
            "参加“1+X”证书考核2,310人，通过率为91.7%。",
        ),
        Block(kind="p", text="（1）线上线下混合式教学覆盖全部专业。"),
        Block(kind="p", text="（2）建成校级课程思政示范课30门。"),
        Grid(
            caption="表1 2023年实训基地建设情况",
            rows=(
                ("序号", "基地名称", "面积（平方米）", "投入（万元）", "工位（个）"),
                ("1", "智能制造实训中心", "3,200", "1,560.0", "240"),
                ("2", "现代物流与供应链管理虚拟仿真实训基地", "850", "310.5", "96"),
                ("3", "新能源汽车实训车间", "1,480", "725.8", "120"),
                ("合计", "3个", "5,530", "2,596.3", "456"),
            ),
            widths=(10, 36, 20, 19, 15),
        ),
        Block(
            kind="p",
            text="实训基地全年面向社会开放1,860小时，承担职业技能等级认定17批次、4,205人次，社会培训到账收入386万元，同比增长12.3%。",
        ),
        Block(kind="h2", text="（三）服务区域，社会贡献度持续提升", bold=True),
        Block(
            kind="p",
            text="围绕乡村振兴和“走出去”战略，选派科技特派员19名，服务行政村33个，推广实用技术26项；"
            "在老挝、柬埔寨建设海外分校2所，招收留学生112人，输出教学标准6个，培训当地员工740人次。",
        ),
        Block(
            kind="p",
            text="毕业生留在本市就业2,047人，占比63.5%，用人单位满意度保持在95%以上，学院的做法被市委、市政府简报专题刊发，"
            "并在全省职业教育工作会议上作经验交流，产生了较好的反响。",
        ),
        Block(kind="h1", text="二、存在的主要问题", bold=True),
        Block(
            kind="p",
            text="一是企业参与的深度不够，真正投入设备和资金的合作企业只有29家；二是混合所有制改革进展缓慢，"
            "产权归属、收益分配等问题尚未破题；三是专任教师中有企业经历的比例偏低，高层次领军人才缺乏。",
        ),
        Block(kind="h1", text="三、2024年工作计划", bold=True),
        Block(
            kind="p",
            text="2024年，学院将重点抓好以下工作：力争联合体成员单位增加到80家，新建现场工程师学院2所；"
            "6月底前完成《产教融合三年行动方案（2024-2026年）》编制；12月15日前完成数字化能力测评。",
        ),
        Block(kind="sign", text="澜溪职业技术学院"),
        Block(kind="sign", text="2023年12月28日"),
    ),
)

ZHUANXIANG = Report(
    name="zhuanxiang",
    running="云麓市职业教育数字化专项  自评报告（2022-2024年）",
    number="第{page}页 共{pages}页",
    watermark="征求意见稿",
    stamp="云麓市教育事务所",
    per_line=37,
    size_pt=12,
    leading_pt=20,
    indent=0,
    gap_pt=9,
    parts=(
        Block(kind="title", text="云麓市职业教育数字化转型专项行动自评报告", bold=True),
        Block(kind="h1", text="1 项目概况", bold=True),
        Block(kind="h2", text="1.1 建设背景", bold=True),
        Block(
            kind="p",
            text="本专项于2022年3月立项，建设期三年，由云麓市教育事务中心组织实施，覆盖中等职业学校14所、高等职业院校5所，"
            "预算总投入人民币86,400,000.00元，其中市级财政资金6,000万元，学校自筹2,640万元。",
        ),
        Block(
            kind="p",
            text="专项以数据治理为基础、以应用场景为牵引、以队伍建设为保障，着力解决系统分散、数据割裂、应用不深的突出问题，推动管理与服务从人工经验为主走向智能协同。",
        ),
        Block(kind="h2", text="1.2 完成情况", bold=True),
        Block(
            kind="p",
            text="截至2024年9月30日，任务书确定的52项任务已完成50项，正在推进2项，总体完成率为96.2%；数据中台归集数据3.7亿条，"
            "日均调用接口（API）42万次，建成Smart Classroom（智慧教室）318间，万兆校园网覆盖学校17所。",
        ),
        Block(
            kind="p",
            text="平台通过等级保护2.0三级测评①，信息系统由原来的137个整合为61个。",
            note="① 测评机构出具的报告编号为YL-2024-0917，有效期一年。",
        ),
        Grid(
            caption="表1 专项绩效指标完成情况",
            rows=(
                ("指标", "单位", "目标值", "完成值"),
                ("在线精品课程", "门", "120", "134"),
                ("虚拟仿真实训项目", "个", "60", "58"),
                ("教师数字素养培训", "人次", "5,000", "6,372"),
                ("数据共享接口", "个", "200", "265"),
            ),
            widths=(40, 20, 20, 20),
            ruled=False,
        ),
        Block(
            kind="p",
            text="从表中可以看出，除虚拟仿真实训项目外，其余指标均超额完成，教师培训的完成率达到127.4%。",
        ),
        Block(kind="h1", text="2 主要举措", bold=True),
        Block(kind="h2", text="2.1 统筹推进，构建市级统一的数据底座", bold=True),
        Block(
            kind="p",
            text="一是制定《云麓市职业教育数据标准（V2.1）》，明确数据项1,146个，规范学生、教师、课程、资产四类主数据的编码规则；"
            "二是建立“月调度、季通报、年考核”制度，累计印发通报9期，约谈进度滞后单位3家；三是组建由23名专家构成的咨询委员会，"
            "开展现场诊断31次，提出整改建议164条，已整改158条，整改率为96.3%，未整改的6条均列入下一年度的工作台账继续跟踪督办。",
        ),
        Block(kind="h2", text="2.2 经费使用", bold=True),
        Grid(
            caption="表2 分年度经费投入与支出（单位：万元）",
            rows=(
                ("年度", "市级财政资金", "学校自筹资金", "实际支出", "执行率"),
                ("2022年", "1,800", "760", "2,381.6", "93.0%"),
                ("2023年", "2,400", "1,020", "3,355.0", "98.1%"),
                ("2024年1-9月", "1,800", "860", "2,410.2", "90.6%"),
            ),
            widths=(24, 20, 20, 18, 18),
        ),
        Block(
            kind="p",
            text="经费管理严格执行专款专用、单独核算，审计部门未发现违规问题。2024年第四季度还需支付设备尾款249.8万元。",
        ),
        Block(kind="caption", text="图1 数据中台总体架构"),
        Block(kind="h1", text="3 典型案例", bold=True),
        Block(
            kind="p",
            text="云麓工业学校把学生实习管理搬上平台，系统自动比对考勤、定位与周记，全年发现异常情况87起，均在24小时内处置完毕。",
            columns=True,
        ),
        Block(
            kind="p",
            text="实习投诉量由2022年的46件下降到2024年的7件，学生满意度提高了21.5个百分点，相关做法入选全国案例。",
            columns=True,
        ),
        Block(
            kind="p",
            text="云麓护理职业学院引入AI辅助的技能考核系统，将36项临床操作拆解为412个评分点，考核用时缩短了三分之二。",
            columns=True,
        ),
        Block(
            kind="p",
            text="系统运行两年来，累计完成考核18,920人次，护士执业资格考试通过率由88.2%上升到97.5%，位居全省第2位。",
            columns=True,
        ),
        Block(kind="h1", text="4 问题与建议", bold=True),
        Block(
            kind="p",
            text="部分学校对数据质量重视不够，有4所学校的数据更新滞后超过30天；县区学校技术人员不足，平均每校仅1.6人。",
        ),
        Block(
            kind="p",
            text="建议在下一周期设立运维专项，按每校每年15万元的标准核定运维经费，并在2025年底前为每所学校配齐专职技术人员3名以上。",
        ),
        Block(kind="sign", text="云麓市教育事务中心"),
        Block(kind="sign", text="2024年10月18日"),
    ),
)

REPORTS = (CHANJIAO, ZHUANXIANG)


def truth(report: Report) -> dict[str, object]:
    """What reading the report must give, as JSON: cleaned paragraphs in order, headings, tables, notes, the running header, page number."""
    blocks = [part for part in report.parts if isinstance(part, Block)]
    grids = [part for part in report.parts if isinstance(part, Grid)]
    body = [cleaned(part.text if isinstance(part, Block) else part.caption) for part in report.parts]
    return {
        "paragraphs": body,
        "headings": [cleaned(block.text) for block in blocks if block.kind in {"title", "h1", "h2", "h3"}],
        "notes": [cleaned(block.note) for block in blocks if block.note],
        "tables": [
            {"caption": cleaned(grid.caption), "ruled": grid.ruled, "rows": [list(row) for row in grid.rows]}
            for grid in grids
        ],
        "running": cleaned(report.running),
        "page_number": report.number,
    }
