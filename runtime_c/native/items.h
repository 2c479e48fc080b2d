/* Items of sequences, and iteration (operators.c).
 *
 * A part of native.h, which includes it. */
#ifndef PB_ITEMS_H
#define PB_ITEMS_H

PyObject *pb_subscript_i_slow(PyObject *container, int64_t index);
PyObject *pb_subscript_slow(PyObject *container, PyObject *key);

/* The item of a list or tuple (borrowed). */
PB_INLINE PyObject *
pb_quick_item(PyObject *container, int64_t index)
{
    if (PB_LIKELY(PyList_CheckExact(container))) {
        int64_t size = PyList_GET_SIZE(container), i = index < 0 ? index + size : index;
        return PB_LIKELY((uint64_t)i < (uint64_t)size) ? PyList_GET_ITEM(container, i) : NULL;
    }
    if (PyTuple_CheckExact(container)) {
        int64_t size = PyTuple_GET_SIZE(container), i = index < 0 ? index + size : index;
        return PB_LIKELY((uint64_t)i < (uint64_t)size) ? PyTuple_GET_ITEM(container, i) : NULL;
    }
    return NULL;
}

/* A text's character that is ASCII (borrowed: there is one object of each), or as above. */
PB_INLINE PyObject *
pb_quick_character(PyObject *container, int64_t index)
{
    if (PB_LIKELY(PyUnicode_CheckExact(container) && PyUnicode_IS_COMPACT_ASCII(container))) {
        int64_t size = PyUnicode_GET_LENGTH(container), i = index < 0 ? index + size : index;
        return PB_LIKELY((uint64_t)i < (uint64_t)size) ? (PyObject *)&_PyRuntime.global_objects.singletons.strings
                                                             .ascii[((Py_UCS1 *)((PyASCIIObject *)container + 1))[i]]
                                                       : NULL;
    }
    return pb_quick_item(container, index);
}

PB_INLINE PyObject *
pb_quick_subscript(PyObject *container, PyObject *key)
{
    if (PB_SINGLE_DIGIT(key) && PyList_CheckExact(container)) {
        int64_t size = PyList_GET_SIZE(container), index = PB_DIGIT(key), i = index < 0 ? index + size : index;
        return PB_LIKELY((uint64_t)i < (uint64_t)size) ? PyList_GET_ITEM(container, i) : NULL;
    }
    return NULL;
}

/* container[key] = value; these take over the value, also when they fail. */
int pb_store_subscript_slow(PyObject *container, PyObject *key, PyObject *value);
int pb_store_subscript_i(PyObject *container, int64_t index, PyObject *value);

/* These take over the value if they do it; what it replaces is the caller's. */
PB_INLINE bool
pb_quick_store_item(PyObject *container, int64_t index, PyObject *value, PyObject **old)
{
    if (PB_LIKELY(PyList_CheckExact(container))) {
        int64_t size = PyList_GET_SIZE(container), i = index < 0 ? index + size : index;
        if (PB_LIKELY((uint64_t)i < (uint64_t)size)) {
            *old = PyList_GET_ITEM(container, i);
            PyList_SET_ITEM(container, i, value);
            return true;
        }
    }
    return false;
}

PB_INLINE bool
pb_quick_store(PyObject *container, PyObject *key, PyObject *value, PyObject **old)
{
    return PB_SINGLE_DIGIT(key) && pb_quick_store_item(container, PB_DIGIT(key), value, old);
}

/* Takes over the value if it does it. */
PB_INLINE bool
pb_quick_append(PyObject *list, PyObject *value)
{
    PyListObject *self = (PyListObject *)list;
    Py_ssize_t size = PyList_GET_SIZE(list);
    if (PB_LIKELY(size < self->allocated)) {
        PyList_SET_ITEM(list, size, value);
        Py_SET_SIZE(self, size + 1);
        return true;
    }
    return false;
}

/* ------------------------------------------------------------------ iteration */

typedef struct {
    PyObject_HEAD Py_ssize_t index;
    PyObject *sequence;
} pb_sequence_iterator; /* of lists and of tuples (listobject.c, tupleobject.c) */

int pb_stopped(pb_ts *ts);

/* The next item of a list (new); NULL when there is none, too. */
PB_INLINE PyObject *
pb_quick_next(PyObject *iterator)
{
    if (PB_LIKELY(Py_IS_TYPE(iterator, &PyListIter_Type))) {
        pb_sequence_iterator *self = (pb_sequence_iterator *)iterator;
        if (PB_LIKELY(self->sequence != NULL && self->index < PyList_GET_SIZE(self->sequence))) {
            return Py_NewRef(PyList_GET_ITEM(self->sequence, self->index++));
        }
    }
    return NULL;
}

/* The next item (new), or NULL: with an exception, or exhausted. */
#define pb_next(iterator) (Py_TYPE(iterator)->tp_iternext(iterator))

#endif
