"""企业码 on screen and on paper: made, shown, taken back by departments and by the firm itself."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from entrypoints.container import code_picture
from entrypoints.http.routes import Call, Reply
from entrypoints.http.web.pages import ENT, HOME, Form, Page, Shown, ask, carry_out, gone_on
from entrypoints.http.web.verbs import form_of
from supervision_core.kernel.days import minute_text
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.services.codes import (
    CodeShown,
    NameSubject,
    OwnCode,
    make_code,
    make_own_code,
    view_code,
    view_own_code,
    void_code,
)

OWN: Final = f"{ENT}/code"
_OF: Final = f"{HOME}/subjects/subjects/{{subject_id}}"
_PICTURE: Final = "image/svg+xml"


def _values(code: CodeShown, here: str) -> dict[str, Any]:
    """Give what stands on the page of a code, and on paper."""
    issued = code.issued_at
    return {
        "title": "企业码", "code": code, "here": here,
        "picture": code_picture(code.link) if code.text else "",
        "issued": minute_text(issued),
        "state": (
            {"text": "有效", "colour": "green"} if code.valid
            else {"text": "已作废或到期", "colour": "red"} if code.text
            else {"text": "未制码", "colour": "grey"}
        ),
    }  # fmt: skip


def _shown(call: Call, form: Form) -> CodeShown:
    found: CodeShown = ask(call, view_code, NameSubject(subject_id=form["subject_id"]))
    return found


def _code(call: Call, form: Form) -> Shown:
    """Show a subject's code to a department."""
    code = _shown(call, form)
    record = _OF.format(subject_id=code.subject_id)
    values = {
        **_values(code, f"{record}/code"), "make": "",
        "links": [*_acts(call, code), {"path": record, "title": "返回监管对象"}],
    }  # fmt: skip
    return Shown(template="code_sheet.html", values=values)


def _acts(call: Call, code: CodeShown) -> Iterator[Mapping[str, Any]]:
    for case, title in (
        (make_code, "换发企业码" if code.text else "制作企业码"), (void_code, "作废企业码"),
    ):  # fmt: skip
        found = form_of(case.permission)
        if (
            found is not None
            and call.who.may(case.permission)
            and (code.may_be_made if case is make_code else code.valid)
        ):
            yield {
                "path": found.address(Subjects.kind, code.subject_id), "title": title,
                "kind": "danger" if case is void_code else "main", "drawer": True,
            }  # fmt: skip


def _picture(call: Call, form: Form) -> Shown:
    """Give the picture of a subject's code as a file."""
    return _file(_shown(call, form))


def _file(code: CodeShown) -> Shown:
    name = quote(f"企业码-{code.name}.svg") if code.text else ""
    body = code_picture(code.link, inline=False).encode() if code.text else b""
    return Shown(file=Reply(value=iter([body]), filename=name, media=_PICTURE, length=len(body)))


def _own(call: Call, _: Form) -> Shown:
    """Show the firm its own code."""
    code = ask(call, view_own_code, OwnCode())
    may = call.who.may(make_own_code.permission) and code.may_be_made
    make = ("换发企业码" if code.text else "制作企业码") if may else ""
    values = {**_values(code, OWN), "make": make, "links": []}
    return Shown(template="code_sheet.html", values=values)


def _make_own(call: Call, _: Form) -> Shown:
    """Make the firm's code."""
    carry_out(call, make_own_code, OwnCode(), changes=None)
    return gone_on(OWN, "handled")


def _own_picture(call: Call, _: Form) -> Shown:
    """Give the picture of the firm's own code as a file."""
    return _file(ask(call, view_own_code, OwnCode()))


CODE_PAGES: Final = (
    Page(method="GET", path=f"{_OF}/code", name="page_subjects_subject_code",
         access=view_code.permission, run=_code),
    Page(method="GET", path=f"{_OF}/code/picture", name="page_subjects_subject_code_picture",
         access=view_code.permission, run=_picture, gives_out=True),
    Page(method="GET", path=OWN, name="page_firm_code", access=view_own_code.permission, run=_own,
         menu=("我的企业", "企业码"), step=5, icon="ti-qrcode"),
    Page(method="POST", path=OWN, name="page_firm_code_make", access=make_own_code.permission,
         run=_make_own, again=_own),
    Page(method="GET", path=f"{OWN}/picture", name="page_firm_code_picture",
         access=view_own_code.permission, run=_own_picture, gives_out=True),
)  # fmt: skip
