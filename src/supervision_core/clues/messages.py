"""The Chinese words of the clues context."""

from collections.abc import Mapping

from supervision_core.clues.model import VERBS
from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    **VERBS.messages(),
    "clues.clue_refused": Message("线索不能进行该操作", "请按所列原因处理后重试"),
    "clues.field_empty": Message("必填内容为空", "请补充后重试"),
    "clues.due_day_past": Message("办理期限早于今天", "请核对期限"),
    "clues.forwarded_to_holder": Message("部门“{department}”已是承办部门", "请选择其他部门"),
    "clues.complainant_confidential": Message(
        "投诉举报人的信息只供当前承办部门查看", "请由承办部门的工作人员查看"
    ),
    "clues.not_holder": Message("部门“{department}”不是当前承办部门", "请由承办部门操作"),
    "clues.inspection_missing": Message(
        "研判意见为发起检查，但未关联检查任务", "请先发起并关联检查任务"
    ),
    "clues.extended_already": Message("办理期限已延长过一次", "请在期限内办理"),
    "clues.term_not_longer": Message("新期限不晚于原期限", "请改为之后的日期"),
}
