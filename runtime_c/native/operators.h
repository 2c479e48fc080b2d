/* Operators and comparisons: their quick ways and what else there is (operators.c, overloads.c).
 *
 * A part of native.h, which includes it. */
#ifndef PB_OPERATORS_H
#define PB_OPERATORS_H

enum pb_operator {
    PB_ADD,
    PB_SUBTRACT,
    PB_MULTIPLY,
    PB_FLOOR_DIVIDE,
    PB_TRUE_DIVIDE,
    PB_REMAINDER,
    PB_LSHIFT,
    PB_RSHIFT,
    PB_AND,
    PB_OR,
    PB_XOR,
    PB_MATRIX_MULTIPLY,
    PB_INPLACE = 64, /* added to the others */
};

/* A native method of the left operand's class, for operands whose types have these versions. */
typedef struct {
    uint32_t left, right;
    PyObject *function; /* borrowed: alive while the versions hold */
    const pb_native *native;
    binaryfunc other; /* the right operand's function, to be tried next */
    bool reflected;   /* instead: the right operand's reflected method */
    bool inplace;     /* instead: everything but the method for `x op= y` */
} pb_binary_entry;

typedef struct {
    pb_binary_entry entries[2];
    int16_t next, misses;
} pb_binary_cache;

/* Any operator but **, without inline part (overloads.c). */
PyObject *pb_binary_cached(pb_ts *ts, PyObject *a, PyObject *b, int operator, pb_binary_cache * cache);

/* The quick ways of operations (pybuild/compiler/ir/ops.py) run nothing and raise nothing: they say NULL, -1 or false, and have
 * done nothing, wherever that would be needed. */
#define PB_QUICK_ARITHMETIC(name, operator)                                                                                        \
    PB_INLINE PyObject *pb_quick_##name(PyObject *a, PyObject *b)                                                                  \
    {                                                                                                                              \
        if (PB_SINGLE_DIGIT(a) && PB_SINGLE_DIGIT(b)) {                                                                            \
            return pb_box_i(PB_DIGIT(a) operator PB_DIGIT(b));                                                                     \
        }                                                                                                                          \
        return PB_FLOATS(a, b) ? pb_box_d(PyFloat_AS_DOUBLE(a) operator PyFloat_AS_DOUBLE(b)) : NULL;                              \
    }
PB_QUICK_ARITHMETIC(add, +)
PB_QUICK_ARITHMETIC(subtract, -)
PB_QUICK_ARITHMETIC(multiply, *)
#undef PB_QUICK_ARITHMETIC

#define PB_QUICK_BITS(name, operator)                                                                                              \
    PB_INLINE PyObject *pb_quick_##name(PyObject *a, PyObject *b)                                                                  \
    {                                                                                                                              \
        return PB_SINGLE_DIGIT(a) && PB_SINGLE_DIGIT(b) ? pb_box_i(PB_DIGIT(a) operator PB_DIGIT(b)) : NULL;                       \
    }
PB_QUICK_BITS(and, &)
PB_QUICK_BITS(or, |)
PB_QUICK_BITS(xor, ^)
#undef PB_QUICK_BITS

#define pb_quick_inplace_add pb_quick_add
#define pb_quick_inplace_subtract pb_quick_subtract
#define pb_quick_inplace_multiply pb_quick_multiply
#define pb_quick_inplace_and pb_quick_and
#define pb_quick_inplace_or pb_quick_or
#define pb_quick_inplace_xor pb_quick_xor

PyObject *pb_slow_add(pb_ts *ts, PyObject *a, PyObject *b, int operator, pb_binary_cache * cache);
#define pb_binary_add(ts, a, b, cache) pb_slow_add(ts, a, b, PB_ADD, cache)
#define pb_binary_subtract(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_SUBTRACT, cache)
#define pb_binary_multiply(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_MULTIPLY, cache)
#define pb_binary_inplace_add(ts, a, b, cache) pb_slow_add(ts, a, b, PB_ADD | PB_INPLACE, cache)
#define pb_binary_inplace_subtract(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_SUBTRACT | PB_INPLACE, cache)
#define pb_binary_inplace_multiply(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_MULTIPLY | PB_INPLACE, cache)
#define pb_binary_and(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_AND, cache)
#define pb_binary_or(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_OR, cache)
#define pb_binary_xor(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_XOR, cache)
#define pb_binary_inplace_and(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_AND | PB_INPLACE, cache)
#define pb_binary_inplace_or(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_OR | PB_INPLACE, cache)
#define pb_binary_inplace_xor(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_XOR | PB_INPLACE, cache)

