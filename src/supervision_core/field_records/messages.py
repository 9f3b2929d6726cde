"""The Chinese words of the records that phones send."""

from collections.abc import Mapping
from typing import Final

from supervision_core.field_records.devices import DeviceRefused
from supervision_core.field_records.model import RecordRefused
from supervision_core.field_records.services.companions import ConfirmationRefused
from supervision_core.kernel.messages import Message

MESSAGES: Final[Mapping[str, Message]] = {
    RecordRefused.code: Message("离线记录不能接收", "请按所列原因处理后，换用新的编号重新报送"),
    ConfirmationRefused.code: Message("检查记录没有确认", "请按所列原因处理后重试"),
    DeviceRefused.code: Message("手机不能这样登记或设置", "请按所列原因处理后重试"),
    "field_records.record_form": Message("记录编号不是32位十六进制字符", "请更新页面后重新记录"),
    "field_records.digest_form": Message("内容摘要不是64位十六进制字符", "请更新页面后重新记录"),
    "field_records.sequence_form": Message("顺序号不是正整数", "请更新页面后重新记录"),
    "field_records.time_without_offset": Message(
        "时间没有写明时区", "请更新页面后重试；对接的程序按ISO 8601写明时区"
    ),
    "field_records.time_unfit": Message("手机的时间有误", "请校准手机时间后重新记录"),
    "field_records.key_form": Message("手机的公钥格式有误", "请更新页面后重试"),
    "field_records.device_of_other": Message(
        "该手机密钥由另一账号登记", "请在本机退出登录后重新登录"
    ),
    "field_records.device_unknown": Message(
        "该手机没有为记录人登记", "请用记录时的账号在该手机上登录"
    ),
    "field_records.device_retired": Message(
        "这部手机已注销，平台不再接收它的记录", "继续使用的，请退出登录后重新登录并准备离线检查"
    ),
    "field_records.predecessor_missing": Message(
        "前一条记录没有送达", "前一条在手机里的，稍后自动送达；已经丢失的，写明理由后继续"
    ),
    "field_records.reported_lost": Message(
        "本条记录已说明为丢失，后面的记录已经办理", "请查看现在的内容，决定是否仍按本条办理"
    ),
    "field_records.reason_missing": Message("没有写明理由", "请写明理由"),
    "field_records.companion_self": Message(
        "手机的主人不能给自己设置同行口令", "请选择参加这次检查的另一名执法人员"
    ),
    "field_records.companion_unfit": Message(
        "该人员没有参加您待反馈的检查，或没有可用的账号", "请选择参加同一检查的在岗执法人员"
    ),
    "field_records.companion_unknown": Message(
        "同行口令没有设置，或没有经本人同意", "请在有信号时重新设置，并由本人在自己的手机上同意"
    ),
    "field_records.companion_locked": Message(
        "同行口令连续输错{most}次，已停用",
        "请由同行人员在自己的手机上确认检查记录，或在有信号时重新设置口令并由其本人同意",
    ),
    "field_records.pin_wrong": Message(
        "同行口令不对，连续输错{most}次即停用", "请确认检查记录的人员重新输入口令"
    ),
    "field_records.record_differs": Message("检查记录与确认时看到的不同", "请按现在的内容重新确认"),
    "field_records.signature_wrong": Message(
        "手机签名核对不符，内容可能在途中被改动", "请重新导出或重新记录"
    ),
    "field_records.seal_broken": Message("内容不能启封，可能在途中被改动", "请重新导出或重新记录"),
    "field_records.content_unfit": Message("内容不是本平台手机端的记录", "请更新页面后重新记录"),
    "field_records.action_unknown": Message("“{action}”不能离线办理", "请联网后办理"),
    "field_records.author_other": Message("该记录属于另一账号", "请由记录人本人登录后报送"),
    "field_records.author_foreign": Message(
        "记录人不在本部门，或不能再办理业务", "请由记录人所在部门导入"
    ),
    "field_records.record_reused": Message(
        "该编号已用于另一条记录", "请核对两条记录，需要报送的换用新的编号"
    ),
    "field_records.changed_meanwhile": Message(
        "离线期间该检查已被他人修改，现为第{version}版", "请查看现在的内容，决定是否仍按本条办理"
    ),
    "field_records.photo_missing": Message("照片还没有传完", "稍后自动重传，请保持页面打开"),
    "field_records.too_many": Message("一次报送超过{most}条", "请分几次报送"),
    "field_records.file_form": Message("不是离线记录文件，或文件不完整", "请在手机上重新导出"),
}
