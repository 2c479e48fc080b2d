"""AES in Python (pyperformance: crypto_pyaes)."""

import bm_crypto_pyaes
import harness
import pyaes


def work():
    """Check: the end of the ciphertext; the program itself checks that it can be deciphered."""
    bm_crypto_pyaes.bench_pyaes(1)
    return pyaes.AESModeOfOperationCTR(bm_crypto_pyaes.KEY).encrypt(b"0123456789abcdef" * 4)[-16:].hex()


if __name__ == "__main__":
    harness.main(work)
