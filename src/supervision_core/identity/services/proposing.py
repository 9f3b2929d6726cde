"""Who proposed something, by the log: what an aggregate does not say itself."""

from functools import partial

from supervision_core.audit.model import Outcome, target_of
from supervision_core.audit.ports import AuditQueries
from supervision_core.identity.services.frame import Work
from supervision_core.kernel.paging import every_page


def proposers(work: Work, kind: str, id: str, *acts: str) -> frozenset[str]:
    """Give the accounts that did one of ``acts`` to a thing, named by their permissions."""
    pages = every_page(partial(work[AuditQueries].about, target_of(kind, id)))
    entries = (row.entry for page in pages for row in page.items)
    return frozenset(
        one.actor for one in entries if one.outcome is Outcome.DONE and one.action in acts
    )
