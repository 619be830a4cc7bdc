"""How governments write numbers: lists that share a word, growth told clause by clause, things had already, years told once."""

from __future__ import annotations

import pytest

from told_counts import assert_told, cases

# sentence | words of a number = its thing (= change and status by their first letters; = year), parted by blanks
_DONE = """\
首批16项重点改革全面铺开。 | 16项=重点改革
八大标志性工程任务成效显著。 | 八大=标志性工程任务
培育8个以上医药高质量数据集。 | 8个以上=医药高质量数据集
印发12个重点行业稳增长方案。 | 12个=重点行业稳增长方案
22批次外国专家来赣访问。 | 22批次=外国专家
建成总馆和9个市（州）分馆。 | 9个=市（州）分馆|分馆
打造25个特色鲜明、带动力强的文旅街区。 | 25个=文旅街区
园区主营收入、利润增速分别高于全市1.2个和2.6个百分点。 | 2.6个百分点=利润增速|园区利润增速
推进好总投资860亿元的96个市重点项目。 | 860亿元=总投资 96个=市重点项目|重点项目
狭义货币M1增长4.1%。 | 4.1%=狭义货币M1=ia
完善救助、托养服务体系，城乡低保标准分别提高6.2%和8.1%。 | 6.2%=城乡低保标准=ia 8.1%=城乡低保标准=ia
供应工业用地1.8万亩。 | 1.8万亩=工业用地
货物出口达820亿元、增长7%，占全省份额提高到6.4%。 | 6.4%=货物出口占全省份额|占全省份额
货物出口达820亿元，占全省份额从5.1%提升到6.4%。 | 5.1%=货物出口占全省份额=lb 6.4%=货物出口占全省份额=la
数百万群众乘上动车。 | 数百万=群众
近千万农村人口喝上自来水。 | 近千万=农村人口
城镇居民人均收入4.1万元，农村居民人均收入2.2万元，实际增长4.8%和6.3%。 | 4.8%=城镇居民人均收入=ia 6.3%=农村居民人均收入=ia
氮氧化物排放总量下降9.1%。 | 9.1%=氮氧化物排放总量=da
“放心粮店”“放心肉店”覆盖率分别达81%、64%。 | 81%=“放心粮店”覆盖率 64%=“放心肉店”覆盖率
三次产业结构调整为8.1 : 41.6 : 50.3。 | 8.1&:&41.6&:&50.3=三次产业结构
完成全年40个重点工程28亿元的投资计划。 | 28亿元=投资计划|投资
断面I—Ⅲ类水质比例达98.2%。 | 98.2%=断面I—Ⅲ类水质比例
淘汰10蒸吨及以下的小锅炉76台。 | 10蒸吨及以下=小锅炉 76台=小锅炉
环卫工人、保安员工资再次提高，月人均增加300元。 | 300元=环卫工人、保安员工资|保安员工资=ia
"""

_AHEAD = """\
今年力争公路、水运分别完成投资120亿元、35亿元。 | 120亿元=公路投资=lt 35亿元=水运投资=lt
做强东港、西港2大物流基地。 | 2大=物流基地=la
用好6个开放平台。 | 6个=开放平台=la
财政安排帮扶资金52亿元，比上年增加3亿元。 | 52亿元=帮扶资金=lt 3亿元=帮扶资金=it
广义货币M2预期增长目标定为11%左右。 | 11%左右=广义货币M2=it
"""


@pytest.mark.parametrize(("sentence", "wanted"), cases(_DONE), ids=[sentence for sentence, _ in cases(_DONE)])
def test_of_the_past(sentence: str, wanted: list[str]) -> None:
    assert_told(f"2024年江原省政府工作报告\n一、2023年工作回顾\n{sentence}\n", wanted)


@pytest.mark.parametrize(("sentence", "wanted"), cases(_AHEAD), ids=[sentence for sentence, _ in cases(_AHEAD)])
def test_of_plans(sentence: str, wanted: list[str]) -> None:
    assert_told(
        f"2024年江原省政府工作报告\n一、2023年工作回顾\n经济稳中有进。\n二、2024年重点工作\n{sentence}\n", wanted
    )


def test_the_year_a_paragraph_starts_from() -> None:
    paragraph = "经济总量从2018年的3.1万亿元增加到4.4万亿元。税收从2100亿元增加到2900亿元。"
    assert_told(
        f"2024年江原省政府工作报告\n一、2023年工作回顾\n{paragraph}\n",
        ["3.1万亿元=*=lb=2018", "2100亿元=税收=lb=2018", "2900亿元=税收=la=2023"],
    )


def test_a_report_without_a_date_is_of_the_year_it_reviews() -> None:
    review = "2011年是“十二五”开局之年，也是我区各项事业取得成果的一年。全年建成幼儿园6所。"
    assert_told(f"政府工作报告\n一、过去一年工作回顾\n{review}\n", ["6所=幼儿园=la=2011"])
    ahead = "二、2013年工作安排\n新建养老院2家。"
    assert_told(
        f"政府工作报告\n一、过去一年工作回顾\n全年建成幼儿园6所。\n{ahead}\n", ["6所=*=la=2012", "2家=*=lt=2013"]
    )
