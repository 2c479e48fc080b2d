"""tldextract: the list that comes with it."""

import tldextract

assert tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)("http://a.b.co.uk").suffix == "co.uk"
