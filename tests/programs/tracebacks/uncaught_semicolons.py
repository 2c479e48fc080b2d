def several(x): y = x + 1; z = y / 0; return z


print("start"); print(1) if 1 else 2; several(1); print("never")
