"""The pages on users (用户): find, view, add, change, switch, delete. Proposal 6.4.1.4.1."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, Final, cast

from attrs import evolve, frozen

from entrypoints.element_sets import elements_of_department
from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.directory import DirectoryPages
from entrypoints.http.web.pages import (
    HOME,
    Form,
    Page,
    Shown,
    ask,
    carry_out,
    gone_on,
    page_of_list,
    require,
)
from entrypoints.http.web.reading import (
    YES,
    Field,
    Kind,
    asks_to_disable,
    deletion,
    disabling,
    filled,
    form_of,
    read,
    written,
)
from entrypoints.http.web.registers import form_field, ids_of, one_called, text_of
from entrypoints.uses import uses_in_words
from supervision_core.identity.lists import KINDS, UserRow
from supervision_core.identity.lists import USERS as USER_LIST
from supervision_core.identity.model import (
    Department,
    ExtendedData,
    Purpose,
    UserDraft,
    UserKind,
    UseState,
    use_state,
)
from supervision_core.identity.registers import USER_ELEMENTS
from supervision_core.identity.services.granting import assign_roles
from supervision_core.identity.services.intake import departments_at_hand, import_users
from supervision_core.identity.services.listing import (
    ListManagedDepartments,
    list_managed_departments,
)
from supervision_core.identity.services.questions import (
    ListUsersByPerson,
    ShowPersonalData,
    UserView,
    ViewDepartment,
    ViewUser,
    list_users_by_person,
    show_personal_data,
    view_department,
    view_user,
)
from supervision_core.identity.services.users import (
    ChangeUser,
    DeleteUser,
    RegisterUser,
    SwitchUser,
    change_user,
    delete_user,
    register_user,
    switch_user,
)
from supervision_core.kernel.days import local_day
from supervision_core.kernel.errors import NotFound, Violation, refuse_if
from supervision_core.kernel.paging import every_page
from supervision_core.kernel.plain import from_plain
from supervision_core.kernel.registers import DEPARTMENT, FieldType
from supervision_core.kernel.registers import Field as Described
from supervision_core.kernel.registers.elements import EXTRAS, NO_ELEMENTS, ElementSet, extras_in
from supervision_core.kernel.registers.references import Ask, called
from supervision_core.kernel.registers.references import written as name_or_code
from supervision_core.kernel.registers.tables import cell_of
from supervision_core.kernel.verbs import Allowed
from supervision_core.officers.registers import ASSOCIATIONS, INSTITUTIONS
from supervision_core.subjects.ports import Subjects

USERS: Final = f"{HOME}/{USER_LIST.context}/{USER_LIST.plural}"
ONE: Final = f"{USERS}/{{user_id}}"
_PHONE: Final = Field(name="phone", title="手机号码", most=11)
_DOCUMENT: Final = (
    Field(name="document_kind", title="证件类型", most=30),
    Field(name="document_number", title="证件号码", most=40),
)
CONTACT_FIELDS: Final = (_PHONE, *_DOCUMENT)
_PARTS: Final[Mapping[str, tuple[Field, ...]]] = {
    "account": (
        Field(name="account", title="账号", required=True, most=64, hint="3至64位字母、数字或_.@-"),
        _PHONE,
        Field(name="mail", title="邮箱", most=100),
    ),
    "person": (
        Field(name="name", title="姓名", required=True, most=60),
        Field(name="sex", title="性别", most=10),
        Field(name="birthday", title="出生日期", kind=Kind.DAY),
        Field(name="nationality", title="国籍", most=60),
        *_DOCUMENT,
        Field(name="address", title="家庭住址", most=500),
    ),
    "extended": (
        Field(name="kind", title="用户类型", kind=Kind.CHOICE, required=True, choices=KINDS),
        Field(
            name="party",
            title="所代表的机构或群众",
            most=200,
            offers=INSTITUTIONS.name,
            hint="第三方机构、行业协会填写名称，群众填写编号，工作人员和企业用户不填",
        ),
        Field(name="valid_until", title="账号有效期至", kind=Kind.DAY, hint="不填则长期有效"),
        Field(name="description", title="描述信息", most=500),
    ),
}
_MEMBERSHIPS: Final = Field(
    name="memberships",
    title="所属组织",
    kind=Kind.LINES,
    offers=DEPARTMENT,
    hint="每行一个：选择机构（或填写名称、编码），空一格，写职务；第一行是所属组织，其余是附属组织",
)
_END: Final = re.compile(r"\s+|(?<=）)")
"""Where the name of a department may end in a line, and its post begin."""
_MOST_ENDS: Final = 8
_FIRM: Final = Described(
    name="firm", title="所代表的企业", type=FieldType.LINK, to=Subjects.kind, max_length=200,
    hint="企业用户必填",
)  # fmt: skip
_PROOF: Final = (
    Field(name="proof_document", title="企业证明材料", most=60,
          hint="企业用户必填：查验了什么，如营业执照和授权委托书"),
    Field(name="proof_number", title="企业证明材料的编号", most=64, hint="企业用户必填"),
)  # fmt: skip
_FIELDS: Final = (
    *(field for part in _PARTS.values() for field in part),
    _MEMBERSHIPS, form_field(_FIRM, new=True),
)  # fmt: skip
_NEW: Final = {"kind": UserKind.STAFF.value, "document_kind": "身份证"}
_BY_PERSON: Final = (
    Field(name="name", title="姓名", most=60),
    Field(name="phone", title="手机号码", most=11),
    Field(name="document", title="证件号码", most=40),
)
_DISABLED: Final = "停用后不能登录，正在使用的会话自下一次请求起失效。"
_DELETED: Final = (
    "删除后不能再登录，也不能恢复；电话、证件等个人信息随即清除，已有记录仍保留账号和姓名。"
)
USE_STATES: Final[Mapping[UseState, tuple[str, str]]] = {
    UseState.IN_USE: ("使用中", "green"),
    UseState.DISABLED: ("已停用", "grey"),
    UseState.NOT_YET: ("未到生效日", "amber"),
    UseState.EXPIRED: ("已过有效期", "red"),
}
"""What 使用状态 is called, with its colour."""


_SWITCHES: Final = {"disable": ("批量停用", False), "enable": ("批量启用", True)}


def _switched(form: Form) -> tuple[str, bool]:
    """Give what is done with the ticked, in words, and whether they are let in then."""
    act = form.get("act", "")
    if act not in _SWITCHES:
        raise NotFound("page", act)
    return _SWITCHES[act]


@frozen
class Own:
    """Those of some departments that whoever asks administers, by id."""

    departments: Mapping[str, Department]

    def called(self, department: str) -> str:
        """Give what a department is called; of others, nothing but the id is known here."""
        found = self.departments.get(department)
        return f"{found.data.name}（{found.data.code}）" if found is not None else department

    def id(self, text: str) -> str:
        """Give the id of the department of that code, or called so; empty for any other."""
        found = self.departments.values()
        return next((o.id for o in found if text in {o.data.code, self.called(o.id)}), "")

    def manages(self, user: UserView) -> bool:
        """Tell whether the user is managed by who asks."""
        return any(one.department in self.departments for one in user.draft.memberships)


def own_departments(call: Call, *, ids: Iterable[str] = (), codes: Iterable[str] = ()) -> Own:
    """Give his own departments among those of these ids and codes."""
    wanted, named = frozenset(filter(None, ids)), frozenset(filter(None, codes))
    with call.platform.transactions.begin_reading() as unit:
        found = departments_at_hand(unit, call.who, ids=wanted, codes=named)
    return Own({one.id: one for one in found})


def _own_of(call: Call, users: Iterable[UserView | UserRow]) -> Own:
    """Give his own departments among those that ``users`` belong to."""
    members = (one.department for user in users for one in user.draft.memberships)
    return own_departments(call, ids=members)


def user_of(call: Call, form: Form) -> UserView:
    """Give the user whom a page is about, masked."""
    return ask(call, view_user, ViewUser(user_id=form["user_id"]))


def account_of(call: Call, id: str) -> str:
    """Give the account of a user, or his id where the account cannot be seen."""
    if not id or not call.who.may(view_user.permission):
        return id
    try:
        return ask(call, view_user, ViewUser(user_id=id)).draft.account.account
    except NotFound:
        return id


def _elements(call: Call, department: str) -> ElementSet:
    """Give the 扩展属性 that hold for users of a department."""
    return elements_of_department(call.platform, (USER_ELEMENTS,), department)


def _fields(call: Call, form: Form) -> tuple[Field, ...]:
    """Give the fields of a user of the main department that the form names, else of one's own."""
    first = form.get("memberships", "").strip().partition("\n")[0]
    home = _places(call, [first])[0][0] or call.who.department
    fields = (*_FIELDS, *(form_field(one, new=True) for one in _elements(call, home).fields))
    swapped = {"party": _FIRM.name, _FIRM.name: "party"} if _is_of_a_firm(form) else {}
    return tuple(evolve(one, place=swapped.get(one.name, one.place)) for one in fields)


