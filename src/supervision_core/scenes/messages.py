"""The Chinese words of the scenes context."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message
from supervision_core.scenes.model.scene import VERBS

MESSAGES: Mapping[str, Message] = {
    **VERBS.messages(),
    "scenes.not_publishable": Message("场景配置不完整或有误", "请按所列原因补充后再发布"),
    "scenes.locked": Message("场景当前状态不允许此操作", "请刷新后核对场景状态"),
    "scenes.name_missing": Message("场景没有名称", "请填写场景名称"),
    "scenes.lead_missing": Message("场景没有牵头部门", "请选择牵头部门"),
    "scenes.joining_missing": Message("场景没有配合部门", "跨部门场景至少选择一个配合部门"),
    "scenes.department_twice": Message("牵头或配合部门重复", "请去掉重复的部门"),
    "scenes.trades_missing": Message("场景没有业态", "请至少选择一个业态"),
    "scenes.address_missing": Message("第三方建设的场景没有访问地址", "请填写访问地址"),
    "scenes.subjects_missing": Message(
        "场景没有可检查的监管对象", "请关联至少一个“检查”的对象标签，或手动选择对象"
    ),
    "scenes.tag_twice": Message("同一对象标签关联了两次", "请去掉重复的标签"),
    "scenes.checklist_missing": Message("业态“{trade}”没有启用的检查单", "请关联并启用检查单"),
    "scenes.risk_model_missing": Message(
        "已开启风险评价，但业态“{trade}”没有风险模型", "请关联风险模型，或关闭风险评价"
    ),
    "scenes.credit_model_missing": Message(
        "已开启信用评价，但业态“{trade}”没有信用模型", "请关联信用模型，或关闭信用评价"
    ),
    "scenes.grading_rule_missing": Message(
        "已开启分级分类，但没有分级分类规则", "请关联规则，或关闭分级分类"
    ),
    "scenes.grading_without_models": Message(
        "分级分类需要同时开启风险评价和信用评价", "请开启两项评价，或关闭分级分类"
    ),
    "scenes.differentiated_without_grading": Message(
        "差异化抽取需要开启分级分类", "请开启分级分类，或关闭差异化抽取"
    ),
    "scenes.handbook_missing": Message(
        "已开启合规经营手册，但没有启用的手册", "请关联并启用手册，或关闭此项"
    ),
    "scenes.trade_foreign": Message("业态“{trade}”不属于本场景", "请调整业态，或去掉该关联"),
    "scenes.models_twice": Message("业态“{trade}”关联了多个同类模型", "每个业态只保留一个模型"),
    "scenes.code_taken": Message("本区划已有编码为“{code}”的场景", "请换用其他编码"),
    "scenes.not_portable": Message(
        "场景不能装进一个场景包", "请按所列原因调整，或拆成几个场景后分别导出"
    ),
    "scenes.package_unfit": Message("场景包与本地不符", "请按所列原因处理后重新启用"),
    "scenes.department_unknown": Message(
        "没有名为“{name}”的机构", "请先新增该机构，或说明它在本地的名称"
    ),
    "scenes.department_ambiguous": Message(
        "名为“{name}”的机构不止一个", "请改用机构编码说明是哪一个"
    ),
    "scenes.package_holds_one": Message(
        "场景关联了 {count} 个同类检查单或模型，一个场景包只装一个", "请各业态统一，或拆成几个场景"
    ),
}
