"""The Chinese words of the items context."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "items.law_invalid": Message("法律法规信息有误", "请按所列原因更正"),
    "items.article_unknown": Message("《{law}》没有{article}", "请核对条款号，或先录入该条款"),
    "items.article_empty": Message("条款号或条款内容为空", "请补填"),
    "items.law_ends_before_begin": Message("失效日期不晚于实施日期", "请核对失效日期"),
    "items.check_item_incomplete": Message("检查事项不完整", "请按所列原因补充后再启用"),
    "items.check_item_locked": Message("检查事项当前状态不允许此操作", "请刷新后核对事项状态"),
    "items.already_enabled": Message("检查事项已启用", "无需重复启用"),
    "items.not_enabled": Message("检查事项未启用", "只有启用的事项才能停用或加入检查单"),
    "items.reason_missing": Message("没有说明原因", "请填写停用原因"),
    "items.matter_missing": Message("检查项“{item}”没有检查事项名称", "请填写检查事项"),
    "items.content_missing": Message("检查项“{item}”没有检查内容", "请填写检查内容"),
    "items.department_missing": Message("检查项“{item}”没有责任部门", "请指定责任部门"),
    "items.basis_missing": Message(
        "检查项“{item}”没有法律依据", "请填写法律法规名称和条款；没有依据的不得检查"
    ),
    "items.basis_incomplete": Message(
        "检查项“{item}”的法律依据不完整", "请写明法律法规名称和条款号"
    ),
    "items.template_locked": Message("文书模板当前状态不允许此操作", "请刷新后核对模板状态"),
    "items.template_not_draft": Message("只有待审核的模板才能审核通过", "请先提交新的模板文件"),
    "items.code_taken": Message("本区划已有编码为“{item}”的检查事项", "请换用其他编码"),
}
