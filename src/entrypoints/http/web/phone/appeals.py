"""投诉建议、诉求上报: what citizens and firms report from their own pages, and what became of it.

Source: proposal 787, 1795-1797, 3308-3314, 3982-3995.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from entrypoints.http.routes import Access, Call
from entrypoints.http.web.lists import tag_of
from entrypoints.http.web.pages import SUBMIT, Form, Page, Shown, gone_on, require
from entrypoints.http.web.phone.zone import Tab, Zone
from entrypoints.http.web.sheets import reshaped
from entrypoints.http.web.verbs import RESHAPE, VerbPage, form_of
from supervision_core.clues.lists import COMPLAINTS
from supervision_core.clues.services.appeals import submit_appeal


@frozen
class AppealZone(Zone):
    """投诉建议: what was reported, and the form by which a citizen or a firm reports more."""

    def pages(self) -> Iterable[Page]:
        """Add the form."""
        for method, name, run in (
            ("GET", "page_phone_appeal_adding", self.adding),
            ("POST", "page_phone_appeal_add", self.add),
        ):  # fmt: skip
            yield Page(method=method, path=SUBMIT, name=name, access=Access.LOGGED_IN, run=run,
                       again=self.adding, uploads=method == "POST")  # fmt: skip
        yield from super().pages()

    def above(self, call: Call) -> Iterable[Mapping[str, Any]]:
        """Lead to the form."""
        if call.who.may(submit_appeal.permission):
            yield {"path": SUBMIT, "title": "上报诉求", "icon": "ti-plus", "kind": "main"}

    def more(self, _call: Call, found: Any) -> Mapping[str, Any]:
        """Say above how far it has come."""
        state = tag_of(self.query.by_name["state"], found.content.state)
        return {"about": (), "number": "", "state": state}

    def acts(self, call: Call, found: Any) -> Iterator[Mapping[str, Any]]:
        """Leave what departments do with it to the pages of clues."""
        del call, found
        return iter(())

    def adding(self, call: Call, form: Form) -> Shown:
        """Ask what is to be reported; of a scanned firm its code stands there."""
        values = self._form(call).values(call, {"confidential": "yes", **form})
        values |= {"title": "上报诉求", "action": SUBMIT, "back": self.base, "by_name": {},
                   "label": "提交"}  # fmt: skip
        return Shown(template="phone/form.html", values=values)

    def add(self, call: Call, form: Form) -> Shown:
        """Report it."""
        if RESHAPE in form:
            return self.adding(call, reshaped(form, form[RESHAPE])[0])
        made = self._form(call).do(call, form)
        return gone_on(f"{self.base}/{made}", "added")

    def _form(self, call: Call) -> VerbPage:
        require(call, submit_appeal.permission, self.base)
        found = form_of(submit_appeal.permission)
        if found is None:
            raise LookupError(submit_appeal.permission)
        return found


APPEAL_ZONE: Final = AppealZone(
    COMPLAINTS, "投诉建议", "ti-bell",
    (Tab(title="全部", asked={}), Tab(title="投诉举报", asked={"kind": ("complaint", "report")}),
     Tab(title="建议咨询求助", asked={"kind": ("suggestion", "inquiry", "request")})),
    menu="协同共治",
)  # fmt: skip
