"""What a check-up says, sentence by sentence: what was found, what it means, what to do."""

from dingcomposer.core.checkup.report import Code, FindingCode
from dingcomposer.core.delivery import Fault
from dingcomposer.ui.texts.outcomes import help_phrase
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase

SENTENCES: dict[Code, tuple[Phrase, ...]] = {
    FindingCode.WAITING: (),
    FindingCode.RUNNING: (QT_TRANSLATE_NOOP("Checkup", "Looking…"),),
    FindingCode.NOT_REACHED: (
        QT_TRANSLATE_NOOP("Checkup", "Not checked, because “{step}” failed."),
    ),
    FindingCode.BROKE_OFF: (
        QT_TRANSLATE_NOOP("Checkup", "The check-up broke off here."),
        QT_TRANSLATE_NOOP(
            "Checkup", "Something went wrong in this program; see the log for details."
        ),
        QT_TRANSLATE_NOOP("Checkup", "Check again."),
    ),
    FindingCode.WEBHOOK_DINGTALK: (
        QT_TRANSLATE_NOOP("Checkup", "{host}"),
        QT_TRANSLATE_NOOP("Checkup", "This is one of DingTalk's own hosts."),
    ),
    FindingCode.WEBHOOK_OTHER: (
        QT_TRANSLATE_NOOP("Checkup", "{host} is not one of DingTalk's public hosts."),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "That is right for a dedicated deployment (专有钉钉). Otherwise the token would go to a stranger.",
        ),
        QT_TRANSLATE_NOOP("Checkup", "If you are not sure, ask whoever gave you the webhook."),
    ),
    FindingCode.WEBHOOK_HERE: (
        QT_TRANSLATE_NOOP("Checkup", "{host} is this computer."),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "Messages go to the sandbox, or to a program of your own, and not to DingTalk.",
        ),
    ),
    FindingCode.SECRETS_UNREADABLE: (
        QT_TRANSLATE_NOOP("Checkup", "It could not be read from the password store."),
    ),
    FindingCode.TOKEN_USUAL: (
        QT_TRANSLATE_NOOP("Checkup", "{length} characters, 0–9 and a–f."),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "It looks like a DingTalk token. Only asking can tell whether it is still valid.",
        ),
    ),
    FindingCode.SECRET_USUAL: (
        QT_TRANSLATE_NOOP("Checkup", "It begins with SEC and contains no white space."),
        QT_TRANSLATE_NOOP("Checkup", "Every message to this robot is signed with it."),
    ),
    FindingCode.SECRET_NONE: (
        QT_TRANSLATE_NOOP("Checkup", "None is stored."),
        QT_TRANSLATE_NOOP(
            "Checkup", "That is right if signing (加签) is off in the robot's security settings."
        ),
        QT_TRANSLATE_NOOP(
            "Checkup", "If it is on, edit the robot and paste the secret that begins with SEC."
        ),
    ),
    FindingCode.KEYWORD_THERE: (
        QT_TRANSLATE_NOOP("Checkup", "“{keyword}” is in the message you are writing."),
        QT_TRANSLATE_NOOP("Checkup", "DingTalk's keyword check should pass."),
    ),
    FindingCode.KEYWORDS_NONE: (
        QT_TRANSLATE_NOOP("Checkup", "No keywords are noted for this robot."),
        QT_TRANSLATE_NOOP("Checkup", "That is right if keywords are off in its security settings."),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "If they are on, edit the robot and note them, so that every message is checked.",
        ),
    ),
    FindingCode.NO_MESSAGE: (
        QT_TRANSLATE_NOOP("Checkup", "You are not writing a message to this robot."),
        QT_TRANSLATE_NOOP("Checkup", "There is nothing to search for a keyword."),
    ),
    FindingCode.PROXY_HERE: (
        QT_TRANSLATE_NOOP("Checkup", "None."),
        QT_TRANSLATE_NOOP("Checkup", "This computer is always reached directly."),
    ),
    FindingCode.PROXY_NONE: (
        QT_TRANSLATE_NOOP("Checkup", "None is set on this system."),
        QT_TRANSLATE_NOOP("Checkup", "The host is reached directly."),
    ),
    FindingCode.PROXY_EXCEPTED: (
        QT_TRANSLATE_NOOP("Checkup", "None for this host."),
        QT_TRANSLATE_NOOP("Checkup", "The system's settings except it, so it is reached directly."),
    ),
    FindingCode.PROXY_DIRECT: (
        QT_TRANSLATE_NOOP("Checkup", "None."),
        QT_TRANSLATE_NOOP("Checkup", "The network settings say to reach the host directly."),
    ),
    FindingCode.PROXY_SYSTEM: (
        QT_TRANSLATE_NOOP("Checkup", "{proxy}, from the system's settings."),
        QT_TRANSLATE_NOOP("Checkup", "It opened the way to the host."),
    ),
    FindingCode.PROXY_OWN: (
        QT_TRANSLATE_NOOP("Checkup", "{proxy}, from the network settings."),
        QT_TRANSLATE_NOOP("Checkup", "It opened the way to the host."),
    ),
    Fault.PROXY_UNREACHABLE: (
        QT_TRANSLATE_NOOP("Checkup", "{proxy} cannot be reached."),
        QT_TRANSLATE_NOOP("Checkup", "Nothing can be sent this way."),
        QT_TRANSLATE_NOOP(
            "Checkup", "Check the proxy's address, or choose another way in the network settings."
        ),
    ),
    Fault.PROXY_WANTS_PASSWORD: (
        QT_TRANSLATE_NOOP("Checkup", "{proxy} asks for a password, or does not accept this one."),
        QT_TRANSLATE_NOOP("Checkup", "Nothing can be sent this way."),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "Check user name and password in the network settings, or ask whoever runs the proxy.",
        ),
    ),
    Fault.PROXY_REFUSED: (
        QT_TRANSLATE_NOOP("Checkup", "{proxy} did not open the way to the host."),
        QT_TRANSLATE_NOOP("Checkup", "Nothing can be sent this way."),
        QT_TRANSLATE_NOOP("Checkup", "Ask whoever runs the proxy to allow this host."),
    ),
    Fault.PROXY_UNUSABLE: (
        QT_TRANSLATE_NOOP("Checkup", "{proxy} is not the address of an HTTP proxy."),
        QT_TRANSLATE_NOOP("Checkup", "Nothing can be sent this way."),
        QT_TRANSLATE_NOOP(
            "Checkup", "The address must begin with http:// or https:// and name a host."
        ),
    ),
    FindingCode.NAME_FOUND: (
        QT_TRANSLATE_NOOP("Checkup", "IPv4: {ipv4} · IPv6: {ipv6}"),
        QT_TRANSLATE_NOOP("Checkup", "The host's name can be looked up."),
    ),
    FindingCode.NAME_IS_ADDRESS: (
        QT_TRANSLATE_NOOP("Checkup", "Not needed: the webhook contains an address."),
    ),
    FindingCode.NAME_BY_PROXY: (
        QT_TRANSLATE_NOOP("Checkup", "Left to the proxy, which looks up the name itself."),
    ),
    FindingCode.NAME_SLOW: (
        QT_TRANSLATE_NOOP("Checkup", "There was no answer about {host} within {seconds} s."),
        QT_TRANSLATE_NOOP("Checkup", "The name server does not respond."),
        QT_TRANSLATE_NOOP("Checkup", "Check the network connection, and the VPN if there is one."),
    ),
    Fault.NAME_NOT_FOUND: (
        QT_TRANSLATE_NOOP("Checkup", "{host} was not found."),
        QT_TRANSLATE_NOOP(
            "Checkup", "The name is wrong, or this computer has no name server at the moment."
        ),
        QT_TRANSLATE_NOOP("Checkup", "Check the network connection, and the host in the webhook."),
    ),
    FindingCode.CONNECTED: (
        QT_TRANSLATE_NOOP("Checkup", "{address} accepted the connection in {duration_ms} ms."),
        QT_TRANSLATE_NOOP("Checkup", "The host can be reached."),
    ),
    FindingCode.CONNECTED_PARTLY: (
        QT_TRANSLATE_NOOP(
            "Checkup", "{address} accepted the connection in {duration_ms} ms; {failed} did not."
        ),
        QT_TRANSLATE_NOOP(
            "Checkup", "Every new connection tries {failed} first and loses time there."
        ),
        QT_TRANSLATE_NOOP("Checkup", "Tell whoever runs the network."),
    ),
    FindingCode.CONNECTED_BY_IPV6: (
        QT_TRANSLATE_NOOP(
            "Checkup", "{address} accepted the connection in {duration_ms} ms, over IPv6."
        ),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "An address list is noted for this robot, and DingTalk's list takes no IPv6 addresses: messages that arrive this way may be refused.",
        ),
        QT_TRANSLATE_NOOP("Checkup", "Go through a proxy with an IPv4 address, or turn IPv6 off."),
    ),
    FindingCode.TUNNELLED: (
        QT_TRANSLATE_NOOP("Checkup", "The proxy connected to the host in {duration_ms} ms."),
        QT_TRANSLATE_NOOP("Checkup", "The host can be reached."),
    ),
    Fault.CONNECTION_REFUSED: (
        QT_TRANSLATE_NOOP("Checkup", "{address} refused the connection on port {port}."),
        QT_TRANSLATE_NOOP("Checkup", "Nothing is listening there, or a firewall turns it away."),
        help_phrase(Fault.TLS_FAILED),
    ),
    Fault.CONNECT_TIMEOUT: (
        QT_TRANSLATE_NOOP("Checkup", "{address} did not answer in the time allowed."),
        QT_TRANSLATE_NOOP(
            "Checkup", "Something on the way drops the connection, usually a firewall."
        ),
        QT_TRANSLATE_NOOP("Checkup", "Check the network, or set the proxy that your company uses."),
    ),
    Fault.NO_HANDLES: (
        QT_TRANSLATE_NOOP("Checkup", "No connection to {address} could be opened."),
        QT_TRANSLATE_NOOP("Checkup", "This computer has no file handles left for it."),
        QT_TRANSLATE_NOOP("Checkup", "Close other programs, or start this one anew."),
    ),
    Fault.NO_ROUTE: (
        QT_TRANSLATE_NOOP("Checkup", "The network has no route to {address}."),
        QT_TRANSLATE_NOOP(
            "Checkup", "This computer is offline, or the host is in another network."
        ),
        QT_TRANSLATE_NOOP("Checkup", "Check the network connection, and the VPN if there is one."),
    ),
    Fault.UNREACHABLE: (
        QT_TRANSLATE_NOOP("Checkup", "{address} could not be reached."),
        QT_TRANSLATE_NOOP("Checkup", "The connection failed before anything was sent."),
        QT_TRANSLATE_NOOP("Checkup", "Check the network connection."),
    ),
    FindingCode.TRUST_SYSTEM: (
        QT_TRANSLATE_NOOP("Checkup", "The system's certificate store."),
        QT_TRANSLATE_NOOP("Checkup", "Whoever this computer trusts, the program trusts too."),
    ),
    FindingCode.TRUST_BUNDLED: (
        QT_TRANSLATE_NOOP("Checkup", "Mozilla's list, which comes with the program."),
        QT_TRANSLATE_NOOP("Checkup", "A company's own certificates are not on it."),
    ),
    FindingCode.TRUST_FILE: (
        QT_TRANSLATE_NOOP("Checkup", "{file}"),
        QT_TRANSLATE_NOOP("Checkup", "Only issuers in this file are trusted."),
    ),
    FindingCode.TRUST_ENVIRONMENT: (
        QT_TRANSLATE_NOOP("Checkup", "{file}"),
        QT_TRANSLATE_NOOP(
            "Checkup", "{variable} names this file, and the network settings say to obey it."
        ),
    ),
    Fault.CA_FILE_UNUSABLE: (
        QT_TRANSLATE_NOOP("Checkup", "The file of trusted issuers cannot be read: {file}"),
        QT_TRANSLATE_NOOP("Checkup", "Without it no host can be trusted, and nothing is sent."),
        QT_TRANSLATE_NOOP("Checkup", "Check the file in the network settings."),
    ),
    FindingCode.NOT_NEEDED: (
        QT_TRANSLATE_NOOP("Checkup", "Not needed on this computer."),
        QT_TRANSLATE_NOOP("Checkup", "The connection never leaves it."),
    ),
    FindingCode.TLS_GOOD: (
        QT_TRANSLATE_NOOP("Checkup", "Issued by {issuer} for {subject}, valid until {ends}."),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "{version}: the connection is encrypted, and the host is who it claims to be.",
        ),
    ),
    FindingCode.TLS_ENDS_SOON: (
        QT_TRANSLATE_NOOP("Checkup", "Issued by {issuer} for {subject}, valid until {ends}."),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "It ends in {days} d. After that nothing can be sent until the host has a new certificate.",
        ),
        QT_TRANSLATE_NOOP("Checkup", "If the host is your company's, tell whoever runs it."),
    ),
    FindingCode.TLS_SELF_SIGNED: (
        QT_TRANSLATE_NOOP(
            "Checkup", "The certificate is self-signed: {subject} vouches for itself."
        ),
        QT_TRANSLATE_NOOP("Checkup", "Anybody could have made it, so nothing is sent there."),
        QT_TRANSLATE_NOOP(
            "Checkup", "If the host is your company's, choose its CA file in the network settings."
        ),
    ),
    FindingCode.TLS_NOT_YET: (
        QT_TRANSLATE_NOOP(
            "Checkup", "The certificate, issued by {issuer}, is valid from {begins} only."
        ),
        QT_TRANSLATE_NOOP("Checkup", "This computer's clock is probably behind."),
        QT_TRANSLATE_NOOP("Checkup", "Set the clock, then check again."),
    ),
    Fault.TLS_EXPIRED: (
        QT_TRANSLATE_NOOP("Checkup", "The certificate, issued by {issuer}, ended on {ends}."),
        QT_TRANSLATE_NOOP(
            "Checkup", "The host has not renewed it, or this computer's clock is ahead."
        ),
        QT_TRANSLATE_NOOP(
            "Checkup", "Look at the clock below; if it is right, tell whoever runs the host."
        ),
    ),
    Fault.TLS_WRONG_HOST: (
        QT_TRANSLATE_NOOP("Checkup", "The certificate is for {names}, not for {host}."),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "Something else answers in the host's place: a login page, a proxy, or another server.",
        ),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "Check the host in the webhook. In a guest network, log in with the browser first.",
        ),
    ),
    Fault.TLS_UNTRUSTED: (
        QT_TRANSLATE_NOOP("Checkup", "The certificate's issuer, {issuer}, is not trusted here."),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "Most likely a company's proxy opens encrypted connections, or the host has a certificate of the company's own.",
        ),
        QT_TRANSLATE_NOOP(
            "Checkup", "Ask for the company's CA file and choose it in the network settings."
        ),
    ),
    Fault.TLS_CERTIFICATE: (
        QT_TRANSLATE_NOOP("Checkup", "The certificate of {host} is faulty."),
        QT_TRANSLATE_NOOP("Checkup", "The host cannot prove who it is, so nothing is sent there."),
        help_phrase(Fault.TLS_WRONG_HOST),
    ),
    Fault.TLS_FAILED: (
        QT_TRANSLATE_NOOP("Checkup", "No encrypted connection to {host} could be made."),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "What answers there does not speak TLS, or something on the way broke it off.",
        ),
        QT_TRANSLATE_NOOP("Checkup", "Check the host and port in the webhook, and the proxy."),
    ),
    FindingCode.CLOCK_RIGHT: (
        QT_TRANSLATE_NOOP("Checkup", "It agrees with the server's to within {apart}."),
        QT_TRANSLATE_NOOP("Checkup", "A signature may be up to one hour off."),
    ),
    FindingCode.CLOCK_OFF: (
        QT_TRANSLATE_NOOP("Checkup", "{apart} {direction}."),
        QT_TRANSLATE_NOOP(
            "Checkup", "Signatures still pass. Beyond one hour DingTalk refuses them."
        ),
        QT_TRANSLATE_NOOP("Checkup", "Turn on automatic time in the system's settings."),
    ),
    FindingCode.CLOCK_WRONG: (
        QT_TRANSLATE_NOOP("Checkup", "{apart} {direction}."),
        QT_TRANSLATE_NOOP("Checkup", "Beyond one hour DingTalk refuses every signature."),
        QT_TRANSLATE_NOOP(
            "Checkup", "Set the clock, and turn on automatic time in the system's settings."
        ),
    ),
    FindingCode.CLOCK_WRONG_UNSIGNED: (
        QT_TRANSLATE_NOOP("Checkup", "{apart} {direction}."),
        QT_TRANSLATE_NOOP(
            "Checkup", "DingTalk would refuse signatures. This robot does not use them."
        ),
        QT_TRANSLATE_NOOP("Checkup", "Turn on automatic time in the system's settings."),
    ),
    FindingCode.CLOCK_NO_DATE: (
        QT_TRANSLATE_NOOP("Checkup", "The host's answer contained no time."),
        QT_TRANSLATE_NOOP("Checkup", "The clocks could not be compared."),
    ),
    FindingCode.CLOCK_NO_ANSWER: (
        QT_TRANSLATE_NOOP("Checkup", "The host did not answer a request without the token."),
        QT_TRANSLATE_NOOP("Checkup", "The clocks could not be compared."),
        QT_TRANSLATE_NOOP(
            "Checkup", "If DingTalk does not answer messages either, ask whoever runs the network."
        ),
    ),
    FindingCode.NOT_ASKED: (
        QT_TRANSLATE_NOOP("Checkup", "Not asked yet."),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "A request that posts nothing, sent with the token. The answer tells a wrong token from a right one. At DingTalk it uses one of the {calls} calls a month and one of the {pace} messages a minute.",
        ),
    ),
    FindingCode.PROBE_TOKEN_KNOWN: (
        QT_TRANSLATE_NOOP("Checkup", "{who} answered: {said}"),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "It objects to the empty request and not to the token, so the token is very likely right. Whether it looked at the signature too is not documented.",
        ),
    ),
    FindingCode.PROBE_UNCLEAR: (
        QT_TRANSLATE_NOOP("Checkup", "{who} answered: {said}"),
        QT_TRANSLATE_NOOP("Checkup", "This says nothing certain about token or signature."),
        QT_TRANSLATE_NOOP("Checkup", "A test message will tell."),
    ),
    FindingCode.PROBE_TAKEN: (
        QT_TRANSLATE_NOOP("Checkup", "{who} answered: {said}"),
        QT_TRANSLATE_NOOP(
            "Checkup",
            "It answered as if to a message, although the request contained none. Token and signature are right.",
        ),
        QT_TRANSLATE_NOOP("Checkup", "Check in the group that nothing was posted."),
    ),
}
"""For each code: found, means, helps; those at the end may be missing."""
