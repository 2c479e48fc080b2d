"""humanize: a translation."""

import datetime

import humanize

humanize.i18n.activate("de_DE")
assert humanize.naturaldelta(datetime.timedelta(days=3)) == "3 Tage"
