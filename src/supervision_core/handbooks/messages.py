"""The Chinese words of the handbooks context."""

from collections.abc import Mapping

from supervision_core.handbooks.model.life import VERBS
from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    **VERBS.messages(),
    "handbooks.invalid": Message("手册内容不符合要求", "请按所列原因更正"),
    "handbooks.not_publishable": Message("手册不能发布", "请按所列原因更正后再发布"),
    "handbooks.locked": Message("手册当前状态不允许此操作", "请刷新后核对手册状态"),
    "handbooks.chapter_unknown": Message("手册没有这个类别", "请重新选择手册类别"),
    "handbooks.chapter_in_itself": Message("类别不能放在自己或自己的下级之内", "请换一个上级类别"),
    "handbooks.chapter_too_deep": Message("手册类别超过{most}层", "请换一个层次较浅的上级类别"),
    "handbooks.chapter_twice": Message("同一上级下已有类别“{name}”", "请换用其他名称"),
    "handbooks.chapter_in_use": Message(
        "类别“{name}”下还有下级类别或要素", "请先移走或删除其中的下级类别和要素"
    ),
    "handbooks.chapters_too_many": Message("手册类别超过{most}个", "请合并类别或另立手册"),
    "handbooks.element_unknown": Message("手册没有这个要素", "请刷新后重新选择"),
    "handbooks.elements_too_many": Message("手册要素超过{most}条", "请合并要素或另立手册"),
    "handbooks.elements_missing": Message("手册没有要素", "请至少新增一条手册要素"),
    "handbooks.chapter_empty": Message("“{chapter}”没有内容", "请新增要素，或删除这个类别"),
    "handbooks.basis_missing": Message(
        "“{chapter}”的要素“{element}”没有法律法规依据", "请填写依据，法定之外不得新增要求"
    ),
    "handbooks.risk_missing": Message(
        "“{chapter}”的要素“{element}”没有风险提示", "请填写与这一要求对应的风险提示"
    ),
    "handbooks.version_unknown": Message("手册没有第{number}版", "请核对版本号"),
    "handbooks.nothing_changed": Message("内容与最新版本相同", "修改后再发布"),
}
