"""Looks for secrets in text: keys, tokens, and what is named as one and looks drawn at random."""

import math
import re
from collections import Counter
from collections.abc import Iterator

FORMS = (
    re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----\s*\\?n?[A-Za-z0-9+/=]{16}"),
    re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    re.compile(r"\bgl(?:pat|dt)-[A-Za-z0-9_-]{20}\b"),
    re.compile(r"\b[a-z][a-z0-9+]*://[^\s:/@{}\"'*]+:(?!\*+@)[^\s:/@{}\"'*]{8,}@"),
)
"""What is a secret wherever it stands."""
NAMED = re.compile(
    r"(?i)(?:\b\w*(?:passw(?:or)?d|passphrase|secret|token|api_?key|private(?:_?key)?"
    r"|master(?:_?key)?|sm[24]_?key)\w{0,12}|\bd)[\"']?\s*[:=]\s*(?:bytes\.fromhex\(|b)?"
    r"[\"']([A-Za-z0-9+/=_-]{20,})[\"']"
)
"""What is given a name of secrets; SM2 private keys go by ``d`` as well."""
RANDOM_BITS = 3.0
"""Bits a sign: hex digits drawn at random have nearly 4, words of a language fewer than 3 by
then."""


def entropy(text: str) -> float:
    """Give the bits that each sign of ``text`` carries, taken by itself."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())


def secrets_in(text: str) -> Iterator[str]:
    """Give what looks like a secret."""
    for form in FORMS:
        yield from (found.group() for found in form.finditer(text))
    for found in NAMED.finditer(text):
        value = found[1]
        mixed = re.search(r"[0-9]", value) and re.search(r"[A-Za-z]", value)
        if mixed and entropy(value) >= RANDOM_BITS:
            yield value
