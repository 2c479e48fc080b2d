"""ssl and hashlib: contexts, and a handshake in memory between two sides that share a key."""

import hashlib
import ssl

print(ssl.OPENSSL_VERSION_INFO[:2], ssl.create_default_context().verify_mode)
print(hashlib.new("sha512_256", b"hello").hexdigest(), hashlib.scrypt(b"a", salt=b"b", n=16, r=8, p=1).hex()[:16])


def side(server: bool) -> tuple[ssl.SSLObject, ssl.MemoryBIO, ssl.MemoryBIO]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server else ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AECDH-AES256-SHA:@SECLEVEL=0")  # anonymous: no certificate is needed
    received, sent = ssl.MemoryBIO(), ssl.MemoryBIO()
    return context.wrap_bio(received, sent, server_side=server), received, sent


(client, client_in, client_out), (server, server_in, server_out) = side(False), side(True)
done = 0
while done < 2:
    done = 0
    for peer in (client, server):
        try:
            peer.do_handshake()
            done += 1
        except ssl.SSLWantReadError:
            pass
        server_in.write(client_out.read())
        client_in.write(server_out.read())
client.write(b"over the wire")
server_in.write(client_out.read())
print(server.version(), server.cipher(), server.read())
