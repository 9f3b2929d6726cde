"""Users, departments, regions, roles and grants, for other systems and administrators."""

from attrs import field, frozen

from entrypoints.http.routes import Call, Reply, Route, Versioned, listing, reading, verb
from supervision_core.identity.model import ExportNotAllowed
from supervision_core.identity.services.departments import (
    add_department,
    add_region,
    appoint_administrators,
    change_department,
    change_region,
    delete_department,
    delete_region,
)
from supervision_core.identity.services.exporting import (
    decide_export,
    export_users,
    request_export,
)
from supervision_core.identity.services.granting import (
    add_group,
    add_role,
    assign_roles,
    change_grants,
    change_group,
    change_role,
    delegate_roles,
    grant,
    revoke,
)
from supervision_core.identity.services.history import list_log_ins
from supervision_core.identity.services.intake import import_users
from supervision_core.identity.services.listing import (
    list_assignable_roles,
    list_delegable_roles,
    list_grantable,
    list_group_holders,
    list_managed_departments,
    list_managed_regions,
    list_members,
    list_online,
    list_permissions,
    list_role_holders,
    view_access,
    view_grants,
)
from supervision_core.identity.services.login import (
    bind_certificate,
    list_certificates,
    revoke_sessions,
    unbind_certificate,
)
from supervision_core.identity.services.notices import list_notices, send_notice
from supervision_core.identity.services.ordering import (
    order_departments,
    order_users,
    sort_departments,
    sort_users,
)
from supervision_core.identity.services.questions import (
    list_users_by_person,
    read_changes,
    show_personal_data,
    view_department,
    view_user,
)
from supervision_core.identity.services.users import (
    change_contact,
    change_user,
    delete_user,
    register_user,
    switch_user,
)
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said

_BASE = "/api/v1/identity"
_USER = f"{_BASE}/users/{{user_id}}"
_DEPARTMENT = f"{_BASE}/departments/{{department_id}}"
_REGION = f"{_BASE}/regions/{{region_id}}"
_EXPORT = f"{_BASE}/export_requests/{{request_id}}"
_OF_USER = Versioned("user", "user_id")
_OF_DEPARTMENT = Versioned("department", "department_id")
_OF_REGION = Versioned("region", "region_id")


@frozen(kw_only=True)
class ResetPassword:
    """The user who shall get a temporary password."""

    user_id: str = field(metadata=said("用户编号", example="clerk"))


@frozen(kw_only=True)
class PasswordGiven:
    """A temporary password, told once."""

    password: str = field(repr=False, metadata=said("密码", example="Correct-horse-6"))
    warning: str = field(
        metadata=said(
            "重置之后，谁不能给予该用户管理职责，怎样办", example="请该用户登录并改为自己的密码"
        )
    )


def warned_of_reset(call: Call) -> str:
    """Say what whoever resets a password cannot do from then on, and what to do instead."""
    told = call.platform.messages.explain(Violation("identity.one_hand_password"))
    return f"{told.reason}。{told.remedy}。"


def _reset_password(call: Call, asked: ResetPassword) -> Reply:
    password = call.platform.log_ins.issue_password(asked.user_id, actor=call.who)
    return Reply(value={"password": password, "warning": warned_of_reset(call)})


