"""The noun phrase behind a number: 3个|招生专业, 8个|国家区域医疗中心 平稳运营."""

from __future__ import annotations

import re
from bisect import bisect_left

from huizong.extractors.count_candidates import Candidate
from huizong.extractors.count_deeds import DeedsBehind
from huizong.extractors.count_edges import TURN
from huizong.extractors.count_phrases import CIRCUMSTANCES, STEPS, Found
from huizong.extractors.count_pieces import STOPS
from huizong.extractors.count_reach import HELD
from huizong.extractors.count_relations import HEADS, PERSON
from huizong.lexicon.units import units
from huizong.records import Span

_PEOPLE = frozenset({"人", "人次", "名", "位", "家", "户", "所"})
_QUALITIES = frozenset({"符合条件", "有条件", "经济困难", "生活困难"})
_QUALIFIED = ("职称", "学历", "学位", "资格", "证书", "背景", "经历", "称号", "编制")
_SIZED = re.compile(
    r"(?:超|过|逾)?[一二三四五六七八九两几\d.]*[百千十]?[万亿]+(?:元|羽|头|吨|千瓦)?(?:级|以上)?的?(?=[一-龥])"
)
_RATED = re.compile(r"\d+千伏(?:[和、及]\d+千伏)*(?:级|及以上)?(?=[一-龥])")
_AGED = re.compile(r"的?\d+(?:[-—~～至]\d+)?(?:周岁|岁)(?:及?以[上下内])?的?(?=[一-龥])")
_ADDED = frozenset({"新增", "新建", "现有", "存量"})
_ALL_KINDS = frozenset({"各族", "各类", "各级", "各种", "各", "民族"})
_GOAL = re.compile(
    r"的(?:[^，。；、]{0,4}目标|[^，。；、]{0,4}(?:突破|跨越|飞跃)|任务[，。；]|要求|规定(?=[测计核配])|(?:最低)?标准(?!化)|底线|上限|下限)"
)
_IN_CASE = re.compile(f"的(?:{'|'.join(CIRCUMSTANCES)})[下上]")  # 减少120人|的情况下
_SUCH = re.compile(
    r"(?:[^，。；、\d的]{1,6}[强广大高好优多深实新全快]、){1,3}[^，。；、\d的]{1,6}[强广大高好优多深实新全快]的"
)
_GRADE = re.compile("[一二三四五]级")
_GROUPED = re.compile("一[组队班桌间室排车台机]")  # 5人一组轮流上机
_STANDS_FOR = re.compile("代表(?:[我本]|所在|学[校院]|全[省市校]|[省市国])")  # 3人|代表学校参赛
_WHO = re.compile(
    r"[^，。；、\d的]{3,18}的([一-龥“”]{2,8}?)(?=[，。；、]|进行|开展|实行|给予|予以|参加|完成|办理|[被在到已都均调将因])"
)
_PATTERN = re.compile("的[^，。；、]{0,6}(?:格局|布局|体系|规模|梯队|局面|结构)(?=[，。；、]|$)")
_HOLDERS = frozenset({"家", "所", "名", "位", "人", "户"})
_RATES = ("率", "龄", "额", "占比", "比例", "生师比", "人数", "总量", "年龄", "等级", "缺口", "条件", "层面", "身上")


_BY_THE = frozenset({"年", "月", "日", "周"})
_TAKING_PART = frozenset({"参加", "参与", "进入", "加入", "赴", "晋级", "前往", "下沉", "深入"})
_BY_WAY_OF = re.compile("通过[^，。；]{0,24}(?:方式|形式|途径|渠道|平台)")
_RELATIVE = frozenset(
    {"能", "会", "有", "具有", "具备", "未", "愿意", "参加", "从事", "来自", "获得", "熟悉", "精通", "取得"}
)
_MAKING_UP = frozenset({"组成", "构成", "参与", "参加", "参建", "担任", "主讲", "牵头"})
_INQUIRIES = frozenset({"调查", "调研", "走访", "抽查", "检查", "评估", "考核", "回访"})
_OR_ITS_LIKE = re.compile("（[省市县区旗州、自治特]{1,8}）")
_OR_PAPER = re.compile("（(?:论文|设计|群|部|系|室|所|班|村|社区)）")
_TOO = re.compile("[过较偏很不][一-龥]")
_OF_WORK = frozenset({"重点", "突出", "主要", "具体", "关键", "工作"})


