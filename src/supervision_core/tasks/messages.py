"""The Chinese words of the tasks context."""

from collections.abc import Mapping
from typing import Final

from supervision_core.kernel.messages import Message
from supervision_core.tasks.model.publication import Publication
from supervision_core.tasks.model.rectification import Rectification
from supervision_core.tasks.model.review import Review
from supervision_core.tasks.model.task import Task
from supervision_core.tasks.model.transfer import Transfer
from supervision_core.tasks.model.visit import Visit

_TASK: Mapping[str, Message] = {
    "tasks.punishment_unlinked": Message(
        "没有关联政务服务事项或监管事项", "请至少关联一项政务服务事项或监管事项"
    ),
    "tasks.punishment_ends_before_begin": Message("解除日期早于实施日期", "请核对两个日期"),
    "tasks.task_refused": Message("任务未能办理", "请按所列原因处理后重试"),
    "tasks.not_dispatchable": Message("任务不能分发", "请按所列原因处理后再分发"),
    "tasks.consultation_demanded": Message(
        "该场景规定任务分发前征求意见", "请向配合部门征求意见后再分发"
    ),
    "tasks.grading_rule_missing": Message(
        "任务没有选定分级分类规则", "请在任务信息中选定分级分类规则后再形成抽取对象库"
    ),
    "tasks.draw_stands": Message("任务已有一次抽取", "需要重新抽取的，请先清空原来的抽取结果"),
    "tasks.sheet_fixed": Message(
        "已按抽取结果生成检查，不能再改{changed}",
        "请保留原来的内容；确需修改的，写明理由删除该任务后重新发起",
    ),
    "tasks.draw_missing": Message("任务没有抽取，或抽取结果已清空", "请先完成随机抽取"),
    "tasks.officers_at_claim": Message(
        "该任务的检查人员由各部门认领时抽取", "请不要先指定检查人员；认领后需要调整的，更换检查人员"
    ),
    "tasks.officers_not_drawn": Message(
        "该任务的检查人员在认领时抽取", "请办理“认领并抽取检查人员”"
    ),
    "tasks.officers_drawn_before": Message(
        "该任务的检查人员在下发前已经确定", "请办理“认领检查任务”"
    ),
    "tasks.staffing_settled": Message(
        "已有检查对象或者已采纳增派人员的，不能再改检查人员怎样确定、由谁抽取",
        "请保留原来的确定方式、抽取和参加部门，或者删除该任务后重新发起",
    ),
    "tasks.department_claims_nothing": Message(
        "部门“{department}”有检查项而不参加任务，认领时无人抽取其检查人员",
        "请将其列为配合部门，或改由参加任务的部门检查",
    ),
    "tasks.team_not_of_scene": Message(
        "不是任务场景关联的本部门执法小组", "请选择场景关联的本部门执法小组，或不选"
    ),
    "tasks.team_without_choice": Message(
        "该小组可派{officers}人，每户派{count}人，没有抽取的余地",
        "请选择人数更多的小组，或不选小组，从本部门全部执法人员中抽取",
    ),
    "tasks.claim_count": Message("每户至少派1人", "请填写1以上的人数，或不填"),
    "tasks.claim_cap": Message("每人最多承担的户数至少为1", "请填写1以上的户数，或不填"),
    "tasks.cap_too_low": Message(
        "{visits}户共需派出{needed}人次，参加抽取的{officers}人每人最多承担{cap}户不够",
        "请把每人最多承担的户数提高到{least}，或不填；也可以增加小组人员",
    ),
    "tasks.nobody_to_draw": Message(
        "{visits}户都派不出检查人员，参加抽取的执法人员{officers}人", "请按所列各户的原因处理后重试"
    ),
    "tasks.subject_unstaffed": Message("“{subject}”派不出检查人员：{why}", "请{remedy}"),
    "tasks.nobody_unstaffed": Message(
        "本部门没有还没派到检查人员的对象", "需要换人的，在现场检查中更换检查人员"
    ),
    "tasks.recused_not_drawn": Message(
        "“{officer}”不在参加抽取的执法人员之中",
        "请从本部门或所选小组的执法人员中选择，或去掉这一行",
    ),
    "tasks.recusal_not_visited": Message(
        "“{subject}”不是本次派员的检查对象", "请从本任务中由本部门检查的对象中选择，或去掉这一行"
    ),
    "tasks.officers_assigned_before": Message(
        "随机抽取中已抽取检查人员，与“认领时由部门抽取”不符",
        "请清空抽取结果后重新抽取，或者将检查人员确定方式改为“下发前抽取”",
    ),
    "tasks.officer_account_exchanged": Message(
        "执法人员“{officer}”现在关联的账号不是冻结名单时的账号，抽中的人员须本人检查",
        "请恢复原来的账号，或由负责人准予该人员回避，由次序在后的人员接替",
    ),
    "tasks.recusal_undecided": Message(
        "冻结名单以后，“{officer}”与对象“{subject}”新登记了须回避的情形，还没有负责人的决定",
        "请负责人在抽取上“准予检查人员回避”并写明理由，再抽取检查人员",
    ),
    "tasks.nobody_next": Message(
        "本部门没有可以接替“{officer}”的执法人员",
        "请核对执法人员库中人员的执法证；确实没有的，由执法人员申请延期检查",
    ),
    "tasks.replaced_for_nothing": Message(
        "更换检查人员限于回避和因故不能检查", "请选择原因并写明理由"
    ),
    "tasks.officer_drawn": Message(
        "“{officer}”是抽取的检查人员，不能手动去掉",
        "须回避或因故不能检查的，由其所在部门负责人“更换检查人员”，由次序在后的人员接替",
    ),
    "tasks.officers_by_draw": Message(
        "“{subject}”的检查人员由抽取确定，不能另行选派",
        "请不填检查人员，由系统按抽取结果派出；抽中的人员须回避的，由负责人批准回避",
    ),
    "tasks.reviewer_judged_clue": Message(
        "“{officer}”研判过检查“{visit}”所依据的线索，不能参加复核", "请指派其他执法人员"
    ),
    "tasks.draw_unstaffed": Message("还没有抽取检查人员", "请先抽取检查人员，再生成检查"),
    "tasks.quota_unexplained": Message(
        "“{grade}”的抽取比例或数量与分级分类规则（{ratio}）不同而没有写明理由",
        "请改回规则的比例，或写明理由；理由随抽取留存并公开",
    ),
    "tasks.rule_not_of_scene": Message(
        "任务所用的分级分类规则不是其场景现行的规则",
        "请在任务信息中选用场景的分级分类规则及其现行版本，或先为场景选定规则",
    ),
    "tasks.quota_twice": Message("等级{grade}既有比例又有数量", "请只填写其中一项"),
    "tasks.grade_unknown": Message("分级分类规则没有等级{grade}", "请核对等级"),
    "tasks.nobody_demanded": Message("没有填写需要的检查人员", "请至少填写一组，合计不少于2人"),
    "tasks.draw_not_differentiated": Message(
        "该场景规定差异化抽查，或其信用模型规定信用抽取，而抽取规则各层比例相同",
        "请按分级分类等级设定不同的比例后重新抽取",
    ),
    "tasks.draw_differentiated": Message(
        "该场景没有启用差异化抽查，而抽取规则各层比例不同",
        "请把各层比例设为相同，或在场景中启用差异化抽查",
    ),
    "tasks.items_drawn_away": Message(
        "检查内容按等级抽取，而抽取规则只取一部分检查项",
        "请取等级所勾选的全部检查项后重新抽取，或在信用模型、分级分类规则中改为按比例抽取",
    ),
    "tasks.checked_above": Message(
        "上级部门“{department}”已于{day}对“{subject}”检查过监管事项“{matter}”，{months}个月内不重复检查",
        "请去掉该对象或该事项；涉嫌违法或有明显隐患的，作为写明事由的个案检查办理",
    ),
    "tasks.grade_cap_reached": Message(
        "监管对象“{subject}”今年已安排{done}次检查，达到其分级分类等级每年{cap}次的上限",
        "请去掉该对象，或作为写明事由的个案检查办理",
    ),
    "tasks.warning_refused": Message("预警未能办理", "请按所列原因处理后重试"),
    "tasks.warning_over": Message("预警已经解除", "相应环节已办理或期限已调整，无需督办"),
    "tasks.warning_not_pressed": Message("该预警没有待反馈的督办", "督办后再反馈"),
    "tasks.part_refused": Message("部门任务未能办理", "请按所列原因处理后重试"),
    "tasks.not_closable": Message("任务不能办结、归档或公开", "请按所列原因处理后重试"),
    "tasks.field_empty": Message("必填内容为空", "请补充后重试"),
    "tasks.lead_joins_itself": Message("牵头部门同时列为配合部门", "请从配合部门中去掉牵头部门"),
    "tasks.department_twice": Message("配合部门重复", "请去掉重复的部门"),
    "tasks.period_backwards": Message("结束日期早于开始日期", "请核对任务时间"),
    "tasks.period_too_long": Message(
        "检查任务时间超过一年", "请将结束日期改为{last}或之前；仍需检查的，届时另行发起任务"
    ),
    "tasks.period_too_far": Message(
        "开始日期晚于起草任务之日一年以上", "请将开始日期改为{last}或之前，或届时再起草任务"
    ),
    "tasks.period_not_begun": Message(
        "检查任务自{starts_on}开始，此前不能检查", "请在任务时间内检查；需要提前的，另行发起任务"
    ),
    "tasks.case_reason_missing": Message(
        "个案检查没有写明事由", "请写明投诉举报、转办交办、数据监测或企业申请等事由"
    ),
    "tasks.sub_plan_unknown": Message(
        "所选计划没有编号为“{sub_plan}”的子计划", "请从该计划的子计划中选择，或不选"
    ),
    "tasks.sub_plan_without_plan": Message("选了子计划而未选计划", "请先选择计划"),
    "tasks.review_share": Message("抽取比例不在1到100之间", "请填写百分之几"),
    "tasks.nothing_to_review": Message(
        "没有可以抽取的检查：尚无第三方协助并已完成的，或者都已指派复核，或者都已参加过抽取",
        "请待检查完成后再抽取",
    ),
    "tasks.review_listed_before": Message(
        "有的检查已经参加过复核抽取，不得重新抽取", "请只列入还没有参加过抽取的检查"
    ),
    "tasks.reviewer_inspected": Message(
        "检查“{visit}”由所选人员本人检查，或者所选人员应当回避，不能由其复核",
        "请加选没有参加该检查、不须回避的执法人员",
    ),
    "tasks.no_results_due": Message("没有待决定公示的检查结果", "请在检查完成后办理"),
    "tasks.number_taken": Message("任务编号“{number}”已被使用", "请换用其他编号"),
    "tasks.approved_already": Message("任务已经审批", "无需重复审批"),
    "tasks.nobody_to_consult": Message("任务没有配合部门，无需征求意见", "请直接确认任务"),
    "tasks.due_day_past": Message("期限早于今天", "请改为今天或之后的日期"),
    "tasks.department_not_joining": Message("部门“{department}”不是该任务的配合部门", "请核对部门"),
    "tasks.opinion_missing": Message(
        "部门“{department}”尚未反馈意见", "请等待反馈，或待反馈期限届满"
    ),
    "tasks.opinion_unanswered": Message(
        "部门“{department}”的会商意见尚未答复", "请先采纳该意见，或写明不采纳的理由"
    ),
    "tasks.opinion_suggests_nothing": Message(
        "部门“{department}”没有提出修改意见", "请核对提出意见的部门"
    ),
    "tasks.adopted_subject_unvisited": Message(
        "已采纳的会商意见要求检查“{subject}”，尚未生成检查", "请在生成检查时列入该对象"
    ),
    "tasks.adopted_officer_unsent": Message(
        "已采纳的会商意见要求派出“{officer}”，尚未列入任何检查",
        "请在生成检查时派出该人员，已生成检查的，可增加到检查中",
    ),
    "tasks.headcount_missing": Message("没有写明协助人数", "请在检查前确定协助人数"),
    "tasks.third_party_twice": Message("第三方机构重复", "请去掉重复的机构"),
    "tasks.institution_unknown": Message("没有这家第三方机构，或已删除", "请从第三方机构库中选择"),
    "tasks.institution_unqualified": Message(
        "该机构登记的资质均已过有效期", "请更新机构资质，或选择其他机构"
    ),
    "tasks.third_party_unknown": Message("该机构未受托协助本任务", "请核对机构"),
    "tasks.too_many_assistants": Message("协助人员超过事先确定的{headcount}人", "请减少人员"),
    "tasks.assistant_of_other_institution": Message(
        "所选人员不是本机构的账号", "请选择本机构在用的账号"
    ),
    "tasks.not_among_officers": Message("您不在所列执法人员之中", "请由参与的执法人员本人办理"),
    "tasks.assistant_twice": Message("协助人员重复", "请去掉重复的人员"),
    "tasks.matters_missing": Message("任务没有监管事项", "请选择已公布的监管事项"),
    "tasks.approval_missing": Message(
        "检查未经本机关负责人审批", "请先报批；情况紧急的写明理由并在事后补办"
    ),
    "tasks.not_sent_out": Message("检查任务尚未分发", "请待牵头部门分发、本部门认领之后再开始检查"),
    "tasks.approver_proposed": Message(
        "任务、抽取或检查对象由您提出，提出的人不能自己批准", "请由本机关其他负责人批准"
    ),
    "tasks.approver_judged_clue": Message(
        "您研判过检查所依据的线索，或登记过所依据的部署文件，不能批准",
        "请由本机关其他负责人批准",
    ),
    "tasks.approver_adopted": Message(
        "任务采纳的会商意见由您提出或由您采纳，提出和采纳的人不能批准任务",
        "请由本机关其他负责人批准",
    ),
    "tasks.task_sent_back": Message(
        "任务已退回，牵头部门还没有重新报批", "请待牵头部门说明处理情况后再审批"
    ),
    "tasks.not_sent_back": Message("任务没有被退回", "不需要重新报批"),
    "tasks.draw_unfinished": Message(
        "任务的随机抽取还没有完成", "请完成抽取并为抽中的对象生成检查，或清空抽取"
    ),
    "tasks.drawn_unvisited": Message(
        "应当检查的对象中有{count}户没有生成检查，如“{subject}”",
        "请为其生成检查；不检查抽中对象的，先在抽取结果中去掉并写明理由",
    ),
    "tasks.visits_ungrounded": Message(
        "有{count}户检查以抽中（全查）为依据，而抽取已清空或调整，依据不再成立",
        "请按原名单重新抽取，或者将其重新加入抽取结果并写明理由；否则请删除任务后重新下达",
    ),
    "tasks.drawn_since_approved": Message("批准之后抽取结果有变动", "请由负责人重新审批"),
    "tasks.urgent_without_clue": Message(
        "只有依据线索或上级部署的检查可以因紧急情形先分发后审批", "请先报批"
    ),
    "tasks.no_visits": Message("任务没有检查对象", "请先抽取或选择检查对象"),
    "tasks.period_over": Message("任务期限已过", "请调整任务时间"),
    "tasks.part_unknown": Message("部门“{department}”不参与该任务", "请核对部门"),
    "tasks.part_is_over": Message(
        "本部门在该任务中的部分已办结，不能再责令改正", "仍需责令改正的，请另行发起检查任务"
    ),
    "tasks.part_open": Message("部门“{department}”尚未办结", "请先由该部门办结"),
    "tasks.visits_open": Message("还有{count}个检查对象任务未完成", "请先完成检查"),
    "tasks.rectifications_open": Message("还有{count}件整改未完成", "请先完成整改复查"),
    "tasks.delivered_too_late": Message(
        "整改期限已过，不能再送达", "请撤回这份责令改正并写明理由，重新下达后按期送达"
    ),
    "tasks.findings_unordered": Message(
        "还有{count}项问题的检查结论是限期改正，而没有责令改正（已撤回的不算）",
        "请先下达责令改正；不应由企业改正的，请移交执法",
    ),
    "tasks.urging_unknown": Message("没有找到对本部门的该次督办", "请核对督办编号"),
    "tasks.results_due": Message("还有{count}条检查结果未决定是否公开", "请先公开或说明不公开理由"),
}

