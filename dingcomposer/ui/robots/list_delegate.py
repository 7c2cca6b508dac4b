"""Robot list: painting of a row, with colour, name, stage and the target's mark."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dingcomposer.core.robot import Robot
from dingcomposer.ui import theme
from dingcomposer.ui.robots.list_model import Index, Role
from dingcomposer.ui.widgets.icons import paint_icon

ROW_PX = 48
_SIDE_PX = 16
_TEXT_PX = 32


def pencil_rect(row: QRect) -> QRect:
    """Where the pencil of a row stands, with room around it to hit it."""
    return QRect(row.right() - 32, row.top() + (row.height() - 28) // 2, 28, 28)


class RobotDelegate(QStyledItemDelegate):
    """Paints a row; the pencil is shown below the mouse, the mark on the target."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and some air."""
        lines = QFontMetrics(option.font).height() * 2
        return QSize(120, max(ROW_PX, lines + 14))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Ground, bar, dot, two lines of text, signs."""
        robot: Robot = index.data(Role.ROBOT)
        is_target: bool = index.data(Role.IS_TARGET)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(4, 1, -4, -1)
        self._paint_ground(painter, option, row, robot, is_target=is_target)
        self._paint_dot(painter, row, robot)
        room = row.right() - 8
        if is_hovered:
            self._paint_pencil(painter, option)
            room = pencil_rect(option.rect).left() - 4
        elif is_target:
            at = QPointF(row.right() - _SIDE_PX - 8, row.center().y() - 7)
            paint_icon(painter, "aim", at, QColor(theme.current().accent))
            room = round(at.x()) - 6
        self._paint_words(painter, option, index, room)
        painter.restore()

    def _paint_ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: QRect,
        robot: Robot,
        *,
        is_target: bool,
    ) -> None:
        now = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        if is_target:
            painter.setBrush(QColor(now.accent_soft))
            painter.drawRoundedRect(row, 6, 6)
            painter.setBrush(QColor(now.accent))
            painter.drawRoundedRect(
                QRectF(row.left(), row.top() + 8, 3, row.height() - 16), 1.5, 1.5
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(now.window))
            painter.drawRoundedRect(row, 6, 6)
        has_keys = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected
        if option.state & has_keys == has_keys:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(now.accent), 1))
            painter.drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_dot(self, painter: QPainter, row: QRect, robot: Robot) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(robot.colour))
        painter.drawEllipse(QPointF(row.left() + 18, row.center().y() + 0.5), 5, 5)

    def _paint_pencil(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        box = pencil_rect(option.rect)
        at = QPointF(box.center().x() - 7.5, box.center().y() - 7.5)
        paint_icon(painter, "pencil", at, QColor(theme.current().quiet))

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        room: int,
    ) -> None:
        now = theme.current()
        robot: Robot = index.data(Role.ROBOT)
        name_font, small_font = QFont(option.font), QFont(option.font)
        name_font.setWeight(
            QFont.Weight.Bold if index.data(Role.IS_TARGET) else QFont.Weight.Normal
        )
        small_font.setPointSizeF(max(option.font.pointSizeF() * 0.87, 7.5))
        names, smalls = QFontMetrics(name_font), QFontMetrics(small_font)
        left = option.rect.left() + 4 + _TEXT_PX
        width = max(room - left, 0)
        top = option.rect.top() + (option.rect.height() - names.height() - smalls.height() - 1) // 2
        painter.setFont(name_font)
        painter.setPen(QColor(now.text))
        name = names.elidedText(" ".join(robot.name.split()), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPointF(left, top + names.ascent()), name)
        painter.setFont(small_font)
        below = top + names.height() + 1
        if index.data(Role.TROUBLE):
            at = QPointF(left - 1, below + (smalls.height() - _SIDE_PX * 0.8) / 2)
            painter.save()
            painter.translate(at)
            painter.scale(0.8, 0.8)
            paint_icon(painter, "warns", QPointF(0, 0), QColor(now.warn))
            painter.restore()
            left, width = left + 17, width - 17
        painter.setPen(QColor(now.bad if robot.is_production else now.quiet))
        stage = smalls.elidedText(index.data(Role.STAGE), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPointF(left, below + smalls.ascent()), stage)