class PhraseBehind(DeedsBehind):
    """Finds what stands behind a number."""

    def find(self, candidate: Candidate) -> Found:
        """The object named behind `candidate`; `name` is `None` when none is."""
        at = self._past_cohort(bisect_left(self._starts, candidate.end))
        people = candidate.unit.lstrip("万") in _PEOPLE or candidate.unit in {"万", "亿"}
        if at + 1 < len(self._words) and self._words[at].text == "方面" and self._words[at + 1].text in _OF_WORK:
            at += 1  # 十个|方面|重点任务
        rated = _RATED.match(self._text, candidate.end)  # 22个|750千伏和330千伏|电网工程
        sized = rated or _SIZED.match(self._text, candidate.end) or _AGED.match(self._text, candidate.end)
        if sized is not None:  # 3个|超百亿元|县城, 4.6万名|60岁以上|老人
            at = bisect_left(self._starts, sized.end())
        elif at < len(self._words) and self._words[at].text == "的":
            at, people = at + 1, False
        elif not people:
            at = self._past_size(at, candidate.end)
        if at + 1 < len(self._words) and self._words[at].text in _ALL_KINDS:
            at += 1
        if at + 1 < len(self._words) and self._words[at].text in _ADDED and self._words[at + 1].tag[:1] == "n":
            at += 1  # 800多万千瓦|新增|风电机组
        held = self._text.startswith("的", candidate.end) and self._text.endswith(
            ("有", "，", "中"), 0, candidate.start
        )
        if at + 1 < len(self._words) and self._words[at].text in _BY_THE and self._words[at].start == candidate.end:
            return Found(name=None)  # 17台|年使用机时不足
        if _PATTERN.match(self._text, candidate.end):
            return Found(name=None)  # 专业群6个|的梯次格局
        such = _SUCH.match(self._text, candidate.end)
        if such is not None:  # 25个|特色鲜明、带动力强的|文旅街区
            first = bisect_left(self._starts, such.end())
            stop = self.phrase_end(first)
            if stop > first:
                span = self._span(first, stop - 1)
                return Found(name=span.of(self._text), span=span, rule="behind")
        if _IN_CASE.match(self._text, candidate.end):
            return Found(name=None)
        if _GROUPED.match(self._text, candidate.end) or _STANDS_FOR.match(self._text, candidate.end):
            return Found(name=None)
        if candidate.unit in _HOLDERS and held:  # 有3家的津贴拖欠
            return Found(name=None)
        if (
            at < len(self._words) and self._words[at].text in {"中", "内", "里", "当中", "之中", "其中"}
        ) or _GOAL.match(self._text, candidate.end):
            return Found(name=None)
        at = self._past_circumstance(at)
        made = self.made(at, candidate)
        if made is None and not people and self._acts_on(at):
            return Found(name=None)  # 推荐8支|参加省赛
        named = made or self.in_batches(at, candidate) or self.said_to_be(at, candidate) or self.won(at, candidate)
        if named is not None:
            return named
        end = self.phrase_end(at, people=people)
        at, end = self._past_clause(at, end, people=people)
        end = self._to_work_counted(at, end)
        while end - 1 > at and (
            self._words[end - 1].text in self._lexicon.trailing
            or self._words[end - 1].text.endswith(_RATES)
            or _GRADE.fullmatch(self._words[end - 1].text)  # 供养机构|三级达标
            or (TURN.fullmatch(self._words[end - 1].text) is not None and self._words[end - 1].text.endswith("期"))
        ):
            end -= 1
        end = self._past_place(at, self._to_bodies(at, self._to_person(at, end, candidate), candidate), candidate)
        if end - 1 == at and self._words[at].text in self._lexicon.trailing:  # 18.6万平方米|主体|封顶
            return Found(name=None)
        while end - 1 > at and self._words[end - 1].text.endswith("性"):  # 19家企业|战略性|重组
            end -= 1
        end = self._to_school(at, end) if candidate.unit == "所" else end
        end = self._to_household(at, end) if candidate.unit.lstrip("万") == "户" else end
        end = self._to_course(at, end) if candidate.unit == "门" and end > at else end
        while (
            end - 2 >= at and candidate.unit in HELD and self._is_deed(end - 1) and self._words[end - 2].tag[:1] == "n"
        ):
            end -= 1  # 39个欠发达县域|托底性|帮扶
            while end - 1 > at and self._words[end - 1].text.endswith(("性", "式", "化")):
                end -= 1
        told = end <= at or self._words[at].tag[:1] in ("v", "d")  # 320名|办理贷款的学生
        who = _WHO.match(self._text, candidate.end) if told and candidate.unit in HEADS else None
        if who is not None and PERSON.search(who[1]):  # 4名|长期不参加组织生活的党员
            return Found(name=who[1], span=Span(*who.span(1)), rule="behind")
        if end <= at and not (people and at < len(self._words) and self._words[at].text in self._lexicon.deeds):
            return Found(name=None)
        passed = self._words[at].text == "通过" and _BY_WAY_OF.match(self._text, self._words[at].start) is None
        if people and (self._words[at].text in _TAKING_PART or passed):
            stop = self.phrase_end(at + 1)
            closes = stop >= len(self._words) or self._words[stop].text != "的"
            at, end = (at + 1, stop) if stop > at + 1 and closes else (at, end)  # 15人|参加|省级以上培训
        span = self._span(at, max(end - 1, at))
        kinds = _OR_ITS_LIKE.match(self._text, span.end) if span.of(self._text)[-1] in "省县区市旗" else None
        if kinds is not None:  # 27个省（区、市）
            span = Span(span.start, self._whole_kinds(kinds.end()))
        kinds = _OR_PAPER.match(self._text, span.end)
        if kinds is not None:  # 452篇毕业设计（论文）
            span = Span(span.start, kinds.end())
        if span.of(self._text) in STEPS and not units().is_thing(candidate.unit):  # 迈上6万亿|台阶
            return Found(name=None)
        return Found(name=span.of(self._text), span=span, rule="behind")

    def _whole_kinds(self, end: int) -> int:
        """Where the name ends whose bracket (（市、区）) ends at `end`: behind a noun that closes the clause (9个市（州）|分馆)."""
        first = bisect_left(self._starts, end)
        if first >= len(self._words) or self._words[first].start != end or self._words[first].tag.startswith("v"):
            return end
        stop = self.phrase_end(first)
        closes = stop == len(self._words) or self._words[stop].text in STOPS
        return self._words[stop - 1].end if stop > first and closes else end

    def _acts_on(self, at: int) -> bool:
        """Whether what stands behind the number says what they take part in, and no 的 makes it a clause about a thing."""
        if at >= len(self._words) or self._words[at].text not in _TAKING_PART:
            return False
        for word in self._words[at + 1 : at + 9]:
            if word.text == "的":
                return False
            if word.text in STOPS:
                break
        return True

    def _to_work_counted(self, at: int, end: int) -> int:
        """The end of the name where a work with a number of its own follows: 3家合作社|改造|老茶园1150亩."""
        if end >= len(self._words) or end not in self._numbers:
            return end
        lexicon = self._lexicon
        works = lexicon.strong | lexicon.organising | lexicon.opening
        for i in range(at + 1, end - 1):
            acts = self._words[i].tag in {"v", "vn"} and self._words[i].text in works
            if (
                acts
                and self._words[i - 1].tag[:1] in {"n", "l", "j"}
                and self._words[i + 1].tag[:1] in {"n", "b", "a", ""}
            ):
                return i
        return end

    def _is_one(self, i: int) -> bool:
        """Whether the word at `i` is what people or bodies are counted by: 群众, 企业."""
        return PERSON.search(self._words[i].text) is not None or self._is_of_bodies(i)

    def _past_clause(self, at: int, end: int, *, people: bool) -> tuple[int, int]:
        """The noun behind a short relative clause (三个螺旋上升的发展阶段), else the phrase as it is."""
        told = at < len(self._words) and (self._words[at].tag.startswith("v") or self._words[at].text in _QUALITIES)
        told = told or (end == at + 1 and self._words[at].tag == "l")  # 两座|积存多年的|垃圾山
        qualified = end > at and self._words[end - 1].text.endswith(_QUALIFIED)
        told = told or qualified or (end > at and self._words[end - 1].tag[:1] == "a")
        told = told or (end > at and _TOO.match(self._words[end - 1].text) is not None)  # 2个|规模过大的|党总支
        if end < len(self._words) and end > at and self._words[end].text == "的" and told:  # 符合条件的|残疾人
            stop = self.phrase_end(end + 1)
            if stop > end + 1 and self._words[stop - 1].text in _INQUIRIES:  # 对86家|涉农企业|的调查
                return at, end
            if qualified and stop > end + 1 and not PERSON.search(self._words[stop - 1].text):
                return at, end  # 4个|等级证书|的标准, but 副高以上职称的|指导教师
            return (end + 1, stop) if stop > end + 1 else (at, end)
        if end >= len(self._words) or self._words[max(end, at)].text == "的" or self._words[max(end, at)].text in STOPS:
            return at, end
        if self._words[end].text == "、" and end > at and not told:  # 3支|服务队|、参与的志愿者20人
            return at, end
        if self._words[max(end, at)].text in _MAKING_UP and end > at:  # 26名学生讲师|组成的宣讲团
            return at, end
        far = 6 if self._words[at].text in _RELATIVE or self._text.startswith("过", self._words[at].end) else 3
        for i in range(max(end, at) + 1, min(max(end, at) + far, len(self._words) - 1)):
            word = self._words[i]
            if word.text in STOPS or word.text in {"、", "中"} or i in self._numbers or word.tag in {"paren", "d", "t"}:
                break
            if word.text == "的":
                tells = any(
                    w.tag[:1] in ("v", "a", "d", "") for w in self._words[at:i]
                )  # 三个部门|一年来|的总结 does not
                stop = self.phrase_end(i + 1)
                counted = end > at and people and self._is_one(end - 1) and not self._is_one(stop - 1)
                tells = tells and not counted  # 为30万|群众|提供“家门口”的服务
                return (i + 1, stop) if stop > i + 1 and tells else (at, end)
        return at, end