_VISIT: Mapping[str, Message] = {
    "tasks.visit_not_opened": Message("检查对象任务不能生成", "请按所列原因处理后重试"),
    "tasks.visit_not_started": Message("检查不能开始", "请按所列原因处理后重试"),
    "tasks.results_not_recorded": Message("检查结果不能保存", "请按所列原因修改后重新保存"),
    "tasks.visit_not_signed": Message("检查不能签字", "请按所列原因处理后重试"),
    "tasks.record_not_confirmed": Message("检查记录不能确认", "请按所列原因处理后重试"),
    "tasks.visit_not_waived": Message("无法检查的报告不能办理", "请按所列原因处理后重试"),
    "tasks.waiver_evidence_missing": Message("没有能证明到过现场的材料", "请附现场照片或其他材料"),
    "tasks.waiver_pending": Message("已有一份无法检查的报告待审批", "请待其办结后再报告"),
    "tasks.waiver_missing": Message("没有待办的无法检查报告", "请先由执法人员报告无法检查的情形"),
    "tasks.waiver_is_confirmed": Message("该报告已由另一名执法人员确认", "不必再次确认"),
    "tasks.waiver_confirmed_by_reporter": Message(
        "报告人不能自己确认", "请由参加这次检查的另一名执法人员确认"
    ),
    "tasks.waiver_unconfirmed": Message(
        "该报告还没有经另一名执法人员确认", "请待参加这次检查的另一名执法人员确认后再审批"
    ),
    "tasks.correction_unexplained": Message(
        "检查项“{item}”已记录过结果，更改结果、说明或证据须写明更正理由",
        "请填写更正理由；原结果和证据保留",
    ),
    "tasks.extensions_used": Message(
        "同一检查至多延期{most}次", "请在期限内完成检查；无法检查的，报告无法检查的情形"
    ),
    "tasks.extension_too_long": Message(
        "延期累计不得超过{most}日，还可延期{left}日", "请减少延期的日数"
    ),
    "tasks.confirmed_by_recorder": Message(
        "记录人不能自己确认检查记录", "请由参加这次检查的另一名执法人员确认"
    ),
    "tasks.recheck_not_recorded": Message(
        "没有待确认的整改复查", "请先由参加复查的一名执法人员记录复查结果"
    ),
    "tasks.recheck_term_past": Message(
        "所记录的再次整改期限在确认时已过", "请重新记录复查，另定整改期限"
    ),
    "tasks.record_is_confirmed": Message("检查记录已由另一名执法人员确认", "不必再次确认"),
    "tasks.visit_not_completed": Message("检查不能完成", "请按所列原因处理后重试"),
    "tasks.nobody_adjusted": Message("没有选择要增加或去掉的检查人员", "请至少选择一人"),
    "tasks.officer_not_replaced": Message("检查人员不能变更", "请按所列原因处理后重试"),
    "tasks.extension_refused": Message("延期不能申请或审核", "请按所列原因处理后重试"),
    "tasks.officer_unknown": Message("没有找到检查人员“{officer}”", "请核对人员"),
    "tasks.subject_unknown": Message("没有找到检查对象“{subject}”", "请核对对象"),
    "tasks.subject_twice": Message("检查对象“{subject}”重复", "请去掉重复的对象"),
    "tasks.subject_not_drawn": Message(
        "“{subject}”不是本任务自己的抽取所抽中的对象，或已从抽取结果中去掉",
        "请只检查抽中的对象；确需增加的，先在抽取结果中手动增加并写明理由",
    ),
    "tasks.subject_not_added": Message(
        "“{subject}”没有在本任务的抽取结果中手动增加，也不是已采纳的会商意见要求检查的对象",
        "请先在抽取结果中手动增加并写明理由，或采纳提出该对象的会商意见",
    ),
    "tasks.plan_not_whole": Message(
        "任务所属的子计划没有公示为全查并确定，公示时没有固定受检对象，或“{subject}”不在公示时场景和区划的受检对象之中",
        "请随机抽取检查对象，或选择公示为全查的子计划；公示时没有固定受检对象的，请修改该计划后重新公示并确定",
    ),
    "tasks.clue_missing": Message("没有找到检查“{subject}”所依据的线索", "请选择已研判的线索"),
    "tasks.clue_of_other_firm": Message(
        "所选线索反映的不是“{subject}”", "请选择反映该对象的线索，或检查线索所反映的对象"
    ),
    "tasks.clue_too_young": Message(
        "检查“{subject}”所依据的线索登记在任务起草之后", "请依据任务起草之前登记的线索"
    ),
    "tasks.clue_unjudged": Message(
        "检查“{subject}”所依据的线索还没有研判为需要检查", "请先由线索研判人员研判"
    ),
    "tasks.clue_used": Message(
        "检查“{subject}”所依据的线索已经办结，或已关联其他检查任务，或已据以开展检查",
        "请选择其他在办线索",
    ),
    "tasks.clue_used_by_visit": Message(
        "检查“{number}”所依据的线索已由检查“{visit}”据以开展检查，一条线索只能据以检查一次",
        "请删除任务；需要再次检查的，另行登记并研判线索",
    ),
    "tasks.inspector_judged_clue": Message(
        "检查“{subject}”的人员研判过所依据的线索，研判人不参加检查", "请改派其他执法人员"
    ),
    "tasks.application_missing": Message(
        "没有找到检查“{subject}”所依据的审批办件", "请选择该对象的审批办件"
    ),
    "tasks.application_of_other_firm": Message(
        "办件{number}不是“{subject}”申请的", "请选择该对象的审批办件，或检查提出申请的对象"
    ),
    "tasks.application_own": Message(
        "办件{number}由牵头部门或其下级部门录入，不能作为检查“{subject}”的依据",
        "请依据审批部门录入的办件，或改用抽取、线索、上级部署",
    ),
    "tasks.application_too_young": Message(
        "办件{number}录入在任务起草之后", "请依据任务起草之前录入的办件"
    ),
    "tasks.application_too_old": Message(
        "办件{number}的决定日期早于检查开始{days}天以上", "请依据近期的申请，或改用抽取"
    ),
    "tasks.application_used": Message(
        "依据办件{number}已经安排过检查{visit}，一件申请只检查一次", "请选择其他办件"
    ),
    "tasks.order_missing": Message(
        "没有找到检查所依据的上级部署文件", "请由上级部门登记部署文件后选择"
    ),
    "tasks.order_not_from_above": Message(
        "部署文件{number}不是牵头部门的上级部门登记的", "请选择上级部门登记的部署文件"
    ),
    "tasks.order_own": Message(
        "部署文件{number}的登记人不能据以生成检查，也不能承担检查，不论在哪个机构任职",
        "请由没有登记、更正过该文件的人员生成检查，并派出其他执法人员",
    ),
    "tasks.order_elsewhere": Message(
        "部署文件{number}不适用于任务的场景或区划", "请选择适用的部署文件，或更正任务的场景和区划"
    ),
    "tasks.order_of_other_time": Message(
        "任务时间不在部署文件{number}规定的检查时间之内", "请调整任务时间，或选择适用的部署文件"
    ),
    "tasks.order_period_backwards": Message(
        "检查结束日期早于开始日期", "请核对部署文件规定的检查时间"
    ),
    "tasks.item_not_of_checklist": Message(
        "检查项“{item}”不在任务所用的检查单之中", "请从任务检查单中选择检查项"
    ),
    "tasks.items_by_draw": Message(
        "“{subject}”的检查项由抽取确定，不能另行选择", "请不要为该对象填写检查项"
    ),
    "tasks.subject_visited": Message(
        "检查对象“{subject}”在本任务中已有检查{number}，同一任务对一个对象只联合检查一次",
        "请去掉该对象；需要调整检查人员的，在已有的检查中增减或替换",
    ),
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
    "tasks.answer_by_sender": Message(
        "“{body}”的答复不能由移送的人自己录入", "请由本部门另一名人员凭接收机关的回执或文书录入"
    ),
    "tasks.transfer_to_itself": Message(
        "接收部门就是移送的部门", "请选择其他部门；由本部门自行立案的，在接收机关中写明办理机构"
    ),
    "tasks.waiver_after_findings": Message(
        "检查已发现{count}项问题，不能按无法检查处理", "请作出检查结论，由另一名执法人员确认"
    ),
    "tasks.typed_over_result": Message(
        "检查项“{item}”已有结果，代录不能更改", "请由检查的执法人员本人更正并说明理由"
    ),
    "tasks.officer_recused": Message("“{officer}”应当回避该检查对象", "请选择其他人员"),
    "tasks.officer_uncertified": Message(
        "“{officer}”的执法证件无效或将到期", "请选择持有效证件人员"
    ),
    "tasks.officer_cannot_assist": Message("检查人员不能同时作为协助人员", "请核对人员"),
    "tasks.assistant_may_not_inspect": Message(
        "第三方人员只能协助，不得实施检查或签署结果", "请由持证检查人员操作"
    ),
    "tasks.assistance_refused": Message("第三方协助不能这样办理", "请按所列原因处理后重试"),
    "tasks.assistant_not_named": Message(
        "该人员不在本机构为任务确定的协助人员之中", "请机构负责人先确定协助人员"
    ),
    "tasks.visit_is_taken_up": Message("本机构已有人员认领这次检查", "需要换人的，请其移交任务"),
    "tasks.assistant_has_arrived": Message("您已签到", "无需重复签到"),
    "tasks.assistant_assists_already": Message("所选人员已在协助这次检查", "请选择其他人员"),
    "tasks.assistant_not_of_visit": Message("您不是这次检查的协助人员", "请先认领任务"),
    "tasks.problem_unknown": Message("没有这条问题反馈", "请从检查页面打开"),
    "tasks.assistant_unknown": Message("该人员不是本次检查的协助人员", "请先分配协助人员"),
    "tasks.code_of_other_visit": Message(
        "扫描到的不是这次检查的码", "请扫描正在检查的执法人员出示的检查码"
    ),
    "tasks.term_over": Message("整改期限已过，不能再申请延期", "请尽快整改并报告，或联系责令部门"),
    "tasks.visit_not_rated": Message("不能评价这次检查", "请按所列原因处理"),
    "tasks.visit_not_over": Message("检查还没有结束", "请在检查完成后评价"),
    "tasks.ratings_not_told": Message("现在不能查看这个季度的评价", "请按所列原因处理"),
    "tasks.quarter_not_over": Message(
        "这个季度还没有结束：季度中途查看，能看出某一家给的评分", "请选择已结束的季度"
    ),
    "tasks.rated_already": Message("这次检查已评价过", "每次检查只评价一次"),
    "tasks.visit_of_other_firm": Message(
        "这次检查的对象不是本企业", "请核对执法人员是否走错了门店，可要求出示对本企业的检查码"
    ),
    "tasks.code_of_other_firm": Message(
        "扫描到的是另一家企业的码", "请核对是否走错了门店，或改在那家企业的检查中签到"
    ),
    "tasks.scan_missing": Message("没有扫码，也没有说明原因", "请扫描企业码签到，或说明未扫码原因"),
    "tasks.presence_needed": Message("有检查项须到现场检查", "请到现场签到后检查"),
    "tasks.item_answered_twice": Message(
        "检查项“{item}”在一次提交里填了两个结果",
        "请每项只填一个结果；要更改的，另行提交并写明更正理由",
    ),
    "tasks.visit_not_formed": Message(
        "检查记录还没有经第二名执法人员确认，结果尚未形成",
        "请参加检查的另一名执法人员先确认检查记录，并完成检查",
    ),
    "tasks.evidence_not_sealed": Message("证据不能封存", "请按所列原因处理后重试"),
    "tasks.sealing_stands": Message("该证据已提请封存或者已经封存", "不必再次提请"),
    "tasks.sealing_unknown": Message("没有这份封存申请", "请核对封存申请的编号"),
    "tasks.sealing_is_proposed": Message("封存申请待审批", "请待负责人审批"),
    "tasks.sealing_is_sealed": Message("该证据已经封存", "不必再次审批"),
    "tasks.sealing_is_rejected": Message("该封存申请未获同意", "仍须封存的，请写明情况重新提请"),
    "tasks.file_not_of_visit": Message("所选文件不是本次检查的证据", "请在本次检查的证据中选择"),
    "tasks.results_missing": Message("没有填写检查结果", "请填写后重试"),
    "tasks.item_unknown": Message("检查项“{item}”不在本次检查内", "请核对检查项"),
    "tasks.item_of_other_department": Message(
        "检查项“{item}”由其他部门负责", "请由责任部门的检查人员填写"
    ),
    "tasks.item_note_missing": Message(
        "检查项“{item}”发现问题、未检查或合理缺项而没有说明", "请填写说明"
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
        "有{count}项发现问题，而检查结果未反映", "请核对检查结果"
    ),
    "tasks.outcome_without_findings": Message(
        "检查结果为发现问题，而各项均未发现问题", "请核对检查项结果"
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
    "tasks.strokes_unfit": Message("笔迹数据不完整", "请清除后重新签名"),
    "tasks.refusal_reason_missing": Message("没有注明拒绝签名的原因", "请注明原因"),
    "tasks.refusal_unwitnessed": Message(
        "拒绝签名而无见证人或录音录像", "请邀请见证人签字，或上传录音录像"
    ),
    "tasks.extension_days": Message("延期天数须为正整数", "请填写需要延期的天数"),
    "tasks.extension_pending": Message("已有一份延期申请等待审核", "请等待审核"),
    "tasks.extension_unknown": Message("没有找到该延期申请", "请核对申请编号"),
}

_AFTER: Mapping[str, Message] = {
    "tasks.rectification_refused": Message("整改未能办理", "请按所列原因处理后重试"),
    "tasks.findings_missing": Message(
        "本部门没有发现问题的检查项，不能责令改正", "请由发现问题的部门责令改正"
    ),
    "tasks.ordered_already": Message(
        "本部门在这次检查中发现的问题均已责令改正（{number}）",
        "期限需要变动的，延长整改期限；复查仍未改正的，在复查中再次责令整改",
    ),
    "tasks.term_not_concluded": Message(
        "检查结论没有限期整改", "请先在检查结论中选择责令改正（限期整改）"
    ),
    "tasks.term_missing": Message("没有整改期限", "请填写整改期限的工作日数"),
    "tasks.letter_refused": Message("文书不能以链接送达或打开", "请按所列原因处理"),
    "tasks.channel_absent": Message(
        "本平台没有开通“{channel}”渠道", "请改用其他送达方式，或联系系统管理员开通"
    ),
    "tasks.letter_missing": Message("责令改正没有上传通知书文件，不能以链接送达", "请现场送达"),
    "tasks.phone_on_record_missing": Message(
        "监管对象没有登记可收短信的手机号，无法核验签收人",
        "请先在监管对象中登记联系电话，或现场送达",
    ),
    "tasks.delivery_address_unfit": Message(
        "送达地址不是有效的邮箱或手机号", "请填写一个邮箱地址，或11位手机号"
    ),
    "tasks.addressee_account_missing": Message(
        "企业没有从统一身份认证登录过的账号，收不到统一消息", "请改用短信、电子邮件或现场送达"
    ),
    "tasks.letter_link_unfit": Message(
        "链接无效或已过期", "请核对收到的链接，或联系送达文书的部门重新发送"
    ),
    "tasks.letter_code_wrong": Message("验证码不正确或已过时", "请核对后重试，或重新获取验证码"),
    "tasks.letter_proof_over": Message("验证码已过时", "请重新获取验证码"),
    "tasks.delivery_address_missing": Message("没有送达的邮箱或手机号", "请填写后重试"),
    "tasks.term_not_longer": Message("新期限不晚于原期限", "请改为之后的日期"),
    "tasks.terms_used": Message(
        "整改期限至多延长{most}次、累计不得超过{days}日，已延长{used}次、{added}日",
        "请减少延长的日数；不能再延长的，到期后复查，仍未改正的在复查中再次责令整改或者移交",
    ),
    "tasks.corrected_in_future": Message("整改时间晚于今天", "请填写整改完成的日期"),
    "tasks.new_term_missing": Message("再次责令改正而没有新期限", "请填写新的整改期限"),
    "tasks.new_term_long": Message(
        "再次责令改正的期限超过{days}日", "请把新的整改期限改为自复查之日起{days}日之内"
    ),
    "tasks.ordered_again_used": Message(
        "已经{most}次再次责令改正", "仍未改正的，请移送处理；已改正的，请选择相应的整改结果"
    ),
    "tasks.new_term_unasked": Message("只有再次责令改正才有新期限", "请去掉新期限"),
    "tasks.publication_refused": Message("结果公开未能办理", "请按所列原因处理后重试"),
    "tasks.display_too_short": Message(
        "公示截止日期早于本区划的公示最短时间", "请改为{least}或之后的日期"
    ),
    "tasks.annulment_day": Message(
        "决定被撤销的日期与撤回事由不符", "因决定被变更、撤销而申请的须填写日期，其他事由不填"
    ),
    "tasks.annulment_ahead": Message("决定被撤销的日期晚于今天", "请核对日期"),
    "tasks.withdrawal_proposed": Message(
        "已有部门申请撤回，尚未答复", "请等牵头部门负责人答复后再申请"
    ),
    "tasks.withdrawal_not_proposed": Message("没有待答复的撤回申请", "请刷新页面查看最新情况"),
    "tasks.other_subject_shown": Message("更正内容不是同一检查对象", "请核对检查对象"),
    "tasks.no_receiver": Message("没有接收单位", "请选择接收部门，或写明接收机关的全称"),
    "tasks.transfer_refused": Message("移交未能办理", "请按所列原因处理后重试"),
    "tasks.transfer_not_criminal": Message("只有涉嫌犯罪案件才能复议或提请监督", "请核对移交类型"),
    "tasks.reporters_too_few": Message("报告人不足2人", "请由2名以上执法人员核实并报告"),
    "tasks.paper_missing_transfer_letter": Message("缺少涉嫌犯罪案件移送书", "请补充材料"),
    "tasks.paper_missing_investigation_report": Message("缺少案件情况调查报告", "请补充材料"),
    "tasks.paper_missing_list_of_articles": Message("缺少涉案物品清单", "请补充材料"),
    "tasks.review_refused": Message("复核未能办理", "请按所列原因处理后重试"),
    "tasks.visit_not_assisted": Message(
        "该次检查没有第三方协助，无需复核", "请选择有第三方协助的检查"
    ),
    "tasks.review_contradicts_itself": Message(
        "复核意见为一致而列出了不一致的检查项", "请核对复核意见"
    ),
    "tasks.not_archived": Message("任务尚未归档，还没有档案清单", "请办结并归档后再下载"),
    "tasks.digest_unfit": Message(
        "SM3摘要不是64位小写十六进制", "请核对后重填；没有另行制作档案的不填"
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

_DECLARED: Final = (Task, Visit, Rectification, Publication, Transfer, Review)
_STATES: Mapping[str, Message] = {
    code: told for one in _DECLARED if one.verbs for code, told in one.verbs.messages().items()
}
MESSAGES: Mapping[str, Message] = {**_TASK, **_VISIT, **_AFTER, **_STATES}
