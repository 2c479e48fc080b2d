"""A parser of SQL to a tree of objects, a pass over the tree, and the text again: dispatch tables, class hierarchy, keyword arguments."""

import re

import harness

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][A-Za-z_0-9]*)|(?P<text>'(?:[^']|'')*')|(?P<mark><=|>=|<>|[-+*/=<>(),.]))"
)
_KEYWORDS = frozenset(
    "select from where and or not as join on left group by having order limit in between is null case when then else end desc".split()
)


class Expression:
    """A node: its children are in `args` by name, and know their parent."""

    def __init__(self, **args):
        self.args = args
        self.parent = None
        for value in args.values():
            for child in value if isinstance(value, list) else (value,):
                if isinstance(child, Expression):
                    child.parent = self

    def walk(self):
        """This node and all below, depth first."""
        yield self
        for value in self.args.values():
            for child in value if isinstance(value, list) else (value,):
                if isinstance(child, Expression):
                    yield from child.walk()

    def transform(self, function):
        """A copy in which every node was replaced by what `function` makes of it."""
        args = {}
        for name, value in self.args.items():
            if isinstance(value, list):
                args[name] = [child.transform(function) if isinstance(child, Expression) else child for child in value]
            else:
                args[name] = value.transform(function) if isinstance(value, Expression) else value
        return function(type(self)(**args))


class Select(Expression):
    pass


class Column(Expression):
    pass


class Literal(Expression):
    pass


class Binary(Expression):
    pass


class Not(Expression):
    pass


class Call(Expression):
    pass


class Alias(Expression):
    pass


class Table(Expression):
    pass


class Join(Expression):
    pass


class In(Expression):
    pass


class Case(Expression):
    pass


class Star(Expression):
    pass


class Parser:
    """Recursive descent."""

    def __init__(self, text):
        self.tokens = []
        position = 0
        text = text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise SyntaxError(text[position:])
            position = match.end()
            kind = match.lastgroup
            value = match.group(kind)
            if kind == "name" and value.lower() in _KEYWORDS:
                kind, value = "keyword", value.lower()
            self.tokens.append((kind, value))
        self.tokens.append(("end", ""))
        self.at = 0

    @property
    def current(self):
        return self.tokens[self.at]

    def match(self, *values):
        kind, value = self.tokens[self.at]
        if value in values and kind in ("keyword", "mark"):
            self.at += 1
            return value
        return None

    def expect(self, value):
        if not self.match(value):
            raise SyntaxError(f"{value} expected, found {self.current[1]}")

    def commas(self, parse):
        found = [parse()]
        while self.match(","):
            found.append(parse())
        return found

    def select(self):
        self.expect("select")
        columns = self.commas(self.alias)
        self.expect("from")
        source = self.table()
        joins = []
        while left := self.match("join", "left"):
            if left == "left":
                self.expect("join")
            table = self.table()
            self.expect("on")
            joins.append(Join(kind=left, table=table, on=self.disjunction()))
        where = self.disjunction() if self.match("where") else None
        group = having = order = limit = None
        if self.match("group"):
            self.expect("by")
            group = self.commas(self.sum)
            having = self.disjunction() if self.match("having") else None
        if self.match("order"):
            self.expect("by")
            order = self.commas(self.ordered)
        if self.match("limit"):
            limit = self.atom()
        return Select(columns=columns, source=source, joins=joins, where=where, group=group, having=having, order=order, limit=limit)

    def ordered(self):
        value = self.sum()
        return Alias(this=value, name="desc", order=True) if self.match("desc") else value

    def alias(self):
        value = self.disjunction()
        if self.match("as"):
            value = Alias(this=value, name=self.name(), order=False)
        return value

    def name(self):
        kind, value = self.current
        if kind != "name":
            raise SyntaxError(f"name expected, found {value}")
        self.at += 1
        return value

    def table(self):
        if self.match("("):
            query = self.select()
            self.expect(")")
            self.match("as")
            return Alias(this=query, name=self.name(), order=False)
        name = self.name()
        return Table(name=name, alias=self.name() if self.match("as") or self.current[0] == "name" else None)

    def disjunction(self):
        left = self.conjunction()
        while self.match("or"):
            left = Binary(op="or", left=left, right=self.conjunction())
        return left

    def conjunction(self):
        left = self.negation()
        while self.match("and"):
            left = Binary(op="and", left=left, right=self.negation())
        return left

    def negation(self):
        return Not(this=self.negation()) if self.match("not") else self.comparison()

    def comparison(self):
        left = self.sum()
        if op := self.match("=", "<", ">", "<=", ">=", "<>"):
            return Binary(op=op, left=left, right=self.sum())
        if self.match("in"):
            self.expect("(")
            values = [self.select()] if self.current == ("keyword", "select") else self.commas(self.sum)
            self.expect(")")
            return In(this=left, values=values)
        if self.match("is"):
            negated = self.match("not")
            self.expect("null")
            test = Binary(op="is", left=left, right=Literal(text="null"))
            return Not(this=test) if negated else test
        return left

    def sum(self):
        left = self.product()
        while op := self.match("+", "-"):
            left = Binary(op=op, left=left, right=self.product())
        return left

    def product(self):
        left = self.atom()
        while op := self.match("*", "/"):
            left = Binary(op=op, left=left, right=self.atom())
        return left

    def atom(self):
        kind, value = self.current
        if kind in ("number", "text"):
            self.at += 1
            return Literal(text=value)
        if self.match("*"):
            return Star()
        if self.match("("):
            value = self.select() if self.current == ("keyword", "select") else self.disjunction()
            self.expect(")")
            return value
        if self.match("case"):
            branches = []
            while self.match("when"):
                test = self.disjunction()
                self.expect("then")
                branches.append(Alias(this=test, name="when", order=False))
                branches.append(self.sum())
            other = self.sum() if self.match("else") else None
            self.expect("end")
            return Case(branches=branches, other=other)
        name = self.name()
        if self.match("("):
            arguments = [] if self.current == ("mark", ")") else self.commas(self.disjunction)
            self.expect(")")
            return Call(name=name.lower(), arguments=arguments)
        if self.match("."):
            return Column(table=name, name=self.name())
        return Column(table=None, name=name)


