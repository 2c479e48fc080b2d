"""PyQt5: widgets, a timer, images, a database."""

import os
import tempfile

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PyQt5.QtCore import QLibraryInfo, QLocale, QSettings, QTimer, QTranslator, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QImage, QImageReader
from PyQt5.QtSql import QSqlDatabase
from PyQt5.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget


class Window(QWidget):
    """A line and a button."""

    said = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.line, self.button = QLineEdit("hello"), QPushButton("say")
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.button)
        self.button.clicked.connect(self.say)

    @pyqtSlot()
    def say(self) -> None:
        """Tell what the line holds."""
        self.said.emit(self.line.text())


application = QApplication([])
translator = QTranslator()
assert translator.load(QLocale("de"), "qtbase", "_", QLibraryInfo.location(QLibraryInfo.TranslationsPath))
heard: list[str] = []
window = Window()
window.said.connect(heard.append)
window.show()
QTimer.singleShot(10, window.button.click)
QTimer.singleShot(50, application.quit)
assert application.exec() == 0
assert heard == ["hello"]
image = QImage(10, 10, QImage.Format_RGB32)
with tempfile.TemporaryDirectory() as folder:
    assert image.save(f"{folder}/x.jpg")
    assert QImage(f"{folder}/x.jpg").width() == 10
    QSettings(f"{folder}/x.ini", QSettings.IniFormat).setValue("a", 1)
assert b"svg" in [bytes(name.data()) for name in QImageReader.supportedImageFormats()]
database = QSqlDatabase.addDatabase("QSQLITE")
database.setDatabaseName(":memory:")
assert database.open()
