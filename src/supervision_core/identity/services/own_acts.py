"""What the log calls acts that are no use case: at the door, in one's own account, by a machine."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

OWN_ACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "identity.log_in_with_password": "登录：核对密码",
        "identity.send_code": "发送短信验证码",
        "identity.resend_code": "重新发送短信验证码",
        "identity.confirm_sms_code": "登录：核对短信验证码",
        "identity.log_in_with_certificate": "用数字证书登录",
        "identity.log_in_with_face": "人脸登录：核对密码",
        "identity.confirm_face": "人脸登录：核对人脸",
        "identity.sign_on": "经统一身份认证登录",
        "identity.sign_on_with_token": "凭统一身份认证的令牌登录",
        "identity.remember_sign_on": "记录统一身份认证的绑定",
        "identity.sign_off": "统一身份认证平台通知退出",
        "identity.step_up": "再次核验身份",
        "identity.begin_face_step_up": "再次核验身份：人脸",
        "identity.session_over": "会话到期",
        "identity.log_out": "退出登录",
        "identity.work_for": "切换任职机构",
        "identity.change_password": "修改本人密码",
        "identity.begin_phone_change": "申请更换本人手机号",
        "identity.confirm_old_phone": "更换手机号：核对原手机号",
        "identity.confirm_new_phone": "更换手机号：核对新手机号",
        "identity.begin_phone_proof": "向收件人的手机发送验证码",
        "identity.keep_view": "保存列表的视图",
        "identity.rename_view": "修改列表的视图",
        "identity.drop_view": "删除列表的视图",
        "identity.arrange_list": "保存列表的列设置",
        "tasks.open_letter": "收件人凭验证码打开文书",
        "keys.renew": "更换密钥",
        "crypto.tampered": "发现数据被改动",
    }
)
"""The title of each by its name in the log; everything else there is a use case with its own."""