PyObject *pb_divide(pb_ts *ts, PyObject *a, PyObject *b, int operator, pb_binary_cache * cache); /* the three divisions */
#define pb_binary_floor_divide(ts, a, b, cache) pb_divide(ts, a, b, PB_FLOOR_DIVIDE, cache)
#define pb_binary_remainder(ts, a, b, cache) pb_divide(ts, a, b, PB_REMAINDER, cache)
#define pb_binary_true_divide(ts, a, b, cache) pb_divide(ts, a, b, PB_TRUE_DIVIDE, cache)
#define pb_binary_inplace_floor_divide(ts, a, b, cache) pb_divide(ts, a, b, PB_FLOOR_DIVIDE | PB_INPLACE, cache)
#define pb_binary_inplace_remainder(ts, a, b, cache) pb_divide(ts, a, b, PB_REMAINDER | PB_INPLACE, cache)
#define pb_binary_inplace_true_divide(ts, a, b, cache) pb_divide(ts, a, b, PB_TRUE_DIVIDE | PB_INPLACE, cache)
#define pb_binary_lshift(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_LSHIFT, cache)
#define pb_binary_rshift(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_RSHIFT, cache)
#define pb_binary_matrix_multiply(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_MATRIX_MULTIPLY, cache)
#define pb_binary_inplace_lshift(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_LSHIFT | PB_INPLACE, cache)
#define pb_binary_inplace_rshift(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_RSHIFT | PB_INPLACE, cache)
#define pb_binary_inplace_matrix_multiply(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_MATRIX_MULTIPLY | PB_INPLACE, cache)
#define pb_binary_power(ts, a, b, cache) ((void)(cache), PyNumber_Power(a, b, Py_None))
#define pb_binary_inplace_power(ts, a, b, cache) ((void)(cache), PyNumber_InPlacePower(a, b, Py_None))

PyObject *pb_negative(PyObject *o);
PyObject *pb_compare(pb_ts *ts, PyObject *a, PyObject *b, int op, pb_binary_cache *cache);
int pb_compare_truth_slow(pb_ts *ts, PyObject *a, PyObject *b, int op, pb_binary_cache *cache);

/* The comparison of objects whose types are not built in (overloads.c). */
PyObject *pb_compare_cached(pb_ts *ts, PyObject *a, PyObject *b, int op, pb_binary_cache *cache);

#define PB_COMPARE(x, y, op)                                                                                                       \
    ((op) == Py_LT   ? (x) < (y)                                                                                                   \
     : (op) == Py_LE ? (x) <= (y)                                                                                                  \
     : (op) == Py_EQ ? (x) == (y)                                                                                                  \
     : (op) == Py_NE ? (x) != (y)                                                                                                  \
     : (op) == Py_GT ? (x) > (y)                                                                                                   \
                     : (x) >= (y))

PB_INLINE int
pb_quick_compare(PyObject *a, PyObject *b, int op)
{
    if (PB_SINGLE_DIGIT(a) && PB_SINGLE_DIGIT(b)) {
        int64_t x = PB_DIGIT(a), y = PB_DIGIT(b);
        return PB_COMPARE(x, y, op);
    }
    return -1;
}

__attribute__((pure)) bool pb_same_text(PyObject *a, PyObject *b);

/* The comparison of what are probably texts. */
PB_INLINE int
pb_quick_text(PyObject *a, PyObject *b, int op)
{
    if (PB_UNLIKELY(!PyUnicode_CheckExact(a) || !PyUnicode_CheckExact(b) || !PyUnicode_IS_READY(a) || !PyUnicode_IS_READY(b))) {
        return -1;
    }
    if (op == Py_EQ || op == Py_NE) {
        bool same = a == b || (PyUnicode_GET_LENGTH(a) == PyUnicode_GET_LENGTH(b) && pb_same_text(a, b));
        return same == (op == Py_EQ);
    }
    if (PyUnicode_GET_LENGTH(a) == 1 && PyUnicode_GET_LENGTH(b) == 1 && PyUnicode_KIND(a) == PyUnicode_1BYTE_KIND &&
        PyUnicode_KIND(b) == PyUnicode_1BYTE_KIND) {
        Py_UCS1 x = PyUnicode_1BYTE_DATA(a)[0], y = PyUnicode_1BYTE_DATA(b)[0];
        return PB_COMPARE(x, y, op);
    }
    int order = PyUnicode_Compare(a, b);
    return PB_COMPARE(order, 0, op);
}

/* The same as an object. */
PB_INLINE PyObject *
pb_quick_comparison(PyObject *a, PyObject *b, int op)
{
    int holds = pb_quick_compare(a, b, op);
    return holds < 0 ? NULL : holds ? Py_True : Py_False;
}

int pb_truth_slow(PyObject *o);

PB_INLINE int
pb_quick_truth(PyObject *o)
{
    return o == Py_True ? 1 : o == Py_False || o == Py_None ? 0 : PyLong_CheckExact(o) ? Py_SIZE(o) != 0 : -1;
}

/* `item in container`: 1 or 0; -1 with an exception. */
int pb_contains(PyObject *item, PyObject *container);

PyObject *pb_append_to_local(PyObject **slot, PyObject *right);

/* Add `right` to what is in a local's slot and leave the sum there; borrowed, NULL with an exception.  A string that nobody else
 * has grows in place; when there is no memory for that, the slot is empty, as in CPython. */
#define PB_TO_LOCAL(name)                                                                                                          \
    PB_INLINE PyObject *pb_to_local_##name(pb_ts *ts, PyObject **slot, PyObject *right, pb_binary_cache *cache)                    \
    {                                                                                                                              \
        if (PyUnicode_CheckExact(*slot) && PyUnicode_CheckExact(right)) {                                                          \
            return pb_append_to_local(slot, right);                                                                                \
        }                                                                                                                          \
        PyObject *quick = pb_quick_##name(*slot, right), *sum = quick != NULL ? quick : pb_binary_##name(ts, *slot, right, cache); \
        if (PB_LIKELY(sum != NULL)) {                                                                                              \
            pb_store(slot, sum);                                                                                                   \
        }                                                                                                                          \
        return sum;                                                                                                                \
    }
PB_TO_LOCAL(add)
PB_TO_LOCAL(inplace_add)
#undef PB_TO_LOCAL

#endif
