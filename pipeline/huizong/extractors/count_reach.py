"""How far behind a number its thing is reached: past sizes, cohorts and clauses, to the bodies, people and places that are counted."""

from __future__ import annotations

import re

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_ends import PhraseEnds
from huizong.extractors.count_pieces import STOPS
from huizong.extractors.count_relations import BODY, HEADS, PERSON

_PLACES = frozenset({"小区", "县区", "县域", "乡镇", "行政村", "片区", "市县", "县市"})
_PLACES |= {"旗县", "省份", "地市", "设区市", "县", "方面", "流域", "水系"}
_STANDING = ("中心", "站", "点", "院", "所", "馆", "社", "组织", "企业", "学校", "公司", "园", "项目", "工程", "队")
STANDING = (
    *_STANDING,
    "书屋",
    "室",
    "局",
    "处",
    "店",
    "厂",
    "会",
    "体",
    "群",
    "库",
    "平台",
    "机构",
    "基地",
    "集团",
    "联盟",
)
_LINES = frozenset({"流域", "水系", "方面", "片区"})  # may be counted by 条
_OF_PLACES = frozenset({"个", "大", "条", "处", "种"})
_MEASURED = frozenset({"投资", "产量", "产值", "营收", "销量", "增加值", "空气质量", "水质", "潜能", "规模", "资源量"})
_BUILDINGS = ("楼", "楼宇", "馆", "宿舍", "公寓", "厂房", "建筑", "住宅")
_RECEIPTS = ("总产值", "总收入", "收入", "销售额", "交易额", "增加值")
_MEANS = frozenset({"营业", "经营", "销售"})  # 四大产业|营业收入
_SCHOOLS = ("校", "中学", "小学", "初中", "高中", "幼儿园", "医院", "学院", "大学")
_HOUSEHOLDS = ("农户", "家庭", "居民", "牧户", "渔户", "商户")
_OF_COURSES = frozenset({"教案", "大纲", "标准", "资源", "教材", "课件"})
_AUTHORITIES = frozenset({"国家", "中央", "各地", "上级", "下级"})
HELD = frozenset({"个", "家", "所", "名", "位", "户", "门", "栋", "座", "台", "条", "处"})  # of things, not of deeds
# What people belong to, and is counted by 个 before them: 6个专业|学生, 2个村|贫困户.
GROUPS = frozenset({"专业", "村", "县", "乡镇", "社区", "班", "班级", "学院", "系", "年级", "部门", "单位"})
_CIRCUMSTANCES = frozenset({"与", "由", "对", "在", "从", "向", "以", "同", "被"})
_STATES_OF = frozenset({"情况", "状况", "现状", "近况"})
_YEAR = re.compile(r"(?:20)?\d\d")


def is_body(name: str) -> bool:
    """Whether the name is that of a body: 民办园, 校办企业."""
    return name.endswith(STANDING) or BODY.search(name) is not None


