"""消息规则: what users are told by administrators."""

from typing import Final

from supervision_core.identity.model import Audience, NoticeWritten, Telling

TELLINGS: Final = (
    Telling(NoticeWritten, "消息", "有一条消息。", Audience(users=lambda told: (told.thing.user,))),
)
"""A message that an administrator wrote: read as he wrote it."""
