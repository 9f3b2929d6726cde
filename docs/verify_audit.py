# ruff: noqa: T201 - a script to be read from top to bottom
"""Verify a file of the audit log (audit-log/1) with the standard library alone.

    python verify_audit.py log.jsonl

Written from docs/audit.md, not from the platform: it shares no code with it. It checks that every
row has the hash that is written beside it, that the Merkle tree over the rows (RFC 6962 with SM3)
has the root of every checkpoint, and that each checkpoint names the one before. It prints the last
root, to be compared with a checkpoint on paper or at a witness. For the signatures it prints the
signed text and the signature of the last checkpoint, for ``openssl pkeyutl -verify``.
"""

import hashlib
import json
import sys
from typing import Any


def sm3(data: bytes) -> bytes:
    """Hash with SM3."""
    return hashlib.new("sm3", data).digest()


def grown(peaks: list[bytes], size: int, leaf: bytes) -> list[bytes]:
    """Add a leaf to the complete subtrees of a tree of ``size`` leaves."""
    peaks = list(peaks)
    while size % 2:
        leaf = sm3(b"\x01" + peaks.pop() + leaf)
        size //= 2
    return [*peaks, leaf]


def root_of(peaks: list[bytes]) -> bytes:
    """Give the root over the complete subtrees."""
    root = peaks[-1] if peaks else sm3(b"")
    for peak in reversed(peaks[:-1]):
        root = sm3(b"\x01" + peak + root)
    return root


def signed_text(checkpoint: dict[str, Any]) -> bytes:
    """Give the canonical JSON that a checkpoint's signature covers."""
    names = ("at", "format", "log", "previous", "root", "size")
    part = {name: checkpoint[name] for name in names}
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def main(path: str) -> int:
    """Verify; say what is wrong."""
    peaks: list[bytes] = []
    faults: list[str] = []
    last: dict[str, Any] = {}
    with open(path, "rb") as lines:  # noqa: PTH123 - a script that anybody reads
        head = json.loads(next(lines))
        size = head["first"]
        for line in lines:
            if line.startswith(b"#"):
                checkpoint = json.loads(line[1:])
                if not last and size:
                    peaks = [bytes.fromhex(one) for one in checkpoint["frontier"]]
                if checkpoint["size"] != size or checkpoint["root"] != root_of(peaks).hex():
                    faults.append(f"checkpoint {checkpoint['size']}: the root differs")
                if last and checkpoint["previous"] != sm3(signed_text(last)).hex():
                    faults.append(f"checkpoint {checkpoint['size']}: does not follow the last")
                last = checkpoint
                continue
            text, _, leaf = line.rstrip(b"\n").rpartition(b"\t")
            if sm3(b"\x00" + text).hex().encode() != leaf:
                faults.append(f"row {size}: changed")
            if json.loads(text)["number"] != size:
                faults.append(f"row {size}: another stands here")
            peaks = grown(peaks, size, bytes.fromhex(leaf.decode()))
            size += 1
    if size != head["size"]:
        faults.append(f"rows {size} to {head['size'] - 1} are missing")
    print(f"rows: {size}\nroot: {root_of(peaks).hex()}")
    if last:
        print(f"signed: {signed_text(last).decode()}\nsignature: {last['signature']['value']}")
    print("\n".join(faults) or "holds")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the log
        sys.exit("python3 verify_audit.py LOG.jsonl")
    sys.exit(main(sys.argv[1]))
