"""The Chinese words for what the ways in refuse themselves."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "intake.table_unfit": Message("表头不能辨认，没有导入任何一行", "请下载模板核对表头后重新导入"),
    "cli.document_unreadable": Message(
        "文件“{name}”不是能够读取的 YAML 或 JSON", "请核对文件名、编码（UTF-8）和格式"
    ),
    "cities.workers_failed": Message(
        "工作进程一再异常结束，没有市做成", "减少 --workers 或加大内存，再次运行同一命令继续"
    ),
    "cities.not_done": Message(
        "有的市没有做成", "按各条原因处理后再次运行同一命令；已做成的市不重做"
    ),
    "cities.tried_in_vain": Message(
        "{city}试了{tries}次都没有做成（{kind}）", "核对磁盘空间、权限和存储后再次运行同一命令"
    ),
    "cli.unconfirmed": Message(
        "没有确认，什么也没有做", "在终端中回答y；脚本中核对无误后加上 --yes"
    ),
    "cli.data_invalid": Message("要填的内容不符合要求", "请按所列原因更正；--describe 说明各字段"),
    "cli.value_unfit": Message("有内容不能识别", "请用 --describe 核对各字段的写法"),
    "cli.subject_not_in_file": Message("文件中没有编号为“{id}”的对象", "请核对编号"),
    "cli.scene_without_rule": Message("场景“{code}”没有分级分类规则", "请先为场景关联规则"),
    "cli.nothing_graded": Message("没有给任何对象分级", "请按所列原因处理后重做"),
    "cli.subjects_absent": Message(
        "区划内还没有监管对象，“{scene}”没有可以分级的",
        "请先导入：supervision import subjects 文件名，导入时自动打标签",
    ),
    "cli.subjects_untagged": Message(
        "区划内有{known}户监管对象，没有一户存续又带有“{scene}”的检查标签",
        "在场景之前导入的，请重新导入，或再次运行 supervision scene import；仍然没有的，"
        "核对标签的打标规则与对象的行业、经营范围是否相符",
    ),
    "settings.wrong": Message("环境变量的设置有误，不能启动", "请按所列原因更正"),
    "settings.backup_unreadable": Message(
        "没有设置{name}，主机又不能打开备份：备份将没有人能打开",
        "请设置保险柜公钥，或去掉 SUPERVISION_BACKUP_HOST_READS",
    ),
    "settings.calendar": Message(
        "日历表“{file}”：{problem}", "请更正该文件，写法见 docs/deploy.md 的“工作日历”"
    ),
    "settings.value": Message(
        "环境变量“{name}”的值无法识别", "请运行supervision settings查看每项设置的说明"
    ),
}
