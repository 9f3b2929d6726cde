"""The seven kinds of subjects by their codes. Source: proposal 625-660."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SUBJECT_KINDS: Final[Mapping[str, str]] = MappingProxyType({
    "authority": "机关", "association": "团体", "public_institution": "事业单位",
    "enterprise": "企业", "sole_trader": "个体工商户", "person": "自然人", "thing": "客体",
})  # fmt: skip
"""What they are called."""
