"""The Chinese words of the subjects context."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "subjects.invalid": Message("监管对象信息不完整或有误", "请按所列原因更正后重新提交"),
    "subjects.name_missing": Message("监管对象名称为空", "请填写登记名称"),
    "subjects.identity_missing": Message(
        "没有统一社会信用代码、注册号等任何身份代码", "请至少填写一种身份代码"
    ),
    "subjects.person_by_other_number": Message(
        "自然人只能以身份证号登记：登记为自然人的，公示时不显示名称和代码",
        "请把对象种类改为企业、个体工商户等；确为自然人的，请以身份证号登记",
    ),
    "subjects.identity_taken": Message("该身份代码已登记", "请在已有监管对象上修改"),
    "subjects.identity_former": Message(
        "该身份代码曾是另一监管对象的代码，以往公示的结果仍以它标明那一对象",
        "请核对证照：是同一对象的，请在原对象上修改；确属代码有误的，请填写更正后的代码",
    ),
    "subjects.deleted": Message(
        "该监管对象已删除", "确需恢复的，请用同一身份代码新增登记，原有记录随之恢复"
    ),
    "subjects.status_proposed": Message(
        "登记状态不能直接更正",
        "请由登记部门申请变更登记状态，附文书，由另一人确认",
    ),
    "subjects.status_left": Message(
        "登记状态“{said}”与登记簿的“{now}”不同，导入不变更登记状态，该行其他信息已导入",
        "确有变更的，请由登记部门申请变更登记状态，附文书，由另一人确认",
    ),
    "subjects.registrar_other": Message(
        "本部门不是该对象的登记部门", "请由登记部门的人员办理（见“登记机关”）"
    ),
    "subjects.registrar_unknown": Message(
        "不知道该对象由哪个部门登记", "请由系统管理员在“登记机关”中设置该类对象的登记部门"
    ),
    "subjects.registration_change_refused": Message("登记变更未能办理", "请按所列原因处理后重试"),
    "subjects.registration_change_unexplained": Message("没有填写理由", "请写明理由"),
    "subjects.registration_change_unproved": Message(
        "没有登记机关的文书", "请上传证明这一变更的文书"
    ),
    "subjects.registration_change_own": Message(
        "申请的人不能自己确认", "请由本部门另一名领导或部门管理员确认"
    ),
    "subjects.deleted_without_reason": Message("没有填写删除原因", "请填写删除原因"),
    "subjects.identity_fixed": Message(
        "身份代码与原登记不同", "代码不同即为另一监管对象，请新增登记，不要修改原对象"
    ),
    "subjects.region_missing": Message("没有所属区划", "请填写区划代码或区划名称"),
    "subjects.region_renamed": Message(
        "区划“{old}”已变更为“{new}”，已按现行区划登记", "无需处理；下次请使用现行区划"
    ),
    "subjects.region_unchanged": Message("该监管对象已在此区划", "请核对迁入区划"),
    "subjects.term_reversed": Message("经营期限起晚于止", "请核对经营期限的起止日期"),
    "subjects.status_unknown": Message(
        "登记状态无法识别，未更新登记状态", "请填写：存续、停业、吊销、撤销、迁出或注销"
    ),
    "subjects.kind_unknown": Message(
        "对象种类无法识别，已按企业类型或身份代码登记，两者都没有的登记为企业",
        "请填写：企业、个体工商户、自然人等；登记有误的请在监管对象页修改",
    ),
    "subjects.coordinate_unknown": Message(
        "经度或纬度不是度数，没有登记", "请填写十进制度数，例如经度108.366543、纬度22.817002"
    ),
    "subjects.status_already": Message("登记状态已经是“{status}”", "不用再变更"),
    "subjects.status_forbidden": Message(
        "登记状态不能由“{before}”变为“{status}”", "请向登记机关核实；注销后重新登记的按新对象新增"
    ),
    "subjects.phone_doubtful": Message(
        "联系电话格式可疑，已保留并标记存疑", "请核对号码位数与区号"
    ),
    "subjects.established_later": Message("成立日期晚于今天，已保留并标记存疑", "请核对成立日期"),
    "subjects.row_repeated": Message("与第{row}行完全相同，只导入一次", "无需处理"),
    "subjects.row_contradicted": Message(
        "与第{row}行身份代码相同而内容不同", "请核实哪一行正确，只保留一行后重新导入"
    ),
    "subjects.out_of_scope": Message("该对象不在您的管辖范围内", "请由其所属区划、部门的人员导入"),
    "subjects.kind_doubtful": Message(
        "对象种类与统一社会信用代码的类别不一致，已按所填种类登记并标记存疑", "请核对对象种类"
    ),
    "subjects.fact_below_zero": Message("“{fact}”不能为负数", "请核对后填写"),
    "subjects.tag_invalid": Message("标签不完整或有误", "请按所列原因更正后重新提交"),
    "subjects.tag_without_name": Message("标签没有名称", "请填写标签名称"),
    "subjects.tag_without_reason": Message(
        "没有写明打上或取下标签的理由", "请写明理由；标签决定对象是否在抽取名单中"
    ),
    "subjects.tag_rule_empty": Message("标签规则没有任何条件", "请至少填写一个条件，或删除该规则"),
    "subjects.tag_name_taken": Message("本区划已有名为“{name}”的标签", "请换一个名称"),
    "subjects.tag_rule_unknown": Message("标签没有该序号的规则", "请按标签页面所列的序号填写"),
    "subjects.tag_deleted": Message("该标签已删除", "请刷新列表；如需恢复，请新增同名标签"),
    "subjects.tag_disabled": Message("标签“{name}”已停用", "请改选使用中的标签"),
    "subjects.code_refused": Message("不能制作或收回企业码", "请按所列原因处理"),
    "subjects.code_of_person": Message("自然人不制作企业码", "企业码只为单位和个体工商户制作"),
    "subjects.code_of_closed": Message(
        "该监管对象已不在存续或停业状态", "请核对登记状态；恢复存续后再制码"
    ),
    "subjects.code_missing": Message("没有有效的企业码", "请先制码"),
    "subjects.data_change_refused": Message("信息变更申请不能提交或办理", "请按所列原因处理"),
    "subjects.data_change_empty": Message("没有填写要变更的内容", "请至少填写一项"),
    "subjects.data_change_unproved": Message("没有证明材料", "请上传营业执照等证明材料"),
    "subjects.data_change_unexplained": Message("没有填写不同意的理由", "请填写理由，企业会看到"),
    "subjects.capital_below_zero": Message("注册资本不能为负数", "请核对后填写，单位为元"),
    "subjects.approval_term_reversed": Message(
        "有效期至早于有效期起始日", "请核对有效期的起止日期"
    ),
    "subjects.approval_end_incomplete": Message(
        "提前终止的情形和终止日期只填了一项", "请两项都填写，或都不填"
    ),
    "subjects.approval_end_early": Message("终止日期早于决定日期", "请核对终止日期"),
    "subjects.approval_refused": Message(
        "不予许可的办件填了许可文件编号、有效期至或提前终止", "请核对审批结果；不予许可的不填这些项"
    ),
    "subjects.category_disabled": Message("该分类已停用", "请另选分类"),
    "subjects.category_mismatch": Message("所填内容不符合分类表单", "请按所列原因更正"),
}
