"""cryptography: hashes, AES-GCM, an RSA and an Ed25519 signature, a certificate, Fernet."""

import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID

digest = hashes.Hash(hashes.SHA3_256())
digest.update(b"hello")
print(digest.finalize().hex())
print(AESGCM(bytes(32)).encrypt(bytes(12), b"secret", b"with").hex())

key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
print(key.sign(b"message").hex())
try:
    key.public_key().verify(bytes(64), b"message")
except InvalidSignature:
    print("refused")

rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.MAX_LENGTH)
rsa_key.public_key().verify(rsa_key.sign(b"message", pss, hashes.SHA256()), b"message", pss, hashes.SHA256())

name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "example.test")])
start = datetime.datetime(2024, 1, 1)
builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
certificate = builder.not_valid_before(start).not_valid_after(start + datetime.timedelta(days=1)).sign(key, None)
pem = certificate.public_bytes(serialization.Encoding.PEM)
print(x509.load_pem_x509_certificate(pem).subject.rfc4514_string(), certificate.fingerprint(hashes.SHA256()).hex())
box = Fernet(Fernet.generate_key())
print(box.decrypt(box.encrypt(b"there and back")))
