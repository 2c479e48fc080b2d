/* What leaves (leaf.h) call: reading, comparing and computing that runs nothing, and other leaves. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

enum { LEAF_WAYS = 8, MANY_REFUSALS = 1024 };

int pb_leaf_depth;

PB_COLD PyObject *
pb_leaf_refused(pb_ts *ts, pb_native *native)
{
    if (ts->curexc_type != NULL) {
        PyErr_Clear(); /* there was no memory for a number: the body will say so */
    }
    if (++native->leaf_refused >= MANY_REFUSALS) {
        if (native->leaf_done < native->leaf_refused / 2) { /* refusing costs a fourth of what doing it saves */
            native->leaf = NULL;
        }
        native->leaf_done /= 2;
        native->leaf_refused /= 2;
    }
    return NULL;
}

/* ------------------------------------------------------------------ reading */

PyObject *
pb_leaf_attr_more(PyObject *owner, const pb_attr_cache *cache)
{
    uint32_t version = Py_TYPE(owner)->tp_version_tag;
    for (int i = 0; i < LEAF_WAYS && version != 0; i++) {
        const pb_attr_entry *entry = &cache->entries[i];
        if (entry->version == version) {
            PyObject *value = pb_attr_by(entry, owner);
            if (value != NULL) {
                return value;
            }
        }
    }
    return NULL;
}

/* A dictionary's item, or a list's or tuple's whose index is no small int; NULL when it is not there. */
PyObject *
pb_leaf_subscript_more(PyObject *container, PyObject *key)
{
    if (!PyDict_CheckExact(container) || !PyUnicode_CheckExact(key) || !DK_IS_UNICODE(((PyDictObject *)container)->ma_keys)) {
        return NULL;
    }
    return PyDict_GetItemWithError(container, key); /* strings only: nothing runs */
}

int
pb_leaf_compare_more(PyObject *a, PyObject *b, int op)
{
    double x, y;
    int64_t i, j;
    int text = pb_quick_text(a, b, op);
    if (text >= 0) {
        return text;
    }
    if (pb_unbox_i(a, &i) == 0 && pb_unbox_i(b, &j) == 0) {
        return PB_COMPARE(i, j, op);
    }
    if ((PyFloat_CheckExact(a) || PyFloat_CheckExact(b)) && pb_unbox_number(a, &x) == 0 && pb_unbox_number(b, &y) == 0) {
        return PB_COMPARE(x, y, op);
    }
    if ((a == Py_None || b == Py_None) && (op == Py_EQ || op == Py_NE) &&
        (a == b || PyUnicode_CheckExact(a) || PyUnicode_CheckExact(b) || PyLong_CheckExact(a) || PyLong_CheckExact(b))) {
        return (a == b) == (op == Py_EQ);
    }
    return -1;
}

int
pb_leaf_truth_more(PyObject *o)
{
    if (PyLong_CheckExact(o) || PyTuple_CheckExact(o)) {
        return Py_SIZE(o) != 0;
    }
    if (PyUnicode_CheckExact(o)) {
        return PyUnicode_GET_LENGTH(o) != 0;
    }
    if (PyFloat_CheckExact(o)) {
        return PyFloat_AS_DOUBLE(o) != 0.0;
    }
    if (PyList_CheckExact(o)) {
        return PyList_GET_SIZE(o) != 0;
    }
    if (PyDict_CheckExact(o)) {
        return PyDict_GET_SIZE(o) != 0;
    }
    PyTypeObject *type = Py_TYPE(o);
    bool plain = (type->tp_as_number == NULL || type->tp_as_number->nb_bool == NULL) &&
                 (type->tp_as_mapping == NULL || type->tp_as_mapping->mp_length == NULL) &&
                 (type->tp_as_sequence == NULL || type->tp_as_sequence->sq_length == NULL);
    return plain ? 1 : -1;
}

/* ------------------------------------------------------------------ computing */

static PyObject *
integers(int64_t a, int64_t b, int operator)
{
    int64_t result;
    double quotient;
    int status;
    switch (operator) {
    case PB_ADD:
        status = pb_i_add(a, b, &result);
        break;
    case PB_SUBTRACT:
        status = pb_i_subtract(a, b, &result);
        break;
    case PB_MULTIPLY:
        status = pb_i_multiply(a, b, &result);
        break;
    case PB_FLOOR_DIVIDE:
        status = pb_i_floordiv(a, b, &result);
        break;
    case PB_REMAINDER:
        status = pb_i_modulo(a, b, &result);
        break;
    case PB_TRUE_DIVIDE:
        return pb_i_divide(a, b, &quotient) == 0 ? pb_box_d(quotient) : NULL;
    case PB_AND:
        return pb_box_i(a & b);
    case PB_OR:
        return pb_box_i(a | b);
    case PB_XOR:
        return pb_box_i(a ^ b);
    default:
        return NULL;
    }
    return status == 0 ? pb_box_i(result) : NULL;
}

