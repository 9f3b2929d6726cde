"""The Chinese words of the interface description: fields, groups, and what all routes share."""

from collections.abc import Mapping
from typing import Any, Final

import attrs
from attrs import frozen

from supervision_core.kernel.canonical import Json
from supervision_core.kernel.registers import Content, describe

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

GROUPS: Final = (
    ("登录", "登录、退出、再次核验身份和本人密码"),
    ("用户", "用户及其密码、证书、会话"),
    ("组织机构", "组织机构树及其管理员"),
    ("行政区划", "行政区划"),
    ("变更", "供其他系统同步的变更"),
    ("授权", "角色、群组和权限"),
    ("执法人员", "执法人员的联系信息"),
    ("监管对象", "监管对象的个人信息"),
    ("线索", "投诉举报人"),
    ("审计", "审计日志"),
    ("运行", "存活与就绪检查，接口说明"),
)
_BY_PATH: Final = (
    ("/api/v1/identity/user", "用户"), ("/api/v1/identity/departments", "组织机构"),
    ("/api/v1/identity/table_templates", "用户"),
    ("/api/v1/identity/department_table", "组织机构"),
    ("/api/v1/identity/region_table", "行政区划"),
    ("/api/v1/identity/managed_departments", "组织机构"),
    ("/api/v1/identity/managed_regions", "行政区划"), ("/api/v1/identity/permissions", "授权"),
    ("/api/v1/identity/regions", "行政区划"), ("/api/v1/identity/changes", "变更"),
    ("/api/v1/identity/export_requests", "用户"),
    ("/api/v1/identity/roles", "授权"), ("/api/v1/identity/groups", "授权"),
    ("/api/v1/identity/grant", "授权"), ("/api/v1/identity/assignments", "授权"),
    ("/api/v1/identity/", "登录"), ("/api/v1/audit/", "审计"),
    ("/api/v1/officers/", "执法人员"), ("/api/v1/subjects/", "监管对象"),
    ("/api/v1/clues/", "线索"),
)  # fmt: skip

Field = tuple[str, Json]

_DELIVERY: Final = "waiting待发送，accepted已受理，delivered已送达，failed未送达"

