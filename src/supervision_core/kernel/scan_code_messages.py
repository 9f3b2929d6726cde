"""The Chinese words for codes that are refused."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

_RESCAN = "请对准现场张贴的企业码或执法人员出示的检查码重新扫描"

SCAN_CODE_MESSAGES: Mapping[str, Message] = {
    "scan_codes.refused": Message("这个码不能使用", "请按所列原因处理"),
    "scan_codes.malformed": Message("扫描到的内容不是本平台的码", _RESCAN),
    "scan_codes.foreign": Message(
        "这个码不是本平台签发的", "可能是伪造的码，请通知监管部门核查，不要按它办理"
    ),
    "scan_codes.altered": Message(
        "码的签名与内容不符，码已被改动或是伪造的", "请通知监管部门核查，不要按它办理"
    ),
    "scan_codes.outdated": Message(
        "这个码已于{until}到期", "请出示新的码；企业码到期的，请重新制码"
    ),
    "scan_codes.void": Message("这个企业码已作废，或已换发新码", "请扫描换发的新码"),
    "scan_codes.not_firm": Message("扫描到的不是企业码", "请扫描企业张贴的企业码"),
    "scan_codes.not_visit": Message("扫描到的不是检查码", "请扫描执法人员手机上出示的检查码"),
    "scan_codes.unavailable": Message(
        "桂通码平台没有应答，这个码现在无法识别", "请稍后再试，或改扫本平台签发的码"
    ),
}
