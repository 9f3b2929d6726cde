"""The Chinese words for what the HTTP frame refuses."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

MESSAGES: Mapping[str, Message] = {
    "http.absent": Message("没有找到", "请核对地址和编号，或确认您有查看权限"),
    "http.body_invalid": Message("请求内容不符合接口要求", "请按所列原因更正"),
    "http.parameters_invalid": Message("请求参数不符合接口要求", "请按所列原因更正"),
    "http.not_json": Message("内容不是有效的JSON", "请以UTF-8编码的JSON提交，同名字段只写一次"),
    "http.form_invalid": Message("填写的内容有误", "请按所列原因更正后重新保存"),
    "http.out_of_reach": Message(
        "所填的部门、区划或对象中，有的不在您的管理范围内，或已不存在",
        "请核对后重新提交；属于其他部门的，由该部门办理",
    ),
    "http.form_sent": Message(
        "这张表单已经提交过", "请先查看结果；确需再次提交的，请核对后重新保存"
    ),
    "http.form_unreadable": Message("表单内容无法读取", "请重新打开页面后再提交"),
    "http.too_deep": Message("JSON嵌套超过{most}层", "请减少嵌套层数"),
    "http.text_unfit": Message("文本含有不可用的字符", "请删除控制字符"),
    "http.text_too_long": Message("文本超过{most}个字符", "请缩短文本"),
    "http.wrong_type": Message("类型应为{wanted}", "请按说明更正"),
    "http.tick_one": Message("须恰好选择一条记录", "请只勾选一条后重试"),
    "http.none_ticked": Message("没有选择任何记录", "请先在列表中勾选"),
    "http.wrong_form": Message("格式应为{wanted}", "请按此格式重新填写"),
    "http.paper_not_due": Message("不能制作这份文书：{why}", "请按说明办理后再制作"),
    "http.wrong_number": Message("应恰有{wanted}项", "请按说明更正"),
    "http.unknown_choice": Message("取值应为：{choices}", "请改用所列取值"),
    "http.account_unknown": Message("没有这个账号", "请从输入时给出的账号中选择"),
    "http.operation_unknown": Message("没有这个操作", "请从输入时给出的操作中选择"),
    "http.out_of_range": Message("数值应在{least}至{most}之间", "请更正数值"),
    "http.missing": Message("缺少必填字段", "请补充该字段"),
    "http.unknown_field": Message("没有这个字段", "请删除该字段"),
    "http.repeated": Message("同一参数出现了多次", "请只保留一个"),
    "http.headers_invalid": Message("请求头重复、矛盾或过大", "请检查客户端和中间代理"),
    "http.host_unknown": Message("不是本平台的域名", "请使用平台公布的网址"),
    "http.method_unfit": Message("该地址不支持此方法", "请查阅接口说明"),
    "http.body_too_large": Message("请求体过大", "请减小后重新提交"),
    "http.body_broken": Message("请求体没有完整送达", "请检查网络和客户端后重新提交"),
    "http.body_too_slow": Message("请求体未在规定时间内传完", "请检查网络后重新提交"),
    "http.media_type_unfit": Message("请求体的类型不对", "请将Content-Type设为{wanted}"),
    "http.version_required": Message(
        "删除和停用须说明所见的版本", "请先读取该对象，再将得到的ETag放在If-Match中提交"
    ),
    "http.cross_site": Message("请求未通过防跨站校验", "请刷新页面后重新提交"),
    "http.too_many": Message("请求过于频繁", "请稍后再试"),
    "http.busy": Message("系统繁忙", "请稍后再试"),
    "http.store_unavailable": Message("数据库暂时不可用", "请稍后再试"),
    "http.not_ready": Message("暂时不能提供服务", "请按所列原因检查"),
    "http.database_down": Message("数据库不可用", "请检查数据库"),
    "http.keys_absent": Message("密钥不可用", "请检查密钥文件夹和主密钥"),
    "http.log_unanchored": Message("审计日志长时间没有见证，已停止写入", "请检查见证方"),
    "http.log_unsound": Message("审计日志变短或被改写", "请立即核查，见 docs/audit.md"),
    "http.under_review": Message(
        "核查中", "您的账号数据与审计日志不一致，已停用并告警；请联系本单位管理员，核查修复后恢复"
    ),
    "http.store_full": Message("存储空间已满，暂时只能查询", "请联系系统管理员"),
    "http.value_unfit": Message("有字段超出数据库允许的长度或范围", "请缩短文本或更正数值"),
    "http.middleware_elsewhere": Message(
        "证书助手的地址不是用户本机的地址",
        "SUPERVISION_CERTIFICATE_MIDDLEWARE 写成 http://127.0.0.1:端口/路径",
    ),
    "http.proxies_unreadable": Message(
        "SUPERVISION_HTTP_PROXIES中有不能识别的地址", "请填写IP地址或网段，用逗号分隔"
    ),
    "http.plaintext_refused": Message(
        "不能在本机以外以明文提供服务", "请给出TLS证书，或设置反向代理SUPERVISION_HTTP_PROXIES"
    ),
    "http.unexpected": Message("系统内部错误", "请稍后再试；仍有问题时向管理员提供请求编号"),
}