def _is_of_a_firm(said: Mapping[str, object]) -> bool:
    """Tell whether a form says that somebody acts for a firm."""
    return said.get("kind") == UserKind.ENTERPRISE.value


def _readings(line: str) -> list[tuple[str, str]]:
    """Give department and post in each way a line can be read, the longest department first."""
    text = line.strip()
    ends = [*islice(_END.finditer(text), _MOST_ENDS)]
    return [(text, ""), *((text[: one.start()], text[one.end() :]) for one in reversed(ends))]


def _places(call: Call, lines: Iterable[str]) -> list[tuple[str, str]]:
    """Give of each line the department that it names, by id, and the post there.

    Names hold brackets and blanks as posts do: meant is what names a department exactly, by code,
    by name or as it is chosen. What names none stays as it was written.
    """
    readings = [_readings(one) for one in lines]
    texts = {text for each in readings for text, _ in each}
    own = own_departments(call, codes={*texts, *map(_code_in, texts)})
    with call.platform.transactions.begin_looking() as unit:
        named = called(unit[Ask], DEPARTMENT, texts)

    def meant(text: str) -> str:
        exactly = [o.id for o in named[text] if text in {o.name, o.code, o.text}]
        return own.id(text) or (exactly[0] if len(exactly) == 1 else "")

    def place(ways: Sequence[tuple[str, str]]) -> tuple[str, str]:
        found = ((meant(text), post) for text, post in ways)
        text, _, post = ways[0][0].partition(" ")
        return next((each for each in found if each[0]), (text, post.strip()))

    return [place(ways) for ways in readings]