class Writer:
    """A tree as text again: one method a class, found by name."""

    def __init__(self):
        self.known = {}

    def text(self, node):
        method = self.known.get(type(node))
        if method is None:
            method = self.known[type(node)] = getattr(self, "write_" + type(node).__name__.lower())
        return method(node, **node.args)

    def all(self, nodes):
        return ", ".join([self.text(node) for node in nodes])

    def write_select(self, node, *, columns, source, joins, where, group, having, order, limit):
        parts = [f"SELECT {self.all(columns)} FROM {self.text(source)}", *map(self.text, joins)]
        for word, value in (("WHERE", where), ("HAVING", having), ("LIMIT", limit)):
            if word == "HAVING" and group:
                parts.append(f"GROUP BY {self.all(group)}")
            if word == "LIMIT" and order:
                parts.append(f"ORDER BY {self.all(order)}")
            if value is not None:
                parts.append(f"{word} {self.text(value)}")
        query = " ".join(parts)
        return query if node.parent is None else f"({query})"

    def write_column(self, node, table, name):
        return f"{table}.{name}" if table else name

    def write_literal(self, node, text):
        return text

    def write_binary(self, node, op, left, right):
        return f"({self.text(left)} {op.upper()} {self.text(right)})"

    def write_not(self, node, this):
        return f"NOT {self.text(this)}"

    def write_call(self, node, name, arguments):
        return f"{name.upper()}({self.all(arguments)})"

    def write_alias(self, node, this, name, order=False):
        return f"{self.text(this)} DESC" if order else f"{self.text(this)} AS {name}"

    def write_table(self, node, name, alias=None):
        return f"{name} AS {alias}" if alias else name

    def write_join(self, node, kind, table, on):
        return f"{'LEFT JOIN' if kind == 'left' else 'JOIN'} {self.text(table)} ON {self.text(on)}"

    def write_in(self, node, this, values):
        return f"{self.text(this)} IN ({self.all(values)})"

    def write_case(self, node, branches, other=None):
        tests = [f"WHEN {self.text(branches[n].args['this'])} THEN {self.text(branches[n + 1])}" for n in range(0, len(branches), 2)]
        return f"CASE {' '.join(tests)}{f' ELSE {self.text(other)}' if other is not None else ''} END"

    def write_star(self, node):
        return "*"


def fold(node):
    """Sums and products of numbers become numbers."""
    if isinstance(node, Binary) and node.args["op"] in "+*":
        left, right = node.args["left"], node.args["right"]
        if isinstance(left, Literal) and isinstance(right, Literal):
            try:
                a, b = int(left.args["text"]), int(right.args["text"])
            except ValueError:
                return node
            return Literal(text=str(a + b if node.args["op"] == "+" else a * b))
    return node


_QUERIES = [
    f"""select c.name as customer, count(*) as orders, sum(o.amount * {n} + 2 * 3) as total,
        case when sum(o.amount) > {n * 100} then 'big' when sum(o.amount) is null then 'none' else 'small' end as size
    from customers as c left join orders as o on o.customer_id = c.id and o.state <> 'it''s gone'
    join (select id, max(day) as latest from visits where place in (1, {n}, 3 + 4) group by id) as v on v.id = c.id
    where not c.blocked = 1 and (c.city = 'Bern' or c.city = 'Basel' or length(c.city) > {n})
    group by c.name, c.city having count(*) >= {n} order by total desc, c.name limit {n * 10}"""
    for n in range(1, 21)
]


def work():
    """Check: the number of nodes and columns, and the last text."""
    nodes, columns, text = 0, 0, ""
    for query in _QUERIES * 4:
        tree = Parser(query).select().transform(fold)
        for node in tree.walk():
            nodes += 1
            columns += isinstance(node, Column)
        text = Writer().text(tree)
        nodes += len(Parser(text).select().args["columns"])
    return nodes, columns, text


if __name__ == "__main__":
    harness.main(work)
