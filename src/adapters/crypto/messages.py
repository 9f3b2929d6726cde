"""The Chinese words for refusals of key files and password machines."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "crypto.device_failed": Message(
        "密码机调用{function}失败：{value}", "请检查密码机的连接、密钥与权限，必要时联系厂商"
    ),
    "crypto.key_exposed": Message(
        "密钥文件“{file}”可被他人读取",
        "请将其权限设为0600，归服务账号所有，并放在代码仓库之外；Windows 上放在本人的用户文件夹里",
    ),
    "crypto.keys_absent": Message(
        "没有找到平台的密钥（密钥文件夹“{folder}”，主密钥“{master}”）",
        "新平台请先执行 supervision init；已有数据的平台请从密钥备份恢复，或用环境变量 "
        "SUPERVISION_KEYS、SUPERVISION_MASTER_KEY 指明位置",
    ),
    "crypto.provider_unknown": Message(
        "不认识密码模块“{name}”", "SUPERVISION_CRYPTO 可取 openssl、gmssl_pyx、gmssl、sdf"
    ),
    "crypto.settings_wrong": Message("密钥设置有误", "请按 docs/cryptography.md 设置"),
    "crypto.setting_missing": Message(
        "使用密码机时须设置 {name}", "请按 docs/cryptography.md 设置"
    ),
    "crypto.keys_differ": Message(
        "平台密钥的位置上已有另一套密钥，没有改动",
        "请用环境变量 SUPERVISION_KEYS、SUPERVISION_MASTER_KEY 指明另外的空位置后重试",
    ),
    "crypto.key_differs": Message("“{file}”与备份中的不同", "请核对是不是这个平台的密钥"),
    "crypto.keyring_unreadable": Message("备份中的平台密钥不能识读", "请用备份时的程序版本恢复"),
    "crypto.keys_in_machine": Message(
        "主密钥和签名密钥在密码机里，不由平台更换", "请按密码机厂商的办法更换密钥"
    ),
    "crypto.keys_not_rewrapped": Message("主密钥没有更换，密钥没有变化", "请按所列原因处理后重试"),
    "crypto.folder_not_exchanged": Message(
        "密钥文件夹“{folder}”所在的文件系统不能整体替换文件夹，密钥没有变化",
        "请把密钥文件夹放到本机磁盘（不是挂载点）上再执行",
    ),
    "crypto.keys_changing": Message(
        "更换主密钥时有新密钥生成，密钥没有变化", "请等密钥轮换结束后重新执行"
    ),
    "crypto.key_name": Message("密钥名称不正确", "请只用小写字母、数字和短横线"),
    "crypto.key_file_unreadable": Message(
        "文件“{file}”不是私钥文件",
        "请核对文件，私钥文件由supervision certificate issue或supervision backup safe-key生成",
    ),
    "crypto.passphrase_short": Message("口令太短", "请至少用{size}个字，例如几个不相干的词"),
    "crypto.passphrase_wrong": Message("私钥文件“{file}”的口令不正确", "请核对口令后重试"),
    "crypto.certificate_not_issued": Message(
        "本机构没有签发过序列号为“{serial}”的证书", "请用supervision certificate list核对序列号"
    ),
}
