"""six: modules of the standard library below another name."""

from six.moves import configparser, urllib
from six.moves.urllib.parse import urlparse

urlparse("http://x")
configparser.ConfigParser()
urllib.error.URLError("x")
