/* Operators on objects: the common built-in types first, then what CPython does. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

PyObject *
pb_slow_add(pb_ts *ts, PyObject *a, PyObject *b, int operator, pb_binary_cache *cache)
{
    return PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b) ? PyUnicode_Concat(a, b)
                                                              : pb_binary_cached(ts, a, b, operator, cache);
}

int
pb_unbox_more(PyObject *o, int64_t *value)
{
    const digit *d = ((PyLongObject *)o)->ob_digit;
    switch (Py_SIZE(o)) {
    case 2:
        *value = ((int64_t)d[1] << PyLong_SHIFT) | d[0];
        return 0;
    case -2:
        *value = -(((int64_t)d[1] << PyLong_SHIFT) | d[0]);
        return 0;
    default:
        return -1;
    }
}

static int64_t
floor_quotient(int64_t a, int64_t b)
{
    int64_t q = a / b;
    return q - (a % b != 0 && (a < 0) != (b < 0));
}

static int64_t
floor_remainder(int64_t a, int64_t b)
{
    int64_t m = a % b;
    return m != 0 && (m < 0) != (b < 0) ? m + b : m;
}

PyObject *
pb_divide(pb_ts *ts, PyObject *a, PyObject *b, int operator, pb_binary_cache *cache)
{
    int kind = operator & ~PB_INPLACE;
    if (kind == PB_TRUE_DIVIDE) {
        int64_t m, n;
        double quotient;
        if (PB_FLOATS(a, b) && PyFloat_AS_DOUBLE(b) != 0.0) {
            return pb_box_d(PyFloat_AS_DOUBLE(a) / PyFloat_AS_DOUBLE(b));
        }
        if (pb_unbox_i(a, &m) == 0 && pb_unbox_i(b, &n) == 0 && pb_i_divide(m, n, &quotient) == 0) {
            return pb_box_d(quotient);
        }
    }
    else if (PB_SINGLE_DIGIT(a) && PB_SINGLE_DIGIT(b) && Py_SIZE(b) != 0) {
        return pb_box_i(kind == PB_REMAINDER ? floor_remainder(PB_DIGIT(a), PB_DIGIT(b))
                                             : floor_quotient(PB_DIGIT(a), PB_DIGIT(b)));
    }
    return pb_binary_cached(ts, a, b, operator, cache);
}

PyObject *
pb_negative(PyObject *o)
{
    if (PyFloat_CheckExact(o)) {
        return pb_box_d(-PyFloat_AS_DOUBLE(o));
    }
    if (PB_SINGLE_DIGIT(o)) {
        return pb_box_i(-PB_DIGIT(o));
    }
    return PyNumber_Negative(o);
}

/* Equality of two exact strings. */
bool
pb_same_text(PyObject *a, PyObject *b)
{
    if (a == b) {
        return true;
    }
    Py_ssize_t length = PyUnicode_GET_LENGTH(a);
    if (PyUnicode_IS_COMPACT_ASCII(a) && PyUnicode_IS_COMPACT_ASCII(b)) {
        const char *x = (const char *)((PyASCIIObject *)a + 1), *y = (const char *)((PyASCIIObject *)b + 1);
        return length == PyUnicode_GET_LENGTH(b) && x[0] == y[0] && memcmp(x, y, (size_t)length) == 0;
    }
    return length == PyUnicode_GET_LENGTH(b) && PyUnicode_KIND(a) == PyUnicode_KIND(b) &&
           memcmp(PyUnicode_DATA(a), PyUnicode_DATA(b), (size_t)length * PyUnicode_KIND(a)) == 0;
}

/* Whether the comparison of built-in numbers and texts holds; -1 for what else there is. */
static int
compare_simple(PyObject *a, PyObject *b, int op)
{
    double x, y;
    if (PB_SINGLE_DIGIT(a) && PB_SINGLE_DIGIT(b)) {
        return PB_COMPARE(PB_DIGIT(a), PB_DIGIT(b), op);
    }
    if ((PyFloat_CheckExact(a) || PyFloat_CheckExact(b)) && pb_unbox_number(a, &x) == 0 && pb_unbox_number(b, &y) == 0) {
        return PB_COMPARE(x, y, op);
    }
    if (PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b) && PyUnicode_IS_READY(a) && PyUnicode_IS_READY(b)) {
        if (op == Py_EQ || op == Py_NE) {
            return pb_same_text(a, b) == (op == Py_EQ);
        }
        int order = a == b ? 0 : PyUnicode_Compare(a, b);
        return PB_COMPARE(order, 0, op);
    }
    return -1;
}

