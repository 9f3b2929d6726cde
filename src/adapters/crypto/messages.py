"""The Chinese words for refusals of key files and password machines."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "crypto.device_failed": Message(
        "密码机调用{function}失败：{value}", "请检查密码机的连接、密钥与权限，必要时联系厂商"
    ),
    "crypto.key_exposed": Message(
        "密钥文件“{file}”可被他人读取", "请将其权限设为0600，归服务账号所有，并放在代码仓库之外"
    ),
    "crypto.key_name": Message("密钥名称不正确", "请只用小写字母、数字和短横线"),
}
