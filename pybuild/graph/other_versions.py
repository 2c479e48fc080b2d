"""Modules of the standard library of some other version of CPython, or of another system: a program asks for them where it can do without.

Goes in: a missing module's name.  Comes out: whether that explains why it is missing.  The names are those of the standard libraries of
2.7, 3.6 to 3.13, and the ones announced for 3.14 and 3.15, that not all of 3.11 to 3.13 have.
"""

from __future__ import annotations

from pybuild.interpreter.model import Interpreter

_NAMES = frozenset(
    """
    BaseHTTPServer Bastion CGIHTTPServer Canvas Carbon ColorPicker ConfigParser Cookie Dialog DocXMLRPCServer EasyDialogs FileDialog
    FixTk FrameWork HTMLParser MacOS MimeWriter Nav Queue ScrolledText SimpleDialog SimpleHTTPServer SimpleXMLRPCServer SocketServer
    StringIO Tix Tkconstants Tkdnd Tkinter UserDict UserList UserString __builtin__ _bootlocale _dummy_thread _subprocess _winreg aifc
    aepack aetools aetypes anydbm asynchat asyncio.compat asyncio.test_utils asyncore audiodev audioop autoGIL binhex bsddb cPickle
    cStringIO cgi cgitb chunk commands compiler cookielib copy_reg crypt curses.wrapper dbhash dbm.sqlite3 dircache distutils dl dumbdbm
    dummy_thread dummy_threading exceptions findertools fl flp fm formatter fpformat future_builtins gdbm gensuitemodule gl hotshot
    htmlentitydefs htmllib httplib ic ihooks imageop imgfile imghdr imp importlib.metadata.diagnose imputil jpeg lib2to3
    linuxaudiodev macerrors macostools macpath macurl2path mailcap markupbase md5 mhlib mimetools mimify msilib multifile
    multiprocessing.forking multiprocessing.semaphore_tracker mutex new nis nntplib os2emxpath ossaudiodev parser pipes popen2 posixfile
    repr rexec rfc822 rgbimg robotparser sets sgmllib sha smtpd sndhdr spwd sre statvfs stringold strop sunau sunaudio symbol
    telnetlib thread tkColorChooser tkCommonDialog tkFileDialog tkFont tkMessageBox tkSimpleDialog tkinter.tix toaiff ttk urllib2 urlparse
    user uu videoreader whichdb xdrlib xmllib xmlrpclib
    _colorize _hmac _interpchannels _interpqueues _interpreters _pyrepl _remote_debugging _sysconfig _zstd annotationlib asyncio.graph
    asyncio.tools compression concurrent.futures.interpreter concurrent.interpreters math.integer pathlib.types profiling
    string.templatelib
    """.split()  # noqa: SIM905 - a hundred names are read more easily so
)


def has_other(name: str, interpreter: Interpreter) -> bool:
    """Whether `name`, which this interpreter lacks, is another standard library's."""
    if name in interpreter.stdlib_modules:
        return True  # another system's
    while name:
        if name in _NAMES:
            return True
        name = name.rpartition(".")[0]
    return False
