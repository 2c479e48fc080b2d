"""babel: locales are files."""

import datetime

import babel
import babel.dates
import babel.numbers

babel.dates.format_datetime(datetime.datetime(2020, 1, 1), locale="de_DE")
babel.numbers.format_currency(1, "EUR", locale="pt_BR")
babel.Locale.parse("fr").display_name  # noqa: B018
