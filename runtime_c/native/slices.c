/* x[a:b:c] without a slice object where the sequence and the bounds are of built-in types; what is declared in generic.h. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

/* The bounds of a slice of `size` items, as PySlice_Unpack and PySlice_AdjustIndices give them: how many items it has, -1 (no
 * exception) when a bound is anything but None or a small int. */
static Py_ssize_t
bounds(PyObject *start, PyObject *stop, PyObject *step, Py_ssize_t size, Py_ssize_t *from, Py_ssize_t *to, Py_ssize_t *by)
{
    if ((step != Py_None && (!PB_SINGLE_DIGIT(step) || PB_DIGIT(step) == 0)) || (start != Py_None && !PB_SINGLE_DIGIT(start)) ||
        (stop != Py_None && !PB_SINGLE_DIGIT(stop))) {
        return -1;
    }
    *by = step == Py_None ? 1 : (Py_ssize_t)PB_DIGIT(step);
    *from = start == Py_None ? (*by < 0 ? PY_SSIZE_T_MAX : 0) : (Py_ssize_t)PB_DIGIT(start);
    *to = stop == Py_None ? (*by < 0 ? PY_SSIZE_T_MIN : PY_SSIZE_T_MAX) : (Py_ssize_t)PB_DIGIT(stop);
    return PySlice_AdjustIndices(size, from, to, *by);
}

/* `count` items of a list, every `by`th.  New reference; NULL with an exception, or without one when making the new list has
 * changed this one (by a garbage collection). */
static PyObject *
list_items(PyObject *list, Py_ssize_t count, Py_ssize_t from, Py_ssize_t by)
{
    Py_ssize_t size = PyList_GET_SIZE(list);
    PyObject *result = PyList_New(count);
    if (result == NULL || PB_UNLIKELY(PyList_GET_SIZE(list) != size)) {
        Py_XDECREF(result);
        return NULL;
    }
    PyObject **items = ((PyListObject *)list)->ob_item;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyList_SET_ITEM(result, i, Py_NewRef(items[from + i * by]));
    }
    return result;
}

/* container[start:stop:step] with a slice object. */
static PyObject *
by_slice(PyObject *container, PyObject *start, PyObject *stop, PyObject *step)
{
    PyObject *slice = PySlice_New(start, stop, step);
    PyObject *result = slice != NULL ? PyObject_GetItem(container, slice) : NULL;
    Py_XDECREF(slice);
    return result;
}

PyObject *
pb_subscript_slice(PyObject *container, PyObject *start, PyObject *stop, PyObject *step)
{
    Py_ssize_t from, to, by, count;
    bool list = PyList_CheckExact(container), tuple = PyTuple_CheckExact(container), text = PyUnicode_CheckExact(container);
    if (!(list || tuple || text)) {
        return by_slice(container, start, stop, step);
    }
    Py_ssize_t size = text ? PyUnicode_GET_LENGTH(container) : Py_SIZE(container);
    count = bounds(start, stop, step, size, &from, &to, &by);
    if (count < 0 || (by != 1 && !list)) {
        return by_slice(container, start, stop, step);
    }
    if (list) {
        PyObject *result = list_items(container, count, from, by);
        return result != NULL || PyErr_Occurred() ? result : by_slice(container, start, stop, step);
    }
    return tuple ? PyTuple_GetSlice(container, from, from + count) : PyUnicode_Substring(container, from, from + count);
}

int
pb_store_slice(PyObject *container, PyObject *start, PyObject *stop, PyObject *step, PyObject *value)
{
    Py_ssize_t from, to, by;
    int status = -1;
    if (PyList_CheckExact(container) && bounds(start, stop, step, PyList_GET_SIZE(container), &from, &to, &by) >= 0 && by == 1) {
        status = PyList_SetSlice(container, from, from > to ? from : to, value);
    }
    else {
        PyObject *slice = PySlice_New(start, stop, step);
        status = slice != NULL ? PyObject_SetItem(container, slice, value) : -1;
        Py_XDECREF(slice);
    }
    Py_DECREF(value);
    return status;
}

#endif
