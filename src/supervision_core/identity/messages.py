"""The Chinese words of the identity context."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

_CORRECT = "请更正后重新提交"

MESSAGES: Mapping[str, Message] = {
    "identity.view_invalid": Message("没有保存", "请按所列原因更正"),
    "identity.view_unfit": Message(
        "这个视图的条件已不适用于该列表", "请在“管理视图”中删除它，再按现在的条件另存"
    ),
    "identity.view_criterion": Message("该列表没有查询条件“{value}”", "请删除这个条件"),
    "identity.view_order": Message("该列表不能按“{value}”排序", "请改选列表提供的排序方式"),
    "identity.view_column": Message("该列表没有列“{value}”", "请改选列表提供的列"),
    "identity.view_column_twice": Message("同一列选了两次", "每列只选一次"),
    "identity.view_size": Message("每页条数不能是{value}", "请选择{sizes}"),
    "identity.view_unnamed": Message("没有视图名称", "请填写视图名称"),
    "identity.view_twice": Message("已有名为“{value}”的视图", "请改用其他名称"),
    "identity.views_full": Message("该列表的视图已有{most}个", "请先删除不用的视图"),
    "identity.draft_large": Message(
        "草稿最多保存{most}字，这次没有保存", "请先提交，或减少所填内容后再存"
    ),
    "identity.dead_letter_over": Message(
        "该事件已送达或已放弃", "请刷新未送达事件列表，查看它现在的状态"
    ),
    "identity.permission_denied": Message(
        "您没有“{permission}”权限", "请联系本部门管理员授权后再操作"
    ),
    "identity.repair_refused": Message("没有修复", "请按所列原因办理"),
    "identity.repair_not_needed": Message("这个对象没有被告警点名", "请核对对象的种类和编号"),
    "identity.repair_not_vouched": Message(
        "签名不成立，或证书没有绑定到现任审计管理员", "请由现任审计管理员用已绑定的证书签名"
    ),
    "identity.seal_broken": Message(
        "权限数据“{kind} {id}”未通过完整性校验，已拒绝操作并告警", "请立即联系安全管理员核查"
    ),
    "identity.department_invalid": Message("组织机构信息不完整或有误", "请按所列原因更正"),
    "identity.department_locked": Message("组织机构当前状态不允许此操作", "请刷新后核对机构状态"),
    "identity.department_deleted": Message("该组织机构已删除", "请刷新列表；如需使用请重新新增"),
    "identity.department_name_missing": Message("没有机构名称", "请填写机构名称"),
    "identity.department_code_missing": Message("没有机构编码", "请填写机构编码"),
    "identity.department_region_missing": Message("没有所属区划", "请选择所属区划"),
    "identity.agreement_reversed": Message("协议失效时间早于生效时间", "请核对协议的起止时间"),
    "identity.department_code_taken": Message("机构编码已被其他机构使用", "请改用其他编码"),
    "identity.region_unknown": Message("所属区划不在行政区划表中", "请先新增该区划或改选其他区划"),
    "identity.department_parent_unknown": Message("上级机构不存在或已删除", "请重新选择上级机构"),
    "identity.department_ring": Message(
        "上级机构是本机构或其下级机构", "请选择本机构以外的上级机构"
    ),
    "identity.department_line_unknown": Message("业务条线不存在或已停用", "请改选在用的业务条线"),
    "identity.department_not_empty": Message(
        "该机构下还有用户或下级机构", "请先将其用户和下级机构移走"
    ),
    "identity.department_unknown": Message(
        "机构“{id}”不存在，或不在您的管理范围内", "请选择您管理的机构"
    ),
    "identity.user_unknown": Message(
        "用户“{id}”不存在、已停用，或不在您的管理范围内", "请选择您管理的在用用户"
    ),
    "identity.region_code_form": Message("区划代码不是六位数字", "请按GB/T 2260填写六位代码"),
    "identity.region_level_unfit": Message("所属层级与区划代码不符", "请核对区划代码或所属层级"),
    "identity.region_parent_unfit": Message("上级区划与区划代码不符", "请核对区划代码或上级区划"),
    "identity.region_parent_unknown": Message("上级区划不在行政区划表中", "请先新增上级区划"),
    "identity.region_code_fixed": Message(
        "区划代码不能修改", "代码变更的，请新增区划并将数据转入新区划"
    ),
    "identity.region_in_use": Message(
        "该区划还有下级区划或所属机构", "请先删除下级区划并调整所属机构"
    ),
    "identity.user_invalid": Message("用户信息不完整或有误", "请按所列原因更正后重新提交"),
    "identity.user_locked": Message("用户当前状态不允许此操作", "请刷新后核对用户状态"),
    "identity.user_deleted": Message("该用户已删除", "请刷新列表；如需使用请重新新增"),
    "identity.account_form": Message(
        "账号名不符合要求", "请使用3至64位字母、数字或“_.@-”，并以字母或数字开头"
    ),
    "identity.account_taken": Message("账号名已被使用", "请改用其他账号名"),
    "identity.account_repeated": Message(
        "账号名与第{row}行重复", "每个账号只保留一行，并将多个组织写在同一格"
    ),
    "identity.code_repeated": Message("编码与第{row}行重复", "每个编码只保留一行"),
    "identity.not_your_area": Message("不在您的管理范围内，或上级不存在", "请由上级管理员导入"),
    "identity.text_long": Message("内容超过{most}个字", "请缩短后重新提交"),
    "identity.phone_form": Message("手机号码不是11位有效号码", _CORRECT),
    "identity.mail_form": Message("邮箱格式有误", _CORRECT),
    "identity.name_missing": Message("没有姓名", "请填写姓名"),
    "identity.membership_missing": Message("没有所属组织", "请为工作人员选择所属组织"),
    "identity.membership_twice": Message("同一组织填写了两次", "请删除重复的组织"),
    "identity.membership_not_yours": Message(
        "机构“{id}”不由您管理，不能将用户移出", "请联系该机构管理员"
    ),
    "identity.party_missing": Message("没有对应的企业、第三方机构或群众", "请选择该用户代表的主体"),
    "identity.firm_proof_missing": Message(
        "没有证明该用户代表这家企业",
        "请填写所查验的证明材料（如营业执照和授权委托书）及其编号，或由企业经统一身份认证登录时自动建立",
    ),
    "identity.party_fixed": Message(
        "用户所代表的企业、机构或群众不能更改", "请停用该用户，为新的主体另行登记用户"
    ),
    "identity.kind_fixed": Message(
        "企业用户与其他类型的用户不能互相改变", "请停用该用户，按新的类型另行登记用户"
    ),
    "identity.not_a_member": Message("该用户不属于此组织", "请先将其加入此组织"),
    "identity.order_incomplete": Message("排序未恰好包含每位用户一次", "请刷新列表后重新排序"),
    "identity.posts_missing": Message("没有给出职位", "请按从高到低列出职位"),
    "identity.post_twice": Message("同一职位列了两次", "请删除重复的职位"),
    "identity.department_order_incomplete": Message(
        "排序未恰好包含每个下级机构一次", "请刷新列表后重新排序"
    ),
    "identity.departments_have_no_post": Message("机构不能按职位排序", "请按拼音或笔画排序"),
    "identity.own_access": Message("不能变更本人的权限或任职", "请由其他管理员办理"),
    "identity.grant_forbidden": Message("不能这样授权", "请按所列原因调整"),
    "identity.export_not_allowed": Message(
        "这次导出没有经过审批", "请先申请导出，由安全管理员审批后再导出"
    ),
    "identity.export_decision_invalid": Message("不能这样审批", "请按所列原因调整"),
    "identity.export_decided": Message("这份申请已经审批过", "如需更改，请申请人重新申请"),
    "identity.export_own": Message("不能审批自己的申请", "请由另一名安全管理员审批"),
    "identity.export_reason_missing": Message("没有填写审批意见", "请写明同意或不同意的理由"),
    "identity.export_other": Message(
        "申请的申请人或机构与这次导出不符", "请由申请人按申请的机构导出"
    ),
    "identity.export_waiting": Message("申请还没有审批", "请等待安全管理员审批"),
    "identity.export_refused": Message("申请没有被同意", "请查看审批意见，需要时重新申请"),
    "identity.export_late": Message("同意后已超过{days}天", "请重新申请"),
    "identity.restoration_refused": Message("不能恢复这一管理职责", "请按所列原因处理"),
    "identity.duty_still_held": Message(
        "担任该职责的管理员仍有人能登录", "请由其办理；须另一人同意的，申请双人复核"
    ),
    "identity.restored_inactive": Message(
        "该账号已停用或已过有效期", "请指定其他账号，或先启用该账号"
    ),
    "identity.second_person_available": Message(
        "另有可以同意的管理员，不能由运维人员代为同意", "请由该管理员登录后办理"
    ),
    "identity.second_person_invalid": Message("这份双人复核申请不能这样办理", "请按所列原因处理"),
    "identity.second_person_own": Message("不能同意或拒绝自己的申请", "请由另一名管理员办理"),
    "identity.second_person_not_own": Message("这不是您的申请", "请由申请人撤回"),
    "identity.second_person_lapsed": Message(
        "申请已超过{hours}小时，不再有效", "仍需办理的，请申请人重新申请"
    ),
    "identity.second_person_decided": Message("申请已经办结", "请刷新后查看结果"),
    "identity.second_person_reason_missing": Message("没有写明理由", "请写明理由"),
    "identity.second_person_action": Message(
        "“{action}”不需要双人复核", "请直接办理，或核对操作的名称"
    ),
    "identity.second_person_command": Message(
        "所申请的内容与该操作不符", "请按直接办理该操作时的请求体填写"
    ),
    "identity.second_person_asker": Message(
        "申请人现在已不能办理此事", "请拒绝这份申请；仍需办理的，由有权限的人重新申请"
    ),
    "identity.role_invalid": Message("角色或群组信息有误", "请按所列原因更正"),
    "identity.role_name_missing": Message("没有名称", "请填写名称"),
    "identity.duties_not_separate": Message(
        "系统管理、安全管理、审计管理不能由同一人或同一角色兼任", "请将其授予不同人员"
    ),
    "identity.not_yours_to_enter": Message(
        "该用户持有您无权分配的角色、权限或管理范围，不能由您变更其登录凭据、手机号或证件",
        "请由能够分配这些权限的安全管理员办理，或由其本人凭原手机号变更",
    ),
    "identity.own_contact": Message(
        "不能在这里变更本人的手机号或证件",
        "手机号请在“个人设置”中凭原手机号变更，证件由其他管理员变更",
    ),
    "identity.one_hand": Message(
        "管理职责和登录凭据（证书、密码、手机号、证件）不能由同一人给予，其中一项已由您给予该用户",
        "请由另一名安全管理员办理，或由运维人员在服务器上执行 supervision do identity.assign_roles"
        "（职责）、supervision certificate bind（证书）",
    ),
    "identity.one_hand_password": Message(
        "该用户现在的密码是您重置的，管理职责（如机构管理员）和登录凭据不能由同一人给予",
        "请该用户登录并改为自己的密码，之后您可以办理；或由另一名安全管理员办理，"
        "或由运维人员在服务器上执行 supervision do identity.assign_roles",
    ),
    "identity.last_of_duty": Message(
        "该用户是其管理职责最后一名能登录的人，不能停用、删除、设有效期或收回职责",
        "请先指定并启用另一名管理员；确实无人时由运维人员执行 supervision init --restore-duty",
    ),
    "identity.duty_by_role_only": Message(
        "管理职责只能逐人授予，不能授予群组或机构，也不能由机构继承",
        "请授予用户本人，或授予尚无人持有的角色",
    ),
    "identity.role_of_duty_held": Message(
        "该角色已有人持有，不能增减其管理职责的权限", "请新建角色，再逐人分配"
    ),
    "identity.password_by_operator": Message(
        "管理员的密码不由其他管理员重置",
        "请绑定新的数字证书（双人复核），或由运维人员在服务器上办理",
    ),
    "identity.password_by_all": Message(
        "该用户还在您不管理的机构任职，不能由您一人重置密码", "请由管理其全部任职机构的管理员办理"
    ),
    "identity.not_delegated": Message(
        "角色“{id}”在该机构不由您分配", "只能转授您自己可分配的角色及机构范围"
    ),
    "identity.role_unknown": Message("角色“{id}”不存在", "请从角色列表中选择"),
    "identity.own_department": Message(
        "不能变更本人所在机构或其上级机构的区划、统筹范围、继承或上级",
        "请由不在该机构任职的上级管理员办理",
    ),
    "identity.region_not_yours": Message(
        "所属区划超出了您的管理范围", "请选择您管理的区划，或由上级管理员办理"
    ),
    "identity.coordination_not_yours": Message(
        "您不能让该机构统筹全区划的机构", "请由统筹该区划的上级管理员办理"
    ),
    "identity.second_person_required": Message(
        "此操作涉及管理员或多个机构，一人不能单独办理",
        "请写明理由，申请双人复核（接口为second_person_requests），"
        "由前后每一职责、每一机构的管理员在72小时内同意",
    ),
    "identity.second_person_unfit": Message("您不能复核这项申请", "请由符合要求的另一人复核"),
    "identity.second_person_self": Message("申请人和被变更的本人不能复核", "请由另一名管理员复核"),
    "identity.second_person_duty": Message(
        "您没有所缺同意的管理职责，或没有同意的权限",
        "请由担任该职责、有同意权限的另一名管理员复核，所缺的同意见申请页面",
    ),
    "identity.second_person_below": Message(
        "所涉机构不在您任职的机构之下；您和申请人在72小时内移动机构的，按移动前的上下级计算",
        "请由该机构或其上级机构的管理员复核，所缺的同意见申请页面",
    ),
    "identity.second_person_installed": Message(
        "您的管理职责或登录凭据是申请人给予的，不能同意其申请",
        "请由其他管理员复核；确实没有的，由运维人员在服务器上同意",
    ),
    "identity.second_person_given": Message(
        "您能给的同意已经有了", "请由申请页面上列出的其余管理员同意"
    ),
    "identity.second_person_more": Message(
        "申请之后所涉用户的职责或机构有变，已有的同意不够", "请拒绝这份申请，由申请人重新申请"
    ),
    "identity.thumbprint_form": Message("证书指纹不是64位小写十六进制", "请填写证书的SM3指纹"),
    "identity.not_held": Message("您自己没有“{permission}”权限", "只能授予自己拥有的权限"),
    "identity.not_passable": Message("您的“{permission}”权限不允许再次分配", "请由上级管理员授予"),
    "identity.permission_unknown": Message("没有“{permission}”这项权限", "请从权限目录中选择"),
    "identity.holder_takes_no_roles": Message(
        "该授权对象不能分配角色或群组", "角色可分配给用户和群组，群组只能分配给用户"
    ),
    "identity.log_in_refused": Message(
        "登录失败", "请核对后重试；多次失败会暂停登录一段时间，请稍后再试，或联系安全管理员"
    ),
    "identity.not_logged_in": Message("您尚未登录或登录已失效", "请重新登录"),
    "identity.step_up_required": Message("此操作需要再次核验身份", "请再次输入密码后继续"),
    "identity.policy_too_weak": Message(
        "登录策略的设置比等保三级的通行要求宽松，不能启动", "请按所列原因更正"
    ),
    "identity.policy_limit": Message(
        "登录策略“{name}”超出允许的范围", "登录策略只能设得更严，范围见 docs/login.md"
    ),
    "identity.password_refused": Message("密码不符合要求", "请按所列原因修改密码"),
    "identity.password_short": Message("密码少于{least}位", "请加长密码"),
    "identity.password_long": Message("密码超过{most}位", "请缩短密码"),
    "identity.password_simple": Message(
        "密码中的字符种类少于{least}种", "请混用大写字母、小写字母、数字和符号"
    ),
    "identity.password_holds_account": Message("密码包含账号名", "请改用与账号名无关的密码"),
    "identity.password_reused": Message("密码与近期使用过的密码相同", "请改用新密码"),
    "identity.certificate_required": Message(
        "系统、安全、审计管理员只能使用数字证书登录", "请插入证书介质后改用证书登录"
    ),
    "identity.code_undelivered": Message(
        "短信服务暂时不可用，验证码未能发出", "请几分钟后重新登录，或改用数字证书登录"
    ),
    "identity.code_not_sent": Message("验证码未发送", "请按所列原因处理"),
    "identity.log_in_over": Message("本次登录已结束", "请重新登录"),
    "identity.codes_used_up": Message("本次登录的验证码发送次数已用完", "请重新登录"),
    "identity.proof_codes_used_up": Message(
        "验证码发送次数已用完", "请30分钟后再试，或联系送达文书的部门"
    ),
    "identity.code_too_soon": Message("验证码发送过于频繁", "请一分钟后再试"),
    "identity.notice_invalid": Message("消息不能发送", "请按所列原因更正"),
    "identity.notice_empty": Message("没有标题或内容", "请填写标题和内容"),
    "identity.notice_receiver_unknown": Message(
        "该用户没有统一平台的账户", "请该用户用统一身份认证登录一次后再发送"
    ),
    "identity.notice_refused": Message("统一消息服务拒绝了这条消息", "请核对接收人和内容"),
    "identity.notice_undelivered": Message("消息没有送达", "请改用其他方式通知"),
    "identity.notice_given_up": Message("三天内没有送达", "请改用其他方式通知"),
    "identity.synchronisation_broken_off": Message(
        "同步中途停止，没有做完", "请稍后再次同步，或查看后台任务的日志"
    ),
    "identity.told_department_unknown": Message(
        "现有平台的机构“{id}”没有同步到本系统", "请先处理该机构未能同步的原因"
    ),
    "identity.told_user_unknown": Message("该用户没有同步到本系统", "请先处理该用户未能同步的原因"),
    "identity.told_account_taken": Message(
        "账号名在本系统属于另一人，或身份证号不一致",
        "请核对身份证号；确为同一人的更正后重新同步，不是同一人的请修改其中一个账号名",
    ),
    "identity.told_administrator": Message(
        "该用户是本系统的管理员，不由现有平台变更", "请由管理员在本系统中变更"
    ),
    "identity.told_code_taken": Message(
        "机构编码与本系统已有的机构相同，但区划或上级机构不同",
        "请由管理该机构的上级管理员核对：确为同一机构的，先把区划和上级改为一致；不是的，改用其他编码",
    ),
    "identity.told_counterpart_gone": Message(
        "对应的机构、用户或角色在本系统中已不存在", "请联系系统管理员核对"
    ),
    "identity.tied_role_of_duty": Message(
        "角色“{id}”含有管理员职责，不能由现有平台授予", "请选择不含管理员职责的角色"
    ),
    "identity.face_refused": Message("人脸认证没有完成", "请按所列原因处理"),
    "identity.face_not_offered": Message("本系统没有接入人脸认证", "请改用其他方式登录"),
    "identity.face_kind_unfit": Message("您的用户类型不能使用人脸认证", "请改用其他方式登录"),
    "identity.face_number_missing": Message(
        "您没有登记身份证号码，不能使用人脸认证", "请联系本单位管理员登记，或改用其他方式登录"
    ),
    "identity.face_too_soon": Message("人脸认证发起过于频繁", "请一分钟后再试"),
    "identity.face_not_passed": Message(
        "人脸认证还没有通过", "请完成人脸认证后再继续；不能通过的，请改用其他方式登录"
    ),
    "identity.face_id_repeated": Message(
        "人脸认证服务重复使用了认证编号", "请重新登录；再次出现请联系系统管理员核查接口"
    ),
    "identity.sign_on_refused": Message("不能登录本系统", "请按所列原因处理"),
    "identity.account_not_sufficient": Message(
        "您登录本系统的账户类别不满足业务办理要求，请使用符合要求的账户重新登录系统",
        "请更换账户，或在统一身份认证平台提高核验等级",
    ),
    "identity.sign_on_incomplete": Message(
        "统一身份认证平台未提供完整的用户信息", "请在统一身份认证平台补全信息后重新登录"
    ),
    "identity.staff_not_registered": Message(
        "您的账户尚未在本系统登记所属组织", "请联系本单位管理员登记"
    ),
    "identity.phone_not_new": Message("新手机号码没有填写，或与现在的相同", "请填写新的手机号码"),
    "identity.phone_changes_used_up": Message(
        "本次登录更换手机号的次数已用完", "请重新登录后再更换"
    ),
    "identity.sign_on_document_differs": Message(
        "统一身份认证平台提供的证件号码与本系统登记的不一致",
        "请联系本单位管理员核对您在本系统登记的证件号码",
    ),
    "identity.sign_on_ambiguous": Message(
        "您的账户信息对应本系统多个用户", "请联系系统管理员核对用户信息"
    ),
    "identity.user_disabled": Message("您在本系统的账户已停用", "请联系本单位管理员"),
    "identity.message_refused": Message(
        "消息渠道拒收这条消息", "请核对接收人的手机号、邮箱或统一身份认证账户"
    ),
}