def _code_in(text: str) -> str:
    """Give the code of a department as it is chosen."""
    return text.removesuffix("）").rpartition("（")[2]


def branches(call: Call, code: str) -> list[dict[str, Any]] | None:
    """Give the tree of departments that whoever asks administers, open down to that of ``code``.

    Of each that is open all right below stand there; ``None`` where he administers none.
    """
    if not call.who.may(list_managed_departments.permission):
        return None
    chosen = own_departments(call, codes=[code]).departments.values() if code else ()
    opened = frozenset(
        each
        for one in chosen if call.who.may(view_department.permission)
        for each in (one.id, *(
            above.id for above in
            ask(call, view_department, ViewDepartment(department_id=one.id)).above
        ))
    )  # fmt: skip

    def below(parent: str) -> list[dict[str, Any]]:
        pages = every_page(
            lambda page: ask(
                call, list_managed_departments, ListManagedDepartments(parent=parent, page=page)
            )
        )
        return [
            {"id": one.code, "title": one.name, "nodes": below(one.id) if one.id in opened else []}
            for page in pages for one in page.items
        ]  # fmt: skip

    return below("") or None


def tree_of(call: Call, form: Form, param: str) -> Mapping[str, Any] | None:
    """Give the tree of departments beside a list that is asked by ``param`` for one of them."""
    current = name_or_code(form.get(param, ""))
    nodes = branches(call, current)
    if not nodes:
        return None
    return {"nodes": nodes, "current": current, "param": param, "title": "组织机构"}


