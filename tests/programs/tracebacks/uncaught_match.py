def area(shape):
    match shape:
        case {"kind": "square", "side": side}:
            return side ** 2
        case {"kind": "rect", "w": w, "h": h} if w * h > shape["min"]:
            return w * h
    return None


print(area({"kind": "square", "side": 3}), area({}))
area({"kind": "rect", "w": 2, "h": 3})
