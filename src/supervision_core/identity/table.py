"""用户导入导出表: the columns of a table of users, what its rows mean, and users as rows of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from attrs import evolve, field, frozen

from supervision_core.identity.model import (
    AccountData,
    ExtendedData,
    Membership,
    PersonData,
    User,
    UserDraft,
    user_violations,
)
from supervision_core.kernel.errors import Violation
from supervision_core.kernel.fields import said
from supervision_core.kernel.registers import Extras
from supervision_core.kernel.registers.elements import extras_in
from supervision_core.kernel.tables import Cell, Column, ColumnKind, ReadRow, RowFault, TableFormat

_SEPARATOR: Final = "、"

USER_TABLE: Final = TableFormat(
    name="users",
    title="用户导入导出表",
    columns=(
        Column(name="account", title="账号名", aliases=("账号", "用户名", "登录名"), required=True,
               kind=ColumnKind.CODE, max_length=64, example="wang.shili"),
        Column(name="name", title="姓名", aliases=("用户姓名", "人员姓名"), required=True,
               max_length=60, example="王示例"),
        Column(name="departments", title="所属组织编码", required=True, kind=ColumnKind.CODE,
               aliases=("组织编码", "机构编码", "所属组织"), example="450100-01",
               note="多个组织用顿号分开，第一个为所属组织，其余为附属组织"),
        Column(name="phone", title="手机号码", kind=ColumnKind.CODE,
               aliases=("手机", "手机号", "联系电话"), max_length=20),
        Column(name="mail", title="邮箱", aliases=("电子邮箱", "电子邮件"), max_length=100),
        Column(name="sex", title="性别", max_length=10),
        Column(name="birthday", title="生日", kind=ColumnKind.DATE, aliases=("出生日期",)),
        Column(name="nationality", title="国籍", max_length=60),
        Column(name="document_kind", title="证件类型", max_length=30),
        Column(name="document_number", title="证件号码", kind=ColumnKind.CODE,
               aliases=("身份证号", "身份证号码", "公民身份号码"), max_length=40),
        Column(name="address", title="家庭住址", aliases=("住址", "地址")),
        Column(name="valid_until", title="账号有效期至", kind=ColumnKind.DATE,
               aliases=("有效期至", "账号失效时间"),
               note="新用户不填为长期有效，已有用户不填则不变"),
        Column(name="description", title="描述信息", aliases=("描述", "备注")),
    ),
)  # fmt: skip
"""用户导入导出表: one row a user. It never holds a password. Source: proposal 6.4.1.4.1.3, .4."""

_COLUMN_OF: Final = {"memberships": "departments"}


@frozen(kw_only=True)
class UserEntry:
    """One user fit for import, and the row he stands in."""

    row: int = field(metadata=said("表中的行号", example=2))
    draft: UserDraft = field(metadata=said("用户信息"))


@frozen(kw_only=True)
class UserIntake:
    """Who of a table goes in, and everything that was wrong."""

    entries: tuple[UserEntry, ...]
    faults: tuple[RowFault, ...]


def take_in_users(
    rows: Iterable[ReadRow], departments: Mapping[str, str], *, today: date
) -> UserIntake:
    """Understand a table of users; ``departments`` gives the ids of departments by their codes.

    Of two rows with one account the first goes in. The rows are all for staff.
    """
    entries: dict[str, UserEntry] = {}
    faults: list[RowFault] = []
    for row in rows:
        faults += row.faults
        if not row.usable:
            continue
        draft, violations = _understood(row, departments)
        violations += user_violations(draft, on=today)
        account = draft.account.account.casefold()
        if account in entries:
            data = {"row": entries[account].row}
            violations.append(Violation("identity.account_repeated", "account", data))
        faults += (_fault(row, one) for one in violations)
        if not violations:
            entries[account] = UserEntry(row=row.number, draft=draft)
    return UserIntake(entries=tuple(entries.values()), faults=tuple(faults))


def _understood(row: ReadRow, departments: Mapping[str, str]) -> tuple[UserDraft, list[Violation]]:
    texts = {key: value for key, value in row.values.items() if isinstance(value, str)}
    birthday, until = row.values.get("birthday"), row.values.get("valid_until")
    codes = _codes(texts.get("departments", ""))
    person = PersonData(
        name=texts.get("name", ""),
        sex=texts.get("sex", ""),
        birthday=birthday if isinstance(birthday, date) else None,
        nationality=texts.get("nationality", ""),
        document_number=texts.get("document_number", ""),
        address=texts.get("address", ""),
    )
    if kind := texts.get("document_kind"):
        person = evolve(person, document_kind=kind)
    draft = UserDraft(
        account=AccountData(
            account=texts.get("account", ""),
            phone=texts.get("phone", ""),
            mail=texts.get("mail", ""),
        ),
        person=person,
        extended=ExtendedData(
            description=texts.get("description", ""),
            valid_until=until if isinstance(until, date) else None,
        ),
        memberships=tuple(Membership(department=departments.get(code, code)) for code in codes),
        extras=Extras(values=extras_in(row.values)),
    )
    unknown = [
        Violation("identity.department_unknown", "memberships", {"id": code})
        for code in codes
        if code not in departments
    ]
    return draft, unknown


def _codes(text: str) -> list[str]:
    for sign in "，,；;|/\n":
        text = text.replace(sign, _SEPARATOR)
    return [word.strip() for word in text.split(_SEPARATOR) if word.strip()]


def _fault(row: ReadRow, violation: Violation) -> RowFault:
    name = _COLUMN_OF.get(violation.at, violation.at)
    title = next((one.title for one in USER_TABLE.columns if one.name == name), "")
    return RowFault(row=row.number, column=title, violation=violation)


def user_cells(user: User, codes: Mapping[str, str]) -> dict[str, Cell]:
    """Give a user as a row of the table, by title; ``codes`` are those of departments by id.

    A department that is not among them is left out.
    """
    account, person = user.account, user.person
    values: dict[str, Cell] = {
        "account": account.account,
        "name": person.name,
        "departments": _SEPARATOR.join(
            codes[one.department] for one in user.memberships if one.department in codes
        ),
        "phone": account.phone,
        "mail": account.mail,
        "sex": person.sex,
        "birthday": person.birthday,
        "nationality": person.nationality,
        "document_kind": person.document_kind,
        "document_number": person.document_number,
        "address": person.address,
        "valid_until": user.extended.valid_until,
        "description": user.extended.description,
    }
    return {column.title: values[column.name] for column in USER_TABLE.columns}
