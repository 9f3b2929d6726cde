"""The Chinese words for refusals of the working calendar."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

CALENDAR_MESSAGES: Mapping[str, Message] = {
    "kernel.no_calendar_for_year": Message(
        "{year}年的工作日历尚未录入，无法计算期限",
        "请管理员按当年放假通知在工作日历中补录该年",
    ),
}