def used(call: Call, user: UserView | UserRow) -> tuple[str, str]:
    """Give the state in which an account can be used today, in words, and its colour."""
    day = local_day(call.platform.clock.now())
    state = use_state(enabled=user.enabled, day=day, until=user.draft.extended.valid_until)
    return USE_STATES[state]


class UserPages(DirectoryPages):
    """The list of users, beside the tree of departments that one administers."""

    def _tree(self, call: Call, form: Form) -> Mapping[str, Any] | None:
        return tree_of(call, form, "department")

    def _actions(
        self, call: Call, row: Any, waiting: Iterable[Allowed]
    ) -> Iterable[Mapping[str, Any]]:
        yield from super()._actions(call, row, waiting)
        if call.who.may(assign_roles.permission):
            yield {"path": f"{USERS}/{row.id}/roles", "title": "分配角色", "drawer": True,
                   "about": self.query.label(row)}  # fmt: skip

    def _batch(self, call: Call) -> Sequence[Mapping[str, str]]:
        if not call.who.may(switch_user.permission):
            return ()
        return [
            {"value": act, "title": title, "kind": "" if enabled else "danger"}
            for act, (title, enabled) in _SWITCHES.items()
        ]

    def called(self, call: Call, id: str) -> str:
        """Give the account of one."""
        return account_of(call, id)

    def choosing(self, call: Call, form: Form) -> Shown:
        """Show who is ticked; that they are disabled follows from what was pressed."""
        require(call, switch_user.permission, self.base)
        return self.chosen(call, form, _switched(form)[0], (), {})

    def several(self, call: Call, form: Form) -> Shown:
        """Disable or enable one after the other, once that is confirmed."""
        require(call, switch_user.permission, self.base)
        (title, enabled), meant = _switched(form), self.meant(call, form)
        if form.get("confirmed") != YES or meant.before:
            return self.choosing(call, form)
        like = SwitchUser(user_id=meant.ids[0], enabled=enabled)
        return self.outcomes(call, switch_user, title, meant, like)

    def _adding(self, call: Call) -> Iterable[Mapping[str, Any]]:
        may = call.who.may
        if may(register_user.permission):
            yield {"path": f"{USERS}/add", "title": "新增用户", "icon": "ti-plus",
                   "kind": "main", "drawer": True}  # fmt: skip
        if may(list_users_by_person.permission):
            yield {"path": f"{USERS}/search", "title": "按姓名、手机号、证件号查找",
                   "icon": "ti-search"}  # fmt: skip
        if may(import_users.permission):
            yield {"path": f"{USERS}/import", "title": "导入", "icon": "ti-upload",
                   "drawer": True}  # fmt: skip

    def row(
        self, call: Call, row: Any, names: Mapping[str, Any], elements: ElementSet = NO_ELEMENTS
    ) -> Mapping[str, Any]:
        """Give a row: in place of whether it is switched on, whether it can be used today."""
        shown = super().row(call, row, names, elements)
        text, colour = used(call, row)
        return {**shown, "cells": [*shown["cells"][:-1], {"text": text, "colour": colour}]}


def _search_form(_call: Call, form: Form) -> Shown:
    values = {"found": None, "fields": _BY_PERSON, "values": form}
    return Shown(template="users_search.html", values=values)


