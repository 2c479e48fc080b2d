# run: ops
# record: push
import sys


def run(program):
    stack, pc, steps = [], 0, 0
    while pc < len(program) and steps < 500:
        steps += 1
        match program[pc]:
            case ("push", value):
                stack.append(value)
            case ("add",):
                stack.append(stack.pop() + stack.pop())
            case ("mul",):
                stack.append(stack.pop() * stack.pop())
            case ("dup",):
                stack.append(stack[-1])
            case ("jmpnz", int(target)) if stack[-1]:
                pc = target
                continue
            case ("jmpnz", _):
                pass
            case ("dec",):
                stack[-1] -= 1
            case {"op": "swap"}:
                stack[-1], stack[-2] = stack[-2], stack[-1]
            case ("halt", *rest):
                break
            case unknown:
                raise ValueError(f"unknown {unknown!r}")
        pc += 1
    return stack, steps


PUSH = [("push", 1)] * 3
PROGRAMS = [PUSH] if sys.argv[1:] == ["push"] else [PUSH, [("push", 2**62), ("dup",), ("add",), ("dup",), ("mul",)], [("push", 1.5), ("push", 5), {"op": "swap"}, ("add",)], [("push", 0), ("push", 10), ("dec",), ("jmpnz", 2), ("halt", 1, 2), ("push", "never")], [("push", "a"), ("push", "b"), ("add",)], [("add",)], [("what",)], [("push", 1), ("push", "a"), ("add",)], [("push", 1), ("jmpnz", 0)]]
for program in PROGRAMS:
    try:
        print(run(program))
    except Exception as error:
        print(type(error).__name__, error)


def total(shapes):
    area = 0
    for shape in shapes:
        match shape:
            case {"w": w, "h": h}:
                area += w * h
            case [w, h]:
                area += w * h
            case int(side) | float(side):
                area += side**2
            case str(name) if name.isdigit():
                area += int(name)
            case _:
                continue
        area += 1
    return area


print(total([{"w": 2, "h": 3}, [4, 5], 2, 1.5, "7", "x", None, {"w": 1}, [1], True]))
