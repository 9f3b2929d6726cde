"""The frame of every command, and what is done with users, departments, regions and access."""

from supervision_core.identity.services.frame import Commands, UseCase, Work, use_case

__all__ = ["Commands", "UseCase", "Work", "use_case"]
