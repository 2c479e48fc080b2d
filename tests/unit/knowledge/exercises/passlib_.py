"""passlib: a scheme's module by its name."""

from passlib.context import CryptContext

CryptContext(schemes=["pbkdf2_sha256", "sha512_crypt"]).hash("x")
