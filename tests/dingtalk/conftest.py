"""An issuer of certificates for the tests' own servers, and a network that trusts it."""

from pathlib import Path

import pytest
import trustme

from dingcomposer.core.robot import ProxyMode, TrustSource
from dingcomposer.dingtalk.network import Network


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA, tmp_path: Path) -> Network:
    """A network that trusts the tests' own authority, and no other."""
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return Network(way=ProxyMode.DIRECT, trust=TrustSource.FILE, ca_file=str(path))