class PhraseReach(PhraseEnds):
    """Moves the beginning and the end of what stands behind a number."""

    def _past_circumstance(self, at: int) -> int:
        """Behind a clause that begins with a preposition: 4个|与产业脱节的|专业, 12名|在企业任职的|教师."""
        if at >= len(self._words) or self._words[at].text not in _CIRCUMSTANCES:
            return at
        for i in range(at + 2, min(at + 8, len(self._words) - 1)):
            if self._words[i].text in STOPS or self._words[i].text == "、" or i in self._numbers:
                return at
            if self._words[i].text == "的":
                return i + 1 if self.phrase_end(i + 1) > i + 1 else at
        return at

    def _to_household(self, at: int, end: int) -> int:
        """`end`, or the index behind the households counted where the phrase goes on about them: 2900户|农户|供货."""
        return next((i + 1 for i in range(at, end) if self._words[i].text.endswith(_HOUSEHOLDS)), end)

    def _to_course(self, at: int, end: int) -> int:
        """`end`, or the index behind the courses counted where the phrase goes on about them: 4门|思政必修课|教案."""
        closes = self._words[end - 1].text in _OF_COURSES
        return next((i + 1 for i in range(at, end) if closes and self._words[i].text.endswith(("课", "课程"))), end)

    def _to_school(self, at: int, end: int) -> int:
        """`end`, or the index behind the schools counted where the phrase goes on about them: 1000所学校|周边道路."""
        if self._words[end - 1].text.endswith((*STANDING, *_SCHOOLS)):
            return end
        return next((i + 1 for i in range(at, end) if self._words[i].text.endswith(_SCHOOLS)), end)

    def _to_person(self, at: int, end: int, candidate: Candidate) -> int:
        """`end`, or the index behind the people counted where the phrase breaks off before them: 12名|家庭困难|学生."""
        if candidate.unit not in HEADS or end <= at or PERSON.search(self._words[end - 1].text):
            return end
        for i in range(end, min(end + 4, len(self._words))):
            word = self._words[i]
            if word.text in STOPS or i in self._numbers or word.text in {"、", "的"}:
                return end
            if self._is_noun(i) and PERSON.search(word.text):
                return i + 1
            if not (self._is_noun(i) or word.text.startswith("在") or word.tag == "paren"):
                return end
        return end

    def _to_bodies(self, at: int, end: int, candidate: Candidate) -> int:
        """`end`, or the index behind the bodies counted where the phrase goes on about how they fare: 31所|民办园|办学情况."""
        if candidate.unit in {"家", "所"} and end - 2 >= at and not self._is_of_bodies(end - 1):
            whole = next((i + 1 for i in range(end - 2, at - 1, -1) if self._is_of_bodies(i)), end)
            return end if end < len(self._words) and self._words[end].text == "的" else whole  # 17家|省级部门|运维
        if candidate.unit == "个" and end - 2 >= at and self._words[at].text in GROUPS:
            closes = self._words[end - 1].text
            return at + 1 if PERSON.search(closes) or closes.endswith("户") else end
        if candidate.unit in {"栋", "幢"} and end - 2 >= at:  # 3栋|教学楼|屋面
            return next((i + 1 for i in range(at, end) if self._words[i].text.endswith(_BUILDINGS)), end)
        if candidate.unit not in HELD or end - 2 < at or self._words[end - 1].text not in _STATES_OF:
            return end
        end -= 1
        while end - 1 > at and self._words[end - 1].tag in {"v", "vn"}:
            end -= 1
        return end

    def _is_of_bodies(self, i: int) -> bool:
        text = self._words[i].text
        named = len(text) > 1 and text not in _AUTHORITIES
        return named and (text.endswith((*_SCHOOLS, "企", "行", "媒体")) or is_body(text))

    def _past_size(self, at: int, end: int) -> int:
        """Behind a size that stands between the number, which ends at `end`, and its thing: 14座|500立方米|储罐."""
        if at not in self._numbers or self._words[at].start != end:
            return at
        past = at
        while past in self._numbers:
            past += 1
        return past if past < len(self._words) and self._is_noun(past) else at

    def _past_cohort(self, at: int) -> int:
        """Behind 2021届 and 2020级 before those counted (83名|2021届毕业生)."""
        at += at < len(self._words) and self._words[at].text == "的"
        year = at + 1 < len(self._words) and _YEAR.fullmatch(self._words[at].text)
        if year and self._words[at + 1].text in {"届", "级"}:
            return at + 2
        return at - (at > 0 and self._words[at - 1].text == "的")

    def _past_place(self, at: int, end: int, candidate: Candidate) -> int:
        """`end`, or the index behind the places counted where the phrase goes on about them: 3000个小区|设置智能回收机."""
        if candidate.unit.lstrip("万") not in _OF_PLACES:
            return end
        for i in range(at, end - 1):
            if candidate.unit == "条" and self._words[i].text not in _LINES:  # 164条|县域|重点产业链
                continue
            if self._words[i].text in _PLACES and not self._words[end - 1].text.endswith(STANDING):
                return i + 1
        measured = self._words[end - 1].text if end - 1 > at else ""
        if measured in _MEASURED or (measured.endswith(_RECEIPTS) and self._is_noun(end - 2)):
            end -= 2 if self._words[end - 2].text in _MEANS and end - 2 > at else 1
            end -= end - 1 > at and self._words[end - 1].tag == "v"  # 9种|矿产|查明资源量
            return end - (end - 1 > at and self._words[end - 1].text == "全产业链")
        return end

    def _is_deed(self, i: int) -> bool:
        word, lexicon = self._words[i], self._lexicon
        nominal = word.tag.startswith("v") and word.text in lexicon.nominal
        return nominal or word.text in lexicon.strong or word.text == "整治"
