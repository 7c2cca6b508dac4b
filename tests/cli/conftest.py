"""What every command's test has: a sandbox, and a terminal on a data folder of its own."""

from tests.fakes.terminal import clock, server, terminal

__all__ = ["clock", "server", "terminal"]
