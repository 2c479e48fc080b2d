"""dateparser: languages by their names."""

import dateparser
from dateparser.search import search_dates

assert dateparser.parse("12. März 2020", languages=["de"]).day == 12
assert dateparser.parse("21 Ottobre 2021").month == 10
search_dates("le 14 juillet 1789", languages=["fr"])
