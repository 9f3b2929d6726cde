"""The Chinese words for the refusals of assessment."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

_FACTS: Mapping[str, Message] = {
    "assessment.facts_not_usable": Message("评价所用的事实数据不合格", "请按各条原因更正数据"),
    "assessment.fact_of_another_type": Message(
        "事实“{fact}”的值不是所要求的类型（{type}）",
        "整数填整数、代码填文本、是否填是或否、日期填日期；系统不作猜测",
    ),
    "assessment.fact_out_of_range": Message("事实“{fact}”的值超出64位整数范围", "请核对单位"),
}

_EXPRESSIONS: Mapping[str, Message] = {
    "assessment.expression_not_understood": Message(
        "公式“{text}”中的“{part}”无法识别",
        "可用整数、事实名、+ - *、min、max、比较、and or not、a if 条件 else b、ratio_at_least",
    ),
    "assessment.formula_too_large": Message(
        "公式的结果可能超出64位整数", "请为相关事实填写下限least和上限most，或用min、max限定结果"
    ),
    "assessment.formula_without_facts": Message("公式没有用到任何事实", "请写入至少一个事实名"),
    "assessment.mixed_units": Message(
        "公式把分值与个数相加或比较", "分值只能与分值相加、比较；个数请先乘以分值"
    ),
}

_RULES: Mapping[str, Message] = {
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
        "一票否决项的缺失处理不能是给分", "请改为exclude（不适用）或error（报错）"
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
    "assessment.fact_bounds_crossed": Message("事实的下限大于上限", "请核对least和most"),
    "assessment.category_unknown": Message(
        "指标分类“{category}”没有定义", "请在categories中定义该分类"
    ),
    "assessment.indicators_missing": Message("模型没有启用的指标", "请至少启用一个指标"),
    "assessment.indicators_too_many": Message("指标超过{most}个", "请拆分模型"),
    "assessment.levels_missing": Message("没有定义结果等级", "请在levels中从轻到重列出等级"),
    "assessment.level_unknown": Message("等级“{level}”没有定义", "请使用已定义的等级或标签"),
    "assessment.measure_unknown": Message(
        "定级所用的量“{measure}”不存在",
        "可用total、worst、vetoes、missing、category_分类编码、item_指标编码",
    ),
    "assessment.graders_missing": Message("从严定级没有列出任何定级规则", "请至少列出一个"),
    "assessment.labels_not_distinct": Message("矩阵的标签为空或重复", "请列出互不相同的标签"),
    "assessment.matrix_incomplete": Message(
        "矩阵不完整，应为{rows}行{columns}列", "请补齐每一行每一列的等级"
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
    "assessment.field_not_text": Message("字段“{field}”应为文本", "数字或日期请加引号"),
    "assessment.field_not_flag": Message("字段“{field}”应为true或false", "请更正"),
    "assessment.field_not_integer": Message("字段“{field}”应为整数", "请更正"),
    "assessment.field_not_decimal": Message("字段“{field}”应为数，小数不超过{places}位", "请更正"),
    "assessment.field_not_one_of": Message("字段“{field}”不是可选值", "可选：{options}"),
    "assessment.code_not_text": Message("代码“{value}”不是文本", "请给代码加引号"),
    "assessment.missing_policy_missing": Message(
        "没有写明数据缺失时如何处理",
        "请填写missing: exclude（不计）、error（报错）或 {{points: 分值}}（给分）",
    ),
}

MESSAGES: Mapping[str, Message] = _FACTS | _EXPRESSIONS | _RULES | _MODEL | _DOCUMENT  # type: ignore[operator]
