def state_machine(text):
    state, buffer, tokens, depth, line, i = "start", "", [], 0, 1, 0
    while i <= len(text):
        c = text[i] if i < len(text) else None
        if state == "start":
            if c is None:
                break
            elif c == "\n":
                line += 1
            elif c.isspace():
                pass
            elif c.isalpha() or c == "_":
                state, buffer = "name", c
            elif c.isdigit():
                state, buffer = "number", c
            elif c in "'\"":
                state, buffer, quote = "string", "", c
            elif c in "([{":
                depth += 1
                tokens.append(("open", c, line))
            elif c in ")]}":
                depth -= 1
                if depth < 0:
                    raise ValueError(f"line {line}: unbalanced {c}")
                tokens.append(("close", c, line))
            elif c == "#":
                state = "comment"
            else:
                tokens.append(("op", c, line))
        elif state == "name":
            if c is not None and (c.isalnum() or c == "_"):
                buffer += c
            else:
                tokens.append(("keyword" if buffer in ("def", "if", "return") else "name", buffer, line))
                state = "start"
                continue
        elif state == "number":
            if c is not None and (c.isdigit() or c == "." and "." not in buffer):
                buffer += c
            else:
                tokens.append(("number", float(buffer) if "." in buffer else int(buffer), line))
                state = "start"
                continue
        elif state == "string":
            if c is None:
                raise ValueError(f"line {line}: unterminated string")
            if c == quote:
                tokens.append(("string", buffer, line))
                state = "start"
            else:
                buffer += c
        elif state == "comment":
            if c is None or c == "\n":
                state = "start"
                continue
        i += 1
    if depth:
        raise ValueError(f"{depth} left open")
    return tokens


for text in ("def f(x): return x+1.5 # c", "'str' 12 99999999999999999999", "(", ")", "'open", "a\nb\nc['k']", "", "é_1 = 2"):
    try:
        print(state_machine(text))
    except ValueError as error:
        print(error)
