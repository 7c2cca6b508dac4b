"""Whether the members of a group, anywhere, could load a picture from an address."""

from ipaddress import ip_address
from typing import Final

from dingcomposer.core.addresses import host_of

_PRIVATE_ENDINGS: Final = (".local", ".localhost", ".lan", ".internal", ".intranet", ".home.arpa")


def is_public(address: str) -> bool:
    """False where nobody outside could: a file, data, a path, this computer, a private network.

    Source: local paths, base64 and addresses of a LAN showed nothing in the group, as reported by
    users of several libraries, read 2026-08-22. Media ids (`@lADO…`) are DingTalk's own.
    """
    if address.startswith("@"):
        return True
    host = host_of(address)
    if not host:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_PRIVATE_ENDINGS)
