print("start")
source = "def f(:\n    pass\n"
try:
    exec(compile(source, "<made>", "exec"))
except SyntaxError as error:
    print(error.lineno, error.offset, error.text, error.msg)
exec("x = = 2")
