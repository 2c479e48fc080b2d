"""cryptography: from few imports the Rust code leads far."""

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

key = Fernet.generate_key()
Fernet(key).decrypt(Fernet(key).encrypt(b"x"))
private = rsa.generate_private_key(65537, 2048)
pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x"))
serialization.load_pem_private_key(pem, b"x")
