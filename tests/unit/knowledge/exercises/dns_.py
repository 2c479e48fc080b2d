"""dnspython and passlib: modules by the names of types and schemes."""

import dns.rdata
import dns.rdataclass
import dns.rdatatype

dns.rdata.from_text(dns.rdataclass.IN, dns.rdatatype.MX, "10 mail.example.")
dns.rdata.from_text(dns.rdataclass.IN, dns.rdatatype.TXT, '"x"')
