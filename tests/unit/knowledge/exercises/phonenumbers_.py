"""phonenumbers: regions by their names."""

import phonenumbers
from phonenumbers import geocoder, timezone

number = phonenumbers.parse("+493012345678")
assert phonenumbers.is_valid_number(number)
assert geocoder.description_for_number(number, "de") == "Berlin"
assert timezone.time_zones_for_number(number) == ("Europe/Berlin",)
assert phonenumbers.is_emergency_number("112", "FR")
