"""The Chinese words of the plans context."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message
from supervision_core.plans.model import VERBS

MESSAGES: Mapping[str, Message] = {
    **VERBS.messages(),
    "plans.not_drafted": Message("计划不能保存", "请按所列原因修改后重新保存"),
    "plans.not_changed": Message("计划不能修改", "请按所列原因处理后重试"),
    "plans.not_displayed": Message("计划不能公示", "请按所列原因处理后再公示"),
    "plans.objection_not_taken": Message("异议不能受理或答复", "请按所列原因处理后重试"),
    "plans.not_settled": Message("计划公示尚不能结束", "请按所列原因处理后重试"),
    "plans.not_deleted": Message("计划不能删除", "请按所列原因处理后重试"),
    "plans.field_empty": Message("必填内容为空", "请补充后重试"),
    "plans.lead_joins_itself": Message("牵头部门同时列为配合部门", "请从配合部门中去掉牵头部门"),
    "plans.department_twice": Message("配合部门重复", "请去掉重复的部门"),
    "plans.department_not_joining": Message(
        "部门“{department}”不是该计划的配合部门", "请先将其加入总计划的配合部门"
    ),
    "plans.period_backwards": Message("结束日期早于开始日期", "请核对计划时间"),
    "plans.period_outside_year": Message("计划时间不在{year}年度内", "请改为该年度内的日期"),
    "plans.matters_missing": Message("没有选择监管事项", "请选择已公布的监管事项"),
    "plans.subject_twice": Message("检查对象重复", "请去掉重复的检查对象"),
    "plans.matter_unpublished": Message(
        "监管事项“{matter}”未公布，不得检查", "请先公布该事项，或从计划中去掉"
    ),
    "plans.sub_plans_missing": Message("计划没有子计划", "请至少制定一个子计划"),
    "plans.sub_plan_twice": Message("子计划编号重复", "请核对子计划"),
    "plans.reason_missing": Message("没有填写原因或意见", "请填写后重试"),
    "plans.display_too_short": Message("公示截止日期须晚于今天", "请改为之后的日期"),
    "plans.nobody_to_consult": Message("计划没有配合部门", "请先填写配合部门，或者直接公示"),
    "plans.consultation_over": Message("意见征集截止日期早于今天", "请改为今天或之后的日期"),
    "plans.opinion_given": Message("本部门已反馈过意见", "有新的意见请在公示期内提出异议"),
    "plans.opinion_missing": Message(
        "部门“{department}”尚未反馈意见", "请待其反馈，或者在意见征集截止后公示"
    ),
    "plans.objections_closed": Message("异议期已过", "请与牵头部门联系调整计划"),
    "plans.objection_unknown": Message("没有找到该异议", "请核对异议编号"),
    "plans.objections_open_until": Message("异议期到{day}为止", "请在此日之后结束公示"),
    "plans.objections_unanswered": Message("还有{count}条异议未答复", "请先答复全部异议"),
    "plans.objections_unfollowed": Message(
        "有{count}条已采纳的异议，计划还没有据以修改",
        "请按采纳的意见修改计划，重新公示后再确定；不作修改的异议应答复为不采纳并说明理由",
    ),
    "plans.cap_reached": Message(
        "部门“{department}”本年度对对象“{subject}”已检查或安排{done}次，达到公布的年度频次上限{cap}次",
        "请改为书面核查或与其他检查合并；依据线索、企业申请或上级部署的检查除外",
    ),
}
