"""keyring: backends by entry points."""

import keyring.backend

keyring.get_keyring()
keyring.backend.get_all_keyring()
