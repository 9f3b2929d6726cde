"""The Chinese words for what codes may have against them."""

from collections.abc import Mapping

from supervision_core.kernel.messages import Message

CODE_MESSAGES: Mapping[str, Message] = {
    "kernel.credit_code_length": Message(
        "统一社会信用代码应为18位，实为{length}位", "请对照营业执照补全"
    ),
    "kernel.credit_code_sign": Message(
        "统一社会信用代码第{places}位不是规定字符（不使用I、O、S、V、Z）",
        "请核对是否把数字0、1、2、5误写成字母O、I、Z、S",
    ),
    "kernel.credit_code_department": Message(
        "统一社会信用代码第1位不是已知的登记管理部门代码", "请对照营业执照核对"
    ),
    "kernel.credit_code_region": Message(
        "统一社会信用代码第3至8位应为6位数字的行政区划码", "请对照营业执照核对"
    ),
    "kernel.credit_code_organisation_check_digit": Message(
        "统一社会信用代码中的主体标识码（第9至17位）校验不符，第17位应为{expected}",
        "请对照营业执照核对第9至17位",
    ),
    "kernel.credit_code_check_digit": Message(
        "统一社会信用代码校验不符，第18位应为{expected}", "请对照营业执照逐位核对"
    ),
    "kernel.registration_number_length": Message(
        "注册号应为15位，实为{length}位", "请对照原营业执照补全"
    ),
    "kernel.registration_number_sign": Message("注册号只能由数字组成", "请对照原营业执照核对"),
    "kernel.registration_number_check_digit": Message(
        "注册号校验不符，第15位应为{expected}", "请对照原营业执照逐位核对"
    ),
    "kernel.identity_card_length": Message(
        "公民身份号码应为18位，实为{length}位", "请对照身份证件补全"
    ),
    "kernel.identity_card_sign": Message(
        "公民身份号码前17位应为数字，第18位应为数字或X", "请对照身份证件核对"
    ),
    "kernel.identity_card_region": Message(
        "公民身份号码前6位不是现在或曾经使用的行政区划代码", "请对照身份证件核对前6位"
    ),
    "kernel.identity_card_birth_day": Message(
        "公民身份号码中的出生日期不存在", "请对照身份证件核对第7至14位"
    ),
    "kernel.identity_card_not_yet_born": Message(
        "公民身份号码中的出生日期晚于当日", "请对照身份证件核对第7至14位"
    ),
    "kernel.identity_card_check_digit": Message("公民身份号码校验不符", "请对照身份证件逐位核对"),
    "kernel.region_unknown": Message(
        "没有这个行政区划", "请填写广西的设区市、县（市、区）名称或6位区划代码"
    ),
    "kernel.region_ambiguous": Message(
        "行政区划名称不唯一，可能是：{candidates}", "请写明上级区划或改填区划代码"
    ),
    "kernel.industry_unknown": Message(
        "行业代码或名称未收录于《国民经济行业分类》（GB/T 4754-2017）", "请核对代码，或从列表中选择"
    ),
}
