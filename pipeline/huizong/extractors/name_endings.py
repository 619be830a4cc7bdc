"""How the names of works, sites, bodies and actions end, where they stand behind a number: what a verb before them belongs to."""

from __future__ import annotations

WORKS = (
    "团队",
    "联盟",
    "中心",
    "机构",
    "工程",
    "服务点",
    "综合体",
    "试点",
    "平台",
    "成果",
    "场景",
    "案例",
    "项目",
    "事项",
    "设施",
    "装置",
    "车间",
)
NAMED_HEADS = (*WORKS, "事件", "事故", "案件", "纠纷")
SITES = ("区", "园", "基地", "带", "圈")  # 自贸|联动|创新区
BODIES = ("公司", "企", "企业", "中心", "机构", "学校", "院", "校", "所", "店", "厂", "站")
AIMED_AT = (
    "重点县",
    "示范县",
    "试点县",
    "示范村",
    "示范点",
    "示范校",
    "示范社区",
    "试点",
    "工程",
    "项目",
    "行动",
    "计划",
)
NAMED_ACTIONS = ("举措", "措施", "政策", "行动", "工程", "计划", "项目", "任务", "活动", "专项")
