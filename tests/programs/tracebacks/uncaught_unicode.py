def größe(wörter):
    return {wort: len(wort) for wort in wörter}["日本"] + größe_fehlt


print(größe.__name__)
größe(["日本", "é" * 3])
