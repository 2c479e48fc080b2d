"""A template engine: text with loops, conditions, filters and escapes, parsed to nodes that render themselves."""

import re

import harness

_PIECES = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")


class Node:
    """A part of a template; `render` adds text to `out`."""

    def render(self, context, out):
        raise NotImplementedError


class Text(Node):
    def __init__(self, text):
        self.text = text

    def render(self, context, out):
        out.append(self.text)


class Value(Node):
    def __init__(self, text):
        path, *filters = [part.strip() for part in text.split("|")]
        self.path = path.split(".")
        self.filters = [FILTERS[name] for name in filters]

    def evaluate(self, context):
        value = context.lookup(self.path[0])
        for name in self.path[1:]:
            value = value[name] if isinstance(value, dict) else getattr(value, name)
        for function in self.filters:
            value = function(value)
        return value

    def render(self, context, out):
        value = self.evaluate(context)
        out.append(escape(value if isinstance(value, str) else str(value)))


class For(Node):
    def __init__(self, name, value, body):
        self.name = name
        self.value = value
        self.body = body

    def render(self, context, out):
        items = list(self.value.evaluate(context))
        context.push()
        try:
            for index, item in enumerate(items):
                context.set(self.name, item)
                context.set("loop", {"index": index + 1, "last": index == len(items) - 1})
                for node in self.body:
                    node.render(context, out)
        finally:
            context.pop()


class If(Node):
    def __init__(self, value, yes, no):
        self.value = value
        self.yes = yes
        self.no = no

    def render(self, context, out):
        for node in self.yes if self.value.evaluate(context) else self.no:
            node.render(context, out)


class Context:
    """Names, innermost first."""

    def __init__(self, **names):
        self.scopes = [names]

    def push(self):
        self.scopes.append({})

    def pop(self):
        self.scopes.pop()

    def set(self, name, value):
        self.scopes[-1][name] = value

    def lookup(self, name):
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        raise KeyError(name)


def escape(text):
    """For HTML."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


FILTERS = {"upper": str.upper, "title": str.title, "money": lambda value: f"{value:,.2f}", "length": len, "not": lambda value: not value}


class Template:
    """A parsed text."""

    def __init__(self, text):
        self.pieces = _PIECES.split(text)
        self.at = 0
        self.nodes, _ = self.parse(())

    def parse(self, ends):
        nodes = []
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            self.at += 1
            if piece.startswith("{{"):
                nodes.append(Value(piece[2:-2]))
            elif piece.startswith("{%"):
                words = piece[2:-2].split()
                if words[0] in ends:
                    return nodes, words[0]
                if words[0] == "for":
                    body, _ = self.parse(("endfor",))
                    nodes.append(For(words[1], Value(words[3]), body))
                elif words[0] == "if":
                    yes, end = self.parse(("else", "endif"))
                    no = self.parse(("endif",))[0] if end == "else" else []
                    nodes.append(If(Value(" ".join(words[1:])), yes, no))
                else:
                    raise SyntaxError(piece)
            elif piece:
                nodes.append(Text(piece))
        return nodes, ""

    def render(self, **names):
        out = []
        context = Context(**names)
        for node in self.nodes:
            node.render(context, out)
        return "".join(out)


class Row:
    """What is shown."""

    def __init__(self, number):
        self.name = f"article <{number}> & co"
        self.price = number * 12.345
        self.tags = [f"tag {n}" for n in range(number % 4)]
        self.stock = {"count": number % 10, "place": {"shelf": number // 10}}


_PAGE = """<html><body><h1>{{ title | title }}</h1><table>
{% for row in rows %}<tr class="{% if loop.last %}last{% else %}row{% endif %}"><td>{{ loop.index }}</td><td>{{ row.name }}</td>
<td>{{ row.price | money }}</td><td>{{ row.stock.place.shelf }}</td>
{% if row.stock.count %}<td>{{ row.stock.count }}</td>{% else %}<td>none</td>{% endif %}
<td>{% for tag in row.tags %}<b>{{ tag | upper }}</b>{% endfor %}{% if row.tags | length | not %}-{% endif %}</td></tr>
{% endfor %}</table></body></html>
"""
_ROWS = [Row(number) for number in range(400)]


def work():
    """Check: the page's length and its end."""
    page = ""
    for _ in range(18):
        page = Template(_PAGE).render(title="what we have", rows=_ROWS)
    return len(page), page[-120:]


if __name__ == "__main__":
    harness.main(work)
