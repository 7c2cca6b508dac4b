"""A robot behind a company's proxy and a company's own issuer, from its form to DELIVERED."""

from pathlib import Path

import pytest
import trustme
from PySide6.QtWidgets import QApplication, QWidget

from dingcomposer.core.delivery import Fault, Status
from tests.fakes.fake_servers import Peer, Talk, answers_always, server_context
from tests.fakes.programs import Person, Start
from tests.fakes.widget_driver import WidgetDriver

HOST = "robot.company.example"
TOKEN = "0123456789abcdef" * 4
PASSWORD = "canary+word/1"


class RobotFormDriver(WidgetDriver):
    """A person at the form of a robot that is there already."""

    def __init__(self, person: Person, name: str) -> None:
        self.person = person
        person.program.window.edit_robot(person.robot_called(name))
        person.wait(lambda: person.program.window.findChildren(QWidget, "robot.save"))
        super().__init__(person.program.window.findChildren(QWidget, "robot")[-1], "robot.")
        self.click("more")

    def save(self) -> None:
        self.person.wait(self.button("save").isEnabled)
        gone: list[None] = []
        self.window.destroyed.connect(lambda: gone.append(None))
        self.click("save")
        self.person.wait(lambda: bool(gone))


@pytest.mark.usefixtures("insisting")
def test_a_message_goes_from_the_form_through_the_proxy_to_a_host_of_the_companys_issuer(
    start: Start, authority: trustme.CA, ca_file: Path
) -> None:
    context = server_context(authority.issue_cert(HOST))

    def leads_there(talk: Talk) -> None:
        talk.through_proxy(server.port)

    with Peer(answers_always(), context=context) as server, Peer(leads_there) as proxy:
        person = start()
        person.add_robot("company", f"https://{HOST}/robot/send?access_token={TOKEN}")
        person.aim("company")
        person.write_text("hello")

        form = RobotFormDriver(person, "company")
        form.choose("way", "proxy")
        form.replace("proxy", f"http://me:{PASSWORD}@127.0.0.1:{proxy.port}")
        form.save()
        untrusted = person.send()
        assert (untrusted.status, untrusted.fault) == (Status.NOT_SENT, Fault.TLS_UNTRUSTED)
        assert server.requests == []

        form = RobotFormDriver(person, "company")
        form.choose("trust", "file")
        form.replace("ca_file", str(ca_file))
        form.save()
        row = person.send()
        assert row.status is Status.DELIVERED
        assert len(server.requests) == 1
        assert TOKEN.encode() in server.requests[0]
        connect = proxy.requests[-1]
        assert connect.startswith(f"CONNECT {HOST}:443 ".encode())
        assert b"Proxy-Authorization: Basic bWU6Y2FuYXJ5K3dvcmQvMQ==" in connect.replace(
            b"proxy-authorization: basic", b"Proxy-Authorization: Basic"
        )
        assert TOKEN.encode() not in connect

        person.program.shut_down()
        again = start()
        again.wait(lambda: next(iter(again.program.robot_profiles.robots[1:])).has_proxy_password)
        again.aim("company")
        again.write_text("hello again")
        assert again.send().status is Status.DELIVERED
    QApplication.clipboard().clear()
