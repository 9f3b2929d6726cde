"""The Chinese words of the officers context."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "officers.invalid": Message("执法人员信息不完整或有误", "请按所列原因更正后重新提交"),
    "officers.locked": Message("执法人员当前状态不允许此操作", "请刷新后核对人员状态"),
    "officers.name_missing": Message("姓名为空", "请填写姓名"),
    "officers.department_missing": Message(
        "没有所属部门", "请填写所属部门的名称或编码；用命令行导入的，也可用 --department 指明"
    ),
    "officers.region_missing": Message("没有所属区划", "请填写区划代码或名称"),
    "officers.certificate_missing": Message(
        "没有执法证", "无执法资格的人员不得参与检查，请补录执法证"
    ),
    "officers.certificate_without_number": Message("执法证没有证号", "请填写执法证号"),
    "officers.certificate_without_region": Message("执法证没有执法区域", "请填写执法区域"),
    "officers.certificate_reversed": Message("执法证有效期起晚于止", "请核对有效期"),
    "officers.certificate_expired": Message(
        "执法证已过期，已登记但不会被抽取", "请更新执法证有效期"
    ),
    "officers.certificate_taken": Message(
        "执法证号与第{row}行相同而人员不同", "请核实证号归属，只保留一行后重新导入"
    ),
    "officers.certificate_registered": Message(
        "执法证号已登记在其他人员名下", "请核实证号归属，或修改已登记的人员"
    ),
    "officers.row_repeated": Message("与第{row}行完全相同，只导入一次", "无需处理"),
    "officers.out_of_scope": Message("该人员不在您的管辖范围内", "请由其所属区划、部门的人员导入"),
    "officers.interest_declared": Message("已申报利害关系", "请改派其他执法人员"),
    "officers.interest_unexplained": Message(
        "利害关系类型为“其他”而没有说明", "请在“说明”中写明是什么利害关系"
    ),
    "officers.legal_person_linked": Message("与该对象法定代表人存在关联", "请改派其他执法人员"),
    "officers.address_shared": Message("与该对象地址相同", "请改派其他执法人员"),
    "officers.not_an_officer": Message("当前账号不能以执法人员身份办理", "请按所列原因处理后重试"),
    "officers.account_untied": Message(
        "当前账号未关联执法人员", "请由本部门管理员在执法人员库中为您关联账号"
    ),
    "officers.acts_elsewhere": Message(
        "您所关联的执法人员属于其他部门", "请切换到该执法人员所属部门后办理"
    ),
    "officers.tied_already": Message("该执法人员已关联账号", "如需更换，请先解除关联"),
    "officers.tied_anew_by_one": Message(
        "原账号由同一人解除或删除，不能由其再关联另一账号：关联后即以该执法人员的名义签字",
        "请由另一名管理员核对身份后关联",
    ),
    "officers.tied_anew_on_visits": Message(
        "该执法人员还有{count}个检查对象任务未完成，其原账号已解除或删除，不能关联另一账号",
        "请重新关联原账号；本人不能到场的，由负责人办理“人员替换”，或待检查完成后再关联",
    ),
    "officers.untied_on_visits": Message(
        "该执法人员还有{count}个检查对象任务未完成，不能解除账号",
        "请由负责人办理“人员替换”换下该人员，或待检查完成后再解除；账号须立即停止使用的，请停用账号",
    ),
    "officers.not_tied": Message("该执法人员未关联账号", "请核对人员"),
    "officers.account_taken": Message(
        "该账号已关联其他执法人员", "一个账号只能关联一名执法人员，请核对后解除原关联"
    ),
    "officers.account_not_staff": Message("该账号不是工作人员账号", "请选择本部门工作人员的账号"),
    "officers.account_of_other_department": Message(
        "该账号不属于执法人员所在部门", "请选择该部门工作人员的账号，或先将其加入该部门"
    ),
    "officers.own_account": Message("不能为自己关联或解除执法人员", "请由其他管理员办理"),
    "officers.not_active": Message("该人员不在岗", "请核对人员状态"),
    "officers.not_suspended": Message("该人员不是暂停状态", "请核对人员状态"),
    "officers.has_left": Message("该人员已离岗", "请重新登记"),
    "officers.deleted": Message("该人员已删除", "请重新登记"),
    "officers.too_many_found": Message("查询结果超过{most}人", "请缩小查询条件后分次办理"),
    "officers.proposal_invalid": Message("变更申请不能提出或办理", "请按所列原因处理"),
    "officers.proposal_empty": Message("没有说明要变更什么", "请填写要新增的人员或资质"),
    "officers.proposal_unfit": Message("变更内容与所选的对象不符", "请重新选择要变更的对象"),
    "officers.proposal_outdated": Message(
        "申请提出后，原信息已被修改或删除", "请说明理由，不同意此申请，由机构重新提出"
    ),
    "officers.proposal_decided": Message("该申请已办理", "请刷新后查看结果"),
    "officers.refusal_without_reason": Message("没有填写不同意的理由", "请填写理由"),
    "officers.reason_too_long": Message("理由超过{most}个字", "请缩短后重新提交"),
    "officers.team_invalid": Message("小组信息有误", "请按所列原因更正"),
    "officers.team_locked": Message("小组当前状态不允许此操作", "请刷新后核对"),
    "officers.team_without_name": Message("小组没有名称", "请填写小组名称"),
    "officers.leader_not_member": Message("组长不是本组成员", "请先关联该人员，再委派组长"),
    "officers.team_deleted": Message("小组已删除", "请新建小组"),
}
