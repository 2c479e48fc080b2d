"""Time zones in all their places."""

import datetime
import zoneinfo

import dateutil
import pytz

dateutil.tz.gettz("Europe/Berlin")
dateutil.parser.parse("2020-01-01")
dateutil.zoneinfo.get_zonefile_instance().get("Europe/Berlin")
pytz.timezone("Europe/Berlin").localize(datetime.datetime(2020, 1, 1))
pytz.country_timezones["de"]
zoneinfo.reset_tzpath(to=[])
zoneinfo.ZoneInfo("America/Argentina/Buenos_Aires")
zoneinfo.available_timezones()
