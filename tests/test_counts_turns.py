"""Turns of colleges' reports in which what a number counts does not stand right beside it: sentences of our own, read with the model."""

from __future__ import annotations

import pytest

from huizong.analyze import analyze_text
from huizong.records import Change, Count, Status

_HEAD = "某职业学院2023年工作总结\n一、主要工作\n"


def counts_in(body: str) -> list[Count]:
    return list(analyze_text(f"{_HEAD}{body}\n").counts)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # acronyms before the number, words that end in what looks like a bound
        ("建成MOOC12门、SPOC8门，发表SCI3篇、EI12篇。", ["MOOC", "SPOC", "SCI", "EI"]),
        ("添置B超2台、彩超1台。", ["B超", "彩超"]),
        ("打破5项校纪录。", ["校纪录"]),
        # clauses that begin with a preposition or a verb before the thing; what became of it
        ("停招3个与产业脱节的专业。", ["专业"]),
        ("建设8个由企业主导的实训项目。", ["实训项目"]),
        ("给7名考上本科的孩子每人发3000元助学金。", ["孩子", "助学金"]),
        ("党员先锋岗64个覆盖全部窗口。", ["党员先锋岗"]),
        ("4个集群晋级省先进制造业集群。", ["集群"]),
        ("9个实习点临时团支部运转良好。", ["实习点临时团支部"]),
        ("与35名医护人员子女结对。", ["医护人员子女"]),
        ("给21名孤儿和重残学生全免住宿费。", ["孤儿和重残学生"]),
        # times and averages between a thing and its number, former values
        ("全日制在校生三年间净增1900余人。", ["全日制在校生"]),
        ("“十三五”末到账经费达到860万元。", ["到账经费"]),
        ("全科医生每万人仅2.1名。", ["全科医生"]),
        ("年末城镇调查失业率从上半年5.6%降到5.2%。", ["城镇调查失业率"] * 2),
        ("PM2.5浓度较上年改善4.2%。", ["PM2.5浓度"]),
        ("一般公共预算收入增长1.8%、支出首次超过900亿元。", ["一般公共预算收入", "一般公共预算支出"]),
        ("6个职业技能等级证书考核通过率平均为88.4%。", [None, "考核通过率"]),
        # deeds done so many times, where one went
        ("3次调研、2次回信。", ["调研", "回信"]),
        ("组织小分队赴长三角、珠三角招商17批次。", ["招商"]),
        ("课程思政示范项目获省级立项5项。", ["课程思政示范项目"]),
        ("建立健全长效机制18项。", ["长效机制"]),
        # what became of the things behind a number; parts of a total told by ranks
        ("4个专业启动国际专业认证的准备工作。", ["专业"]),
        ("5个学生食堂严格落实校长负责制。", ["学生食堂"]),
        ("依托9个社区学习点，开设书画课程。", ["社区学习点"]),
        ("设备检查每月2次加节前突击。", ["设备检查"]),
        ("新立项科研项目85项，其中国家自然科学基金2项、省部级11项。", ["科研项目", None, "省部级科研项目"]),
        ("大赛设赛项96个，其中高职54个、中职42个。", ["赛项", "高职赛项", "中职赛项"]),
        ("面向9个省份投放计划2160个。", ["省份", "计划"]),
        ("生均教学行政用房规划目标为15平方米。", ["生均教学行政用房"]),
        ("绩效工资总量核增480万元。", ["绩效工资"]),
        ("抽查教案320份、作业1500本。", ["教案", "作业"]),
        ("进系部、进班级、进公寓宣讲60场。", ["宣讲"]),
        ("高级职称仅52人，距规划确定的30%尚有差距。", ["高级职称"] * 2),
        # praise before a noun; what only links; ratios of three sides
        ("优秀摄影图片3项、优秀实践基地2项。", ["优秀摄影图片", "优秀实践基地"]),
        ("新增免费停车位260个。", ["免费停车位"]),
        ("评选出一星级22家，二星级30家。", ["一星级", "二星级"]),
        ("向全区63家农家书屋配书工作顺利完成。", ["农家书屋"]),
        ("总产值达到180亿元，可比增长4.9%。", ["总产值", "总产值"]),
        ("地区生产总值虽然增长8.7%，但增幅下降2.1个百分点。", ["地区生产总值"] * 2),
        ("三次产业结构由12.4∶40.6∶47调整为9.8∶41.2∶49。", ["三次产业结构"] * 2),
        # what is best, what went on for years, how many times
        ("新增ESI全球前1‰学科2个、前1%学科17个。", ["ESI全球前1‰学科", "前1%学科"]),
        ("“山货”品牌销售额连续4年突破百亿元。", ["“山货”品牌销售额"]),
        ("商业航天全年7次发射全部成功。", ["发射"]),
        ("四大主导产业规模突破3000亿元。", ["主导产业", "主导产业规模"]),
        ("建强3个国家级和15个省级区域医疗中心。", ["国家级区域医疗中心", "省级区域医疗中心"]),
        # names that only look like counts
        ("办好青年60人论坛，落实144小时过境免签政策，备战全国三大球运动会。", []),
        # sizes that share a thing; shares of what the clause before names; general nouns with their sort
        ("形成2个万亿级和5个千亿级产业集群。", ["产业集群", "产业集群"]),
        ("新能源汽车年产量增至36万辆、占比达到41%。", ["新能源汽车年产量", "新能源汽车年产量占比"]),
        ("政府性融资担保业务增长19.2%。", ["融资担保业务"]),
        ("围绕四个现实需求，开展招商。", ["现实需求"]),
        # works done on things; what is told of things behind their number; members before a number
        ("新改造提升村卫生室120个。", ["村卫生室"]),
        ("完成湿地保护修复工程6处，修复废弃矿山38个。", ["湿地保护修复工程", "废弃矿山"]),
        ("实施科技创新攻坚计划项目45项。", ["科技创新攻坚计划项目"]),
        ("邮政、电信业务量分别增长12%、8.5%。", ["邮政业务量", "电信业务量"]),
        ("茶叶等6种农产品产量居全省第1位。", ["农产品"]),
        ("初中毕业生全部升学、68%就读普通高中。", ["初中毕业生"]),
        ("论文被SCI、EI收录9篇。", ["论文"]),
        # what is done with the thing before a number, or at the place behind it; all told in a bracket
        ("流转土地42亩建设生态采摘棚。", ["土地"]),
        ("三个帮扶村发展香菇产业640亩。", ["帮扶村", "香菇产业"]),
        ("硬化公路8公里，建设安全饮水工程3处。", ["公路", "安全饮水工程"]),
        ("完成962户贫困户（计2318人）的识别工作。", ["贫困户", "贫困户"]),
        ("16项二级指标全部达标，其中12项超额完成。", ["二级指标", "二级指标"]),
        ("现有未脱贫户18户52人。", ["未脱贫户", "未脱贫户"]),
        # ranks of order only behind 前 by itself; ages behind their number
        ("目前26个项目全部开工，竣工19个。", ["项目", "项目"]),
        ("为17万65岁以上老人建立健康档案。", ["老人"]),
        # bodies and people behind which the phrase goes on, or that it breaks off before
        ("为46名家庭困难在校学生办理贷款。", ["家庭困难在校学生"]),
        ("对全县38所民办园办园情况进行了督导。", ["民办园"]),
        ("首批9家县级部门运维实现集中管理。", ["县级部门"]),
        ("5家骨干企业用工系统接入平台。", ["骨干企业"]),
        ("新开工12个“智改”项目，新开通6个高速服务区出入口。", ["“智改”项目", "高速服务区出入口"]),
        ("报名数比上年减少320人的情况下，录取率仍达92%。", ["报名数", "录取率"]),
        ("在教学能力大赛项目中有3人获得个人单项一等奖。", ["个人单项一等奖"]),
        # deeds done to bodies told before; owners; sums
        ("全市民办学校11所，完成规范治理9所。", ["民办学校"] * 2),
        ("幼儿园42所（公办15所，民办27所）。", ["幼儿园", "公办幼儿园", "民办幼儿园"]),
        ("获省上奖励4项，市上奖励6项，共10项。", ["奖励"] * 3),
        ("发展党员28人，占学生三个支部的近七成。", ["发展党员", "支部", "发展党员"]),
        # funds with the works that they are for, amounts a head
        ("下达设备更新资金80万元、校舍维修改造资金65万元。", ["设备更新资金", "校舍维修改造资金"]),
        ("生均教学日常运行支出增加到2150元。", ["生均教学日常运行支出"]),
        ("落实了民办幼儿园生均500元财政补助政策。", ["财政补助"]),
        ("合作企业1260家，校均达到9家。", ["合作企业", "校均合作企业"]),
        ("制造业、涉农贷款余额分别增长8.1%、9.4%。", ["制造业贷款余额", "涉农贷款余额"]),
        ("城市污水集中收集处理率提高到78%。", ["城市污水集中收集处理率"]),
        ("学前一年幼儿的毛入园率达到98.1%、学前三年达到86.3%。", ["毛入园率"] * 2),
        # people: those sent, those who act, those told of behind 的
        ("选派教师参加国培、省培96人次。", ["教师"]),
        ("接收受援院校教师来校进修跟岗85人。", ["受援院校教师"]),
        ("推荐优秀团员入党120名。", ["优秀团员"]),
        ("为来校教师指定1名副高以上职称的指导教师。", ["指导教师"]),
        ("对5名长期不参加组织生活的党员进行了提醒谈话。", ["党员"]),
        ("为学生配送餐食3万份。", ["餐食"]),
        ("走访企业120家，校领导带队走访36家。", ["企业", "企业"]),
        # what a thing lacks, a mark that it falls short of
        ("专业课教师缺18人。", ["专业课教师"]),
        ("纸质图书只有46册，距60册的合格线还差14册。", ["纸质图书"] * 3),
        ("省级名师只有4人，与“双高”建设10人的目标差距明显。", ["省级名师"] * 2),
        # works told by their titles, ratios of two things, rates of payment
        ("出版教材9部，《船舶电气》《港口物流》2部入选国家规划教材。", ["教材", "教材"]),
        ("岗位数与毕业生人数之比达到6.2:1。", ["岗位数与毕业生人数之比"]),
        ("按每人1200元的标准发放临时困难补助。", ["临时困难补助"]),
        ("人岗比达1:3.8。", ["人岗比"]),
        # deeds that take up a thing told before
        ("牵头制定行业标准4项，参与制定9项。", ["行业标准", "行业标准"]),
        ("12支参赛队有8支获奖。", ["参赛队", "参赛队"]),
        ("教研室活动累计开展160次。", ["教研室活动"]),
        ("没收手机80部，期末归还家长76部。", ["手机", "手机"]),
        ("年初的480万元专项经费到年底执行452万元。", ["专项经费", "专项经费"]),
        # totals, negations, the utmost, units that tear words
        ("招生专业总数由28个调整为30个。", ["招生专业", "招生专业"]),
        ("抽检菜品300批次，不合格3批次。", ["菜品", "不合格"]),
        ("平均班额41人，最大班额56人。", ["平均班额", "最大班额"]),
        ("派出3名实训指导教师。", ["实训指导教师"]),
        ("分三批选派骨干教师46人。", [None, "骨干教师"]),
        ("运动健儿摘金6枚、银4枚。", ["金牌", "银牌"]),
        ("在各类技能竞赛中共获奖86项。", ["获奖"]),
        ("保障性租赁住房600套，城镇新增就业4000人。", ["保障性租赁住房", "城镇新增就业"]),
        # deeds in names, those who take part, what stands before 的
        ("开展能力提升培训2批次。", ["能力提升培训"]),
        ("班子成员领题调研课题9个。", ["调研课题"]),
        ("反馈问题23个已办结21个，其余2个正在整改。", ["问题", "问题", "问题"]),
        ("走访16家医疗和养老机构开展调研。", ["医疗和养老机构"]),
        ("年内选送12人参加省级以上培训。", ["省级以上培训"]),
        ("组织900名在职和离退休教职工体检。", ["在职和离退休教职工"]),
        ("全校博士31人，占专任教师的比例不到5%。", ["博士", "占专任教师的比例"]),
        ("发明专利授权30件。", ["发明专利授权"]),
        ("4栋宿舍楼主体封顶。", ["宿舍楼"]),
        ("在读率95%，高出全省同类学校平均水平2个百分点。", ["在读率", "在读率"]),
        ("专职教师31人，与学生之比达到1:26。", ["专职教师", "与学生之比"]),
        ("承担任务的二级学院共有6个。", ["二级学院"]),
        ("大型仪器中仍有17台年使用机时不足200小时。", ["大型仪器", None]),
        ("抽调各部门资产管理员58人。", ["资产管理员"]),
        # what is told of the things does not belong to their name
        ("对全省86家装备制造企业的调查表明，技能岗位缺口较大。", ["装备制造企业"]),
        ("将无人机操控等4个职业技能等级证书的标准融入课程。", ["职业技能等级证书"]),
        ("收益分配办法在3家合作企业先行试点。", ["合作企业"]),
        ("与城南、河口两个街道共建社区学院。", ["街道"]),
        ("学校设有机械、电气、信息5个二级学院和马克思主义学院。", ["二级学院"]),
        ("经验已推广到数控技术、模具设计2个专业群9个专业。", ["专业群", "专业"]),
        ("在全市同批18个社团里排第3。", ["社团"]),
        ("组织28个预算单位编报下年度部门预算。", ["预算单位"]),
        ("支部9个党员包片，定期上门。", ["党员"]),
        ("发生3起学生打架事件。", ["学生打架事件"]),
        ("论证增设一个人工智能方向的新专业。", ["人工智能方向的新专业"]),
        # deeds done so many times
        ("省电视台等媒体对“双元制”模式作了30多次报道。", ["报道"]),
        ("组建宣讲团，深入车间、社区和乡村宣讲43场。", ["宣讲"]),
        ("全年接待兄弟院校来校参观考察52批次。", ["参观考察"]),
        ("送教上门35场。", ["送教上门"]),
        ("在会议上作经验交流7次。", ["经验交流"]),
        # verbs that words ran together with
        ("与行业企业联合开发活页式教材12部。", ["活页式教材"]),
        ("筛查出重点关注学生187人。", ["重点关注学生"]),
        ("听取意见建议44条。", ["意见建议"]),
        ("帮助企业降低成本约600万元。", ["成本"]),
        ("专职辅导员实际在岗41人，与国家规定的标准相比还缺6人。", ["专职辅导员", "专职辅导员"]),
        ("发明专利19件，发明专利数首次超过15件。", ["发明专利", "发明专利数"]),
        ("新专业7月份获批，9月份首届招生45人。", ["招生"]),
        # names that go with the number from further off
        ("把课堂表现、作品质量和企业评价纳入考核，分别占30%、40%和30%。", ["课堂表现", "作品质量", "企业评价"]),
        ("毕业生在本市就业的比例为61.2%。", ["毕业生在本市就业的比例"]),
        ("企业捐来价值130万元的实训设备。", ["实训设备"]),
        ("学生累计获奖57项，其中国家级4项、省级22项。", ["获奖", "国家级获奖", "省级获奖"]),
        ("横向到账经费突破800万元，每个二级学院不少于50万元。", ["横向到账经费", "横向到账经费"]),
        ("专任教师按1:350配备。", ["专任教师"]),
        ("处里把申报、结项、报销三类业务搬到网上。", ["业务"]),
        ("建成两类平台。", ["平台"]),
        ("下一阶段，我们将继续推进改革。", []),
        # what is measured of places, what became of works
        ("8条产业链产值两位数增长。", ["产业链"]),
        ("省控的152个地表水断面水质优良率100%。", ["地表水断面", "地表水断面水质优良率"]),
        ("深化六大流域横向生态补偿。", ["流域"]),
        ("省重大项目开工290个、竣工237个。", ["省重大项目", "省重大项目"]),
        ("税收占一般公共预算收入比重超75%。", ["税收占一般公共预算收入比重"]),
        ("成为西部首个过5万亿元省份。", []),
        # lists whose last member alone has the head, and what they grew by
        ("贯通转段、对口升学的报到率分别为95.7%和92.1%。", ["贯通转段的报到率", "对口升学的报到率"]),
        ("历史类、物理类最低投档分比上年提高11分和7分。", ["历史类最低投档分", "物理类最低投档分"]),
        ("机械学院、护理学院落实率分别达到95.3%和94.1%。", ["机械学院落实率", "护理学院落实率"]),
        (
            "城镇、农村居民收入分别达到41180元和20360元，增长4.7%和6.2%。",
            ["城镇居民收入", "农村居民收入", "城镇居民收入", "农村居民收入"],
        ),
        ("城市、农村低保平均标准分别提高5.1%和6.3%。", ["城市低保平均标准", "农村低保平均标准"]),
        # whose the things are, what a clause before names
        ("目前我处专职工作人员6人。", ["专职工作人员"]),
        ("与毕业生之比为1:543。", ["与毕业生之比"]),
        ("《大学语文》作为公共必修课开设，共36学时。", ["公共必修课"]),
        ("智慧教室改造进展不快，原计划50间，只完成32间。", ["智慧教室", "智慧教室"]),
        ("未发现违规问题，两次接受第三方审计。", ["第三方审计"]),
        ("国际化课程标准中期目标5个，仅完成2个。", ["国际化课程标准", "国际化课程标准"]),
        ("所列42项三级指标中，尚有1项差距较大。", ["三级指标", "三级指标"]),
        ("12个国省考断面水质优良比例保持100%。", ["国省考断面", "国省考断面水质优良比例"]),
        ("仍有9个县财政自给率不足两成。", ["县", "县财政自给率"]),
        ("地区生产总值达到2.1万亿元，按不变价格计算增长5.4%。", ["地区生产总值", "地区生产总值"]),
    ],
)
def test_what_is_counted(sentence: str, expected: list[str | None]) -> None:
    found = [count.object for count in counts_in(sentence)]
    assert [name for name, wanted in zip(found, expected, strict=True) if wanted] == [name for name in expected if name]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("按照任务书的要求，项目周期内应派出教师100人次。", Status.TARGET),
        ("出台管理办法，规定专业课教师每五年累计到企业实践不少于6个月。", Status.TARGET),
        ("省教育厅下达我院招生计划4650人，实际录取4588人。", Status.ACTUAL),
        ("平台数量比“双高”建设之初的6个增长近两倍。", Status.BASELINE),
        ("由建设之初的31.2%提高到52.6%。", Status.BASELINE),
        ("比之前的1.6万元多了两倍。", Status.BASELINE),
        ("就业率高于任务书目标值3.4个百分点。", Status.ACTUAL),
        ("优良天数优于考核目标2.8个百分点。", Status.ACTUAL),
        ("公寓楼封顶，建成后可新增床位800个。", Status.TARGET),
        ("方案设9类任务，计划总投入5200万元。", Status.ACTUAL),
        ("明确实践课学时不少于总学时的50%。", Status.TARGET),
        ("低于任务书约定的15%。", Status.TARGET),
        ("废止不合要求的文件13个。", Status.ACTUAL),
        ("网上零售额由940亿元扩大到1.31万亿元。", Status.BASELINE),
        ("超额完成市里下达的300万元任务。", Status.TARGET),
        ("实行专业教师每5年不少于6个月的实践制度。", Status.TARGET),
        ("主动压减教学点，由11个减到6个。", Status.BASELINE),
        ("拟继续备考升学的35人。", Status.ACTUAL),
        ("协议约定的200万元投入分两年到位。", Status.TARGET),
        ("旅游收入恢复到2019年的107%和102%。", Status.ACTUAL),
    ],
)
def test_status_of_the_first_number(sentence: str, status: Status) -> None:
    assert counts_in(sentence)[0].status is status


