"""The Chinese words for the refusals of assessment."""

from collections.abc import Mapping

from supervision_core.assessment.model.models import VERBS as MODEL
from supervision_core.assessment.model.rounds import VERBS as ROUND
from supervision_core.kernel.messages import Message

_FACTS: Mapping[str, Message] = {
    "assessment.facts_not_usable": Message("评价所用的事实数据不合格", "请按各条原因更正数据"),
    "assessment.fact_of_another_type": Message(
        "事实“{fact}”的值不是所要求的类型（{type}）",
        "整数填整数、小数填文本、代码填文本、是否填是或否、日期填日期；系统不作猜测",
    ),
    "assessment.fact_too_precise": Message(
        "事实“{fact}”的值{value}超过{scale}位小数", "请按要求的位数填写；系统不作取整"
    ),
    "assessment.fact_out_of_range": Message("事实“{fact}”的值超出64位整数范围", "请核对单位"),
}

_EXPRESSIONS: Mapping[str, Message] = {
    "assessment.expression_not_understood": Message(
        "公式“{text}”中的“{part}”无法识别",
        "可用整数、小数、事实名、+ - *、min、max、比较、and or not、a if 条件 else b、"
        "ratio_at_least",
    ),
    "assessment.formula_too_large": Message(
        "公式的结果可能超出64位整数", "请为相关事实填写下限least和上限most，或用min、max限定结果"
    ),
    "assessment.formula_too_fine": Message(
        "公式的结果有{scale}位小数，乘以每单位分值后不足百分之一分",
        "请调整each，使最末一位小数也值整百分之一分；或改用分段计分",
    ),
    "assessment.formula_without_facts": Message("公式没有用到任何事实", "请写入至少一个事实名"),
    "assessment.mixed_units": Message(
        "公式把分值与个数相加或比较", "分值只能与分值相加、比较；个数请先乘以分值"
    ),
}

_RULES: Mapping[str, Message] = {
    "assessment.least_known_out_of_reach": Message(
        "least_known 应为0至{most}（启用的指标用到的数据项数）", "请更正"
    ),
    "assessment.evaluation_insufficient": Message(
        "已知的数据少于模型要求的项数，或没有适用的项目（数据不足），不能定级",
        "请补充数据后重新评分",
    ),
    "assessment.bands_missing": Message("没有填写任何区间", "请至少填写一个区间"),
    "assessment.band_empty": Message(
        "区间为空：下限{lower}不小于上限{upper}", "区间含下限、不含上限，下限须小于上限"
    ),
    "assessment.bound_too_large": Message("区间的上下限过大", "请核对单位"),
    "assessment.bands_start_late": Message(
        "小于{lower}的数没有区间可落", "第一个区间请不要填写下限from"
    ),
    "assessment.bands_end_early": Message(
        "大于等于{upper}的数没有区间可落", "最后一个区间请不要填写上限below"
    ),
    "assessment.bands_gap": Message(
        "{upper}与{lower}之间没有区间可落", "相邻区间的上限应等于下一区间的下限"
    ),
    "assessment.bands_overlap": Message(
        "区间重叠：上一区间到{upper}，下一区间从{lower}开始", "相邻区间的上限应等于下一区间的下限"
    ),
    "assessment.fact_unknown": Message("用到的事实“{fact}”没有定义", "请在facts中定义该事实"),
    "assessment.fact_does_not_fit_rule": Message(
        "事实“{fact}”的类型是{type}，此处需要{wanted}", "请更换事实或计分方式"
    ),
    "assessment.codes_missing": Message("查表计分没有列出任何代码", "请在codes中列出代码和分值"),
    "assessment.code_not_usable": Message("代码为空或含有不可用字符", "请删除空代码"),
    "assessment.cap_too_small": Message("计次上限{cap}小于1", "请填写不小于1的整数"),
    "assessment.veto_without_points": Message(
        "一票否决和升降级的缺失处理不能是给分", "请改为exclude（不适用）或error（报错）"
    ),
    "assessment.shift_out_of_reach": Message(
        "升降级没有级数，或超过{most}级", "请填写worse（加重）或better（减轻）的级数，其一即可"
    ),
    "assessment.full_marks_unfit": Message(
        "满分full不合适", "只有计分的指标有满分，须不小于0；不填则取该指标最多可得的分"
    ),
    "assessment.manual_bounds_crossed": Message("现场打分的下限大于上限", "请核对least和most"),
    "assessment.manual_unit_does_not_divide": Message(
        "每单位分值each不为正，或不能整除上下限和各评价等级的分值", "请减小each，例如改为0.5"
    ),
    "assessment.choice_out_of_bounds": Message(
        "评价等级的分值不在下限与上限之间", "请调整分值或上下限"
    ),
    "assessment.points_unbounded": Message(
        "指标分值可能超过{most}分", "请减小分值，或用min、max限定公式"
    ),
}

