"""The Chinese words for refusals of registers."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

REGISTER_MESSAGES: Mapping[str, Message] = {
    "kernel.entry_invalid": Message("填写内容不符合要求", "请按下列原因修改后重新保存"),
    "kernel.entry_deleted": Message("该记录已删除，不能再修改", "请刷新列表；如需恢复请重新新增"),
    "kernel.order_incomplete": Message("排序未恰好包含每条记录一次", "请刷新列表后重新排序"),
    "kernel.fragment_too_short": Message(
        "检索内容太短", "请输入至少{fewest}个字，或{fewest}个拼音首字母"
    ),
    "kernel.list_days_unfit": Message(
        "“{title}”须为0到{most}之间的天数", "请填写从今天起算的天数，如 7"
    ),
    "kernel.list_too_long": Message("符合条件的记录超过{most}条", "请缩小查询条件后分次导出"),
    "kernel.register_required": Message("“{title}”为必填项", "请填写“{title}”"),
    "kernel.register_too_long": Message("“{title}”最多{most}个字", "请缩短后重新保存"),
    "kernel.register_unknown_code": Message("“{title}”不在可选范围内", "请选择：{allowed}"),
    "kernel.not_one_line": Message(
        "含有换行、控制字符或改变文字方向的字符", "请删除这些看不见的字符后重新提交"
    ),
    "kernel.register_twice": Message("“{title}”有重复的值", "请删除重复的值后重新保存"),
    "kernel.register_too_many": Message("一次最多处理{most}条", "请减少选择后分次处理"),
    "kernel.register_fixed": Message("“{title}”确定后不能修改", "请保持原值"),
    "kernel.element_choices": Message("单选要素没有可选项", "请至少填写一个可选项"),
    "kernel.element_type_fixed": Message("要素的字段类型不能修改", "请停用后另行新增"),
    "kernel.extra_unknown": Message("没有编码为“{value}”的要素", "请刷新后按现有要素填写"),
    "kernel.extra_form": Message("“{title}”的值与其字段类型不符", "请按要素的字段类型填写"),
    "kernel.register_most": Message(
        "本部门使用中的记录已有{most}条，不能再增加", "请先停用不再需要的记录"
    ),
    "kernel.register_own": Message("这已是本部门的记录", "请选择其他部门的记录"),
    "kernel.table_not_written_so": Message("不是可以识别的写法", "请照此填写：{wanted}"),
    "kernel.register_least": Message("小于{least}", "请填写不小于{least}的整数"),
    "kernel.register_greatest": Message("大于{most}", "请填写不大于{most}的整数"),
    "kernel.register_ratio": Message("不是0至1之间的小数", "请填写0至1之间的小数，如0.15"),
    "kernel.register_unknown": Message("“{title}”所选的“{value}”不存在", "请重新选择"),
    "kernel.register_unusable": Message("“{title}”所选的“{value}”已停用", "请改选使用中的"),
    "kernel.register_ring": Message("上级不能是本条记录自身或其下级", "请改选其他上级"),
    "kernel.register_too_deep": Message("最下一级之上将超过{most}级", "请改选层级较高的上级"),
    "kernel.register_not_called": Message(
        "“{title}”中没有名为“{value}”的记录", "请核对名称，或先新增该记录"
    ),
    "kernel.register_nearly_called": Message(
        "“{title}”中没有名为“{value}”的记录，相近的有{near}",
        "请改填其中一个的名称或编码；都不是的，先新增该记录",
    ),
    "kernel.register_called_twice": Message(
        "“{title}”中名为“{value}”的记录不止一条", "请改填编码，或在页面上选择"
    ),
    "kernel.register_has_children": Message(
        "下面还有{count}条下级记录，不能删除", "请先删除或移走下级记录"
    ),
    "kernel.register_used": Message(
        "仍有{count}条记录使用它，不能删除", "请先将这些记录改用其他，或改为停用"
    ),
    "kernel.register_rested_on": Message(
        "检查“{number}”以它为依据，不能删除", "请保留；内容有误的请修改，修改记入历史"
    ),
    "kernel.register_masked": Message(
        "“{title}”是脱敏后的内容，含有星号", "请填写完整的内容；导入表中留空的保持原值"
    ),
    "kernel.entry_own": Message(
        "本级已新增了相同编码的记录，不能由上级平台覆盖", "请核对后停用或删除本级的记录，再次同步"
    ),
    "kernel.entry_synchronised": Message(
        "这条记录由上级平台同步而来，不能在本平台修改或删除",
        "请在上级平台变更，下次同步后生效；本级需要的请另行新增",
    ),
    "kernel.register_taken_together": Message("{titles}的组合与已有记录重复", "请改用其他值"),
    "kernel.register_taken": Message("“{title}”与已有记录重复", "请改用其他值，或修改已有记录"),
}
