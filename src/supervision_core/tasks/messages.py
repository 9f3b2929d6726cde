"""The Chinese words of the tasks context."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

_TASK: Mapping[str, Message] = {
    "tasks.task_refused": Message("任务不能进行该操作", "请按所列原因处理后重试"),
    "tasks.not_dispatchable": Message("任务不能分发", "请按所列原因处理后再分发"),
    "tasks.part_refused": Message("部门任务不能进行该操作", "请按所列原因处理后重试"),
    "tasks.not_closable": Message("任务不能办结、归档或公开", "请按所列原因处理后重试"),
    "tasks.task_is_drafted": Message("任务尚在起草", "请先征求意见或确认任务"),
    "tasks.task_is_consulting": Message("任务正在征求意见", "请等待意见征求结束"),
    "tasks.task_is_ready": Message("任务已就绪、尚未分发", "请先分发任务"),
    "tasks.task_is_dispatched": Message("任务已分发、尚无部门认领", "请等待部门认领"),
    "tasks.task_is_in_progress": Message("任务正在执行", "请等待各部门办结"),
    "tasks.task_is_closed": Message("任务已办结", "请归档，或另行发起任务"),
    "tasks.task_is_archived": Message("任务已归档", "归档后不能更改"),
    "tasks.task_is_published": Message("任务结果已公开", "如有差错，请撤回公示并更正"),
    "tasks.task_is_deleted": Message("任务已删除", "请另行发起任务"),
    "tasks.field_empty": Message("必填内容为空", "请补充后重试"),
    "tasks.lead_joins_itself": Message("牵头部门同时列为配合部门", "请从配合部门中去掉牵头部门"),
    "tasks.department_twice": Message("配合部门重复", "请去掉重复的部门"),
    "tasks.period_backwards": Message("结束日期早于开始日期", "请核对任务时间"),
    "tasks.case_reason_missing": Message(
        "个案检查没有写明事由", "请写明投诉举报、转办交办、数据监测或企业申请等事由"
    ),
    "tasks.sub_plan_without_plan": Message("选了子计划而未选计划", "请先选择计划"),
    "tasks.number_taken": Message("任务编号“{number}”已被使用", "请换用其他编号"),
    "tasks.approved_already": Message("任务已经审批", "无需重复审批"),
    "tasks.nobody_to_consult": Message("任务没有配合部门，无需征求意见", "请直接确认任务"),
    "tasks.due_day_past": Message("期限早于今天", "请改为今天或之后的日期"),
    "tasks.department_not_joining": Message("部门“{department}”不是该任务的配合部门", "请核对部门"),
    "tasks.opinion_missing": Message(
        "部门“{department}”尚未反馈意见", "请等待反馈，或待反馈期限届满"
    ),
    "tasks.headcount_missing": Message("没有写明协助人数", "请在检查前确定协助人数"),
    "tasks.third_party_twice": Message("第三方机构重复", "请去掉重复的机构"),
    "tasks.third_party_unknown": Message("该机构未受托协助本任务", "请核对机构"),
    "tasks.too_many_assistants": Message("协助人员超过事先确定的{headcount}人", "请减少人员"),
    "tasks.assistant_twice": Message("协助人员重复", "请去掉重复的人员"),
    "tasks.part_claimed_already": Message("该部分已被认领", "无需重复认领"),
    "tasks.matters_missing": Message("任务没有监管事项", "请选择已公布的监管事项"),
    "tasks.approval_missing": Message(
        "检查未经本机关负责人审批", "请先报批；情况紧急的写明理由并在事后补办"
    ),
    "tasks.no_visits": Message("任务没有检查对象", "请先抽取或选择检查对象"),
    "tasks.period_over": Message("任务期限已过", "请调整任务时间"),
    "tasks.part_unknown": Message("部门“{department}”不参与该任务", "请核对部门"),
    "tasks.part_is_pending": Message("部门“{department}”尚未认领任务", "请先认领"),
    "tasks.part_is_declined": Message("部门“{department}”已反馈不参与", "请核对部门"),
    "tasks.part_is_claimed": Message("部门“{department}”已认领任务", "无需重复认领"),
    "tasks.part_is_closed": Message("部门“{department}”已办结", "部门办结后不能更改"),
    "tasks.part_open": Message("部门“{department}”尚未办结", "请先由该部门办结"),
    "tasks.visits_open": Message("还有{count}个检查对象任务未完成", "请先完成检查"),
    "tasks.rectifications_open": Message("还有{count}件整改未完成", "请先完成整改复查"),
    "tasks.urging_unknown": Message("没有找到对本部门的该次督办", "请核对督办编号"),
    "tasks.urging_answered": Message("该次督办已答复", "无需重复答复"),
    "tasks.results_due": Message("还有{count}条检查结果未决定是否公开", "请先公开或说明不公开理由"),
}

_VISIT: Mapping[str, Message] = {
    "tasks.visit_not_opened": Message("检查对象任务不能生成", "请按所列原因处理后重试"),
    "tasks.visit_not_started": Message("检查不能开始", "请按所列原因处理后重试"),
    "tasks.results_not_recorded": Message("检查结果不能保存", "请按所列原因修改后重新保存"),
    "tasks.visit_not_signed": Message("检查不能签字", "请按所列原因处理后重试"),
    "tasks.visit_not_completed": Message("检查不能完成", "请按所列原因处理后重试"),
    "tasks.officer_not_replaced": Message("人员不能替换", "请按所列原因处理后重试"),
    "tasks.extension_refused": Message("延期不能申请或审核", "请按所列原因处理后重试"),
    "tasks.visit_is_assigned": Message("检查尚未开始", "请先到现场签到"),
    "tasks.visit_is_started": Message("检查正在进行、尚未签字", "请先完成签字"),
    "tasks.visit_is_signed": Message("检查已签字，结果不能再改", "请点击完成检查"),
    "tasks.visit_is_completed": Message("检查已完成", "完成后不能更改"),
    "tasks.officer_unknown": Message("没有找到检查人员“{officer}”", "请核对人员"),
    "tasks.subject_unknown": Message("没有找到检查对象“{subject}”", "请核对对象"),
    "tasks.subject_twice": Message("检查对象“{subject}”重复", "请去掉重复的对象"),
    "tasks.items_missing": Message("没有检查项", "请先选择或抽取检查项"),
    "tasks.item_twice": Message("检查项重复", "请去掉重复的检查项"),
    "tasks.department_without_officer": Message(
        "部门“{department}”有检查项而无检查人员", "请为该部门安排检查人员"
    ),
    "tasks.officers_too_few": Message(
        "持有效证件的检查人员只有{certified}人，不得少于2人", "请补充持证检查人员"
    ),
    "tasks.officer_twice": Message("检查人员“{officer}”重复", "请更换人员"),
    "tasks.officer_not_assigned": Message("“{officer}”不是本次检查人员", "请由本次检查人员操作"),
    "tasks.officer_of_other_department": Message(
        "“{officer}”与被替换人员不属同一部门", "请选择同部门人员"
    ),
    "tasks.officer_recused": Message("“{officer}”应当回避该检查对象", "请选择其他人员"),
    "tasks.officer_uncertified": Message(
        "“{officer}”的执法证件无效或将到期", "请选择持有效证件人员"
    ),
    "tasks.officer_cannot_assist": Message("检查人员不能同时作为协助人员", "请核对人员"),
    "tasks.assistant_may_not_inspect": Message(
        "第三方人员只能协助，不得实施检查或签署结果", "请由持证检查人员操作"
    ),
    "tasks.assistant_unknown": Message("该人员不是本次检查的协助人员", "请先分配协助人员"),
    "tasks.scan_missing": Message("没有扫码，也没有说明原因", "请扫描企业码签到，或说明未扫码原因"),
    "tasks.presence_needed": Message("有检查项须到现场检查", "请到现场签到后检查"),
    "tasks.results_missing": Message("没有填写检查结果", "请填写后重试"),
    "tasks.item_unknown": Message("检查项“{item}”不在本次检查内", "请核对检查项"),
    "tasks.item_of_other_department": Message(
        "检查项“{item}”由其他部门负责", "请由责任部门的检查人员填写"
    ),
    "tasks.item_note_missing": Message(
        "检查项“{item}”不合格、未检查或合理缺项而没有说明", "请填写说明"
    ),
    "tasks.item_unanswered": Message("检查项“{item}”没有结果", "请逐项填写结果"),
    "tasks.key_item_unchecked": Message("重点检查项“{item}”未检查", "重点项须逐项检查"),
    "tasks.material_source_unknown": Message("材料来源不明", "请选择企业自报或审批材料"),
    "tasks.outcome_missing": Message("没有选择检查结果", "请选择检查结果"),
    "tasks.outcome_exclusive": Message("“未发现问题”不能与其他结果同时选择", "请核对检查结果"),
    "tasks.register_status_twice": Message("主体状态只能选择一项", "请核对检查结果"),
    "tasks.pending_matter_missing": Message("“发现问题待后续处理”未选子项", "请选择具体问题"),
    "tasks.pending_matter_unasked": Message("选了子项而未选“发现问题待后续处理”", "请核对检查结果"),
    "tasks.outcome_hides_findings": Message(
        "有{count}项不合格，而检查结果未反映", "请核对检查结果"
    ),
    "tasks.outcome_without_findings": Message(
        "检查结果为发现问题，而各项均合格", "请核对检查项结果"
    ),
    "tasks.measure_missing": Message("发现问题而没有处理措施", "请选择处理措施"),
    "tasks.measure_without_findings": Message("未发现问题而选了处理措施", "请核对处理措施"),
    "tasks.correction_not_ordered": Message(
        "结果为已责令改正，而处理措施未选当场整改", "请核对处理措施"
    ),
    "tasks.term_without_pending": Message(
        "处理措施为限期整改，而结果未选待后续处理", "请核对检查结果"
    ),
    "tasks.conclusion_missing": Message("没有检查结论", "请先填写检查结论"),
    "tasks.signature_missing": Message("缺少被检查人签名", "请签名，或说明拒签情况"),
    "tasks.refusal_reason_missing": Message("没有注明拒绝签名的原因", "请注明原因"),
    "tasks.refusal_unwitnessed": Message(
        "拒绝签名而无见证人或录音录像", "请邀请见证人签字，或上传录音录像"
    ),
    "tasks.extension_days": Message("延期天数须为正整数", "请填写需要延期的天数"),
    "tasks.extension_pending": Message("已有一份延期申请等待审核", "请等待审核"),
    "tasks.extension_unknown": Message("没有找到该延期申请", "请核对申请编号"),
    "tasks.extension_decided": Message("该延期申请已审核", "无需重复审核"),
}

_AFTER: Mapping[str, Message] = {
    "tasks.rectification_refused": Message("整改不能进行该操作", "请按所列原因处理后重试"),
    "tasks.rectification_is_ordered": Message("责令改正文书尚未送达", "请先登记送达情况"),
    "tasks.rectification_is_delivered": Message("文书已送达、尚未整改", "请等待企业反馈或进行复查"),
    "tasks.rectification_is_reported": Message("企业已反馈、尚未复查", "请先复查"),
    "tasks.rectification_is_corrected": Message("复查已通过", "请点击完成整改"),
    "tasks.rectification_is_done": Message("整改已完成", "完成后不能更改"),
    "tasks.rectification_is_transferred": Message("已移交执法", "请在移交执法中办理"),
    "tasks.findings_missing": Message("没有需要整改的问题", "请核对检查结果"),
    "tasks.term_not_concluded": Message(
        "检查结论没有限期整改", "请先在检查结论中选择责令改正（限期整改）"
    ),
    "tasks.term_missing": Message("没有整改期限", "请填写整改期限的工作日数"),
    "tasks.delivery_address_missing": Message("没有送达的邮箱或手机号", "请填写后重试"),
    "tasks.term_not_longer": Message("新期限不晚于原期限", "请改为之后的日期"),
    "tasks.new_term_missing": Message("再次责令改正而没有新期限", "请填写新的整改期限"),
    "tasks.new_term_unasked": Message("只有再次责令改正才有新期限", "请去掉新期限"),
    "tasks.publication_refused": Message("结果公开不能进行该操作", "请按所列原因处理后重试"),
    "tasks.publication_is_due": Message("检查结果尚未公开", "请先公开"),
    "tasks.publication_is_shown": Message("检查结果正在公示", "如有差错，请先撤回"),
    "tasks.publication_is_withheld": Message("检查结果已决定不公开", "如需公开，请重新公开"),
    "tasks.publication_is_withdrawn": Message("公示已撤回", "请更正后重新公示"),
    "tasks.display_too_short": Message("公示截止日期须晚于今天", "请改为之后的日期"),
    "tasks.other_subject_shown": Message("更正内容不是同一检查对象", "请核对检查对象"),
    "tasks.transfer_refused": Message("移交不能进行该操作", "请按所列原因处理后重试"),
    "tasks.transfer_is_reported": Message("移交等待负责人决定", "请先作出决定"),
    "tasks.transfer_is_approved": Message("移交已批准、尚未送出", "请在24小时内移送"),
    "tasks.transfer_is_denied": Message("移交未获批准", "请按行政案件处理"),
    "tasks.transfer_is_sent": Message("案件已送出、等待答复", "请等待受移送机关答复"),
    "tasks.transfer_is_accepted": Message("案件已被受理", "请等待办理结果"),
    "tasks.transfer_is_rejected": Message("受移送机关不予受理", "可申请复议或建议检察监督"),
    "tasks.transfer_is_reconsidering": Message("正在复议", "请等待复议决定"),
    "tasks.transfer_is_upheld": Message("复议维持不予立案", "可建议检察机关立案监督"),
    "tasks.transfer_is_supervised": Message("已提请检察监督", "请等待监督结果"),
    "tasks.transfer_is_returned": Message("案件已退回行政机关", "请按行政案件处理"),
    "tasks.transfer_not_criminal": Message("只有涉嫌犯罪案件才能复议或提请监督", "请核对移交类型"),
    "tasks.reporters_too_few": Message("报告人不足2人", "请由2名以上执法人员核实并报告"),
    "tasks.paper_missing_transfer_letter": Message("缺少涉嫌犯罪案件移送书", "请补充材料"),
    "tasks.paper_missing_investigation_report": Message("缺少案件情况调查报告", "请补充材料"),
    "tasks.paper_missing_list_of_articles": Message("缺少涉案物品清单", "请补充材料"),
    "tasks.review_refused": Message("复核不能进行该操作", "请按所列原因处理后重试"),
    "tasks.visit_not_assisted": Message(
        "该次检查没有第三方协助，无需复核", "请选择有第三方协助的检查"
    ),
    "tasks.review_recorded_already": Message("复核结果已提交", "无需重复提交"),
    "tasks.review_contradicts_itself": Message(
        "复核意见为一致而列出了不一致的检查项", "请核对复核意见"
    ),
    "tasks.manifest_changed": Message("档案清单与任务所存摘要不符", "档案可能被更改，请核查"),
    "tasks.piece_missing": Message("档案缺少清单所列文件", "请补齐文件"),
    "tasks.piece_changed": Message("档案文件内容与清单不符", "文件可能被更改，请核查"),
    "tasks.piece_twice": Message("档案清单有重复条目", "请核查档案清单"),
    "tasks.piece_unlisted": Message("档案中有清单未列的文件", "请核查该文件来源"),
    "tasks.piece_not_a_file": Message("档案中有链接等不是文件的内容", "请核查其来源"),
    "tasks.manifest_unreadable": Message(
        "档案清单缺失或格式有误", "请重新索取档案；清单是其中的manifest.json"
    ),
    "tasks.manifest_unsigned": Message(
        "档案清单的签名缺失或格式有误", "请重新索取档案；签名是其中的manifest.sig.json"
    ),
}

MESSAGES: Mapping[str, Message] = {**_TASK, **_VISIT, **_AFTER}
