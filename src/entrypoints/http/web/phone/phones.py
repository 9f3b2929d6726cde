"""我的手机: one's own phones, and the PINs by which one confirms on those of colleagues."""

from typing import Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import PHONE, Form, Page, Shown, ask, carry_out, gone_on
from supervision_core.field_records.services.companions import (
    AskCompanions,
    NameCompanion,
    agree_companion,
    end_companion,
    list_companions,
)
from supervision_core.field_records.services.devices import (
    AskDevices,
    RetireDevice,
    list_own_devices,
    retire_device,
)

_HERE: Final = f"{PHONE}/phones"


def _show(call: Call, _form: Form) -> Shown:
    """Show one's own phones, what waits on each, and whose PIN counts where."""
    values = {
        "title": "我的手机", "here": _HERE,
        "devices": ask(call, list_own_devices, AskDevices()).devices,
        "companions": ask(call, list_companions, AskCompanions()).companions,
    }  # fmt: skip
    return Shown(template="phone/phones.html", values=values)


def _retire(call: Call, form: Form) -> Shown:
    """Give up a phone of one's own."""
    command = RetireDevice(device_id=form["device_id"], reason=form.get("reason", ""))
    carry_out(call, retire_device, command, changes=None)
    return gone_on(_HERE, "handled")


def _named(form: Form) -> NameCompanion:
    return NameCompanion(device_id=form["device_id"], companion_id=form["companion_id"])


def _agree(call: Call, form: Form) -> Shown:
    """Let one's own PIN count on a colleague's phone."""
    carry_out(call, agree_companion, _named(form), changes=None)
    return gone_on(_HERE, "handled")


def _end(call: Call, form: Form) -> Shown:
    """Let a PIN count no more."""
    carry_out(call, end_companion, _named(form), changes=None)
    return gone_on(_HERE, "handled")


_DEVICE: Final = f"{_HERE}/{{device_id}}"
_PIN: Final = f"{_DEVICE}/companions/{{companion_id}}"
PHONES_PAGES: Final = (
    Page(method="GET", path=_HERE, name="page_phone_phones", access=list_own_devices.permission,
         run=_show),
    Page(method="POST", path=f"{_DEVICE}/retire", name="page_phone_phones_retire",
         access=retire_device.permission, run=_retire, again=_show),
    Page(method="POST", path=f"{_PIN}/agree", name="page_phone_phones_agree",
         access=agree_companion.permission, run=_agree, again=_show),
    Page(method="POST", path=f"{_PIN}/end", name="page_phone_phones_end",
         access=end_companion.permission, run=_end, again=_show),
)  # fmt: skip
