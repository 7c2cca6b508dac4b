"""Which way a request takes, and whose certificates it trusts."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.redaction import MASK
from dingcomposer.core.robot import ProxyMode, Robot, TrustSource

if TYPE_CHECKING:
    from ssl import SSLContext

# requests and curl obey these; we do under `TrustSource.ENVIRONMENT`. First found, first taken.
CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@dataclass(frozen=True, slots=True, repr=False)
class Network:
    """How a robot's host is reached. `proxy` is like "http://10.0.0.1:8080", without a user.

    `proxy_password` is a secret, so repr hides everything that may come with it.
    """

    way: ProxyMode = ProxyMode.SYSTEM
    proxy: str = ""
    proxy_user: str = ""
    proxy_password: str = ""
    trust: TrustSource = TrustSource.SYSTEM
    ca_file: str = ""

    def __repr__(self) -> str:
        return f"Network({self.way.value}, {self.trust.value})"


def network_of(robot: Robot) -> Network:
    """How this robot's host is reached, by its profile: without the proxy's password."""
    return Network(
        way=robot.way,
        proxy=robot.proxy,
        proxy_user=robot.proxy_user,
        trust=robot.trust,
        ca_file=robot.ca_file,
    )


@dataclass(frozen=True, slots=True)
class Environment:
    """What the surroundings say of proxies and certificates, for showing: passwords are masked."""

    proxies: tuple[tuple[str, str], ...]
    exceptions: str
    ca_variable: str
    ca_file: str


def read_environment(environ: Mapping[str, str] = os.environ) -> Environment:
    """The proxies of `ProxyMode.SYSTEM`, and the file of `TrustSource.ENVIRONMENT`."""
    from urllib.request import getproxies

    found = getproxies()
    exceptions = found.pop("no", "")
    variable = _ca_variable(environ)
    return Environment(
        proxies=tuple(sorted((scheme, _without_user(url)) for scheme, url in found.items())),
        exceptions=exceptions,
        ca_variable=variable,
        ca_file=environ.get(variable, ""),
    )


def proxy_for(network: Network, host: str) -> str | None:
    """The proxy's URL for an https request to that host, user and password in it; None: direct."""
    if network.way is ProxyMode.DIRECT or is_loopback(host):
        return None
    if network.way is ProxyMode.PROXY:
        return _with_user(network) if network.proxy else None
    from urllib.request import getproxies, proxy_bypass

    found = getproxies()
    if proxy_bypass(host):
        return None
    return found.get("https") or found.get("all")


def ssl_context(network: Network, environ: Mapping[str, str] = os.environ) -> "SSLContext":
    """A context that verifies certificate and host name. Raises OSError: the file is unusable.

    Not `ssl.create_default_context`: from Python 3.13 on it sets VERIFY_X509_STRICT, which refuses
    the issuers of many a company.
    """
    import ssl

    ca_file = _ca_file(network, environ)
    if ca_file is None:
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cafile=ca_file)
    return context


def _ca_file(network: Network, environ: Mapping[str, str]) -> str | None:
    """The file to trust; None means the system's store."""
    match network.trust:
        case TrustSource.SYSTEM:
            return None
        case TrustSource.BUNDLED:
            import certifi

            return certifi.where()
        case TrustSource.FILE:
            return network.ca_file
        case TrustSource.ENVIRONMENT:
            return environ.get(_ca_variable(environ)) or None


def _ca_variable(environ: Mapping[str, str]) -> str:
    return next((name for name in CA_VARIABLES if environ.get(name)), "")


def _with_user(network: Network) -> str:
    if not network.proxy_user:
        return network.proxy
    scheme, mark, rest = network.proxy.rpartition("://")
    user, password = (quote(part, safe="") for part in (network.proxy_user, network.proxy_password))
    return f"{scheme or 'http'}{mark or '://'}{user}:{password}@{rest}"


def _without_user(url: str) -> str:
    try:
        netloc = urlsplit(url).netloc
    except ValueError:
        return MASK
    if "@" not in url:
        return url
    return url.replace(netloc.rpartition("@")[0] + "@", f"{MASK}@") if "@" in netloc else MASK
