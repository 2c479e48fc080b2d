print("\x41\u00e9\U0001F600\N{BULLET}\101\t|\\|\'|\"".encode("utf-8"), r"\n", b"\x00\xff\n", "a" "b" 'c', """multi
line""", f"{'nested'}" r"\raw", len("\
joined"), "\0".isprintable(), ascii("é"), repr("it's"), repr('say "x"'), repr("both ' and \""))
print("%r %s %a" % ("é", "é", "é"), str(b"x"), repr("\ud800"), "a\u0301" == "á", "ﬁ".upper(), "ß".upper(), "İ".lower().encode(), "ǅ".title())
for text in ("é", "日本", "\ud800"):
    for encoding in ("utf-8", "ascii", "latin-1", "utf-16-le"):
        try:
            print(text.encode(encoding))
        except UnicodeError as error:
            print(type(error).__name__, error.reason, error.start, error.end)
    print(text.encode("ascii", "backslashreplace"), text.encode("ascii", "replace"), text.encode("ascii", "xmlcharrefreplace"))
