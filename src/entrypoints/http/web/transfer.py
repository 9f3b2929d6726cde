"""Transfer panels (未关联、已关联): what may be linked with something, and what is, side by side.

Each side has its own search, its pages and what is done with what is ticked. Everything goes by
POST to the address of the panel, so that nothing that is searched for stands in an address; what
the other side shows is sent along. Without script every button loads the panel anew.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen

from entrypoints.http.errors import FormInvalid
from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form, Page, Shown
from entrypoints.http.web.reading import TICKED, YES, Field
from supervision_core.kernel.errors import Violation, refuse_if

_SHOWN: Final = "shown-"
_CURSOR: Final = "cursor"


@frozen(kw_only=True)
class Act:
    """What a button of a side does: with what is ticked, or with ``every`` one that was found.

    ``case`` names the command that it carries out, by default that which the panel asks for. It
    asks for confirmation where it is ``dangerous``.
    """

    name: str
    title: str
    case: str = ""
    every: bool = False
    dangerous: bool = False


@frozen(kw_only=True)
class Found:
    """One page of a side: rows as those of a list, without actions, and how many there are."""

    rows: Sequence[Mapping[str, Any]]
    next_cursor: str | None = None
    count: str = ""


@frozen(kw_only=True)
class Side:
    """One side: its words, its search, what is done there, and what finds its rows.

    ``find`` is given the call, the form, what is searched for by the names of ``search``, and the
    cursor of the page.
    """

    name: str
    title: str
    search: tuple[Field, ...]
    columns: tuple[str, ...]
    acts: tuple[Act, ...]
    find: Callable[[Call, Form, Mapping[str, str], str | None], Found]

    def state(self, form: Form, start: str) -> dict[str, str]:
        """Give what the side shows: its search, and the cursor of its page."""
        names = (*(one.name for one in self.search), _CURSOR)
        found = {name: form.get(f"{start}{self.name}-{name}", "") for name in names}
        return {name: text for name, text in found.items() if text}


@frozen(kw_only=True)
class Panel:
    """A transfer panel at ``path``; ``access`` is the permission that it asks for.

    ``about`` gives title and way back; ``act`` carries an act out with ids, or, of an act on every
    one, with what was searched for, and gives what to say then.
    """

    path: str
    name: str
    access: str
    left: Side
    right: Side
    about: Callable[[Call, Form], tuple[str, str]]
    act: Callable[[Call, Form, Act, tuple[str, ...], Mapping[str, str]], str] = field(repr=False)

    @property
    def sides(self) -> tuple[Side, Side]:
        """Give both."""
        return self.left, self.right

    def pages(self) -> tuple[Page, Page]:
        """Give the page that shows it, and the one to which its buttons lead."""
        cases = tuple(one.case for side in self.sides for one in side.acts if one.case)
        return (
            Page(method="GET", path=self.path, name=self.name, access=self.access, run=self.show),
            Page(method="POST", path=self.path, name=f"{self.name}_act", access=self.access,
                 run=self.answer, again=self.show, carries=cases),
        )  # fmt: skip

    def show(self, call: Call, form: Form) -> Shown:
        """Show the panel as it was shown before."""
        states = {one.name: one.state(form, _SHOWN) for one in self.sides}
        return self._shown(call, form, states, "")

    def answer(self, call: Call, form: Form) -> Shown:
        """Do what a button says. Raises ``FormInvalid`` where nothing is ticked."""
        states = {one.name: one.state(form, _SHOWN) for one in self.sides}
        side = next((one for one in self.sides if one.name == form.get("side")), self.left)
        wanted, cursor = form.get("act", "search"), form.get("next", "")
        match wanted:
            case "search":
                states[side.name] = side.state(form, "")
            case "reset":
                states[side.name] = {}
            case "first" | "next":
                turned = {_CURSOR: cursor if wanted == "next" else ""}
                states[side.name] = {**states[side.name], **turned}
            case _:
                return self._done(call, form, side, states)
        return self._shown(call, form, states, "")

    def _done(self, call: Call, form: Form, side: Side, states: dict[str, dict[str, str]]) -> Shown:
        act = next((one for one in side.acts if one.name == form["act"]), side.acts[0])
        ids = tuple(name.removeprefix(TICKED) for name in form if name.startswith(TICKED))
        refuse_if(FormInvalid, [] if ids or act.every else [Violation("http.none_ticked")])
        asked = {name: text for name, text in states[side.name].items() if name != _CURSOR}
        if act.dangerous and act.every and form.get("confirmed") != YES:
            return self._confirm(call, form, side, act, asked)
        said = self.act(call, form, act, ids, asked)
        states = {
            name: {one: text for one, text in state.items() if one != _CURSOR}
            for name, state in states.items()
        }
        return self._shown(evolve(call, key=None), form, states, said)

    def _confirm(
        self, call: Call, form: Form, side: Side, act: Act, asked: Mapping[str, str]
    ) -> Shown:
        found = side.find(call, form, asked, None)
        kept = {name: text for name, text in form.items() if name.startswith(_SHOWN)}
        values = {
            "title": act.title, "label": f"确认{act.title}",
            "says": f"将对“{side.title}”中查到的{found.count or '全部记录'}办理“{act.title}”。",
            "kept": {**kept, "side": side.name, "act": act.name, "confirmed": YES},
            "version": "", "action": self._here(form), "back": self._here(form),
        }  # fmt: skip
        return Shown(template="confirm.html", values=values)

    def _here(self, form: Form) -> str:
        return self.path.format_map(form)

    def _shown(
        self, call: Call, form: Form, states: Mapping[str, Mapping[str, str]], said: str
    ) -> Shown:
        title, back = self.about(call, form)
        values: dict[str, Any] = {
            "title": title, "back": back, "action": self._here(form),
            "sides": [self._side(call, form, one, states[one.name]) for one in self.sides],
            "state": {
                f"{_SHOWN}{side}-{name}": text
                for side, state in states.items()
                for name, text in state.items()
            },
        }  # fmt: skip
        if said:
            values["done"] = said
        return Shown(template="transfer.html", values=values)

    def _side(
        self, call: Call, form: Form, side: Side, state: Mapping[str, str]
    ) -> Mapping[str, Any]:
        asked = {name: text for name, text in state.items() if name != _CURSOR}
        found = side.find(call, form, asked, state.get(_CURSOR) or None)
        return {
            "name": side.name, "title": side.title, "columns": side.columns, "acts": side.acts,
            "search": [evolve(one, name=f"{side.name}-{one.name}") for one in side.search],
            "asked": {f"{side.name}-{name}": text for name, text in asked.items()},
            "rows": found.rows, "next_cursor": found.next_cursor, "count": found.count,
            "paged": _CURSOR in state,
        }  # fmt: skip
