"""The Chinese words for the refusals of grading."""

from collections.abc import Mapping

from supervision_core.grading.model import VERBS
from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    **VERBS.messages(),
    "grading.grading_not_usable": Message("分级分类规则有误，不能使用", "请按各条原因更正"),
    "grading.document_not_understood": Message(
        "分级分类规则文件的格式有误", "请按各条原因更正，格式说明见《分级分类规则文件格式》"
    ),
    "grading.level_not_covered": Message("综合评价矩阵中没有等级“{level}”", "请补充矩阵或更换模型"),
    "grading.models_do_not_fit": Message("所选模型与分级分类规则不匹配", "请按各条原因更正"),
    "grading.levels_differ": Message(
        "模型的等级与矩阵的等级不一致", "请使两者的等级及从轻到重的次序相同"
    ),
    "grading.fact_types_differ": Message(
        "风险模型与信用模型对事实“{fact}”的类型定义不同", "请统一类型或改用不同的名称"
    ),
    "grading.model_not_brought_up": Message("对象标签带不出评价模型", "请按各条原因处理"),
    "grading.tags_missing": Message(
        "没有选择对象标签，也没有选择{kind}", "请选择对象标签以带出模型，或直接选择{kind}"
    ),
    "grading.tags_without_model": Message(
        "所选对象标签没有对应的启用的{kind}",
        "请在{kind}的基本信息中选择该标签并启用模型，或直接选择{kind}",
    ),
    "grading.tags_with_several_models": Message(
        "所选对象标签对应多个启用的{kind}：{names}", "请从中选择一个{kind}"
    ),
    "grading.rule_not_changeable": Message("分级分类规则当前不能这样操作", "请按各条原因处理"),
    "grading.grades_missing": Message("没有配置分级分类等级", "请至少配置一级"),
    "grading.grades_not_in_order": Message(
        "等级编号不是从1开始的连续编号", "请按1、2、3、4的次序从轻到重排列"
    ),
    "grading.ratio_not_usable": Message("抽取比例“{ratio}”无效", "请填写0到1之间的小数，如0.05"),
    "grading.cap_too_small": Message("每年检查次数上限小于1", "请填写不小于1的整数，或留空"),
    "grading.milder_inspected_more": Message(
        "第{grade}级的抽取比例低于更轻的等级", "等级越重，比例不得越低"
    ),
    "grading.levels_not_distinct": Message("矩阵的等级为空或重复", "请列出互不相同的等级"),
    "grading.matrix_incomplete": Message(
        "综合评价矩阵不完整，应为{rows}行{columns}列", "请补齐每一格"
    ),
    "grading.grade_unknown": Message("矩阵中的第{grade}级没有配置", "请先配置该等级"),
    "grading.riskier_but_milder": Message(
        "风险“{risk}”、信用“{credit}”的等级轻于风险更低的同类对象", "风险越高，等级不得越轻"
    ),
    "grading.less_credit_but_milder": Message(
        "风险“{risk}”、信用“{credit}”的等级轻于信用更好的同类对象", "信用越差，等级不得越轻"
    ),
    "grading.version_unknown": Message("没有第{number}版", "请核对版本号"),
    "grading.already_enabled": Message("规则已经启用，且没有待启用的新版本", "请先修改再启用"),
    "grading.not_enabled": Message("规则没有启用", "请先启用"),
    "grading.not_replayable": Message(
        "存档的分级结果与按存档数据重算的结果不一致", "结果可能被改动过，请核对审计记录"
    ),
    "grading.day_not_reached": Message("不能按将来的数据分级", "请按各条原因处理"),
    "grading.day_is_over": Message("不能补做已有结果之前的分级", "请按今天的数据分级"),
    "grading.day_over": Message(
        "监管对象{subject}在{day}或以后已有分级结果", "请按今天的数据分级；周期分级由系统自动完成"
    ),
    "grading.day_to_come": Message("数据截止日期晚于今天", "请填写今天或以前的日期"),
    "grading.not_graded": Message(
        "该对象在这一天没有分级结果", "请先执行 supervision grade，或换一个日期"
    ),
}