_MODEL: Mapping[str, Message] = {
    "assessment.model_not_usable": Message("评价模型有误，不能使用", "请按各条原因更正"),
    "assessment.no_such_indicator": Message("模型中没有指标“{indicator}”", "请核对指标编码"),
    "assessment.name_not_usable": Message(
        "名称“{name}”不可用", "请用小写英文字母开头，只含小写字母、数字和下划线，最长26个字符"
    ),
    "assessment.name_twice": Message("“{name}”重复", "请保证唯一"),
    "assessment.fact_scale_unfit": Message(
        "小数位数scale不合适", "decimal须写1至{most}；其他类型不写scale"
    ),
    "assessment.fact_bounds_crossed": Message("事实的下限大于上限", "请核对least和most"),
    "assessment.category_unknown": Message(
        "指标分类“{category}”没有定义", "请在categories中定义该分类"
    ),
    "assessment.indicators_missing": Message("模型没有启用的指标", "请至少启用一个指标"),
    "assessment.indicators_too_many": Message("指标超过{most}个", "请拆分模型"),
    "assessment.levels_missing": Message("没有定义结果等级", "请在levels中从轻到重列出等级"),
    "assessment.level_code_not_usable": Message("等级编码为空或过长", "请用1至20个字符"),
    "assessment.level_unknown": Message("等级“{level}”没有定义", "请使用已定义的等级或标签"),
    "assessment.measure_unknown": Message(
        "定级所用的量“{measure}”不存在",
        "可用total、worst、vetoes、missing、category_分类编码、item_指标编码，以及full、applicable、"
        "full_category_分类编码、applicable_category_分类编码",
    ),
    "assessment.decimal_in_measure": Message(
        "定级所用的公式中有小数", "请改写为整数，例如两边同乘以10"
    ),
    "assessment.graders_missing": Message("从严定级没有列出任何定级规则", "请至少列出一个"),
    "assessment.labels_not_distinct": Message("矩阵的标签为空或重复", "请列出互不相同的标签"),
    "assessment.matrix_incomplete": Message(
        "矩阵不完整，应为{rows}行{columns}列", "请补齐每一行每一列的等级"
    ),
}

_TRIALS: Mapping[str, Message] = {
    "assessment.not_comparable": Message("没有可以比较的两个版本", "请按各条原因更正"),
    "assessment.nothing_to_compare": Message(
        "模型没有草稿，或从未启用过", "启用一次之后再修改，修改后的草稿与现行版本比较"
    ),
    "assessment.levels_differ": Message(
        "草稿的结果等级与现行版本不同，不能逐级比较", "请使两者的等级一致，或另建模型"
    ),
    "assessment.share_not_usable": Message(
        "抽查比例“{share}”不是0至1之间的小数", "请填写0至1之间的小数，例如0.05"
    ),
}

_DOCUMENT: Mapping[str, Message] = {
    "assessment.document_not_understood": Message(
        "模型文件的格式有误", "请按各条原因更正，格式说明见《评价模型文件格式》"
    ),
    "assessment.field_missing": Message("缺少字段“{field}”", "请补充"),
    "assessment.field_unknown": Message("字段“{field}”不属于此处", "请核对拼写或删除"),
    "assessment.field_not_mapping": Message("此处应为“字段: 值”的结构", "请核对缩进"),
    "assessment.field_not_list": Message("字段“{field}”应为列表", "每项以“- ”开头"),
    "assessment.field_not_texts": Message("字段“{field}”应为文本列表", "请列出文本，必要时加引号"),
    "assessment.field_not_integers": Message("字段“{field}”应为整数列表", "请更正"),
    "assessment.field_not_text": Message("字段“{field}”应为文本", "数字或日期请加引号"),
    "assessment.field_not_flag": Message("字段“{field}”应为true或false", "请更正"),
    "assessment.field_not_integer": Message("字段“{field}”应为整数", "请更正"),
    "assessment.field_not_decimal": Message("字段“{field}”应为数，小数不超过{places}位", "请更正"),
    "assessment.range_not_understood": Message(
        "区间“{text}”无法识别",
        "可写“≤30”“30以下”“30~60”“30 < x ≤ 60”“大于30且不超过60”，单位与事实相同",
    ),
    "assessment.range_half_marked": Message(
        "区间“{text}”只写明了一端含或不含", "请两端都写明，例如“30（不含）~45（含）”"
    ),
    "assessment.range_contradicts": Message(
        "区间“{text}”自相矛盾：含与不含只能写一种", "请改写，例如“≥ 30”或“> 30”"
    ),
    "assessment.range_shared": Message(
        "{number}同时落在两个区间里", "请写明含或不含，例如“≤{number}”和“>{number}”"
    ),
    "assessment.range_twice": Message("range与from、below只能写一种", "请删除其中一种"),
    "assessment.range_too_precise": Message(
        "区间中的{text}小数超过{places}位", "请减少小数位数；系统不作取整"
    ),
    "assessment.range_without_percent": Message(
        "得分率区间中的{text}没有写百分号", "百分数请写百分号，如90%；比值不大于1，如0.9"
    ),
    "assessment.shift_not_one_way": Message(
        "升降级要么加重要么减轻", "请在worse（加重）和better（减轻）中填写一个正整数"
    ),
    "assessment.field_not_one_of": Message("字段“{field}”不是可选值", "可选：{options}"),
    "assessment.code_not_text": Message("代码“{value}”不是文本", "请给代码加引号"),
    "assessment.missing_policy_missing": Message(
        "没有写明数据缺失时如何处理",
        "请填写missing: exclude（不计）、error（报错）或 {{points: 分值}}（给分）",
    ),
}