def _search(call: Call, form: Form) -> Shown:
    """Find by what is personal data: it stands in no address."""
    asked = from_plain(ListUsersByPerson, read(_BY_PERSON, form))
    found = ask(call, list_users_by_person, evolve(asked, page=page_of_list(form)))
    values = {"found": found, "fields": _BY_PERSON, "values": form}
    return Shown(
        template="users_search.html",
        values={**values, "own": _own_of(call, found.items), "used": partial(used, call)},
    )


def view(call: Call, form: Form) -> Shown:
    """Show a user, masked, and what can be done about him."""
    found = user_of(call, form)
    values = {
        "found": found, "own": _own_of(call, [found]), "kinds": KINDS, "used": partial(used, call),
        "party": _party_called(call, found.draft.extended),
        "extras": [
            (one.title, cell_of(one, value, {}))
            for one, value in _elements(call, found.draft.home).cells(found.draft.extras)
        ],
    }  # fmt: skip
    return Shown(template="user.html", values=values)


def _add_form(call: Call, form: Form) -> Shown:
    fields = (*_fields(call, form), *_PROOF)
    return form_of("新增用户", fields, {**_NEW, **form}, action=f"{USERS}/add", back=USERS)


def _add(call: Call, form: Form) -> Shown:
    found = read(_PROOF, form)
    proof = {"document": found["proof_document"], "number": found["proof_number"]}
    plain = {"draft": _draft(call, form, None), "proof": proof if any(proof.values()) else None}
    command = from_plain(RegisterUser, plain)
    made = carry_out(call, register_user, command, changes=None)
    return gone_on(f"{USERS}/{made}", "added")


def _draft(call: Call, form: Form, before: UserDraft | None) -> dict[str, Any]:
    """Make the data of a user of what was filled in; places in departments stay as ``before``."""
    found = read(_fields(call, form), form)
    orders = {one.department: one.order for one in before.memberships} if before else {}
    members = [
        {"department": department, "order": orders.get(department, 0), "post": post}
        for department, post in _places(call, cast("list[str]", found["memberships"]))
    ]
    if found["kind"] == UserKind.THIRD_PARTY.value and found["party"]:
        found["party"] = _third_party(call, str(found["party"]))
    elif _is_of_a_firm(found):
        found["party"] = _firm(call, str(found[_FIRM.name]), before)
    parts = {part: {one.name: found[one.name] for one in fields} for part, fields in _PARTS.items()}
    return {**parts, "memberships": members, EXTRAS: {"values": extras_in(found)}}


def _third_party(call: Call, name: str) -> str:
    """Give the institution, or else the association, that is called so; else what was written."""
    found = one_called(call, INSTITUTIONS.name, name)
    return one_called(call, ASSOCIATIONS.name, name) if found == name else found


def _firm(call: Call, name: str, before: UserDraft | None) -> str:
    """Give the firm that is called so; the one for whom somebody acts already may be gone."""
    if before is not None and name == _party_called(call, before.extended):
        return before.extended.party
    faults: list[Violation] = []
    found: str = ids_of(call, _FIRM, name, faults)
    refuse_if(FormInvalid, (evolve(one, at="party") for one in faults))
    return found


def _party_called(call: Call, said: ExtendedData) -> str:
    """Give what the firm, institution or association is called for whom somebody acts."""
    kinds = {
        UserKind.ENTERPRISE: (Subjects.kind,),
        UserKind.THIRD_PARTY: (INSTITUTIONS.name, ASSOCIATIONS.name),
    }.get(said.kind, ())
    found = (text_of(call, kind, said.party) for kind in kinds if said.party)
    return next(filter(None, found), said.party)