PyObject *
pb_compare(pb_ts *ts, PyObject *a, PyObject *b, int op, pb_binary_cache *cache)
{
    int holds = compare_simple(a, b, op);
    return holds >= 0 ? Py_NewRef(holds ? Py_True : Py_False) : pb_compare_cached(ts, a, b, op, cache);
}

int
pb_compare_truth_slow(pb_ts *ts, PyObject *a, PyObject *b, int op, pb_binary_cache *cache)
{
    int holds = compare_simple(a, b, op);
    if (holds >= 0) {
        return holds;
    }
    PyObject *result = pb_compare_cached(ts, a, b, op, cache);
    if (result == NULL) {
        return -1;
    }
    holds = pb_truth_slow(result);
    Py_DECREF(result);
    return holds;
}

int
pb_truth_slow(PyObject *o)
{
    if (PyLong_CheckExact(o) || PyList_CheckExact(o) || PyTuple_CheckExact(o)) {
        return Py_SIZE(o) != 0;
    }
    if (PyUnicode_CheckExact(o) && PyUnicode_IS_READY(o)) {
        return PyUnicode_GET_LENGTH(o) != 0;
    }
    return PyDict_CheckExact(o) ? PyDict_GET_SIZE(o) != 0 : PyObject_IsTrue(o);
}

/* Whether an item of an exact list or tuple is or equals `item`; -1 with an exception. */
static int
among(PyObject *item, PyObject *sequence)
{
    bool list = PyList_CheckExact(sequence);
    for (Py_ssize_t i = 0; i < Py_SIZE(sequence); i++) {
        PyObject *other = list ? PyList_GET_ITEM(sequence, i) : PyTuple_GET_ITEM(sequence, i);
        int same = other == item ? 1 : compare_simple(other, item, Py_EQ);
        if (same < 0) {
            Py_INCREF(other);
            same = PyObject_RichCompareBool(other, item, Py_EQ);
            Py_DECREF(other);
        }
        if (same != 0) {
            return same;
        }
    }
    return 0;
}

int
pb_contains(PyObject *item, PyObject *container)
{
    if (PyDict_CheckExact(container)) {
        bool absent;
        return pb_dict_value(container, item, &absent) != NULL ? 1 : absent ? 0 : PyDict_Contains(container, item);
    }
    if (PyList_CheckExact(container) || PyTuple_CheckExact(container)) {
        return among(item, container);
    }
    if (PyUnicode_CheckExact(container) && PyUnicode_CheckExact(item)) {
        return PyUnicode_Contains(container, item);
    }
    return PySequence_Contains(container, item);
}

/* The text of one character of an exact text (new), NULL without an exception when there is no such index. */
static PyObject *
character(PyObject *text, int64_t index)
{
    if (!PyUnicode_IS_READY(text)) {
        return NULL;
    }
    int64_t size = PyUnicode_GET_LENGTH(text), i = index < 0 ? index + size : index;
    if ((uint64_t)i >= (uint64_t)size) {
        return NULL;
    }
    Py_UCS4 c = PyUnicode_READ_CHAR(text, i);
    if (c < 128) {
        return Py_NewRef((PyObject *)&_PyRuntime.global_objects.singletons.strings.ascii[c]);
    }
    return PyUnicode_FromOrdinal((int)c);
}

PyObject *
pb_subscript_i_slow(PyObject *container, int64_t index)
{
    if (PyUnicode_CheckExact(container)) {
        PyObject *result = character(container, index);
        if (result != NULL || PyErr_Occurred()) {
            return result;
        }
    }
    PyObject *key = pb_box_i(index);
    PyObject *result = key != NULL ? PyObject_GetItem(container, key) : NULL;
    Py_XDECREF(key);
    return result;
}

