"""The Chinese words for what goes wrong with the unified platform."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

_LATER = "请稍后重试，或改用其他方式登录"

MESSAGES: Mapping[str, Message] = {
    "zhiguitong.unavailable": Message("统一平台暂时不可用", _LATER),
    "zhiguitong.unreachable": Message("统一平台没有在规定时间内应答", _LATER),
    "zhiguitong.answer_unfit": Message("统一平台的应答不符合约定", "请联系系统管理员核查接口"),
    "zhiguitong.not_set": Message("本系统没有接入统一身份认证", "请改用其他方式登录"),
    "zhiguitong.matters_not_set": Message(
        "没有设置自治区监管事项动态管理系统的接口", "请设置SUPERVISION_MATTERS_URL等后再同步"
    ),
    "zhiguitong.signals_not_set": Message(
        "没有设置线索接入接口的地址", "请设置SUPERVISION_SIGNALS_URL及其应用编号和密钥"
    ),
    "zhiguitong.organisation_not_set": Message(
        "本系统没有接入现有平台的统一组织架构", "请设置SUPERVISION_ORGANISATION_URL等后再同步"
    ),
    "zhiguitong.secret_unfit": Message(
        "人脸认证的应用密钥不能用于AES", "AppSecret应为16、24或32个字节，请核对密钥文件"
    ),
    "zhiguitong.address_unfit": Message(
        "对接系统的地址不能使用", "请使用不带参数的https地址；http只能用于本机"
    ),
}
