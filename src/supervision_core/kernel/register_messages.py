"""The Chinese words for refusals of registers."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

REGISTER_MESSAGES: Mapping[str, Message] = {
    "kernel.entry_invalid": Message("填写内容不符合要求", "请按下列原因修改后重新保存"),
    "kernel.entry_deleted": Message("该记录已删除，不能再修改", "请刷新列表；如需恢复请重新新增"),
    "kernel.order_incomplete": Message("排序未恰好包含每条记录一次", "请刷新列表后重新排序"),
    "kernel.register_required": Message("“{title}”为必填项", "请填写“{title}”"),
    "kernel.register_too_long": Message("“{title}”最多{most}个字", "请缩短后重新保存"),
    "kernel.register_unknown_code": Message("“{title}”不在可选范围内", "请选择：{allowed}"),
    "kernel.not_one_line": Message(
        "含有换行、控制字符或改变文字方向的字符", "请删除这些看不见的字符后重新提交"
    ),
    "kernel.register_taken": Message("“{title}”与已有记录重复", "请改用其他值，或修改已有记录"),
}
