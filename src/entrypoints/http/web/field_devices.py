"""外勤手机: who administers a department sees its people's phones, and gives up a lost one.

So he does with the PINs by which companions confirm there.
"""

from typing import Final

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import HOME, Form, Page, Shown, ask, carry_out, gone_on
from supervision_core.field_records.services.companions import (
    NameCompanion,
    end_department_companion,
)
from supervision_core.field_records.services.devices import (
    AskDevices,
    RetireDevice,
    list_devices,
    retire_lost_device,
)

_HERE: Final = f"{HOME}/field_devices"


def _show(call: Call, _form: Form) -> Shown:
    """Show the phones of the department, the one that was there last first."""
    found = ask(call, list_devices, AskDevices()).devices
    return Shown(template="field_devices.html", values={
        "title": "外勤手机", "here": _HERE, "devices": found,
    })  # fmt: skip


def _retire(call: Call, form: Form) -> Shown:
    """Give up a phone for somebody of the department."""
    command = RetireDevice(device_id=form["device_id"], reason=form.get("reason", ""))
    carry_out(call, retire_lost_device, command, changes=None)
    return gone_on(_HERE, "handled")


def _end(call: Call, form: Form) -> Shown:
    """Let a companion's PIN count no more on a phone of the department."""
    command = NameCompanion(device_id=form["device_id"], companion_id=form["companion_id"])
    carry_out(call, end_department_companion, command, changes=None)
    return gone_on(_HERE, "handled")


FIELD_DEVICE_PAGES: Final = (
    Page(method="GET", path=_HERE, name="page_field_devices", access=list_devices.permission,
         run=_show, menu=("执法力量", "外勤手机"), icon="ti-device-mobile"),
    Page(method="POST", path=f"{_HERE}/{{device_id}}/retire", name="page_field_devices_retire",
         access=retire_lost_device.permission, run=_retire, again=_show),
    Page(method="POST", path=f"{_HERE}/{{device_id}}/companions/{{companion_id}}/end",
         name="page_field_devices_end_companion", access=end_department_companion.permission,
         run=_end, again=_show),
)  # fmt: skip
