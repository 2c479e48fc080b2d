/* Machine numbers and their objects.
 *
 * A part of native.h, which includes it. */
#ifndef PB_NUMBERS_H
#define PB_NUMBERS_H

#define PB_SINGLE_DIGIT(o) (PyLong_CheckExact(o) && (size_t)(Py_SIZE(o) + 1) <= 2)
#define PB_DIGIT(o) (Py_SIZE(o) * (int64_t)((PyLongObject *)(o))->ob_digit[0])
#define PB_FLOATS(a, b) (PyFloat_CheckExact(a) && PyFloat_CheckExact(b))

PB_INLINE PyObject *
pb_box_i(int64_t value)
{
    if (PB_LIKELY((uint64_t)(value + _PY_NSMALLNEGINTS) < _PY_NSMALLNEGINTS + _PY_NSMALLPOSINTS)) {
        return Py_NewRef((PyObject *)&_PyLong_SMALL_INTS[_PY_NSMALLNEGINTS + value]);
    }
    return PyLong_FromLongLong(value);
}

PB_INLINE PyObject *
pb_box_d(double value)
{
#if PyFloat_MAXFREELIST > 0
    struct _Py_float_state *state = &_PyInterpreterState_GET()->float_state;
    PyFloatObject *object = state->free_list;
    if (PB_LIKELY(object != NULL)) {
        state->free_list = (PyFloatObject *)Py_TYPE(object);
        state->numfree--;
        Py_SET_TYPE(object, &PyFloat_Type);
        Py_SET_REFCNT(object, 1);
        object->ob_fval = value;
        return (PyObject *)object;
    }
#endif
    return PyFloat_FromDouble(value);
}

int pb_unbox_more(PyObject *o, int64_t *value); /* of more than one digit */

/* 0 when `o` is an exact int of at most 60 bits, else -1 without an exception. */
PB_INLINE int
pb_unbox_i(PyObject *o, int64_t *value)
{
    if (PB_LIKELY(PyLong_CheckExact(o))) {
        Py_ssize_t size = Py_SIZE(o);
        const digit *d = ((PyLongObject *)o)->ob_digit;
        if (PB_LIKELY((size_t)(size + 1) <= 2)) {
            *value = size * (int64_t)d[0];
            return 0;
        }
        return pb_unbox_more(o, value);
    }
    return -1;
}

PB_INLINE int
pb_unbox_d(PyObject *o, double *value)
{
    if (PB_LIKELY(PyFloat_CheckExact(o))) {
        *value = PyFloat_AS_DOUBLE(o);
        return 0;
    }
    return -1;
}

/* As pb_unbox_d, and an int of at most 53 bits is converted. */
PB_INLINE int
pb_unbox_number(PyObject *o, double *value)
{
    int64_t integer;
    if (PB_LIKELY(PyFloat_CheckExact(o))) {
        *value = PyFloat_AS_DOUBLE(o);
        return 0;
    }
    if (pb_unbox_i(o, &integer) == 0 && integer >= -(INT64_C(1) << 53) && integer <= (INT64_C(1) << 53)) {
        *value = (double)integer;
        return 0;
    }
    return -1;
}

/* Exactly, or -1: what an int beyond 53 bits becomes is CPython's business. */
PB_INLINE int
pb_i_to_d(int64_t a, double *r)
{
    *r = (double)a;
    return a >= -(INT64_C(1) << 53) && a <= (INT64_C(1) << 53) ? 0 : -1;
}

PB_INLINE int
pb_i_add(int64_t a, int64_t b, int64_t *r)
{
    return __builtin_add_overflow(a, b, r) ? -1 : 0;
}

PB_INLINE int
pb_i_subtract(int64_t a, int64_t b, int64_t *r)
{
    return __builtin_sub_overflow(a, b, r) ? -1 : 0;
}

PB_INLINE int
pb_i_multiply(int64_t a, int64_t b, int64_t *r)
{
    return __builtin_mul_overflow(a, b, r) ? -1 : 0;
}

PB_INLINE int
pb_i_floordiv(int64_t a, int64_t b, int64_t *r)
{
    if (PB_UNLIKELY(b == 0 || (a == INT64_MIN && b == -1))) {
        return -1;
    }
    int64_t q = a / b;
    *r = q - (a % b != 0 && (a < 0) != (b < 0));
    return 0;
}

PB_INLINE int
pb_i_modulo(int64_t a, int64_t b, int64_t *r)
{
    if (PB_UNLIKELY(b == 0 || (a == INT64_MIN && b == -1))) {
        return -1;
    }
    int64_t m = a % b;
    *r = m != 0 && (m < 0) != (b < 0) ? m + b : m;
    return 0;
}

PB_INLINE int
pb_i_lshift(int64_t a, int64_t b, int64_t *r)
{
    if (PB_UNLIKELY((uint64_t)b > 62)) {
        return -1;
    }
    *r = (int64_t)((uint64_t)a << b);
    return (*r >> b) == a ? 0 : -1;
}

PB_INLINE int
pb_i_rshift(int64_t a, int64_t b, int64_t *r)
{
    if (PB_UNLIKELY(b < 0)) {
        return -1;
    }
    *r = a >> (b > 63 ? 63 : b);
    return 0;
}

PB_INLINE int
pb_i_negative(int64_t a, int64_t *r)
{
    return __builtin_sub_overflow((int64_t)0, a, r) ? -1 : 0;
}

/* True division: both exactly representable, else the interpreter's own rounding is wanted. */
PB_INLINE int
pb_i_divide(int64_t a, int64_t b, double *r)
{
    const int64_t most = INT64_C(1) << 53;
    if (PB_UNLIKELY(b == 0 || a > most || a < -most || b > most || b < -most)) {
        return -1;
    }
    *r = (double)a / (double)b;
    return 0;
}

PB_INLINE int
pb_d_divide(double a, double b, double *r)
{
    if (PB_UNLIKELY(b == 0.0)) {
        return -1;
    }
    *r = a / b;
    return 0;
}

int pb_d_floordiv(double a, double b, double *r);
int pb_d_modulo(double a, double b, double *r);
int pb_d_power(double a, double b, double *r);

#endif
