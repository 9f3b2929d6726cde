"""The Chinese words of the identity context."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "identity.permission_denied": Message(
        "您没有“{permission}”权限", "请联系本部门管理员授权后再操作"
    ),
}
