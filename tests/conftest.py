"""What several tests share: where the samples, the corpus and the reference material lie, and a report of our own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import postgres

collect_ignore = ["bench"]  # a benchmark, no tests: `make bench`

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"

REPORT = """临江工程职业学院2022年结对帮扶工作总结
2022年，临江工程职业学院（以下简称“临江工程”）与白鹿职业技术学院（以下简称“白鹿职院”）签订《结对帮扶协议》，结为帮扶对子。
一、主要工作与成效
（一）加强组织领导
为推动协议落地，两校成立了由校长任组长的领导小组，由学校办公室负责对接。2022年5月20日签订《白鹿实训共建协议》，同时建立了季度联席会议制度。
（二）深化专业帮扶
临江工程指导帮助白鹿职院修订人才培养方案8份，新增大数据技术、无人机应用技术等2个招生专业。白鹿职院获批省级现代学徒制专业3个，毕业生就业率达到96.5%。
选派骨干教师12人次到白鹿职院任教，促进了白鹿职院教学水平的提升。
二、存在问题
（一）资源共享不够
由于经费和体制原因，两校实训平台尚未共享，部分课程建设滞后。
三、下一步工作计划
（一）健全沟通机制
学校将定期召开联席会议，协调解决具体问题。力争2023年底前共建实训室2个。
"""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the project; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(
            "../shared is not there: reference reports and labels belong to others and are not in the repository"
        )
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample reports of `huizong demo`."""
    return CORPUS / "samples"


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL of the tests' own; the test is skipped where it is not installed."""
    import postgres

    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    folder = postgres.folder()
    running = postgres.Server(folder)
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)
