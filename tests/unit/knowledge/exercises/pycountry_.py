"""pycountry: the databases and a translation."""

import gettext

import pycountry

assert pycountry.countries.get(alpha_2="DE").name == "Germany"
assert pycountry.subdivisions.get(code="DE-BE").name == "Berlin"
assert len(pycountry.languages) > 1000
assert gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["de"]).gettext("Germany") == "Deutschland"
