"""The Chinese words for what the ways in refuse themselves."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "intake.table_unfit": Message("表头不能辨认，没有导入任何一行", "请下载模板核对表头后重新导入"),
}
