/* x[a:b:c] without a slice object where the sequence and the bounds are of built-in types; what is declared in generic.h. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

/* An index, counted from the end if negative, as one between `least` and `most`. */
static inline Py_ssize_t
within(Py_ssize_t i, Py_ssize_t size, Py_ssize_t least, Py_ssize_t most)
{
    i = i < 0 ? i + size : i;
    return i < least ? least : i > most ? most : i;
}

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
    Py_ssize_t least = *by < 0 ? -1 : 0, most = *by < 0 ? size - 1 : size;
    *from = start == Py_None ? (*by < 0 ? most : least) : within((Py_ssize_t)PB_DIGIT(start), size, least, most);
    *to = stop == Py_None ? (*by < 0 ? least : most) : within((Py_ssize_t)PB_DIGIT(stop), size, least, most);
    Py_ssize_t length = *by < 0 ? *from - *to : *to - *from, wide = *by < 0 ? -*by : *by;
    return length <= 0 ? 0 : wide == 1 ? length : (length - 1) / wide + 1;
}

/* A bound of x[a:b] as an index between 0 and `size`, `none` for None; -1 when it is neither None nor a small int. */
static inline Py_ssize_t
plain_bound(PyObject *bound, Py_ssize_t size, Py_ssize_t none)
{
    if (bound == Py_None) {
        return none;
    }
    if (!PB_SINGLE_DIGIT(bound)) {
        return -1;
    }
    return within((Py_ssize_t)PB_DIGIT(bound), size, 0, size);
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
    PyObject **items = ((PyListObject *)list)->ob_item, **made = ((PyListObject *)result)->ob_item;
    for (Py_ssize_t i = 0; i < count; i++, from += by) {
        made[i] = Py_NewRef(items[from]);
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
    Py_ssize_t from, to, by = 1, count;
    bool list = PyList_CheckExact(container), tuple = PyTuple_CheckExact(container), text = PyUnicode_CheckExact(container);
    if (!(list || tuple || text)) {
        return by_slice(container, start, stop, step);
    }
    Py_ssize_t size = text ? PyUnicode_GET_LENGTH(container) : Py_SIZE(container);
    if (step == Py_None && (from = plain_bound(start, size, 0)) >= 0 && (to = plain_bound(stop, size, size)) >= 0) {
        count = to > from ? to - from : 0;
    }
    else {
        count = bounds(start, stop, step, size, &from, &to, &by);
    }
    if (count < 0 || (by != 1 && !list)) {
        return by_slice(container, start, stop, step);
    }
    if (list) {
        PyObject *result = list_items(container, count, from, by);
        return result != NULL || PyErr_Occurred() ? result : by_slice(container, start, stop, step);
    }
    return tuple ? PyTuple_GetSlice(container, from, from + count) : PyUnicode_Substring(container, from, from + count);
}

/* Whether nobody can tell when `count` objects lose a reference each: none of them dies, or they are numbers and texts. */
static bool
are_quiet(PyObject *const *items, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = items[i];
        if (Py_REFCNT(item) <= count && !PyLong_CheckExact(item) && !PyFloat_CheckExact(item) && !PyUnicode_CheckExact(item)) {
            return false;
        }
    }
    return true;
}

/* Items of a list, from `from` on, become those of another one, which is taken over: as many as that has.  False, nothing done,
 * when somebody could tell what is released. */
static bool
replace_items(PyObject *list, Py_ssize_t from, PyObject *value)
{
    Py_ssize_t count = PyList_GET_SIZE(value);
    if (count == 0) {
        Py_DECREF(value);
        return true;
    }
    PyObject **items = ((PyListObject *)list)->ob_item + from, **others = ((PyListObject *)value)->ob_item;
    if (!are_quiet(items, count)) {
        return false;
    }
    if (Py_REFCNT(value) == 1) { /* what is replaced goes with it */
        for (Py_ssize_t i = 0; i < count; i++) {
            PyObject *old = items[i];
            items[i] = others[i];
            others[i] = old;
        }
    }
    else {
        for (Py_ssize_t i = 0; i < count; i++) {
            PyObject *old = items[i];
            items[i] = Py_NewRef(others[i]);
            Py_DECREF(old);
        }
    }
    Py_DECREF(value);
    return true;
}

int
pb_store_slice(PyObject *container, PyObject *start, PyObject *stop, PyObject *step, PyObject *value)
{
    Py_ssize_t from, to, by;
    int status = -1;
    if (PyList_CheckExact(container) && step == Py_None && PyList_CheckExact(value) && value != container) {
        from = plain_bound(start, PyList_GET_SIZE(container), 0);
        to = plain_bound(stop, PyList_GET_SIZE(container), PyList_GET_SIZE(container));
        if (from >= 0 && to - from == PyList_GET_SIZE(value) && replace_items(container, from, value)) {
            return 0;
        }
    }
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
