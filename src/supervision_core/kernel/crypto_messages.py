"""The Chinese words for refusals of cryptography and certificates."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

_ALARM = "请立即停止使用该数据，并通知安全管理员核查"
_RENEW = "请向发证机构申请新证书后重试"

CRYPTO_MESSAGES: Mapping[str, Message] = {
    "crypto.tampered": Message("受保护的数据已被改动", _ALARM),
    "crypto.field_malformed": Message("加密字段的格式不正确", _ALARM),
    "crypto.field_changed": Message("加密字段已被改动，或被移到了别处", _ALARM),
    "crypto.row_malformed": Message("数据行的完整性校验值格式不正确", _ALARM),
    "crypto.row_changed": Message("数据行的完整性校验不通过", _ALARM),
    "crypto.tag_wrong": Message("消息鉴别码不符", _ALARM),
    "crypto.ciphertext_malformed": Message("密文格式不正确", "请核对密文是否完整"),
    "crypto.ciphertext_changed": Message("密文校验不通过", "请核对密文与密钥是否对应"),
    "crypto.signature_invalid": Message("签名无效", "请核对文件是否完整、签名者是否正确"),
    "crypto.signature_malformed": Message("签名格式不正确", "请核对签名是否完整"),
    "crypto.signature_wrong": Message("签名与内容或公钥不符", "请核对文件是否被改动"),
    "crypto.signer_unknown": Message("签名者的公钥不受信任", "请先导入可信的公钥"),
    "crypto.key_rejected": Message("密钥不可用", "请更换密钥"),
    "crypto.key_size": Message("密钥长度不正确，应为{size}字节", "请核对密钥"),
    "crypto.private_key_out_of_range": Message("私钥不在允许的范围内", "请重新生成密钥对"),
    "crypto.point_off_curve": Message("公钥不是曲线上的点", "请核对公钥"),
    "crypto.key_missing": Message(
        "没有密钥“{name}”的第{version}版", "请先生成密钥，或从备份恢复密钥文件"
    ),
    "crypto.algorithm_unavailable": Message(
        "本机密码库不支持{algorithm}", "请安装含国密算法的OpenSSL，或安装gmssl-pyx"
    ),
    "certificate.refused": Message("数字证书未通过验证", _RENEW),
    "certificate.malformed": Message("数字证书格式不正确", "请重新导出证书"),
    "certificate.absent": Message("没有提供数字证书", "请插入证书介质后重试"),
    "certificate.not_a_holder": Message("该证书不能用于签名登录", _RENEW),
    "certificate.untrusted": Message("证书链没有连到受信任的根证书", "请核对发证机构"),
    "certificate.not_yet_valid": Message("证书尚未生效", "请核对本机时间与证书有效期"),
    "certificate.expired": Message("证书已过期", _RENEW),
    "certificate.unknown_extension": Message("证书含有无法识别的关键扩展", "请联系发证机构"),
    "certificate.not_an_issuer": Message("证书链中有证书无权签发证书", "请核对证书链"),
    "certificate.path_too_long": Message("证书链超过了允许的长度", "请核对证书链"),
    "certificate.issuer_differs": Message("证书的签发者与上级证书不一致", "请核对证书链"),
    "certificate.signature_wrong": Message("证书签名验证不通过", "请核对证书链"),
    "certificate.revoked": Message("证书已被吊销", _RENEW),
    "certificate.revocation_unknown": Message(
        "没有有效的吊销列表，无法确认证书状态", "请更新证书吊销列表后重试"
    ),
}
