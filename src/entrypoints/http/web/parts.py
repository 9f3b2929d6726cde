"""A form of some parts of a command that changes a thing: its other parts stay as they are."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from entrypoints.http.routes import Call
from entrypoints.http.web.pages import Form, Shown, gone_on
from entrypoints.http.web.reading import Field
from entrypoints.http.web.sheets import Leaf, Part, leaf, spread, unfolded, written_plain
from entrypoints.http.web.verbs import RESHAPE, VerbPage, form_of
from entrypoints.shape import Anything, Many, Maybe, Member
from supervision_core.kernel.errors import NotFound
from supervision_core.kernel.registers import FieldType


@frozen(kw_only=True)
class PartForm(VerbPage):
    """The form of the ``parts`` of a command, sent to ``at``; afterwards one goes on to ``onward``.

    What the command lets be absent, for it then stays as it is, this form always says. What is
    ``told_by`` the address nobody changes; ``said`` is what stands in sheets now, where the thing
    does not say so itself under their names.
    """

    parts: frozenset[str]
    at: str
    onward: str
    told_by: frozenset[str] = frozenset()
    said: Mapping[str, Any] = field(factory=dict, hash=False)

    @property
    def path(self) -> str:
        """The address of the form."""
        return self.at

    @property
    def base(self) -> str:
        """Where one goes back to."""
        return self.onward

    @property
    def needed(self) -> frozenset[str]:
        """The parts are said even where nothing is filled in."""
        always = frozenset(one.name for one in self.route.shape.members if one.required)
        return always | self.parts

    def _parts(self, form: Form) -> Mapping[str, Part]:
        members = {one.name: one for one in self.route.shape.members}
        found: dict[str, Part] = {}
        for one in self.fields:
            shape = members[one.name].shape if one.name in members else Anything()
            if one.name in self.parts and isinstance(shape, Maybe):
                shape = shape.shape
            if one.type is FieldType.ROWS:
                rows = Member(one.name, shape, required=not isinstance(shape, Many))
                found[one.name] = unfolded(rows, one, form)
            else:
                found[one.name] = leaf(one, shape)
        return found

    def _sheets(self, call: Call, found: Any) -> Iterator[tuple[str, str]]:
        for name, now in self.said.items():
            yield from spread(written_plain(now), name)
        if not self.said:
            yield from super()._sheets(call, found)

    def _field(self, one: Leaf, form: Form, found: Any) -> Field:
        made = super()._field(one, form, found)
        return evolve(made, fixed=True) if one.field.name in self.told_by else made

    def carry_out(self, call: Call, form: Form) -> Shown:
        """Carry the command out with these parts alone."""
        if RESHAPE in form:
            return self.reshape(call, form)
        self.do(call, form)
        return gone_on(self.onward, "changed")


def part_form(  # noqa: PLR0913 - each says one thing of the form
    name: str, parts: frozenset[str], *, about: frozenset[str], at: str, onward: str,
    said: Mapping[str, Any] | None = None,
) -> PartForm:  # fmt: skip
    """Give the form of some parts of the command called so; ``about`` names what it changes.

    Raises ``NotFound`` for a command that has no form.
    """
    whole = form_of(name)
    if whole is None:
        raise NotFound("page", name)
    fields = tuple(one for one in whole.fields if one.name in parts | about)
    return PartForm(
        route=whole.route, case=whole.case, fields=fields, content=whole.content,
        query=whole.query, parts=parts, at=at, onward=onward, told_by=about, said=said or {},
    )  # fmt: skip
