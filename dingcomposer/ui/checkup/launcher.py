"""Opens a robot's check-up, from wherever it is asked for."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dingcomposer.core.draft import to_message
from dingcomposer.core.messages import Message
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.outbox import Outbox
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import StorageError
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.texts.storage import storage_sentence


class CheckupLauncher:
    """Knows what a check-up needs: keyring, clock, network, and the outbox for what it sends.

    `read_credentials` may block and is called off the main thread only.
    """

    def __init__(
        self,
        session: DraftSession,
        robot_profiles: RobotProfiles,
        outbox: Outbox,
        bridge: Bridge,
        *,
        read_credentials: Callable[[str], Credentials],
        clock_ms: Callable[[], int],
    ) -> None:
        self._session = session
        self._robot_profiles = robot_profiles
        self._outbox = outbox
        self._bridge = bridge
        self._read_credentials = read_credentials
        self._clock_ms = clock_ms

    def open(self, robot_id: str, window: QWidget, navigator: Navigator) -> None:
        """Show the check-up of a robot over `window`, which hears of what could not be written."""
        from dingcomposer.dingtalk.client import Client
        from dingcomposer.dingtalk.network import network_of
        from dingcomposer.ui.checkup.dialog import CheckupDialog

        robot = self._robot_profiles.get(robot_id)
        if robot is None:
            return

        def attempt(call: Callable[[], object]) -> None:
            try:
                call()
            except StorageError as error:
                navigator.say(storage_sentence(error.fault))

        dialog = CheckupDialog(
            robot,
            self._read_credentials,
            self._message_for(robot),
            self._bridge,
            window,
            make_client=lambda: Client(clock_ms=self._clock_ms),
            network=network_of,
            clock_ms=self._clock_ms,
            send=lambda message: attempt(lambda: self._outbox.submit(message, robot)),
        )
        dialog.probed.connect(lambda _id: attempt(lambda: self._outbox.count_probe(robot)))
        dialog.meaning_wanted.connect(navigator.explain)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _message_for(self, robot: Robot) -> Message | None:
        """The message that is being written to this robot; None where there is none."""
        draft = self._session.draft
        if self._session.target_id != robot.robot_id or draft.is_blank:
            return None
        return to_message(draft)