def test_things_that_a_plan_is_made_for_are_there_already() -> None:
    body = "二、下一步打算\n由组织部牵头，对全部46名党支部书记开展集中轮训，力争新增样板支部2个。"
    assert [count.status for count in counts_in(body)] == [Status.ACTUAL, Status.TARGET]


@pytest.mark.parametrize(
    ("sentence", "change"),
    [
        ("新增光伏工程技术、乳品加工等专业3个。", Change.INCREASE),
        ("课题由15项增加到24项，增幅60%。", Change.INCREASE),
        ("招生由300人减到247人，降幅17.7%。", Change.DECREASE),
        ("历史类投档线高出省控线164分。", Change.LEVEL),
        ("新增2名教学名师、3个名师工作室、1个创新中心。", Change.INCREASE),
    ],
)
def test_change_of_the_last_number(sentence: str, change: Change) -> None:
    assert counts_in(sentence)[-1].change is change


def test_about_before_a_share_makes_it_approximate() -> None:
    assert counts_in("覆盖教师287人，约占专任教师总数的八成。")[-1].approx


def test_blanks_between_thousands_belong_to_the_number() -> None:
    counts = counts_in("招收学生1 260人，投入经费3 000.5万元，图1 120人参加了活动。")
    assert [count.value for count in counts] == [1260, 3000.5, 120]


