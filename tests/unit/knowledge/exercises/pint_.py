"""Pint: the units that it defines."""

import pint

units = pint.UnitRegistry()
assert units("5 km/h").to_base_units().magnitude > 1
