"""SM3 of many messages at once (GB/T 32905-2016): one message a lane of the processor's vectors.

Written for LLVM, since numba's own loops do not become vector code here: the rounds are unrolled,
every operation is on a whole vector, and LLVM cuts it to what the processor has.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

LANES = 16
INITIAL = np.array(
    [
        0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600,
        0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
    ],
    np.uint32,
)  # fmt: skip

Array = np.ndarray[Any, Any]
_WORD = ir.IntType(32)
_VECTOR = ir.VectorType(_WORD, LANES)


class _Code:
    """Writes vector code; llvmlite has no types."""

    def __init__(self, builder: Any) -> None:
        self._builder = builder

    def load(self, base: Any, count: int) -> list[Any]:
        b = self._builder
        return [b.load(b.gep(base, [_WORD(row)]), align=4) for row in range(count)]

    def store(self, base: Any, row: int, value: Any) -> None:
        self._builder.store(value, self._builder.gep(base, [_WORD(row)]), align=4)

    def xor(self, first: Any, *others: Any) -> Any:
        for other in others:
            first = self._builder.xor(first, other)
        return first

    def add(self, first: Any, *others: Any) -> Any:
        for other in others:
            first = self._builder.add(first, other)
        return first

    def turn(self, word: Any, by: int) -> Any:
        b = self._builder
        return b.or_(b.shl(word, self.every(by)), b.lshr(word, self.every(32 - by)))

    def most(self, x: Any, y: Any, z: Any) -> Any:
        b = self._builder
        return b.or_(b.and_(x, y), b.and_(z, b.or_(x, y)))

    def choose(self, x: Any, y: Any, z: Any) -> Any:
        return self._builder.xor(z, self._builder.and_(x, self._builder.xor(y, z)))

    @staticmethod
    def every(value: int) -> Any:
        return ir.Constant(_VECTOR, [value & 0xFFFFFFFF] * LANES)


def _rounds(code: _Code, state: list[Any], words: list[Any]) -> list[Any]:
    """Write the compression of a block (section 5.3); give the new state."""
    for j in range(16, 68):
        mixed = code.xor(words[j - 16], words[j - 9], code.turn(words[j - 3], 15))
        mixed = code.xor(mixed, code.turn(mixed, 15), code.turn(mixed, 23))
        words.append(code.xor(mixed, code.turn(words[j - 13], 7), words[j - 6]))
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        early = j < 16  # noqa: PLR2004 - the standard's rounds
        constant = 0x79CC4519 if early else 0x7A879D8A
        turned = code.turn(a, 12)
        constant = constant << j % 32 | constant >> (32 - j % 32)
        first = code.turn(code.add(turned, e, code.every(constant)), 7)
        left = code.xor(a, b, c) if early else code.most(a, b, c)
        right = code.xor(e, f, g) if early else code.choose(e, f, g)
        one = code.add(left, d, code.xor(first, turned), code.xor(words[j], words[j + 4]))
        two = code.add(right, h, first, words[j])
        d, c, b, a = c, code.turn(b, 9), a, one
        h, g, f, e = g, code.turn(f, 19), e, code.xor(two, code.turn(two, 9), code.turn(two, 17))
    pairs = zip(state, (a, b, c, d, e, f, g, h), strict=True)
    return [code.xor(old, new) for old, new in pairs]


def _compress(_context: Any, state: Any, words: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        bases = [
            builder.bitcast(
                context.make_array(kind)(context, builder, value).data, _VECTOR.as_pointer()
            )
            for kind, value in zip(signature.args, given, strict=True)
        ]
        code = _Code(builder)
        made = _rounds(code, code.load(bases[0], 8), code.load(bases[1], 16))
        for row, value in enumerate(made):
            code.store(bases[0], row, value)
        return context.get_dummy_value()

    return types.void(state, words), generate


_intrinsic: Callable[[Any], Any] = intrinsic
compress: Callable[[Array, Array], None] = _intrinsic(_compress)
"""Takes a block a lane (the second: 16 rows of ``LANES``) into the state (the first: 8 rows)."""
