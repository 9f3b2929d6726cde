"""The Chinese words for what goes wrong with the mail server."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "notify.unavailable": Message("邮件服务器暂时不可用", "平台会自动重试"),
    "notify.unreachable": Message("邮件服务器没有在规定时间内应答", "平台会自动重试"),
    "notify.not_protected": Message(
        "邮件服务器不支持加密连接，或证书不可信", "请联系系统管理员核对地址和证书"
    ),
    "notify.log_in_refused": Message("邮件服务器拒绝登录", "请联系系统管理员核对用户名和口令"),
    "notify.address_unfit": Message(
        "邮件服务器的地址或发件人不能使用",
        "地址写作 smtps://主机:端口 或 smtp://主机:端口，并填写发件人邮箱（SUPERVISION_MAIL_FROM）",
    ),
}
