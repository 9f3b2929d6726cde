"""The Chinese words of the interface description: fields, and what all routes share."""

from typing import Any, Final

import attrs
from attrs import frozen

from entrypoints.shape import TAG
from supervision_core.kernel.fields import FIELD, FieldWords

INTRODUCTION: Final = """\
所有请求和答复都是UTF-8编码的JSON，字段名为小写下划线形式，未列出的字段不接受。

- 登录：密码加短信验证码、SM2数字证书或统一身份认证，得到会话令牌。
系统之间用`Authorization: Bearer 令牌`；浏览器用会话Cookie，
写操作另在`X-CSRF-Token`中送回登录时得到的`csrf_token`。
- 幂等：写操作可带`Idempotency-Key`。没有收到答复时用同一键重发，只执行一次，答复逐字节相同。
- 并发：读取单个对象得到`ETag`，修改时以`If-Match`送回，他人已修改则答复412。
- 分页：`page_size`至多200；答复中的`next_cursor`原样送回`cursor`得到下一页，没有则为最后一页。
- 拒绝：`application/problem+json`（RFC 9457），`code`是稳定的编码，
`reasons`逐条列出原因、字段和处理办法（请求体不合要求的，至多100条）。
数据范围以外的对象与不存在的对象，答复完全相同。
- 答复头`X-Request-Id`是请求编号，报告问题时请提供。
"""


@frozen
class Words:
    """Gives the words of fields; columns of registers bring their own titles."""

    introduction: str = INTRODUCTION

    def of(self, name: str, cls: type[Any]) -> dict[str, Any]:
        """Give description and examples of a field, as its class declares it.

        Raises ``KeyError`` for one that says nothing.
        """
        if name == TAG:
            return {"description": "是哪一种"}
        return _said(attrs.fields_dict(cls)[name].metadata[FIELD])


def _said(one: FieldWords) -> dict[str, Any]:
    codes = "，".join(f"{code}为{title}" for code, title in one.codes.items())
    more = "；".join(part for part in (one.hint, codes) if part)
    found: dict[str, Any] = {"description": f"{one.title}：{more}" if more else one.title}
    return found if one.example == "" else found | {"examples": [one.example]}