PyObject *
pb_subscript_slow(PyObject *container, PyObject *key)
{
    if (PyDict_CheckExact(container)) {
        PyObject *value = pb_dict_item(container, key);
        return value != NULL ? Py_NewRef(value) : PyDict_Type.tp_as_mapping->mp_subscript(container, key);
    }
    else if (PyTuple_CheckExact(container) && PB_SINGLE_DIGIT(key)) {
        int64_t size = PyTuple_GET_SIZE(container), index = PB_DIGIT(key), i = index < 0 ? index + size : index;
        if ((uint64_t)i < (uint64_t)size) {
            return Py_NewRef(PyTuple_GET_ITEM(container, i));
        }
    }
    else if (PyUnicode_CheckExact(container) && PB_SINGLE_DIGIT(key)) {
        PyObject *result = character(container, PB_DIGIT(key));
        if (result != NULL || PyErr_Occurred()) {
            return result;
        }
    }
    return PyObject_GetItem(container, key);
}

int
pb_store_subscript_i(PyObject *container, int64_t index, PyObject *value)
{
    PyObject *key = pb_box_i(index);
    int status = key != NULL ? PyObject_SetItem(container, key, value) : -1;
    Py_XDECREF(key);
    Py_DECREF(value);
    return status;
}

int
pb_store_item_d(PyObject *container, int64_t index, double value)
{
    PyObject *box = pb_box_d(value), *old = NULL;
    if (box == NULL) {
        return -1;
    }
    if (pb_quick_store_item(container, index, box, &old)) {
        Py_XDECREF(old);
        return 0;
    }
    return pb_store_subscript_i(container, index, box);
}

int
pb_store_subscript_slow(PyObject *container, PyObject *key, PyObject *value)
{
    PyObject *old;
    if (pb_dict_replace(container, key, value, &old)) {
        Py_DECREF(old);
        return 0;
    }
    int status = PyDict_CheckExact(container) ? PyDict_SetItem(container, key, value) : PyObject_SetItem(container, key, value);
    Py_DECREF(value);
    return status;
}

/* An iterator has returned NULL: 0 when it is exhausted (a StopIteration is cleared), -1 when that is an error. */
int
pb_stopped(pb_ts *ts)
{
    if (ts->curexc_type == NULL) {
        return 0;
    }
    if (!PyErr_ExceptionMatches(PyExc_StopIteration)) {
        return -1;
    }
    PyErr_Clear();
    return 0;
}

/* As float_floor_div, float_rem and float_pow where no error can come of it; -1 where the interpreter is to do it. */
int
pb_d_modulo(double a, double b, double *r)
{
    if (b == 0.0) {
        return -1;
    }
    double m = fmod(a, b);
    if (m != 0.0) {
        m += (b < 0) != (m < 0) ? b : 0.0;
    }
    else {
        m = copysign(0.0, b);
    }
    *r = m;
    return 0;
}

int
pb_d_floordiv(double a, double b, double *r)
{
    if (b == 0.0) {
        return -1;
    }
    double m = fmod(a, b), quotient = (a - m) / b;
    if (m != 0.0) {
        if ((b < 0) != (m < 0)) {
            quotient -= 1.0;
        }
    }
    if (quotient != 0.0) {
        double floored = floor(quotient);
        *r = quotient - floored > 0.5 ? floored + 1.0 : floored;
    }
    else {
        *r = copysign(0.0, a / b);
    }
    return 0;
}

int
pb_d_power(double a, double b, double *r)
{
    if (!isfinite(a) || !isfinite(b) || (a < 0.0 && b != floor(b)) || (a == 0.0 && b < 0.0)) {
        return -1;
    }
    double result = pow(a, b);
    if (!isfinite(result)) {
        return -1; /* OverflowError */
    }
    *r = result;
    return 0;
}

PyObject *
pb_append_to_local(PyObject **slot, PyObject *right)
{
    PyUnicode_Append(slot, right);
    return *slot;
}

#endif
