"""Unit tests reach no network, and search for counter-examples as long as the session asks."""

import pytest
from hypothesis import settings
from pytest_socket import disable_socket

settings.register_profile("quick", deadline=None)  # a busy machine is no fault of the rule
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile("quick")


@pytest.fixture(autouse=True)
def _no_network() -> None:
    disable_socket(allow_unix_socket=True)