def test_years_of_values_that_moved_together() -> None:
    told = counts_in("就业率由2019年的61.2%上升到2023年的88.5%，到县城以下就业的比例由25.1%增至41.3%。")
    assert [count.year for count in told] == [2019, 2023, 2019, 2023]
    assert told[2].object == told[3].object == "到县城以下就业的比例"


@pytest.mark.parametrize("sentence", ["不到2019年的七成。", "到账经费136万元，是上年的1.8倍。"])
def test_a_share_of_a_former_year_is_of_the_year_of_the_report(sentence: str) -> None:
    assert counts_in(f"全年到馆52.6万人次，{sentence}")[-1].year == 2023


def test_where_a_value_started_is_a_level() -> None:
    assert counts_in("主动压减教学点，由11个减到6个。")[0].change is Change.LEVEL


def test_a_mark_that_values_are_held_against_is_exact() -> None:
    assert not counts_in("满意度均高于90%的目标值。")[-1].approx
    assert not counts_in("所列指标中接近完成的2项。")[-1].approx


def test_the_year_of_a_title_that_looks_back_and_ahead() -> None:
    text = "某职业学院2024年度工作总结及2025年工作要点\n年初确定的46项任务完成41项。\n"
    assert {count.year for count in analyze_text(text).counts} == {2024}


def test_former_values_set_against_new_ones_and_rests_to_finish() -> None:
    told = counts_in("转让专利13件，转化金额74.2万元，而2022年仅为5件、21万元。")
    assert [count.status for count in told] == [Status.ACTUAL] * 2 + [Status.BASELINE] * 2
    assert counts_in("二、下一步打算\n完成剩余22间智慧教室改造。")[-1].status is Status.TARGET


def test_an_inquiry_among_things_is_not_what_is_counted() -> None:
    assert counts_in("对全市86家涉农企业的调查显示，缺口较大。")[0].object == "涉农企业"


def test_so_many_times_a_former_value_holds_now() -> None:
    told = counts_in("收入分别达到3.2亿元、1.1亿元，是2007年的1.8倍、1.7倍。")
    assert [count.status for count in told] == [Status.ACTUAL] * 4
