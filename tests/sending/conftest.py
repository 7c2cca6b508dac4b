"""A sender before a sandbox."""

from collections.abc import Iterator

import pytest

from dingcomposer.sandbox.server import SandboxServer
from tests.fakes.sender_harness import SenderHarness


@pytest.fixture
def harness() -> Iterator[SenderHarness]:
    """Everything around a sender; it is stopped at the end."""
    with SandboxServer() as server:
        harness = SenderHarness(server)
        yield harness
        harness.sender.stop()
