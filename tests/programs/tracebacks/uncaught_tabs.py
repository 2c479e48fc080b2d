def indented(x):
	if x:
		return	x['a']	+	x['b'] [ 'c' ]


print("start")
indented({'a': 1, 'b': {}})