def _change_form(call: Call, form: Form) -> Shown:
    """Show all that is known of a user, to be corrected; the log keeps who looked."""
    asked = ShowPersonalData(user_id=form["user_id"], purpose=Purpose.CORRECT)
    found = call.platform.commands.run(show_personal_data, asked, actor=call.who)
    draft = found.draft
    own = own_departments(call, ids=draft.departments)
    lines = (f"{own.called(one.department)} {one.post}".strip() for one in draft.memberships)
    values = {
        **{
            k: v
            for p, fields in _PARTS.items()
            for k, v in filled(fields, getattr(draft, p)).items()
        },
        **{f"{EXTRAS}.{key}": written(one) for key, one in draft.extras.values.items()},
        "memberships": "\n".join(lines),
        "version": str(found.version),
    }
    party = _party_called(call, draft.extended)
    of_a_firm = draft.extended.kind is UserKind.ENTERPRISE
    values |= {_FIRM.name: party, "party": ""} if of_a_firm else {"party": party}
    return _change_again(call, {**form, **values})


def _change_again(call: Call, form: Form) -> Shown:
    here = ONE.format(**form)
    return form_of("修改用户", _fields(call, form), form, action=f"{here}/change", back=here)


def _change(call: Call, form: Form) -> Shown:
    user = form["user_id"]
    before = user_of(call, form).draft
    command = from_plain(ChangeUser, {"user_id": user, "draft": _draft(call, form, before)})
    carry_out(call, change_user, command, changes=("user", user))
    return gone_on(f"{USERS}/{user}", "changed")


def _switch(call: Call, form: Form) -> Shown:
    """Disable or enable somebody; who would be disabled is asked about first."""
    user = form["user_id"]
    if asks_to_disable(form):
        here, named = ONE.format(**form), user_of(call, form).draft.account.account
        return disabling(
            "停用用户", named, _DISABLED, form, ("enabled",), action=f"{here}/enabled", back=here
        )
    command = SwitchUser(user_id=user, enabled=form.get("enabled") == YES)
    carry_out(call, switch_user, command, changes=("user", user))
    return gone_on(f"{USERS}/{user}", "changed")


def _delete_form(call: Call, form: Form) -> Shown:
    found = user_of(call, form)
    here, named = f"{USERS}/{found.id}", found.draft.account.account
    follows = _DELETED + uses_in_words(call.platform, call.who, "user", found.id)
    return deletion("删除用户", named, follows, found.version, action=f"{here}/delete", back=here)


def _delete(call: Call, form: Form) -> Shown:
    user = form["user_id"]
    carry_out(call, delete_user, DeleteUser(user_id=user), changes=("user", user))
    return gone_on(USERS, "deleted")


USER_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{USERS}/search", name="page_users_searching",
         access=list_users_by_person.permission, run=_search_form),
    Page(method="POST", path=f"{USERS}/search", name="page_users_search",
         access=list_users_by_person.permission, run=_search, again=_search_form),
    Page(method="GET", path=f"{USERS}/add", name="page_user_adding",
         access=register_user.permission, run=_add_form),
    Page(method="POST", path=f"{USERS}/add", name="page_user_add",
         access=register_user.permission, run=_add, again=_add_form),
    Page(method="GET", path=ONE, name="page_user", access=view_user.permission, run=view),
    Page(method="GET", path=f"{ONE}/change", name="page_user_changing",
         access=change_user.permission, run=_change_form, critical=True, audited=True),
    Page(method="POST", path=f"{ONE}/change", name="page_user_change",
         access=change_user.permission, run=_change, again=_change_again),
    Page(method="POST", path=f"{ONE}/enabled", name="page_user_switch",
         access=switch_user.permission, run=_switch, again=view),
    Page(method="GET", path=f"{ONE}/delete", name="page_user_deleting",
         access=delete_user.permission, run=_delete_form),
    Page(method="POST", path=f"{ONE}/delete", name="page_user_delete",
         access=delete_user.permission, run=_delete, again=_delete_form),
)  # fmt: skip
"""Find, view, add, change, switch, delete."""
