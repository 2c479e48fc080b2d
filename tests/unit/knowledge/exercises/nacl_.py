"""PyNaCl: what a module made by cffi imports."""

import nacl.secret
import nacl.utils

nacl.secret.SecretBox(nacl.utils.random(32)).encrypt(b"x")
