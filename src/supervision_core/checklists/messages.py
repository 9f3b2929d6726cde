"""The Chinese words of the checklists context."""

from collections.abc import Mapping

from supervision_core.checklists.model.checklist import VERBS
from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    **VERBS.messages(),
    "checklists.not_publishable": Message("检查单不能发布", "请按所列原因更正后再发布"),
    "checklists.locked": Message("检查单当前状态不允许此操作", "请刷新后核对检查单状态"),
    "checklists.name_missing": Message("检查单没有名称", "请填写检查单名称"),
    "checklists.trade_missing": Message("检查单没有业态", "请选择适用业态"),
    "checklists.lead_missing": Message("检查单没有牵头部门", "请选择牵头部门"),
    "checklists.lead_joins_itself": Message("牵头部门又列为参与部门", "请从参与部门中去掉牵头部门"),
    "checklists.joining_twice": Message("参与部门重复", "请去掉重复的参与部门"),
    "checklists.items_missing": Message("检查单没有检查项", "请至少关联一个检查项"),
    "checklists.item_code_unfit": Message(
        "检查项编码“{code}”为空或重复", "请为每个检查项填写唯一编码"
    ),
    "checklists.department_foreign": Message(
        "检查项“{item}”的责任部门不是本检查单的牵头或参与部门", "请调整责任部门，或增加参与部门"
    ),
    "checklists.grade_unknown": Message("检查项“{item}”的等级不在一至四级内", "请重新勾选等级"),
    "checklists.key_item_dropped": Message(
        "重点项“{item}”未覆盖全部等级", "重点项对各等级都必须检查，请勾选全部等级"
    ),
    "checklists.item_without_grade": Message("检查项“{item}”没有适用等级", "请至少勾选一个等级"),
    "checklists.worse_grade_spared": Message(
        "检查项“{item}”查较好等级却不查较差等级", "请同时勾选更差的等级"
    ),
    "checklists.items_unfit": Message("检查项与检查单不符", "请刷新后核对所列检查项"),
    "checklists.item_unknown": Message("检查单没有编码为“{code}”的检查项", "请刷新后重新选择"),
    "checklists.item_chosen_twice": Message(
        "检查事项“{item}”已在检查单中", "请去掉已关联的检查事项"
    ),
    "checklists.order_unfit": Message(
        "顺序没有列全检查单的检查项，或有编码重复", "请刷新后重新排序；编码重复的先改正编码"
    ),
    "checklists.never_published": Message("检查单尚未发布", "请先发布检查单"),
    "checklists.version_unknown": Message("检查单没有第{number}版", "请核对版本号"),
    "checklists.nothing_changed": Message("内容与最新版本相同", "修改后再发布"),
    "checklists.code_taken": Message("本区划已有编码为“{code}”的检查单", "请换用其他编码"),
    "checklists.item_not_enabled": Message("检查事项“{item}”未启用", "请先启用该检查事项"),
}
