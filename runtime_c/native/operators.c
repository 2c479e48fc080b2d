/* Operators on objects: the common built-in types first, then what CPython does. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

PyObject *
pb_slow_add(PyObject *a, PyObject *b)
{
    if (PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b)) {
        return PyUnicode_Concat(a, b);
    }
    return PyNumber_Add(a, b);
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

#define PB_DIGITS(a, b) (PB_SINGLE_DIGIT(a) && PB_SINGLE_DIGIT(b) && Py_SIZE(b) != 0)
#define PB_DIVISIONS(prefix, NumberFunction)                                                                                       \
    PyObject *pb_binary_##prefix##floor_divide(PyObject *a, PyObject *b)                                                           \
    {                                                                                                                              \
        return PB_DIGITS(a, b) ? pb_box_i(floor_quotient(PB_DIGIT(a), PB_DIGIT(b)))                                                \
                               : PyNumber_##NumberFunction##FloorDivide(a, b);                                                     \
    }                                                                                                                              \
    PyObject *pb_binary_##prefix##remainder(PyObject *a, PyObject *b)                                                              \
    {                                                                                                                              \
        return PB_DIGITS(a, b) ? pb_box_i(floor_remainder(PB_DIGIT(a), PB_DIGIT(b))) : PyNumber_##NumberFunction##Remainder(a, b); \
    }                                                                                                                              \
    PyObject *pb_binary_##prefix##true_divide(PyObject *a, PyObject *b)                                                            \
    {                                                                                                                              \
        if (PB_FLOATS(a, b) && PyFloat_AS_DOUBLE(b) != 0.0) {                                                                      \
            return pb_box_d(PyFloat_AS_DOUBLE(a) / PyFloat_AS_DOUBLE(b));                                                          \
        }                                                                                                                          \
        return PyNumber_##NumberFunction##TrueDivide(a, b);                                                                        \
    }                                                                                                                              \
    PyObject *pb_binary_##prefix##power(PyObject *a, PyObject *b)                                                                  \
    {                                                                                                                              \
        return PyNumber_##NumberFunction##Power(a, b, Py_None);                                                                    \
    }
PB_DIVISIONS(, )
PB_DIVISIONS(inplace_, InPlace)
#undef PB_DIVISIONS

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
static bool
same_text(PyObject *a, PyObject *b)
{
    if (a == b) {
        return true;
    }
    Py_ssize_t length = PyUnicode_GET_LENGTH(a);
    return length == PyUnicode_GET_LENGTH(b) && PyUnicode_KIND(a) == PyUnicode_KIND(b) &&
           memcmp(PyUnicode_DATA(a), PyUnicode_DATA(b), (size_t)length * PyUnicode_KIND(a)) == 0;
}

int
pb_compare_truth_slow(PyObject *a, PyObject *b, int op)
{
    if (PB_FLOATS(a, b)) {
        double x = PyFloat_AS_DOUBLE(a), y = PyFloat_AS_DOUBLE(b);
        return PB_COMPARE(x, y, op);
    }
    if ((op == Py_EQ || op == Py_NE) && PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b) && PyUnicode_IS_READY(a) &&
        PyUnicode_IS_READY(b)) {
        return same_text(a, b) == (op == Py_EQ);
    }
    PyObject *result = PyObject_RichCompare(a, b, op);
    if (result == NULL) {
        return -1;
    }
    int truth = pb_truth(result);
    Py_DECREF(result);
    return truth;
}

PyObject *
pb_subscript_slow(PyObject *container, PyObject *key)
{
    if (PyDict_CheckExact(container)) {
        PyObject *value = PyDict_GetItemWithError(container, key);
        if (value != NULL) {
            return Py_NewRef(value);
        }
        if (PyErr_Occurred()) {
            return NULL;
        }
    }
    else if (PyTuple_CheckExact(container) && PB_SINGLE_DIGIT(key)) {
        return pb_subscript_tuple(container, PB_DIGIT(key), key);
    }
    return PyObject_GetItem(container, key);
}

PyObject *
pb_subscript_tuple(PyObject *container, int64_t index, PyObject *key)
{
    int64_t size = PyTuple_GET_SIZE(container), i = index < 0 ? index + size : index;
    return (uint64_t)i < (uint64_t)size ? Py_NewRef(PyTuple_GET_ITEM(container, i)) : PyObject_GetItem(container, key);
}

int
pb_store_subscript_slow(PyObject *container, PyObject *key, PyObject *value)
{
    return PyDict_CheckExact(container) ? PyDict_SetItem(container, key, value) : PyObject_SetItem(container, key, value);
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

#endif
