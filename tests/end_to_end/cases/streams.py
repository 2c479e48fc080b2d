# run: names
# run: names env:LANG=C
# run: names env:LC_ALL=POSIX
# run: names env:LANG=C.UTF-8 env:PYTHONIOENCODING=latin-1
# run: names env:PYTHONUTF8=0 env:LANG=C
# run: write
# run: write env:LANG=C
# run: surrogate
# run: read stdin:'first line\nsecond \xc3\xa9\nlast without newline'
# run: read stdin:'\xff\xfe not text\n'
# run: bytes stdin:'\x00\x01\r\n\xff'
# run: input stdin:'answer\nmore\n'
# run: input
# run: interleaved
# run: universal stdin:'a\r\nb\rc\n'
"""Standard streams: encodings, errors, buffering, newlines."""

import sys

what = sys.argv[1]
if what == "names":
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        print(stream.name, stream.mode, stream.encoding, stream.errors, stream.line_buffering, stream.write_through, stream.newlines)
    print(sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.getdefaultencoding())
    import locale

    print(locale.getpreferredencoding(False), locale.getencoding())
    print(open(__file__ if "__compiled__" not in globals() else sys.executable, errors="replace").encoding)
elif what == "write":
    print("naïve – 日本 \N{SNOWMAN}", ascii("é"))
elif what == "surrogate":
    print("\udcff")
elif what == "read":
    for line in sys.stdin:
        print(ascii(line))
elif what == "bytes":
    data = sys.stdin.buffer.read()
    sys.stdout.buffer.write(data[::-1])
elif what == "input":
    print(repr(input("prompt? ")))
    print(repr(input()))
elif what == "interleaved":
    for number in range(3):
        print("out", number)
        print("err", number, file=sys.stderr)
elif what == "universal":
    print(sys.stdin.read().encode())
