"""The Chinese words of jobs."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

JOB_MESSAGES: Mapping[str, Message] = {
    "jobs.job_invalid": Message("后台作业不能创建", "请按所列原因处理后重试"),
    "jobs.case_unknown": Message("没有这项操作", "请填写操作的权限名称，如 subjects.import"),
    "jobs.case_unfit": Message("这项操作不能由后台执行", "请在相应页面直接办理"),
    "jobs.order_unfit": Message("作业的要求读不出来", "请在列表页重新发起"),
    "jobs.read_otherwise": Message(
        "中断前后读出的内容不同（如机构名称已变化），没有继续", "请重试；已办理的不会重复"
    ),
    "jobs.source_long": Message("数据来源超过{most}个字", "请缩短名称"),
    "jobs.job_over": Message("作业已经结束", "请刷新页面查看结果"),
    "jobs.job_not_over": Message("只有没有结果、失败或已取消的作业可以重试", "请刷新页面查看状态"),
    "jobs.author_unfit": Message("发起人不能再办理，作业不再执行", "请按所列原因处理"),
    "jobs.author_gone": Message("发起人的账号或任职已停用，作业不再执行", "请由在岗人员重新发起"),
    "jobs.right_lost": Message(
        "发起人已没有“{permission}”的权限，作业不再执行",
        "请联系管理员恢复权限后重试，或由有权限的人员重新发起",
    ),
    "jobs.broken": Message("执行时发生意外错误", "请稍后重试；仍然失败请联系运维人员"),
    "jobs.store_refused": Message(
        "作业队列的数据被改动过（含有不允许的序列化内容），已停止执行",
        "请查明是谁改动的，删除作业队列的数据库后重启后台任务；作业本身不会丢失",
    ),
}
