"""What is known of a value: the lattice that type inference climbs.

A `Type` says which exact class the object has (None: any), whether the value may be absent (a local that may be unbound, the
NULL that CPython's calls push) and, for constants and code objects made into functions, which one.  `join` is the least upper bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Type:
    """`cls`: the exact class's name among CLASSES, None for any object; `absent`: never an object (NULL); `nullable`: may be NULL."""

    cls: str | None = None
    nullable: bool = False
    absent: bool = False
    # of a speculated class that is no built-in one: its place in the function's table of recorded classes
    recorded: int = -1

    def join(self, other: Type) -> Type:
        """The least type that holds both."""
        if self == other:
            return self
        if self.absent:
            return replace(other, nullable=True)
        if other.absent:
            return replace(self, nullable=True)
        same = self.cls == other.cls
        return Type(
            self.cls if same else None, self.nullable or other.nullable, recorded=self.recorded if self.recorded == other.recorded else -1
        )

    def bound(self) -> Type:
        """The same without NULL."""
        return replace(self, nullable=False) if self.nullable else self

    def __str__(self) -> str:
        return "null" if self.absent else (self.cls or "any") + ("?" if self.nullable else "")


ANY = Type()
NULLABLE = Type(nullable=True)
NULL = Type(absent=True)
INT = Type("int")
FLOAT = Type("float")
BOOL = Type("bool")
STR = Type("str")
NONE = Type("NoneType")

# Classes that the compiler knows by name, and the C expression of their type object.
CLASSES = {
    "int": "PyLong_Type",
    "float": "PyFloat_Type",
    "bool": "PyBool_Type",
    "str": "PyUnicode_Type",
    "bytes": "PyBytes_Type",
    "list": "PyList_Type",
    "tuple": "PyTuple_Type",
    "dict": "PyDict_Type",
    "set": "PySet_Type",
    "frozenset": "PyFrozenSet_Type",
    "slice": "PySlice_Type",
    "range": "PyRange_Type",
    "range_iterator": "PyRangeIter_Type",
    "list_iterator": "PyListIter_Type",
    "tuple_iterator": "PyTupleIter_Type",
    "function": "PyFunction_Type",
    "cell": "PyCell_Type",
    "complex": "PyComplex_Type",
    "NoneType": "_PyNone_Type",
}

# Objects of these classes have neither finaliser nor weak references, and hold none that could be reached: when they die nobody can tell.
QUIET = frozenset({"int", "float", "bool", "str", "bytes", "NoneType", "range", "range_iterator", "complex"})
