"""The page on a user's phone and identity document (手机号和证件), which let somebody in as him."""

from typing import Final

from attrs import evolve

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form, Page, Shown, carry_out, gone_on
from entrypoints.http.web.reading import Field, read
from entrypoints.http.web.users import CONTACT_FIELDS, ONE, USERS, user_of
from supervision_core.identity.services.users import ChangeContact, change_contact

_FIELDS: Final[tuple[Field, ...]] = tuple(
    evolve(one, title=f"新的{one.title}", hint="不填则不变") for one in CONTACT_FIELDS
)


def _form(call: Call, form: Form) -> Shown:
    found = user_of(call, form)
    values = {
        "found": found,
        "fields": _FIELDS,
        "values": form,
        "version": form.get("version", found.version),
        "here": ONE.format(**form),
    }
    return Shown(template="user_contact.html", values=values)


def _change(call: Call, form: Form) -> Shown:
    user = form["user_id"]
    filled_in = {name: str(value) or None for name, value in read(_FIELDS, form).items()}
    command = ChangeContact(user_id=user, **filled_in)
    carry_out(call, change_contact, command, changes=("user", user))
    return gone_on(f"{USERS}/{user}", "changed")


CONTACT_PAGES: tuple[Page, ...] = (
    Page(method="GET", path=f"{ONE}/contact", name="page_contact_changing",
         access=change_contact.permission, run=_form, critical=True),
    Page(method="POST", path=f"{ONE}/contact", name="page_contact_change",
         access=change_contact.permission, run=_change, again=_form, critical=True),
)  # fmt: skip
"""Another phone, another document."""
