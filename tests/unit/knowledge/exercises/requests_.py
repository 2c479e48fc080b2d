"""requests: certificates and encodings."""

import contextlib

import charset_normalizer
import requests

requests.Request("GET", "http://x.y").prepare()
charset_normalizer.from_bytes("héllo wörld é".encode("latin-1") * 20).best()
with contextlib.suppress(requests.RequestException):
    requests.get("https://127.0.0.1:9/", timeout=1)