_LIFE: Mapping[str, Message] = {
    "assessment.model_not_changeable": Message("评价模型当前不能这样操作", "请按各条原因处理"),
    "assessment.version_unknown": Message("模型没有第{number}版", "请核对版本号"),
    "assessment.already_enabled": Message("模型已经启用，且没有待启用的新版本", "请先修改再启用"),
    "assessment.not_enabled": Message("模型没有启用", "请先启用"),
    "assessment.kind_differs": Message("风险模型与信用模型不能互换", "请核对模型种类"),
    "assessment.object_type_fixed": Message("模型启用过，评价对象类型不能再改", "请新建一个模型"),
    "assessment.indicator_code_taken": Message(
        "指标编码“{code}”已用于指标“{name}”", "请换一个编码，或者打开该指标修改"
    ),
    "assessment.review_leader_missing": Message(
        "模型需要评审，但没有评审小组或组长", "请维护评审小组并委派组长"
    ),
    "assessment.review_group_not_usable": Message("评审小组有误", "请按各条原因更正"),
    "assessment.review_group_unnamed": Message("评审小组没有名称", "请填写小组名称"),
    "assessment.review_group_empty": Message("评审小组没有成员", "请添加成员"),
    "assessment.review_member_twice": Message("评审小组成员重复", "请删除重复的成员"),
    "assessment.review_leader_not_member": Message("组长不是小组成员", "请从成员中委派组长"),
}

_ROUNDS: Mapping[str, Message] = {
    "assessment.round_not_changeable": Message("评价任务当前不能这样操作", "请按各条原因处理"),
    "assessment.not_the_initiator": Message("只有评价发起人可以进行此操作", "请联系发起人"),
    "assessment.round_invalid": Message("评价不能这样发起", "请按各条原因更正"),
    "assessment.tags_without_subjects": Message(
        "没有带有这些标签的存续对象", "请换用其他标签，或直接填写参评监管对象"
    ),
    "assessment.too_many_subjects": Message(
        "带有这些标签的对象超过{most}个", "请直接填写参评监管对象，分批发起评价"
    ),
    "assessment.review_team_of_another_kind": Message(
        "所选小组不评审这一类评价", "风险评价请选择风险类小组，信用评价请选择信用类小组"
    ),
    "assessment.round_without_subjects": Message("评价任务没有评价对象", "请至少选择一个对象"),
    "assessment.round_subject_twice": Message("评价对象重复", "请删除重复的对象"),
    "assessment.subject_of_another_round": Message("对象不在本次评价之内", "请核对评价任务"),
    "assessment.evaluated_by_another_version": Message(
        "评分所用的模型版本与评价任务不同", "请用评价任务指定的版本重新评分"
    ),
    "assessment.evaluation_has_faults": Message(
        "有指标无法计分：{indicators}", "请补充或更正这些指标的数据"
    ),
    "assessment.subjects_unscored": Message("还有{count}个对象没有评分", "请先完成评分"),
    "assessment.round_without_reviewers": Message("没有选择评审人员", "请选择评审小组成员"),
    "assessment.reviewer_not_member": Message(
        "有{count}名评审人员不是模型评审小组的成员",
        "请从评审小组成员中选择，或先调整评审小组",
    ),
    "assessment.review_missing": Message(
        "模型要求评审，但没有评审人员反馈意见", "请发起征求评价意见，由评审小组成员反馈后再归档"
    ),
    "assessment.reopening_without_reason": Message("退回重新评分没有写明理由", "请填写退回的理由"),
    "assessment.deadline_passed": Message("意见征集的截止时间已过", "请重新设定截止时间"),
    "assessment.reviewer_not_asked": Message("您不是本次评价的评审人员", "请联系评价发起人"),
    "assessment.objector_not_asked": Message(
        "有{count}名提出过意见的评审人员没有列入", "请把提出过意见的评审人员一并列入"
    ),
    "assessment.objection_without_reason": Message("选择“有意见”时没有填写意见", "请填写意见"),
    "assessment.objection_stands": Message("还有评审意见没有解决", "请退回重新评分"),
    "assessment.deadline_too_soon": Message(
        "给评审人员的时间不足一天", "请把截止时间定在至少24小时以后"
    ),
    "assessment.objector_unheard": Message(
        "提出过意见的评审人员还没有再次征求意见", "请重新发起征求意见，列入提出过意见的评审人员"
    ),
    "assessment.reviews_pending": Message(
        "还有{count}名评审人员没有反馈", "请等待反馈或截止时间到达"
    ),
}

MESSAGES: Mapping[str, Message] = {
    **_FACTS,
    **_EXPRESSIONS,
    **_RULES,
    **_MODEL,
    **_TRIALS,
    **_DOCUMENT,
    **_LIFE,
    **_ROUNDS,
    **MODEL.messages(),
    **ROUND.messages(),
}
