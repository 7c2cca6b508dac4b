"""What barred the way, for what sockets and TLS raise."""

import errno
import ssl

from dingcomposer.core.delivery import Fault

_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}
# OpenSSL's X509_V_ERR_*: by these numbers, because the words change between versions.
_CERTIFICATE_FAULTS = {
    **dict.fromkeys((9, 10), Fault.TLS_EXPIRED),
    **dict.fromkeys((62, 64), Fault.TLS_WRONG_HOST),
    **dict.fromkeys((2, 18, 19, 20, 21, 27), Fault.TLS_UNTRUSTED),
}


def fault_of_connect(error: BaseException | None) -> Fault:
    """Why no connection came about."""
    if isinstance(error, ConnectionRefusedError):
        return Fault.CONNECTION_REFUSED
    if isinstance(error, TimeoutError):
        return Fault.CONNECT_TIMEOUT
    if isinstance(error, OSError) and error.errno in _NO_ROUTE:
        return Fault.NO_ROUTE
    return Fault.UNREACHABLE


def fault_of_certificate(error: ssl.SSLCertVerificationError) -> Fault:
    """What is wrong with a certificate that did not hold."""
    return _CERTIFICATE_FAULTS.get(error.verify_code, Fault.TLS_CERTIFICATE)
