"""What draws want from the outside."""

from supervision_core.draws.model.draw import Draw
from supervision_core.kernel.ports import Repository


class Draws(Repository[Draw]):
    """Holds draws; a cleared one stays."""

    kind = "draw"