IDENTITY_ROUTES: tuple[Route, ...] = (
    listing(f"{_BASE}/user_searches", list_users_by_person, "按姓名、手机号、证件号查找用户",
            method="POST", text="须完整填写；条件放在请求体中，不出现在网址里。"),
    reading(
        _USER, view_user, "查看用户", tagged=True,
        text="手机号、证件号等个人信息已脱敏，企业用户和群众的姓名也是；完整信息另有接口和权限，每次查看都记入审计日志。",
    ),
    verb("GET", f"{_USER}/personal", show_personal_data, "查看用户完整个人信息", answer="",
         critical=True, text="须说明目的；每次查看、为何查看都记入审计日志。"),
    verb("POST", f"{_BASE}/users", register_user, "新增用户",
         text="用户登记后没有任何权限，由管理员另行授予。"),
    verb("PUT", _USER, change_user, "修改用户", versioned=_OF_USER,
         text="提交用户的全部信息，未提交的可选字段被清空。"),
    verb("PUT", f"{_USER}/contact", change_contact, "修改用户的手机号和证件", critical=True,
         versioned=_OF_USER,
         text="未提交的字段保持不变。只能变更您能够分配其全部权限的用户，不能变更本人；"
              "其全部会话同时结束，统一身份认证的对应关系作废。"),
    verb("PUT", f"{_USER}/enabled", switch_user, "启用或停用用户", versioned=_OF_USER,
         text="停用自该用户的下一次请求起生效。"),
    verb("DELETE", _USER, delete_user, "删除用户", versioned=_OF_USER, text="逻辑删除。"),
    verb("DELETE", f"{_USER}/sessions", revoke_sessions, "结束用户的全部会话", answer="ended"),
    listing(f"{_USER}/log_ins", list_log_ins, "用户的登录记录",
            text="从新到旧，包括失败的；来源地址只给出网段，完整地址见审计日志。"),
    reading(f"{_USER}/notices", list_notices, "发给用户的消息",
            text="最近200条，从新到旧，每一步的时间和送达状态，及各状态的条数。"),
    verb("POST", f"{_USER}/notices", send_notice, "向用户发送消息",
         text="随本次请求一同记录，由后台任务交给统一消息服务；不得写入个人信息。"),
    verb("POST", f"{_USER}/certificates", bind_certificate, "绑定用户的数字证书",
         critical=True,
         text="不能绑定给本人，或持有您不能分配的角色、权限的人；担任管理职责的人须双人复核。"),
    reading(f"{_USER}/certificates", list_certificates, "用户的数字证书"),
    verb("DELETE", f"{_USER}/certificates/{{thumbprint}}", unbind_certificate,
         "解除用户的数字证书", answer="was_bound", text="立即不能再用它登录，其全部会话同时结束。"),
    Route(
        method="POST", path=f"{_USER}/password", name="identity_reset_password",
        title="重置用户密码", access="identity.reset_password", asked=ResetPassword,
        answered=PasswordGiven, run=_reset_password, critical=True,
        text="给出一次性的临时密码；用户用它登录后只能修改密码。其全部会话同时结束。",
    ),
    verb("POST", f"{_BASE}/user_imports", import_users, "批量导入用户", answer="",
         text="每次至多1000行；未知账号新增，已有账号更正。重复提交不会重复登记。"),
    verb("GET", f"{_DEPARTMENT}/users", export_users, "导出部门的用户编号", answer="ids",
         critical=True, refusals=(ExportNotAllowed,),
         text="按部门内的排序给出；须先申请并由另一人同意，导出记入审计日志。"),
    verb("POST", f"{_DEPARTMENT}/export_requests", request_export, "申请导出部门用户",
         text="导出用户信息须由另一人（安全管理员）审批；写明目的。"),
    verb("PUT", f"{_EXPORT}/decision", decide_export, "审批导出申请", critical=True,
         versioned=Versioned("export_request", "request_id"),
         text="同意后三天内，由申请人按申请的机构和目的导出；不能审批自己的申请。"),
    verb("PUT", f"{_DEPARTMENT}/users", order_users, "调整部门用户排序", answer="ids"),
    verb("POST", f"{_DEPARTMENT}/user_sortings", sort_users, "按拼音、笔画或职位排序部门用户",
         answer="ids", text="by为post时，posts从高到低列出职位；未列出的排在最后，其余次序不变。"),
    listing(f"{_DEPARTMENT}/members", list_members, "管辖机构的用户",
            text="本机构的所属和附属用户，本人不在该机构的管理员也可查看；order为place时按机构内的排序。"),
    reading(f"{_DEPARTMENT}/online", list_online, "管辖机构的在线用户",
            text="最近minutes分钟内用过的会话；结束会话见“结束用户的全部会话”。"),
    listing(f"{_BASE}/managed_departments", list_managed_departments, "管辖的组织机构",
            text="本人被指定管理的机构；填写parent时为其直接下级。"),
    reading(_DEPARTMENT, view_department, "查看组织机构", tagged=True),
    verb("POST", f"{_BASE}/departments", add_department, "新增组织机构"),
    verb("PUT", _DEPARTMENT, change_department, "修改组织机构", versioned=_OF_DEPARTMENT,
         text="提交机构的全部信息，也用于移动机构、启用或停用。"),
    verb("DELETE", _DEPARTMENT, delete_department, "删除组织机构", versioned=_OF_DEPARTMENT,
         text="逻辑删除；机构下还有用户或下级机构时不能删除。"),
    verb("PUT", f"{_DEPARTMENT}/administrators", appoint_administrators, "指定机构管理员",
         versioned=_OF_DEPARTMENT, critical=True),
    verb("PUT", f"{_DEPARTMENT}/departments", order_departments, "调整下级机构排序",
         answer="ids"),
    verb("POST", f"{_DEPARTMENT}/department_sortings", sort_departments,
         "按拼音或笔画排序下级机构", answer="ids"),
    listing(f"{_BASE}/managed_regions", list_managed_regions, "管辖的行政区划"),
    verb("POST", f"{_BASE}/regions", add_region, "新增行政区划"),
    verb("PUT", _REGION, change_region, "修改行政区划", versioned=_OF_REGION),
    verb("DELETE", _REGION, delete_region, "删除行政区划", versioned=_OF_REGION,
         text="逻辑删除；还有下级区划或所属机构时不能删除。"),
    reading(f"{_BASE}/changes", read_changes, "组织机构、用户、区划的变更",
            text="供保存副本的系统同步：从上次的after继续读取，逐条按编号读取变更的对象；不会遗漏。"),
    verb("POST", f"{_BASE}/roles", add_role, "新增角色"),
    verb("PUT", f"{_BASE}/roles/{{role_id}}", change_role, "修改角色",
         renamed={"role_id": "id"}, versioned=Versioned("role", "role_id")),
    verb("POST", f"{_BASE}/groups", add_group, "新增群组"),
    verb("PUT", f"{_BASE}/groups/{{group_id}}", change_group, "修改群组",
         renamed={"group_id": "id"}, versioned=Versioned("group", "group_id")),
    listing(f"{_BASE}/roles/{{role_id}}/holders", list_role_holders, "谁持有这个角色",
            text="数据范围内直接持有该角色的用户和群组；个人信息已脱敏，工作人员的姓名除外。"),
    listing(f"{_BASE}/groups/{{group_id}}/holders", list_group_holders, "群组里有谁",
            text="数据范围内的成员；个人信息已脱敏，工作人员的姓名除外。"),
    reading(f"{_BASE}/permissions", list_permissions, "权限目录",
            text="可以授予的全部权限；以view、list、read开头的只是查看。"),
    reading(f"{_USER}/access", view_access, "查看用户的权限",
            text="角色、群组、本人和机构授权的并集，以及其中允许再次分配的。"),
    reading(f"{_BASE}/grants/{{holder}}/{{holder_id}}", view_grants, "查看一个对象的授权",
            text="用户的答复含其可分配给他人的角色（delegations）。"),
    reading(f"{_BASE}/grantable/{{holder}}/{{holder_id}}", list_grantable, "可以授予的权限",
            text="本人持有且可以再分配的，可以授予该对象。"),
    verb("POST", f"{_BASE}/grants", grant, "授予权限", critical=True,
         text="只能授予自己持有且可以再分配的权限。"),
    verb("PUT", f"{_BASE}/grants/{{holder}}/{{holder_id}}", change_grants, "成批授予和收回权限",
         critical=True, text="全部办理，或因任何一项不能办理而全不办理。"),
    verb("DELETE", f"{_BASE}/grants/{{holder}}/{{holder_id}}/{{permission}}", revoke, "收回权限",
         answer="was_granted", text="自持有者的下一次请求起生效。"),
    verb("PUT", f"{_BASE}/assignments/{{holder}}/{{holder_id}}", assign_roles, "分配角色和群组",
         critical=True, text="提交后恰好持有所列的角色和群组；增减的须由您分配。"),
    reading(f"{_USER}/assignable_roles", list_assignable_roles, "可以分配给用户的角色和群组",
            text="委托您在该用户全部任职机构分配的角色，以及所含权限您都可以再次分配的角色和群组。"),
    verb("PUT", f"{_USER}/delegations", delegate_roles, "设置用户可分配的角色", critical=True,
         text="提交后恰好可在所列机构及其下级分配所列角色，自己并不因此持有；"
              "every_role_in所列机构可分配全部通用角色，管理员职责的角色除外；"
              "role为空文本表示机构自身的授权。只能转授您自己可分配的角色和机构。"),
    reading(f"{_USER}/delegable_roles", list_delegable_roles, "可以转授给用户的角色",
            text="以及可以转授的机构：该用户任职或管理、又由您管理的机构。"),
)  # fmt: skip
"""Everything other systems and administrators do with the directory."""
