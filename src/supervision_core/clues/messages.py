"""The Chinese words of the clues context."""

from collections.abc import Mapping

from supervision_core.clues.model import VERBS
from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    **VERBS.messages(),
    "clues.clue_refused": Message("线索未能办理", "请按所列原因处理后重试"),
    "clues.field_empty": Message("必填内容为空", "请补充后重试"),
    "clues.due_day_past": Message("办理期限早于今天", "请核对期限"),
    "clues.forwarded_to_holder": Message(
        "部门“{department}”已是承办部门", "请选择其他部门，或者该部门的承办人员"
    ),
    "clues.complainant_confidential": Message(
        "投诉举报人的信息只供当前承办部门查看", "请由承办部门的工作人员查看"
    ),
    "clues.joined_to_itself": Message("线索不能并入自身", "请选择另一条线索"),
    "clues.principal_unknown": Message(
        "没有找到所并入的线索，或者它不是本部门登记的", "请选择本部门登记的线索"
    ),
    "clues.principal_concluded": Message("所并入的线索已办结", "请选择尚未办结的线索"),
    "clues.joined_to_other_firm": Message(
        "两条线索反映的不是同一监管对象", "请选择反映同一对象的线索，或者分别办理"
    ),
    "clues.joined_to_milder": Message(
        "投诉、举报不能并入其他类型的线索", "请把那一条并入这一条，或者分别办理"
    ),
    "clues.joined_to_unreported": Message(
        "企业、市民自行上报的线索并入后不再单独公开，只能并入同样由其上报的线索",
        "请把那一条并入这一条，或者分别办理",
    ),
    "clues.followed_up": Message(
        "线索已研判为需要办理或已经分发，不能再改为不予处理", "请由承办部门办理后反馈，再行办结"
    ),
    "clues.judge_recused": Message(
        "本人应当回避所反映的监管对象，不能研判或办结", "请由其他人员办理"
    ),
    "clues.inspection_not_made": Message(
        "关联的检查任务还没有完成对所反映对象的检查",
        "请完成检查后再反馈；关联错了的，请重新关联检查任务",
    ),
    "clues.officer_of_other_department": Message(
        "承办人员不属于承办部门", "请选择该部门的人员，或者改选承办部门"
    ),
    "clues.not_its_officer": Message(
        "线索已转给人员“{officer}”承办", "请由该人员办理，或者另行转办"
    ),
    "clues.not_holder": Message("部门“{department}”不是当前承办部门", "请由承办部门操作"),
    "clues.inspection_missing": Message(
        "研判意见为发起检查，但未关联检查任务", "请先发起并关联检查任务"
    ),
    "clues.reporter_unknown": Message(
        "账号没有关联的企业或个人", "请由企业或市民账号上报，或联系平台管理员关联"
    ),
    "clues.consent_missing": Message(
        "没有同意使用姓名和联系方式", "同意后受理部门才能与您联系；不愿提供的，请拨打12345"
    ),
    "clues.region_missing": Message("没有填写发生地", "请填写事情发生在哪个市或县"),
    "clues.receiver_missing": Message(
        "该地区还没有设置诉求受理单位", "请选择所在的市或自治区，或拨打12345反映"
    ),
    "clues.visit_rests_on_it": Message(
        "检查“{number}”以该线索为依据，研判结论不能更改",
        "研判人不参加检查；确需重新研判的，先删除该检查任务",
    ),
    "clues.extended_already": Message("办理期限已延长过一次", "请在期限内办理"),
    "clues.term_not_longer": Message("新期限不晚于原期限", "请改为之后的日期"),
}