FIELDS: Final[Mapping[str, Field]] = {
    "above": ("上级机构，从最上级起，仅限可查看的", None),
    "account": ("账号", "wang.shili"),
    "LogInByPassword.account": ("登录账号", "wang.shili"),
    "UserDraft.account": ("账号信息", None),
    "added": ("新增的行数", 1),
    "address": ("住址", "南宁市青秀区示例路1号"),
    "SignOnStart.address": ("浏览器应转到的地址", "https://sso.example.cn/authorize"),
    "FaceLogInView.address": ("请用户打开的人脸认证网址", "https://face.example.cn/certify"),
    "FaceCheckView.address": ("请用户打开的人脸认证网址", "https://face.example.cn/certify"),
    "action": ("操作，即权限名；以.*结尾时为该模块的全部操作", "identity.change_user"),
    "actor": ("操作人的用户编号", "clerk"),
    "administrators": ("管理员的用户编号", None),
    "after": ("从此编号之后读取", 0),
    "agreed_from": ("协议生效日期", "2026-01-01"),
    "agreed_to": ("协议失效日期", "2028-12-31"),
    "appointed": ("管理员及其账号", None),
    "at": ("时间", "2026-01-31T08:00:00+00:00"),
    "Reason.at": ("有误的字段，整体有误时为空", "draft.account.phone"),
    "birthday": ("出生日期", "1990-01-01"),
    "born_on": ("出生日期", "1990-01-01"),
    "by": ("排序依据：pinyin拼音，strokes笔画，post职位", "pinyin"),
    "Grant.by": ("授权人的用户编号", "security"),
    "captcha_answer": ("图形验证码的答案", "7"),
    "captcha_ticket": ("图形验证码的票据", "0123abcd"),
    "certificate": ("DER编码的证书，十六进制", "3082"),
    "challenge_token": ("挑战的令牌", "0123abcd"),
    "change": ("变更：written为新增或修改，deleted为删除", "written"),
    "changed": ("更新的行数", 1),
    "checkpoint": ("检查点", None),
    "clue_id": ("线索编号", "0123abcd"),
    "code": ("编码", "450100"),
    "Identity.code": ("身份代码", "91450100MA5K000017"),
    "ConfirmCode.code": ("短信验证码", "1234567"),
    "DepartmentData.code": ("机构编码", "450100-01"),
    "SignOn.code": ("统一身份认证返回的授权码", "0123abcd"),
    "TableFault.code": ("稳定的原因编码", "identity.phone_form"),
    "Problem.code": ("稳定的原因编码", "identity.user_invalid"),
    "Reason.code": ("稳定的原因编码", "identity.phone_form"),
    "complainant": ("投诉举报人，没有留下则为空", None),
    "confidential": ("是否要求对被检查对象保密", True),
    "contact": ("联系信息", None),
    "contact_identity_card": ("联系人证件号码", "450103199001010016"),
    "contact_name": ("联系人", "李示例"),
    "contact_phone": ("联系电话", "13900000001"),
    "column": ("有误的列，整行有误时为空", "手机号码"),
    "content": ("内容", None),
    "coordinates": ("是否统筹本区划全部机构", False),
    "counts": ("各状态的条数，按状态", {"delivered": 1}),
    "cosignatures": ("见证方的会签", None),
    "csrf_token": ("防跨站令牌", "0123abcd"),
    "cursor": ("上一页答复中的next_cursor", None),
    "current": ("是否当前会话", True),
    "Workplace.current": ("是否当前会话所在的机构", True),
    "data": ("机构信息", None),
    "database": ("数据库可用", True),
    "department": ("组织机构编号", "nanning"),
    "department_id": ("组织机构编号", "nanning"),
    "departments": ("下级机构编号，按新的排序", None),
    "description": ("说明", ""),
    "detail": ("处理办法", "请按所列原因更正后重新提交"),
    "document": ("证件号码", "450103199001010016"),
    "document_kind": ("证件类型", "身份证"),
    "document_number": ("证件号码", "450103199001010018"),
    "done": ("已完成", True),
    "duties": ("管理职责：system系统，security安全，audit审计", None),
    "draft": ("用户信息", None),
    "enabled": ("是否启用", True),
    "ended": ("结束的会话数", 1),
    "entries": ("用户，每次至多1000行", None),
    "established_on": ("成立日期", "2019-01-02"),
    "ethnicity": ("民族", "壮族"),
    "extended": ("拓展信息", None),
    "faults": ("逐条原因", None),
    "format": ("格式", "audit-proof/1"),
    "frontier": ("Merkle树右缘各峰的散列，十六进制", None),
    "graded": ("是否分级管理", True),
    "grants": ("直接授予的权限", None),
    "group_id": ("群组编号", "g1"),
    "groups": ("群组编号", None),
    "holder": ("持有者类型", "user"),
    "holder_id": ("持有者编号", "clerk"),
    "household_address": ("户籍地址", "南宁市青秀区示例路1号"),
    "id": ("编号", "n000001"),
    "identity": ("主体身份代码", None),
    "identity_card": ("身份证号", "450103199001010016"),
    "ids": ("用户编号，按排序", None),
    "in_words": ("是否用文字提问", True),
    "inherits": ("是否沿用上级机构的授权", False),
    "items": ("本页各行", None),
    "kept_out": ("该行因此没有导入；否则只是提醒", True),
    "kind": ("对象类型", "user"),
    "Identity.kind": (
        "credit_code统一社会信用代码，registration_number注册号，identity_card身份证，own_number自编号",
        "credit_code",
    ),
    "ListUsersQuery.kind": ("用户类型", "staff"),
    "ExtendedData.kind": ("用户类型", "staff"),
    "level": ("所属层级", "city"),
    "licence": ("证照的统一社会信用代码", "91350100M000100Y43"),
    "limit": ("至多读取多少条", 100),
    "live": ("进程存活", True),
    "let_in": ("会话由此开始", True),
    "log_in_token": ("本次登录的令牌", "0123abcd"),
    "log": ("日志的名称", "0123abcd"),
    "made_at": ("写成的时间", "2026-01-31T08:00:00+00:00"),
    "mail": ("邮箱", "wang@example.cn"),
    "minutes": ("最近多少分钟内用过", 30),
    "managed": ("本人是否管辖该机构", True),
    "memberships": ("所属组织，第一个为主组织", None),
    "more": ("其后还有", False),
    "more_faults": ("还有未列出的原因", False),
    "must_change": ("是否必须先修改密码", False),
    "name": ("名称", "检查员"),
    "PersonData.name": ("姓名", "王示例"),
    "Complainant.name": ("姓名", "李示例"),
    "SubjectPersonalView.name": ("名称，自然人为姓名", "南宁示例乳业有限公司"),
    "Known.name": ("机构名称，或用户的账号", "南宁市市场监督管理局"),
    "DepartmentData.name": ("机构名称", "南宁市市场监督管理局"),
    "nationality": ("国籍", "中国"),
    "new": ("新密码", "Correct-horse-8"),
    "next_cursor": ("下一页的游标，最后一页为空", None),
    "nonce": ("需要签名的字节，十六进制", "00ff"),
    "notice": ("通知的JSON原文", '{"useridcode": "c-1", "timestamp": "1769846400"}'),
    "note": ("不依赖数据库也须读懂的事实", None),
    "number": ("记录编号，从0起连续", 0),
    "DirectoryChange.number": ("变更编号", 1),
    "officer_id": ("执法人员编号", "0123abcd"),
    "old": ("原密码", "Correct-horse-6"),
    "operator_phone": ("经营者电话", "13900000001"),
    "order": ("排序方式，空为常用排序", ""),
    "DepartmentData.order": ("排序号", 1),
    "DepartmentRow.order": ("排序号", 1),
    "Membership.order": ("在该组织中的排序号", 1),
    "personal": ("个人信息", None),
    "political_status": ("政治面貌", "群众"),
    "principal": ("法定代表人、负责人或经营者", "王示例"),
    "purpose": (
        "使用目的：contact联系、identify核实、correct更正、complaint投诉、inspection检查",
        "contact",
    ),
    "outcome": ("结果：done为完成，denied为拒绝", "done"),
    "page_size": ("每页行数", 20),
    "Access.passable": ("允许再次分配的权限", None),
    "parent": ("上级编号", "office"),
    "ListRegionsQuery.parent": ("上级区划代码，空文本为没有上级的", "450000"),
    "party": ("所代表的企业、机构或群众的编号", ""),
    "passable": ("是否可以再分配", False),
    "password": ("密码", "Correct-horse-6"),
    "path": ("从叶到根的散列，十六进制", None),
    "permission": ("权限", "tasks.close"),
    "permissions": ("持有的权限", None),
    "person": ("个人信息", None),
    "phone": ("手机号", "13900000001"),
    "picture": ("PNG图片，Base64", ""),
    "position": ("排序号", 1),
    "post": ("职务", "科员"),
    "posts": ("职位，从高到低", None),
    "previous": ("上一个检查点的SM3，十六进制", ""),
    "question": ("文字问题", "三加四等于几"),
    "ready": ("可以提供服务", True),
    "reason": ("原因", "手机号码不是11位有效号码"),
    "reasons": ("逐条原因", None),
    "refused": ("没有导入的行数", 1),
    "region": ("行政区划代码", "450100"),
    "region_id": ("行政区划编号", "r450100"),
    "remedy": ("处理办法", "请更正后重新提交"),
    "request": ("请求内容的SM3，十六进制", "00ff"),
    "role_id": ("角色编号", "r1"),
    "roles": ("角色编号", None),
    "root": ("Merkle树根的散列，十六进制", "00ff"),
    "row": ("该条记录的规范JSON文本", "{}"),
    "rows": ("数据行数", 3),
    "UserEntry.row": ("表中的行号", 2),
    "TableFault.row": ("表中的行号", 2),
    "same": ("未变的行数", 1),
    "seen_at": ("最近使用的时间", "2026-01-31T08:30:00+00:00"),
    "session_id": ("会话编号", "00ff"),
    "sheet": ("工作表", "用户"),
    "sex": ("性别", "男"),
    "signature": ("签名及其算法、密钥编号", None),
    "AnswerChallenge.signature": ("DER编码的签名，十六进制", "3044"),
    "source": ("来源地址，查看他人时只给出网段", "192.0.2.0/24"),
    "step": (
        "步骤：password密码，code短信验证码，face人脸认证，certificate数字证书，sign_on统一身份认证",
        "code",
    ),
    "since": ("不早于", "2026-01-31T08:00:00+00:00"),
    "SignOff.signature": ("通知的HMAC-SM3，十六进制", "00ff"),
    "SignOnWithToken.token": ("应用给出的访问令牌", "0123abcd"),
    "size": ("日志的记录数", 1000),
    "started_at": ("登录的时间", "2026-01-31T08:00:00+00:00"),
    "state": ("随浏览器送回的随机值", "0123abcd"),
    "NoticeView.state": (_DELIVERY, "delivered"),
    "DeliveryStep.state": (_DELIVERY, "delivered"),
    "steps": ("送达的经过，从先到后", None),
    "status": ("HTTP状态码", 422),
    "subject_id": ("监管对象编号", "0123abcd"),
    "table": ("哪一张表：regions行政区划，departments组织机构，users用户", "users"),
    "target": ("对象：类型/编号，可带@版本", "user/clerk"),
    "targets": ("写入的对象", None),
    "text": ("检索文字", "南宁"),
    "NoticeView.text": ("消息内容", "您有新的检查任务"),
    "SendNoticeBody.text": ("消息内容，至多1000字", "您有新的检查任务"),
    "ListUsersQuery.text": ("账号中的文字", "wang"),
    "thumbprint": ("证书的SM3指纹，64位小写十六进制", "00ff" * 16),
    "ticket": ("票据，与答案一同送回", "0123abcd"),
    "titles": ("权限的中文名称，按权限名", None),
    "title": ("原因", "用户信息不完整或有误"),
    "NoticeView.title": ("消息标题", "检查任务"),
    "SendNoticeBody.title": ("消息标题，至多100字", "检查任务"),
    "token": ("会话令牌", "0123abcd"),
    "about": ("要导出其用户的机构编号", "nanning"),
    "allowed": ("是否同意", True),
    "asked_at": ("申请时间", "2026-11-24T04:00:00+00:00"),
    "asked_by": ("申请人的用户编号", "clerk"),
    "decided_at": ("审批时间", "2026-11-24T05:00:00+00:00"),
    "decided_by": ("审批人的用户编号", "security"),
    "request_id": ("申请编号", "0199c0de-0000-7000-8000-000000000001"),
    "DeliveryStep.reason": ("没有送达的原因编码，其余为空", "identity.notice_undelivered"),
    "DecideExportBody.reason": ("审批意见", "核对花名册，同意导出"),
    "ExportRequestView.reason": ("审批意见", "核对花名册，同意导出"),
    "ExportRequestView.state": (
        "waiting待审批，allowed已同意，refused未同意",
        "waiting",
    ),
    "ListExportRequestsQuery.state": ("只列这一状态的申请", "waiting"),
    "unemployed": ("是否失业", False),
    "unread_sheets": ("没有读取的工作表：表头不全", None),
    "until": ("早于", "2026-02-01T00:00:00+00:00"),
    "user_id": ("用户编号", "clerk"),
    "users": ("用户编号，按新的排序", None),
    "valid_until": ("账号有效期至，空为长期", "2028-12-31"),
    "version": ("版本", 1),
    "witness": ("见证方的密钥编号", "0123abcd"),
    "was_granted": ("此前是否持有", True),
    "was_bound": ("此前是否绑定", True),
}
"""Title and example of every field by its name, or by its class and name where it means another
thing there. An example of ``None`` is given by the fields inside."""


@frozen
class Words:
    """Gives the words of fields; columns of registers bring their own titles."""

    fields: Mapping[str, Field] = FIELDS
    introduction: str = INTRODUCTION
    groups: tuple[tuple[str, str], ...] = GROUPS

    def of(self, owner: str, name: str, cls: type[Any] | None = None) -> dict[str, Any]:
        """Give description and examples of a field. Raises ``KeyError`` for one without words."""
        if cls is not None and attrs.has(cls) and issubclass(cls, Content):
            titles = {one.name: one.title for one in describe(cls).columns}
            return {"description": titles[name]}
        text, example = self.fields.get(f"{owner}.{name}") or self.fields[name]
        return {"description": text} if example is None else {
            "description": text, "examples": [example]
        }  # fmt: skip


def group_of(path: str) -> str:
    """Give the group under which a path is described."""
    return next((group for start, group in _BY_PATH if path.startswith(start)), "运行")
