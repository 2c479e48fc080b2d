# run:
# run: one 'two words' '' --flag -x=1 -- -
# run: -c -m -h --version -I
# run: naïve 日本
# run: '*' '$HOME' ~
"""Arguments arrive as they are; the program's own name is its business, not the interpreter's."""

import sys

print(len(sys.argv), [argument for argument in sys.argv[1:]])
print(type(sys.argv), sys.orig_argv[-len(sys.argv) + 1 :] == sys.argv[1:] if len(sys.argv) > 1 else True)
