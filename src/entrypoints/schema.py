"""JSON Schema of shapes: what is checked, described."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import field, frozen

from entrypoints.shape import (
    HEX,
    LARGEST,
    LONGEST_TEXT,
    TEXT,
    Anything,
    Choice,
    Either,
    Flag,
    Many,
    Maybe,
    Row,
    Shape,
    Table,
    Text,
    Thing,
    Variants,
    Whole,
)

Document = dict[str, Any]

_SIMPLE: Final[Mapping[Shape, Document]] = {
    Flag(): {"type": "boolean"},
    Whole(): {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST},
    Text(): {"type": "string", "pattern": TEXT, "maxLength": LONGEST_TEXT},
    Text("hex"): {"type": "string", "pattern": HEX, "maxLength": LONGEST_TEXT},
    Text("date"): {"type": "string", "format": "date"},
    Text("date-time"): {"type": "string", "format": "date-time"},
    Anything(): {},
}


class SameName(ValueError):
    """Several classes of one context would be described under one name."""


@frozen
class Schemas:
    """Makes schemas; things are kept once, under their names, and referred to at ``place``.

    ``words`` gives what is said of a field: by its name and its class.
    """

    place: str
    words: Callable[[str, type[Any]], Document]
    kept: dict[str, Document] = field(factory=dict)
    _owners: dict[str, tuple[type[Any], object]] = field(factory=dict)

    def of(self, shape: Shape) -> Document:
        """Give the schema of ``shape``."""
        made: Document
        match shape:
            case Thing():
                name = self._name(shape)
                if name not in self.kept:
                    self.kept[name] = {}
                    self.kept[name] = self._thing(shape)
                made = {"$ref": f"{self.place}{name}"}
            case Variants(things=shapes) | Either(shapes=shapes):
                made = {"anyOf": [self.of(one) for one in shapes]}
            case Maybe(inner):
                made = {"anyOf": [self.of(inner), {"type": "null"}]}
            case Many(item):
                made = {"type": "array", "items": self.of(item)}
            case Row(items):
                made = {"type": "array", "prefixItems": [self.of(one) for one in items],
                        "minItems": len(items), "maxItems": len(items)}  # fmt: skip
            case Table(value):
                made = {"type": "object", "additionalProperties": self.of(value)}
            case Choice(values):
                made = {"type": "string", "enum": list(values)}
            case _:
                made = dict(_SIMPLE[shape])
        return made

    def _name(self, shape: Thing) -> str:
        """Give the name of a thing: with its context where another class has taken its own."""
        owner = (shape.cls, shape.members)
        if self._owners.setdefault(shape.name, owner) == owner:
            return shape.name
        module = shape.cls.__module__.split(".")
        context = module[1] if len(module) > 1 else module[0]
        name = f"{context.title().replace('_', '')}{shape.name}"
        if self._owners.setdefault(name, owner) != owner:
            raise SameName(name)
        return name

    def _thing(self, shape: Thing) -> Document:
        members: Mapping[str, Document] = {
            one.name: {**self.of(one.shape), **self.words(one.name, shape.cls)}
            for one in shape.members
        }
        required = [one.name for one in shape.members if one.required]
        made: Document = {"type": "object", "properties": members, "additionalProperties": False}
        return {**made, "required": required} if required else made
