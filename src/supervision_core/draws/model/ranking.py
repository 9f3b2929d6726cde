"""The steps of ``draw/1`` and ``draw/2`` over bytes as pure functions: commitment, seed, rank."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from supervision_core.kernel.canonical import sm3

NONCE_SIZE = 32
OBJECT = b"\x00"
OFFICER = b"\x01"
ITEM = b"\x02"
STRATUM = b"\x05"


def commitment(contributor: str, nonce: bytes) -> bytes:
    """Give ``SM3(contributor 0x1F nonce)``: binding to the contributor, hiding the nonce."""
    return sm3(contributor.encode() + b"\x1f" + nonce)


def seed_of(pool_hash: bytes, rule_hash: bytes, nonces: Mapping[str, bytes]) -> bytes:
    """Give the seed from the revealed nonces, taken in order of the bytes of their contributor."""
    ordered = (nonces[contributor] for contributor in sorted(nonces))
    return sm3(b"draw/1" + pool_hash + rule_hash + b"".join(ordered))


def seed_of_2(
    pool_hash: bytes,
    rule_hash: bytes,
    leaf: bytes,
    shares: Mapping[str, bytes],
    public_value: str | None,
) -> bytes:
    """Give the seed of a ``draw/2``; shares are taken in order of the bytes of their contributor.

    A share is the nonce where it opens to its commitment, else the commitment itself. Of a public
    value the SM3 of its text counts; without one, nothing does.
    """
    ordered = b"".join(shares[contributor] for contributor in sorted(shares))
    public = b"" if public_value is None else sm3(public_value.encode())
    return sm3(b"draw/2" + pool_hash + rule_hash + leaf + ordered + public)


def rank(seed: bytes, id_: str) -> bytes:
    """Give ``SM3(seed 0x00 id)``, by which candidates are ordered."""
    return sm3(seed + OBJECT + id_.encode())


def ranks(prefix: bytes, ids: Iterable[str]) -> list[bytes]:
    """Give ``SM3(prefix id)`` of each id."""
    return sm3_of(prefix, (id_.encode() for id_ in ids))


def sm3_of(prefix: bytes, parts: Iterable[bytes]) -> list[bytes]:
    """Give ``SM3(prefix part)`` of each part: as hashing one by one, but the prefix only once."""
    start = _started(prefix)
    return [state.digest() for part in parts if not (state := start()).update(part)]


def _started(prefix: bytes) -> Callable[[], Any]:
    """Give what gives a hash that has taken the prefix; ``update`` answers nothing, in one line."""
    return hashlib.new("sm3", prefix).copy


@frozen
class Sieve:
    """Of which ``parts`` SM3(prefix part) is below ``cut`` is asked for each of ``prefixes``.

    ``cut`` has 8 bytes: what comes after them in a hash plays no part.
    """

    cut: bytes
    prefixes: Sequence[bytes]
    parts: Sequence[bytes]


Sift = Callable[[Sequence[Sieve]], Iterable[Sequence[int]]]
"""Gives, for each prefix of each sieve, the places of those parts, ascending."""


def sift(sieves: Sequence[Sieve]) -> Iterator[list[int]]:
    """Do this by the standard library."""
    for sieve in sieves:
        cut, parts = sieve.cut, sieve.parts
        for prefix in sieve.prefixes:
            start = _started(prefix)
            yield [
                at
                for at, part in enumerate(parts)
                if not (state := start()).update(part) and state.digest() < cut
            ]