PyObject *
pb_leaf_arithmetic(PyObject *a, PyObject *b, int operator)
{
    double x, y, result;
    int64_t i, j;
    if (pb_unbox_i(a, &i) == 0 && pb_unbox_i(b, &j) == 0) {
        return integers(i, j, operator);
    }
    if (!(PyFloat_CheckExact(a) || PyFloat_CheckExact(b)) || pb_unbox_number(a, &x) < 0 || pb_unbox_number(b, &y) < 0) {
        return NULL;
    }
    switch (operator) {
    case PB_ADD:
        return pb_box_d(x + y);
    case PB_SUBTRACT:
        return pb_box_d(x - y);
    case PB_MULTIPLY:
        return pb_box_d(x * y);
    case PB_TRUE_DIVIDE:
        return pb_d_divide(x, y, &result) == 0 ? pb_box_d(result) : NULL;
    default:
        return NULL;
    }
}

bool
pb_leaf_floats_more(PyObject *a, PyObject *b, double *x, double *y)
{
    return (PyFloat_CheckExact(a) || PyFloat_CheckExact(b)) && pb_unbox_number(a, x) == 0 && pb_unbox_number(b, y) == 0;
}

PyObject *
pb_leaf_negative(PyObject *o)
{
    int64_t value;
    if (PyFloat_CheckExact(o)) {
        return pb_box_d(-PyFloat_AS_DOUBLE(o));
    }
    return pb_unbox_i(o, &value) == 0 ? pb_box_i(-value) : NULL;
}

PyObject *
pb_leaf_tuple(pb_ts *ts, PyObject *const *items, Py_ssize_t count)
{
    PyObject *tuple = pb_no_collection(ts) ? PyTuple_New(count) : NULL;
    for (Py_ssize_t i = 0; tuple != NULL && i < count; i++) {
        PyTuple_SET_ITEM(tuple, i, Py_NewRef(items[i]));
    }
    return tuple;
}

/* ------------------------------------------------------------------ calling */

/* The leaf of `func`, whose body is `native`, with args[0..count).  New reference or NULL: refused. */
static PyObject *
enter(pb_ts *ts, PyObject *func, const pb_native *native, PyObject **args, bool effects)
{
    if (!pb_leaf_may_call(native, effects)) {
        return NULL;
    }
    pb_leaf_depth++;
    PyObject *result = native->leaf_spread(ts, (PyFunctionObject *)func, args);
    pb_leaf_depth--;
    return result;
}

static PyObject *
call_builtin_leaf(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count)
{
    const struct callable_cache *known = &ts->interp->callable_cache;
    if (callable == known->len && count == 1) {
        return pb_quick_len(args[0]);
    }
    if (count == 1) {
        return callable == pb_builtin.ord   ? pb_quick_ord(args[0])
               : callable == pb_builtin.chr ? pb_quick_chr(args[0])
               : callable == pb_builtin.abs ? pb_quick_abs(args[0])
                                            : NULL;
    }
    if (count == 2) {
        return callable == known->isinstance ? pb_quick_isinstance(args[0], args[1])
               : callable == pb_builtin.min  ? pb_quick_min(args[0], args[1])
               : callable == pb_builtin.max  ? pb_quick_max(args[0], args[1])
                                             : NULL;
    }
    return NULL;
}

PyObject *
pb_leaf_call(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, pb_call_cache *cache, bool effects)
{
    if (PB_IS_NATIVE(callable, cache)) {
        return enter(ts, callable, cache->direct, args, effects);
    }
    if (Py_IS_TYPE(callable, &PyCFunction_Type)) {
        return call_builtin_leaf(ts, callable, args, count);
    }
    if (PyType_Check(callable)) {
        return pb_leaf_instance(ts, callable, args, count, cache);
    }
    return NULL;
}

/* ------------------------------------------------------------------ storing */

PyObject **
pb_leaf_item_slot(PyObject *container, int64_t index, int stores)
{
    if (!PyList_CheckExact(container)) {
        return NULL;
    }
    int64_t size = PyList_GET_SIZE(container), i = index < 0 ? index + size : index;
    if ((uint64_t)i >= (uint64_t)size) {
        return NULL;
    }
    PyObject **slot = &((PyListObject *)container)->ob_item[i];
    return pb_quietly_released(*slot, stores) ? slot : NULL;
}

PyObject **
pb_leaf_subscript_slot(PyObject *container, PyObject *key, int stores)
{
    return PB_SINGLE_DIGIT(key) ? pb_leaf_item_slot(container, PB_DIGIT(key), stores) : NULL;
}

void
pb_leaf_set_item(PyObject *list, int64_t index, PyObject *value)
{
    PyObject **slot = &((PyListObject *)list)->ob_item[index < 0 ? index + PyList_GET_SIZE(list) : index], *old = *slot;
    *slot = value;
    Py_DECREF(old);
}

#endif
