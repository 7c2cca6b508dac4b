"""Which proxy and whose certificates, by what was chosen and what the surroundings say."""

from pathlib import Path

import pytest
import trustme

from dingcomposer.core.robot import ProxyMode, TrustSource
from dingcomposer.dingtalk.network import (
    Network,
    proxy_for,
    read_environment,
    ssl_context,
)

HOST = "oapi.dingtalk.com"


@pytest.fixture(autouse=True)
def no_ca_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("variables", "host", "proxy"),
    [
        ({}, HOST, None),
        ({"https_proxy": "http://10.0.0.1:8080"}, HOST, "http://10.0.0.1:8080"),
        ({"HTTPS_PROXY": "http://10.0.0.1:8080"}, HOST, "http://10.0.0.1:8080"),
        ({"all_proxy": "http://10.0.0.1:8080"}, HOST, "http://10.0.0.1:8080"),
        ({"http_proxy": "http://10.0.0.1:8080"}, HOST, None),
        ({"https_proxy": "http://10.0.0.1:8080", "no_proxy": "dingtalk.com"}, HOST, None),
        ({"https_proxy": "http://10.0.0.1:8080"}, "localhost", None),
        ({"https_proxy": "http://10.0.0.1:8080"}, "127.0.0.9", None),
        ({"https_proxy": "http://10.0.0.1:8080"}, "::1", None),
    ],
)
def test_the_systems_proxy_is_taken_where_it_is_chosen(
    variables: dict[str, str], host: str, proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(Network(way=ProxyMode.SYSTEM), host) == proxy
    assert proxy_for(Network(way=ProxyMode.DIRECT), host) is None


@pytest.mark.parametrize(
    ("network", "proxy"),
    [
        (Network(ProxyMode.PROXY, "http://p:1"), "http://p:1"),
        (Network(ProxyMode.PROXY, "http://p:1", "me", "a@b:c/d"), "http://me:a%40b%3Ac%2Fd@p:1"),
        (Network(ProxyMode.PROXY, "p:1", "me"), "http://me:@p:1"),
        (Network(ProxyMode.PROXY, ""), None),
    ],
)
def test_a_proxy_of_ones_own_wins_over_the_systems(
    network: Network, proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://10.0.0.1:8080")
    assert proxy_for(network, HOST) == proxy


def test_the_environment_is_shown_without_its_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://me:canary@10.0.0.1:8080")
    monkeypatch.setenv("http_proxy", "me:canary@10.0.0.1:8080")
    monkeypatch.setenv("no_proxy", "localhost,.local")
    seen = read_environment({"CURL_CA_BUNDLE": "/etc/company.pem", "REQUESTS_CA_BUNDLE": ""})
    assert dict(seen.proxies) == {"https": "http://***@10.0.0.1:8080", "http": "***"}
    assert seen.exceptions == "localhost,.local"
    assert (seen.ca_variable, seen.ca_file) == ("CURL_CA_BUNDLE", "/etc/company.pem")
    assert "canary" not in repr(seen)


def test_the_environments_ca_file_is_obeyed_only_where_it_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(path)
    environ = {"REQUESTS_CA_BUNDLE": str(path)}
    [issuer] = ssl_context(Network(trust=TrustSource.ENVIRONMENT), environ).get_ca_certs()
    assert "trustme" in repr(issuer["issuer"])
    assert len(ssl_context(Network(trust=TrustSource.BUNDLED), environ).get_ca_certs()) > 50
    with pytest.raises(OSError, match="No such file"):
        ssl_context(Network(trust=TrustSource.ENVIRONMENT), {"REQUESTS_CA_BUNDLE": "/nowhere.pem"})


@pytest.mark.parametrize(
    "trust", [TrustSource.SYSTEM, TrustSource.BUNDLED, TrustSource.ENVIRONMENT]
)
def test_certificate_and_host_name_are_always_verified(trust: TrustSource) -> None:
    context = ssl_context(Network(trust=trust), {})
    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"
