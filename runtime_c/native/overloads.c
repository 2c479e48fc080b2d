/* Operators and comparisons that classes define with native methods: called directly, by what an operation's cache knows of the
 * operands' types.
 *
 * An entry holds for both types' version tags, so for everything that abstract.c and typeobject.c would look up on them before the
 * left operand's method runs: that it comes first, and what comes when it returns NotImplemented.  Objects in entries are borrowed:
 * the versions die with them.  After 64 misses a cache is filled no more. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

enum { ENOUGH_MISSED_PAIRS = 64, PAIRS = 2 };

typedef struct {
    const char *text, *inplace_text;
    const char *name, *reflected, *inplace;
    int slot, inplace_slot; /* offsets in PyNumberMethods */
    binaryfunc generic, inplace_generic;
} Operator;

#define OPERATOR(text, dunder, member, Function)                                                                                   \
    {text,                                                                                                                         \
     text "=",                                                                                                                     \
     "__" dunder "__",                                                                                                             \
     "__r" dunder "__",                                                                                                            \
     "__i" dunder "__",                                                                                                            \
     offsetof(PyNumberMethods, nb_##member),                                                                                       \
     offsetof(PyNumberMethods, nb_inplace_##member),                                                                               \
     PyNumber_##Function,                                                                                                          \
     PyNumber_InPlace##Function}

static const Operator operators[] = {
    [PB_ADD] = OPERATOR("+", "add", add, Add),
    [PB_SUBTRACT] = OPERATOR("-", "sub", subtract, Subtract),
    [PB_MULTIPLY] = OPERATOR("*", "mul", multiply, Multiply),
    [PB_FLOOR_DIVIDE] = OPERATOR("//", "floordiv", floor_divide, FloorDivide),
    [PB_TRUE_DIVIDE] = OPERATOR("/", "truediv", true_divide, TrueDivide),
    [PB_REMAINDER] = OPERATOR("%", "mod", remainder, Remainder),
    [PB_LSHIFT] = OPERATOR("<<", "lshift", lshift, Lshift),
    [PB_RSHIFT] = OPERATOR(">>", "rshift", rshift, Rshift),
    [PB_AND] = OPERATOR("&", "and", and, And),
    [PB_OR] = OPERATOR("|", "or", or, Or),
    [PB_XOR] = OPERATOR("^", "xor", xor, Xor),
    [PB_MATRIX_MULTIPLY] = OPERATOR("@", "matmul", matrix_multiply, MatrixMultiply),
};
#undef OPERATOR

enum { OPERATORS = sizeof operators / sizeof operators[0] };

/* The interned name of a method; NULL without an exception when memory is short. */
static PyObject *
interned(PyObject **where, const char *text)
{
    if (*where == NULL && (*where = PyUnicode_InternFromString(text)) == NULL) {
        PyErr_Clear();
    }
    return *where;
}

static PyObject *
name_of(int which, int form)
{
    static PyObject *names[OPERATORS][3];
    const Operator *operator = &operators[which];
    return interned(&names[which][form], form == 0 ? operator->name : form == 1 ? operator->reflected : operator->inplace);
}

static PyObject *
comparison_name(int op)
{
    static const char *const texts[] = {"__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"};
    static PyObject *names[6];
    return interned(&names[op], texts[op]);
}

/* A type's function for an operator, NULL when it has none. */
static binaryfunc
slot_of(PyTypeObject *type, int offset)
{
    return type->tp_as_number != NULL ? *(binaryfunc *)((char *)type->tp_as_number + offset) : NULL;
}

/* The entry for these types, NULL when there is none. */
static const pb_binary_entry *
entry_for(const pb_binary_cache *cache, PyTypeObject *left, PyTypeObject *right)
{
    for (int i = 0; i < PAIRS; i++) {
        const pb_binary_entry *entry = &cache->entries[i];
        if (entry->left == left->tp_version_tag && entry->right == right->tp_version_tag && entry->native != NULL) {
            return (PyCodeObject *)((PyFunctionObject *)entry->function)->func_code == entry->native->code ? entry : NULL;
        }
    }
    return NULL;
}

/* A new entry if `name` is a native method of two parameters on `left`, whose versions both types have. */
static pb_binary_entry *
new_pair(pb_binary_cache *cache, PyTypeObject *left, PyTypeObject *right, PyObject *name)
{
    if (name == NULL || !PyType_HasFeature(left, Py_TPFLAGS_HEAPTYPE)) {
        return NULL;
    }
    PyObject *function = _PyType_Lookup(left, name);
    if (function == NULL || !Py_IS_TYPE(function, &PyFunction_Type)) {
        return NULL;
    }
    (void)_PyType_Lookup(right, name); /* gives it a version */
    const pb_native *native = pb_native_of((PyCodeObject *)((PyFunctionObject *)function)->func_code);
    if (native == NULL || !native->plain || native->parameters != 2 || left->tp_version_tag == 0 || right->tp_version_tag == 0) {
        return NULL;
    }
    pb_binary_entry *entry = &cache->entries[cache->next++ % PAIRS];
    *entry =
        (pb_binary_entry){.left = left->tp_version_tag, .right = right->tp_version_tag, .function = function, .native = native};
    return entry;
}

/* Call the method of `entry`, whose types the operands have.  New reference or NULL. */
static PyObject *
call_entry(pb_ts *ts, const pb_binary_entry *entry, PyObject *a, PyObject *b)
{
    PyFunctionObject *function = (PyFunctionObject *)Py_NewRef(entry->function);
    PyObject *result = entry->native->leaf != NULL ? ((pb_leaf2)entry->native->leaf)(ts, function, a, b) : NULL;
    if (result == NULL) {
        result = ((pb_body2)entry->native->body)(ts, function, 0, a, b);
    }
    Py_DECREF(function);
    return result;
}

/* ------------------------------------------------------------------ operators */

/* What `name` of b's type does with (b, a), as vectorcall_maybe (typeobject.c).  New reference, NotImplemented when there is no
 * such method. */
static PyObject *
call_reflected(PyObject *name, PyObject *b, PyObject *a)
{
    PyObject *method = name != NULL ? _PyType_Lookup(Py_TYPE(b), name) : NULL, *result;
    if (method == NULL) {
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_NotImplemented);
    }
    Py_INCREF(method);
    if (PyType_HasFeature(Py_TYPE(method), Py_TPFLAGS_METHOD_DESCRIPTOR)) {
        result = PyObject_Vectorcall(method, (PyObject *[]){b, a}, 2, NULL);
    }
    else {
        descrgetfunc get = Py_TYPE(method)->tp_descr_get;
        if (get != NULL) {
            Py_SETREF(method, get(method, b, (PyObject *)Py_TYPE(b)));
        }
        result = method != NULL ? PyObject_CallOneArg(method, a) : NULL;
    }
    Py_XDECREF(method);
    return result;
}

/* As binary_op1 (abstract.c): NotImplemented, a new reference, when neither type does it. */
static PyObject *
both_ways(PyObject *a, PyObject *b, int offset)
{
    binaryfunc left = slot_of(Py_TYPE(a), offset), right = Py_IS_TYPE(b, Py_TYPE(a)) ? NULL : slot_of(Py_TYPE(b), offset);
    binaryfunc turns[2] = {left, right != left ? right : NULL};
    if (left != NULL && turns[1] != NULL && PyType_IsSubtype(Py_TYPE(b), Py_TYPE(a))) {
        turns[0] = turns[1];
        turns[1] = left;
    }
    for (int i = 0; i < 2; i++) {
        PyObject *result = turns[i] != NULL ? turns[i](a, b) : NULL;
        if (turns[i] != NULL && result != Py_NotImplemented) {
            return result;
        }
        Py_XDECREF(result);
    }
    return Py_NewRef(Py_NotImplemented);
}

/* The left operand's method, called by `entry`, has returned NotImplemented: what else there is to try. */
static PyObject *
go_on(PyObject *a, PyObject *b, int operator, const pb_binary_entry *entry)
{
    const Operator *about = &operators[operator & ~PB_INPLACE];
    PyObject *result = NULL;
    if (entry->inplace) {
        result = both_ways(a, b, about->slot);
    }
    else if (entry->reflected) {
        result = call_reflected(name_of(operator & ~PB_INPLACE, 1), b, a);
    }
    else if (entry->other != NULL) {
        result = entry->other(a, b);
    }
    else {
        result = Py_NewRef(Py_NotImplemented);
    }
    if (result != Py_NotImplemented) {
        return result;
    }
    Py_DECREF(result);
    PyErr_Format(PyExc_TypeError, "unsupported operand type(s) for %.100s: '%.100s' and '%.100s'",
                 operator & PB_INPLACE ? about->inplace_text : about->text, Py_TYPE(a)->tp_name, Py_TYPE(b)->tp_name);
    return NULL;
}

/* Whether operators on the type may end in what sequences do. */
static bool
is_sequence(PyTypeObject *type)
{
    PySequenceMethods *m = type->tp_as_sequence;
    return m != NULL &&
           (m->sq_concat != NULL || m->sq_repeat != NULL || m->sq_inplace_concat != NULL || m->sq_inplace_repeat != NULL);
}

/* Let the cache know these operands' types if the left one's method, which comes first, is native. */
static void
learn(pb_binary_cache *cache, PyObject *a, PyObject *b, int operator)
{
    PyTypeObject *left = Py_TYPE(a), *right = Py_TYPE(b);
    int which = operator & ~PB_INPLACE, offset = operators[which].slot;
    if (cache->misses >= ENOUGH_MISSED_PAIRS || !PyType_HasFeature(left, Py_TPFLAGS_HEAPTYPE) || is_sequence(left) ||
        is_sequence(right)) {
        return;
    }
    cache->misses++;
    if ((operator & PB_INPLACE) && slot_of(left, operators[which].inplace_slot) != NULL) {
        pb_binary_entry *entry = new_pair(cache, left, right, name_of(which, 2));
        if (entry != NULL) {
            entry->inplace = true;
        }
        return;
    }
    if (slot_of(left, offset) == NULL || (left != right && PyType_IsSubtype(right, left))) {
        return;
    }
    pb_binary_entry *entry = new_pair(cache, left, right, name_of(which, 0));
    if (entry != NULL && left != right) {
        entry->reflected = slot_of(right, offset) == slot_of(left, offset);
        entry->other = entry->reflected ? NULL : slot_of(right, offset);
    }
}

/* Numbers of which one is a float: 0, or -1 when it is not as simple. */
static int
mixed(PyObject *a, PyObject *b, int operator, double *result)
{
    double x, y;
    if (!(PyFloat_CheckExact(a) || PyFloat_CheckExact(b)) || pb_unbox_number(a, &x) < 0 || pb_unbox_number(b, &y) < 0) {
        return -1;
    }
    switch (operator & ~PB_INPLACE) {
    case PB_ADD:
        *result = x + y;
        return 0;
    case PB_SUBTRACT:
        *result = x - y;
        return 0;
    case PB_MULTIPLY:
        *result = x * y;
        return 0;
    case PB_TRUE_DIVIDE:
        return pb_d_divide(x, y, result);
    default:
        return -1;
    }
}

PyObject *
pb_binary_cached(pb_ts *ts, PyObject *a, PyObject *b, int operator, pb_binary_cache *cache)
{
    const pb_binary_entry *entry = entry_for(cache, Py_TYPE(a), Py_TYPE(b));
    double number;
    if (entry == NULL) {
        if (mixed(a, b, operator, &number) == 0) {
            return pb_box_d(number);
        }
        learn(cache, a, b, operator);
        entry = entry_for(cache, Py_TYPE(a), Py_TYPE(b));
    }
    if (entry != NULL) {
        pb_binary_entry own = *entry; /* the operation may be under way again before the method returns */
        PyObject *result = call_entry(ts, &own, a, b);
        if (PB_LIKELY(result != Py_NotImplemented)) {
            return result;
        }
        Py_DECREF(result);
        return go_on(a, b, operator, &own);
    }
    const Operator *about = &operators[operator & ~PB_INPLACE];
    return (operator & PB_INPLACE ? about->inplace_generic : about->generic)(a, b);
}

/* ------------------------------------------------------------------ comparisons */

/* The left operand's method has returned NotImplemented: the right one's, else what identity says (do_richcompare, object.c). */
static PyObject *
compare_reflected(PyObject *a, PyObject *b, int op)
{
    static const char *const texts[] = {"<", "<=", "==", "!=", ">", ">="};
    richcmpfunc function = Py_TYPE(b)->tp_richcompare;
    if (function != NULL) {
        PyObject *result = function(b, a, _Py_SwappedOp[op]);
        if (result != Py_NotImplemented) {
            return result;
        }
        Py_DECREF(result);
    }
    if (op == Py_EQ || op == Py_NE) {
        return Py_NewRef((a == b) == (op == Py_EQ) ? Py_True : Py_False);
    }
    PyErr_Format(PyExc_TypeError, "'%s' not supported between instances of '%.100s' and '%.100s'", texts[op], Py_TYPE(a)->tp_name,
                 Py_TYPE(b)->tp_name);
    return NULL;
}

PyObject *
pb_compare_cached(pb_ts *ts, PyObject *a, PyObject *b, int op, pb_binary_cache *cache)
{
    PyTypeObject *left = Py_TYPE(a), *right = Py_TYPE(b);
    if ((op == Py_EQ || op == Py_NE) && left->tp_richcompare == PyBaseObject_Type.tp_richcompare &&
        right->tp_richcompare == PyBaseObject_Type.tp_richcompare && ts->recursion_remaining > 0) {
        return Py_NewRef((a == b) == (op == Py_EQ) ? Py_True : Py_False); /* as object compares */
    }
    const pb_binary_entry *entry = entry_for(cache, left, right);
    if (entry == NULL && cache->misses < ENOUGH_MISSED_PAIRS && PyType_HasFeature(left, Py_TPFLAGS_HEAPTYPE) &&
        (left == right || !PyType_IsSubtype(right, left))) {
        cache->misses++;
        entry = new_pair(cache, left, right, comparison_name(op));
    }
    if (entry == NULL || ts->recursion_remaining <= 1) {
        return PyObject_RichCompare(a, b, op);
    }
    ts->recursion_remaining--; /* as PyObject_RichCompare counts */
    PyObject *result = call_entry(ts, entry, a, b);
    if (PB_UNLIKELY(result == Py_NotImplemented)) {
        Py_DECREF(result);
        result = compare_reflected(a, b, op);
    }
    ts->recursion_remaining++;
    return result;
}

#endif
