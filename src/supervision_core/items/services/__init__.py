"""What is done with matters, check items, laws, document templates and standard materials."""

from supervision_core.items.synchronising import (
    request_matter_synchronisation,
    synchronise_matters,
    view_matter_synchronisation,
)

__all__ = [
    "request_matter_synchronisation",
    "synchronise_matters",
    "view_matter_synchronisation",
]
