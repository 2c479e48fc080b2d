def combine(a, b, /, *rest, scale=1, **options):
    return (a + b) * scale


print(combine(1, 2, 3, scale=4, x=5))
arguments, keywords = (1,), {"scale": 2}
print(combine(*arguments, *"b", **keywords,
              **{"scale": 3}))
