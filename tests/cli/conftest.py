"""What every command's test has: a sandbox, and a terminal on a data folder of its own."""

from tests.fakes.terminal import server, terminal

__all__ = ["server", "terminal"]
