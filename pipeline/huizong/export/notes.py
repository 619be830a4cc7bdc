"""What the sheet 说明 says of a run: versions, settings, and how many files were read and refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from huizong.errors import printable
from huizong.records import Act, Corrections

if TYPE_CHECKING:
    from huizong.batch import Run


def run_notes(record: Run) -> list[tuple[str, str]]:
    """Pairs of what and value, in Chinese, the refused files last."""
    read, failed, skipped = record.read, record.with_status("failed"), record.with_status("skipped")
    notes = [
        ("工具", f"汇总 huizong {record.version}"),
        ("句子模型", record.model),
        ("运行时间", record.started),
        ("文件", f"共 {len(record.files)} 个：读成 {len(read)} 个，失败 {len(failed)} 个，跳过 {len(skipped)} 个"),
        ("原则", "所有文字取自原文，不改写；原文没写的留空，空不等于 0。"),
    ]
    names = {
        "model": "模型文件夹",
        "dictionaries": "用户词典",
        "review_below": "需核界限",
        "max_file_mb": "文件大小上限(MB)",
        "max_pages": "页数上限",
        "max_characters": "字数上限",
        "timeout_seconds": "时间上限(秒)",
        "memory_mb": "内存上限(MB)",
        "ocr": "文字识别",
        "checks_off": "关掉的校核规则",
        "engine": "PDF 引擎",
        "layout": "版式",
        "rows": "汇总表一行",
        "body": "学校（--body）",
        "year": "年度（--year）",
        "hash": "设置校验值",
    }
    notes += [(f"设置：{names.get(k, k)}", _words(v)) for k, v in record.settings.items()]
    notes += [(f"未读：{printable(Path(row.path).name)}", row.message or "") for row in (*failed, *skipped)]
    return notes


def correction_notes(told: Corrections) -> list[tuple[str, str]]:
    """What became of the decisions of people; nothing where there are none."""
    if not told.followed and not told.unsettled:
        return []
    notes = [("人工修改", f"采用 {len(told.followed)} 条，没有落实 {len(told.unsettled)} 条")]
    if told.carried:
        notes.append(("人工修改", f"报告换过文件，其中 {len(told.carried)} 条按原话找到了新位置"))
    for one in told.unsettled:
        d = one.decision
        words = d.anchor.quote or "；".join(part.quote for part in d.anchor.parts)
        what = {Act.DELETE: "删去", Act.CONFIRM: "核过", Act.ADD: "加一行"}.get(
            d.act, f"{d.column}改为“{d.after or ''}”"
        )
        notes.append(
            (
                f"未落实：第 {d.number} 条",
                f"{one.reason}。{d.table}《{d.anchor.report}》“{words[:60]}” {what}（{d.by}）",
            )
        )
    return notes


def _words(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value)) or "（无）"
    return str(value) if value != "" else "（默认）"
