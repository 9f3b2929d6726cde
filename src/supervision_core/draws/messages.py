"""The Chinese words of the draws context."""

from collections.abc import Mapping

from supervision_core.draws.model.draw import VERBS
from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    **VERBS.messages(),
    # what is refused
    "draws.pool_not_freezable": Message("抽取对象库不能冻结", "请按所列原因修改名单后重试"),
    "draws.rule_not_freezable": Message("抽取规则不能冻结", "请按所列原因修改规则后重试"),
    "draws.not_frozen": Message("抽取不能开始", "请按所列原因处理后重试"),
    "draws.deposit_refused": Message("随机数不能提交", "请按所列原因处理后重试"),
    "draws.deadline_not_movable": Message("截止时间不能顺延", "请按所列原因处理后重试"),
    "draws.outsider_not_replaceable": Message(
        "外部参与方不能由公开数值代替", "请按所列原因处理后重试"
    ),
    "draws.redraw_not_consentable": Message("重新抽取不能批准", "请按所列原因处理后重试"),
    "draws.not_closable": Message("尚不能截止收集", "请按所列原因处理后重试"),
    "draws.value_refused": Message("公开数值不能接收", "请按所列原因处理后重试"),
    "draws.not_openable": Message("尚不能开启随机数", "请按所列原因处理后重试"),
    "draws.commitment_refused": Message("承诺值不能接收", "请按所列原因处理后重试"),
    "draws.nonce_refused": Message("随机数不能接收", "请按所列原因处理后重试"),
    "draws.round_not_repeatable": Message("本轮不能重来", "请按所列原因处理后重试"),
    "draws.not_complete": Message("尚不能抽取", "请按所列原因处理后重试"),
    "draws.inspectors_not_assignable": Message("尚不能派员", "请按所列原因处理后重试"),
    "draws.staffing_unusable": Message("派员条件自相矛盾", "请按所列原因修改后重试"),
    "draws.demands_unmet": Message("没有可行的派员方案", "请采纳所列建议之一后重试"),
    "draws.not_adjustable": Message("抽取结果不能这样调整", "请按所列原因处理后重试"),
    "draws.not_clearable": Message("抽取结果不能清空", "请按所列原因处理后重试"),
    # pool and rule
    "draws.pool_empty": Message("名单中没有对象", "请先导入或筛选出检查对象"),
    "draws.subject_unnumbered": Message(
        "该对象以身份证号登记，没有可公开的编号，不能写入公开的抽取结果",
        "确需检查的，请按线索、交办或申请安排检查",
    ),
    "draws.id_missing": Message("编号为空", "请填写编号"),
    "draws.id_unusable": Message("编号含有控制字符或无法编码的字符", "请改正编号"),
    "draws.id_repeated": Message("编号“{id}”重复", "请去掉重复的一项"),
    "draws.pool_id_repeated": Message("名单中有重复的编号", "请去掉重复的行"),
    "draws.pool_line_malformed": Message(
        "名单中有的行不是“编号、制表符、分层”", "请对照格式说明修改名单"
    ),
    "draws.pool_column_missing": Message("名单缺少“{column}”列", "请在表头补充该列"),
    "draws.pool_changed": Message(
        "存放的名单与冻结时的摘要不符", "请停止使用这次抽取，查明何人改动了数据库，并从备份恢复名单"
    ),
    "draws.file_unreadable": Message("文件“{name}”不能读取", "请核对文件名、编码和格式"),
    "draws.stratum_unusable": Message("分层名称含有换行或无法编码的字符", "请改正分层名称"),
    "draws.stratum_without_quota": Message(
        "分层“{stratum}”没有抽取比例或数量", "请在规则中补充该分层"
    ),
    "draws.rule_malformed": Message("规则的格式不符", "请对照格式说明修改"),
    "draws.rule_not_plain": Message(
        "规则中只能有整数、文字、列表和对象", '小数请写成文字，例如 "0.05"'
    ),
    "draws.rule_member_unknown": Message("规则中有不认识的成员", "请去掉该成员"),
    "draws.quota_malformed": Message(
        "分层“{stratum}”须恰有比例或数量之一", "请只写 ratio 或只写 count"
    ),
    "draws.count_malformed": Message("分层“{stratum}”的数量不是非负整数", "请改为非负整数"),
    "draws.ratio_malformed": Message(
        "分层“{stratum}”的比例不是小数文字", '请写成例如 "0.05" 的文字'
    ),
    "draws.ratio_over_one": Message(
        "分层“{stratum}”的比例大于1", '请写成小数，例如百分之五写作 "0.05"'
    ),
    # who contributes, until when, with which public value
    "draws.no_outsider": Message(
        "没有牵头部门系统以外的参与方，牵头部门不能独自产生随机数",
        "请邀请系统以外的部门配合，或请管理员在行政区划中设置随机抽取的监督部门"
        "（司法行政、审计），或填写截止日期之后公布的公开数值",
    ),
    "draws.public_value_required": Message(
        "审计日志没有外部见证方，随机数须加上公开数值",
        "请填写截止日期之后公布的公开数值的名称、期号和公布日期",
    ),
    "draws.public_value_unnamed": Message("公开数值没有写明名称或期号", "请填写名称和期号"),
    "draws.public_value_day": Message(
        "公开数值在截止之日或之前就公布", "请选择公布日期晚于截止日期的一期"
    ),
    "draws.public_value_other": Message("公开数值与冻结时不是同一种", "请填写同一名称的另一期"),
    "draws.round_too_short": Message(
        "从冻结到截止不足1小时工作时间（工作日9至12时、13至18时）", "请推迟截止时间"
    ),
    "draws.deadline_not_later": Message("新的截止时间不晚于原截止时间", "请改为更晚的时间"),
    "draws.deadline_moved_before": Message(
        "截止时间已经顺延过一次", "不能再次顺延，请在截止后截止收集"
    ),
    "draws.leaves_used_up": Message(
        "{year}年的{leaves}个预定数已经用完", "请联系平台管理员核查抽取次数"
    ),
    "draws.leaf_missing": Message(
        "这次抽取在预定数启用之前冻结，没有预定数", "请清空后重新冻结，各部门重新提交随机数"
    ),
    # deposits
    "draws.deposit_late": Message(
        "截止时间{due}已过", "本轮不再接收；因系统故障未能提交的，请联系牵头部门顺延截止时间"
    ),
    "draws.deposit_malformed": Message("密封的随机数不是SM2密文", "请用本页或命令行重新生成并提交"),
    "draws.already_deposited": Message("“{id}”已经提交随机数", "提交后不能更改，等待截止即可"),
    "draws.outsider_missing": Message(
        "外部参与方“{id}”没有提交随机数",
        "请因故障顺延截止时间一次，或以公开数值代替外部参与方后再截止",
    ),
    "draws.outsider_needed": Message(
        "更换名单或规则后重新抽取，外部参与方必须提交随机数", "请联系外部参与方；不能以公开数值代替"
    ),
    "draws.outsider_not_missing": Message("外部参与方没有缺席", "无需代替，请继续抽取"),
    "draws.public_value_fixed": Message("本轮已有公开数值", "外部参与方缺席时由它代替，请截止收集"),
    "draws.consent_missing": Message(
        "更换了名单或规则，尚未经负责人批准", "请牵头部门负责人批准重新抽取"
    ),
    "draws.no_consent_awaited": Message("这次抽取不需要批准，或已经批准", "请继续抽取"),
    "draws.consent_by_proposer": Message("发起抽取的人不能批准", "请由另一名负责人批准"),
    "draws.no_public_value": Message("本轮没有公开数值", "无需录入"),
    "draws.public_value_known": Message("公开数值已经两个部门录入一致", "无需再录入"),
    "draws.public_value_early": Message("公开数值要到{day}才公布", "请在公布之后录入"),
    "draws.public_value_empty": Message("没有填写公开数值", "请照公布的原文录入"),
    "draws.public_values_differ": Message(
        "“{first}”与“{second}”录入的公开数值不一致",
        "请两个部门核对公布的原文；录错的部门可以更正本部门录入的数值",
    ),
    "draws.public_value_missing": Message(
        "公开数值尚未由两个部门录入一致", "请另一部门照公布的原文录入"
    ),
    "draws.keeper_unknown": Message(
        "随机数不是密封给现有的保管方", "请恢复当时的密钥，或接入当时的见证方"
    ),
    "draws.opening_unready": Message("随机数正在由保管方开启", "请稍后重试"),
    "draws.witness_not_covered": Message("截止名单还没有得到见证方的见证", "请稍后重试"),
    "draws.witness_not_stated": Message(
        "审计日志中没有写入这份截止名单", "请核对数据库是否被回退或改动"
    ),
    "draws.witness_not_due": Message("见证方的时钟还没有到截止时间", "请在截止后重试，并核对时钟"),
    "draws.witness_other_list": Message(
        "见证方已为本轮开启过另一份名单", "请查明何人改动了日志；本轮不能再开启"
    ),
    "draws.witness_unavailable": Message(
        "见证方 {address} 暂时不能访问", "请检查网络和见证方服务，稍后重试"
    ),
    "draws.witness_other_key": Message(
        "见证方的随机数公钥不是约定的密钥所签", "请核对见证方的公钥"
    ),
    "draws.deposits_unopened": Message("保管方没有开启随机数", "请按所列原因处理后重试"),
    # commit and reveal, of draw/1
    "draws.contributors_missing": Message("没有参与生成随机数的部门", "请至少指定一个部门"),
    "draws.contributor_repeated": Message("参与部门重复", "请去掉重复的部门"),
    "draws.contributor_unknown": Message("“{id}”不是本轮的参与部门", "请核对部门编号"),
    "draws.post_with_lead": Message(
        "您同时在牵头部门或其上下级机构（“{id}”）任职，不能代外部参与方办理",
        "请由本部门没有在牵头部门一方任职的人员提交",
    ),
    "draws.commitment_malformed": Message("承诺值不是32字节", "请提交SM3承诺值"),
    "draws.already_committed": Message("“{id}”已经提交承诺值", "承诺值不能更改"),
    "draws.commitment_used": Message("该承诺值已被使用", "请用新的随机数重新生成承诺值"),
    "draws.already_revealed": Message("“{id}”已经公布随机数", "无需重复公布"),
    "draws.nonce_malformed": Message("随机数不是32字节", "请提交原来的32字节随机数"),
    "draws.nonce_differs": Message("“{id}”公布的随机数与承诺值不符", "请提交生成承诺值时的随机数"),
    "draws.nonce_file_unusable": Message(
        "文件“{name}”已经存在、不能写入，或不是随机数文件", "请换一个文件名，或选择提交承诺时的文件"
    ),
    "draws.nonce_missing": Message("“{id}”尚未公布随机数", "请催促该部门，逾期可剔除后重来一轮"),
    "draws.deadline_passed": Message("截止时间{due}已过", "请联系牵头部门重来一轮"),
    "draws.deadline_ahead": Message("截止时间{due}未到", "请等待至截止时间"),
    "draws.deadline_not_ahead": Message("截止时间不晚于现在", "请改为之后的时间"),
    "draws.nobody_late": Message("没有逾期的部门", "请继续抽取"),
    "draws.nobody_left": Message("剔除逾期部门后没有部门了", "请清空后重新发起抽取"),
    # results
    "draws.nothing_to_prove": Message("抽取尚未完成，没有证明", "请先完成抽取"),
    "draws.inspectors_of_task": Message(
        "任务的检查人员从执法人员库抽取，不能另行提供名单",
        "请在任务的抽取页面上“抽取检查人员”；只有自备名单的抽取可以提供派员材料",
    ),
    "draws.inspectors_assigned": Message(
        "检查人员已经抽取，种子公布以后不能另抽",
        "有人须回避的，由负责人准予回避，由排在其后的人员接替",
    ),
    "draws.staffing_settled": Message(
        "抽取检查人员的条件与第一次不同",
        "调整对象以后，请按第一次的人员、派员需求、日期和每人上限抽取",
    ),
    "draws.roster_differs": Message(
        "派员条件与冻结名单时的不同",
        "检查人员、需求、日期和每人上限在冻结名单时已定；要更换的，清空后重新冻结",
    ),
    "draws.proof_recusal_untold": Message(
        "人员“{id}”的回避没有写明由谁以什么理由准予", "请核对证明是否完整"
    ),
    "draws.ground_not_decided": Message(
        "负责人只决定准予回避和因故不能检查",
        "利害关系、住址和法定代表人关联由系统核对，不必另行决定",
    ),
    "draws.inspector_not_assigned": Message("“{id}”不是抽取到该对象的检查人员", "请核对人员和对象"),
    "draws.visits_differ": Message("派员的对象与抽取结果不一致", "请按抽取结果列出派员对象"),
    "draws.already_selected": Message("对象“{id}”已在抽取结果中", "无需重复增加"),
    "draws.removed_with_officers": Message(
        "对象“{id}”在抽取检查人员之后被去掉，不能重新增加：那样会为它另抽人员",
        "确需检查的，说明理由清除本次抽取，重新抽取",
    ),
    "draws.not_selected": Message("对象“{id}”不在抽取结果中", "请核对编号"),
    "draws.subject_unknown": Message(
        "监管对象“{id}”不在抽取对象库中，也不是本区划内在册的监管对象", "请从监管对象库中选择"
    ),
    "draws.sent_out": Message(
        "任务已分发，其抽取结果不能再清空或者调整",
        "抽中对象无法检查的，在其检查中登记无法检查的情形，由负责人决定",
    ),
    "draws.reason_missing": Message("没有填写原因或经办人", "请填写后重试"),
    # inspectors
    "draws.cap_unusable": Message("工作量上限小于1", "请改为正整数，或不设上限"),
    "draws.workload_negative": Message("已有工作量小于0", "请核对执法人员的工作量"),
    "draws.demand_unusable": Message("人数须为1至1000，且须指定部门", "请改正人员需求"),
    "draws.department_repeated": Message("同一组中部门重复", "请去掉重复的部门"),
    "draws.too_few_officers": Message(
        "对象“{subject}”的检查人员少于2人", "依法检查人员不得少于2人，请增加人数"
    ),
    "draws.officers_short": Message(
        "{visits}个对象需由{departments}派出{needed}人次，可派仅{available}人次",
        "请提高工作量上限、补充执法证件、借调人员或推迟部分检查",
    ),
    # proof
    "draws.proof_malformed": Message("证明文件的格式不符", "请向发布部门索取原文件"),
    "draws.proof_step_blocked": Message("前一步不成立，无法核对这一步", "请先看前面的步骤"),
    "draws.proof_format_unknown": Message(
        "不是 draw-proof/1 或 draw-proof/2 格式的证明", "请核对文件"
    ),
    "draws.proof_unsigned": Message("证明没有签名", "请向发布部门索取签名的证明"),
    "draws.proof_pool_twice": Message("对象库既在证明中又在文件中", "请向发布部门索取原文件"),
    "draws.proof_pool_unsorted": Message("对象库没有按编号排序", "请向发布部门索取原文件"),
    "draws.proof_pool_file_missing": Message("没有找到对象库文件", "请将其与证明放在同一文件夹"),
    "draws.proof_pool_file_differs": Message("对象库文件与证明所载不符", "该文件可能被改动"),
    "draws.proof_pool_count_differs": Message("对象数与证明所载不符", "该文件可能被改动"),
    "draws.proof_pool_hash_differs": Message("对象库与其摘要不符", "对象库可能被改动"),
    "draws.proof_rule_hash_differs": Message("规则与其摘要不符", "规则可能被改动"),
    "draws.proof_commitment_differs": Message("“{id}”的随机数与承诺值不符", "随机数可能被改动"),
    "draws.proof_revealed_too_early": Message("有随机数在全部承诺之前公布", "抽取的公正性无法保证"),
    "draws.proof_seed_differs": Message("种子与随机数不符", "种子可能被改动"),
    "draws.proof_leaf_differs": Message(
        "预定数不在预定数表的所载位置", "预定数可能被改动，请核对年初公布的根值"
    ),
    "draws.proof_outsider_missing": Message(
        "既没有外部参与方的随机数，也没有公开数值", "抽取的公正性无法保证，请向发布部门查问"
    ),
    "draws.proof_opening_missing": Message("没有说明随机数由谁开启", "请向发布部门索取原文件"),
    "draws.proof_public_value_missing": Message(
        "随机数由平台开启，却没有公开数值", "抽取的公正性无法保证，请向发布部门查问"
    ),
    "draws.proof_deposited_late": Message("有随机数在截止之后交存", "抽取的公正性无法保证"),
    "draws.proof_opened_early": Message("随机数在截止之前开启", "抽取的公正性无法保证"),
    "draws.proof_chances_differ": Message("抽取机会与规则不符", "抽取机会可能被改动"),
    "draws.proof_replacement_differs": Message(
        "剔除“{id}”后，递补的不是同一分层排序的下一个对象", "递补可能被改动"
    ),
    "draws.proof_siblings_differ": Message(
        "所列的此前各次抽取不与本次序号相接", "有抽取可能被隐去，请对照抽取公开"
    ),
    "draws.proof_marks_differ": Message("标记与人工增减的多少不符", "标记可能被改动"),
    "draws.proof_picks_differ": Message("抽中名单与种子不符", "抽中名单可能被改动"),
    "draws.proof_thresholds_differ": Message("入选线与抽中名单不符", "入选线可能被改动"),
    "draws.proof_items_differ": Message("抽中事项与种子不符", "抽中事项可能被改动"),
    "draws.proof_assignment_differs": Message("派员结果与种子不符", "派员结果可能被改动"),
}
