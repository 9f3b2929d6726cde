"""场景启用后打标签: firms that were there before a scene get its tags by the rules of today."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import Final

from attrs import frozen

from supervision_core.identity.model import Actor
from supervision_core.identity.services import Commands
from supervision_core.kernel.outbox import Envelope, Receiver, Receiving, name_of
from supervision_core.kernel.paging import Page, PageRequest, every_page
from supervision_core.scenes.model.scene import ScenePublished
from supervision_core.scenes.ports import Scenes
from supervision_core.subjects.ports import SubjectFilter, SubjectQueries, SubjectRow
from supervision_core.subjects.services import ClassifySubjects, classify_subjects

_AT_ONCE: Final = 1_000


def tag_known(
    commands: Commands,
    region: str,
    *,
    actor: Actor,
    advance: Callable[[int], None] = lambda _: None,
) -> int:
    """Tag all subjects of a region and below as an import would; give how many that changed.

    ``advance`` is told how many were looked at since the last time. Done again it changes nothing.
    """
    changed = 0
    ask = partial(_page, commands, SubjectFilter(region=region))
    ids = (one.id for page in every_page(ask, order="id") for one in page.items)
    while some := tuple(islice(ids, _AT_ONCE)):
        command = ClassifySubjects(subject_ids=some)
        changed += commands.run(classify_subjects, command, actor=actor)
        advance(len(some))
    return changed


def _page(commands: Commands, wanted: SubjectFilter, request: PageRequest) -> Page[SubjectRow]:
    with commands.transactions.begin_reading() as unit:
        return unit[SubjectQueries].page(wanted, request)


@frozen
class SceneTagging:
    """Tags the firms that are there when a scene is published."""

    commands: Commands
    actor: Actor

    @property
    def receiver(self) -> Receiver:
        """Give it as a receiver of events."""
        return Receiver(
            name="scene_tagging", title="场景启用后为已有对象打标签", receive=self.receive,
            names=frozenset({name_of(ScenePublished)}), outside=True,
        )  # fmt: skip

    def receive(self, receiving: Receiving, events: Sequence[Envelope]) -> None:
        """Tag the firms of the regions of these scenes, each once."""
        scenes = receiving.unit[Scenes].find_many({one.thing.id for one in events})
        for region in sorted({one.region for one in scenes}):
            tag_known(self.commands, region, actor=self.actor)
