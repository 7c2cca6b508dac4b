"""A desktop's portal for settings, as far as Qt asks it: whether the person wants high contrast.

`python -m tests.fakes.settings_portal CONTRAST` serves on the session's bus until it is ended, and
says so with a line; 1 is high contrast, 0 is no preference.
"""

import sys

import jeepney  # type: ignore[import-untyped]
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io import blocking  # type: ignore[import-untyped]

NAME = "org.freedesktop.portal.Desktop"
SPACE, KEY = "org.freedesktop.appearance", "contrast"
BUS = "org.freedesktop.DBus.Error"


def answer(message: jeepney.Message, contrast: int) -> jeepney.Message:
    """What the portal says to a call."""
    member = message.header.fields[jeepney.HeaderFields.member]
    setting = ("u", contrast)
    if member == "ReadAll":
        spaces = {SPACE: {KEY: setting}} if SPACE in message.body[0] else {}
        return jeepney.new_method_return(message, "a{sa{sv}}", (spaces,))
    if member in ("Read", "ReadOne") and message.body == (SPACE, KEY):
        said = ("v", setting) if member == "Read" else setting
        return jeepney.new_method_return(message, "v", (said,))
    return jeepney.new_error(message, f"{BUS}.UnknownMethod")


def main(contrast: int) -> None:
    """Serve for as long as the bus is there."""
    connection = blocking.open_dbus_connection(bus="SESSION")
    connection.send_and_get_reply(message_bus.RequestName(NAME))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        message = connection.receive()
        if message.header.message_type is jeepney.MessageType.method_call:
            connection.send(answer(message, contrast))


if __name__ == "__main__":
    main(int(sys.argv[1]))
