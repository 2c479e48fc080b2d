"""Faker: providers of several languages."""

from faker import Faker

for locale in ("en_US", "de_DE", "ja_JP"):
    fake = Faker(locale)
    assert fake.name()
    assert fake.address()
    assert fake.job()
