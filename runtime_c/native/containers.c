/* Building, extending and unpacking containers, calls with unpacked arguments, formatting, functions (restates ceval.c of
 * CPython 3.11). */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

PyObject *
pb_build_tuple(PyObject *const *items, Py_ssize_t count)
{
    PyObject *tuple = PyTuple_New(count);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (tuple != NULL) {
            PyTuple_SET_ITEM(tuple, i, items[i]);
        }
        else {
            Py_DECREF(items[i]);
        }
    }
    return tuple;
}

PyObject *
pb_build_list(PyObject *const *items, Py_ssize_t count)
{
    PyObject *list = PyList_New(count);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (list != NULL) {
            PyList_SET_ITEM(list, i, items[i]);
        }
        else {
            Py_DECREF(items[i]);
        }
    }
    return list;
}

PyObject *
pb_build_set(PyObject *const *items, Py_ssize_t count)
{
    PyObject *set = PySet_New(NULL);
    for (Py_ssize_t i = 0; set != NULL && i < count; i++) {
        if (PySet_Add(set, items[i]) < 0) {
            Py_CLEAR(set);
        }
    }
    return set;
}

PyObject *
pb_build_map(PyObject *const *items, Py_ssize_t pairs)
{
    PyObject *dict = pairs > 5 ? _PyDict_NewPresized(pairs) : PyDict_New();
    for (Py_ssize_t i = 0; dict != NULL && i < pairs; i++) {
        if (PyDict_SetItem(dict, items[2 * i], items[2 * i + 1]) < 0) {
            Py_CLEAR(dict);
        }
    }
    return dict;
}

PyObject *
pb_build_const_key_map(PyObject *keys, PyObject *const *values, Py_ssize_t count)
{
    PyObject *dict = count > 5 ? _PyDict_NewPresized(count) : PyDict_New();
    for (Py_ssize_t i = 0; dict != NULL && i < count; i++) {
        if (PyDict_SetItem(dict, PyTuple_GET_ITEM(keys, i), values[i]) < 0) {
            Py_CLEAR(dict);
        }
    }
    return dict;
}

PyObject *
pb_build_string(PyObject *const *items, Py_ssize_t count)
{
    static PyObject *empty;
    if (empty == NULL && (empty = PyUnicode_New(0, 0)) == NULL) {
        return NULL;
    }
    return _PyUnicode_JoinArray(empty, items, count);
}

PyObject *
pb_format_value(PyObject *value, PyObject *spec, int flags)
{
    PyObject *converted;
    switch (flags & 3) {
    case 1:
        converted = PyObject_Str(value);
        break;
    case 2:
        converted = PyObject_Repr(value);
        break;
    case 3:
        converted = PyObject_ASCII(value);
        break;
    default:
        converted = Py_NewRef(value);
    }
    if (converted == NULL || (PyUnicode_CheckExact(converted) && spec == NULL)) {
        return converted;
    }
    PyObject *result = PyObject_Format(converted, spec);
    Py_DECREF(converted);
    return result;
}

int
pb_list_append(PyObject *list, PyObject *value)
{
    PyListObject *self = (PyListObject *)list;
    Py_ssize_t size = Py_SIZE(self);
    if (PB_LIKELY(size < self->allocated)) {
        self->ob_item[size] = value;
        Py_SET_SIZE(self, size + 1);
        return 0;
    }
    int status = PyList_Append(list, value);
    Py_DECREF(value);
    return status;
}

int
pb_list_extend(pb_ts *ts, PyObject *list, PyObject *iterable)
{
    (void)ts;
    PyObject *none = _PyList_Extend((PyListObject *)list, iterable);
    if (none != NULL) {
        Py_DECREF(none);
        return 0;
    }
    if (PyErr_ExceptionMatches(PyExc_TypeError) && Py_TYPE(iterable)->tp_iter == NULL && !PySequence_Check(iterable)) {
        PyErr_Clear();
        PyErr_Format(PyExc_TypeError, "Value after * must be an iterable, not %.200s", Py_TYPE(iterable)->tp_name);
    }
    return -1;
}

int
pb_dict_update(pb_ts *ts, PyObject *dict, PyObject *update)
{
    (void)ts;
    if (PyDict_Update(dict, update) == 0) {
        return 0;
    }
    if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Format(PyExc_TypeError, "'%.200s' object is not a mapping", Py_TYPE(update)->tp_name);
    }
    return -1;
}

/* `f(**keywords)` has failed to merge: say so as CPython does. */
static void
raise_keywords_error(PyObject *callable, PyObject *keywords)
{
    if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
        PyObject *shown = _PyObject_FunctionStr(callable);
        if (shown != NULL) {
            PyErr_Format(PyExc_TypeError, "%U argument after ** must be a mapping, not %.200s", shown, Py_TYPE(keywords)->tp_name);
            Py_DECREF(shown);
        }
    }
    else if (PyErr_ExceptionMatches(PyExc_KeyError)) {
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        if (value == NULL || !PyTuple_Check(value) || PyTuple_GET_SIZE(value) != 1) {
            PyErr_Restore(type, value, traceback);
            return;
        }
        PyObject *shown = _PyObject_FunctionStr(callable);
        if (shown != NULL) {
            PyErr_Format(PyExc_TypeError, "%U got multiple values for keyword argument '%S'", shown, PyTuple_GET_ITEM(value, 0));
            Py_DECREF(shown);
        }
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(traceback);
    }
}

int
pb_dict_merge(pb_ts *ts, PyObject *callable, PyObject *dict, PyObject *update)
{
    (void)ts;
    if (_PyDict_MergeEx(dict, update, 2) == 0) {
        return 0;
    }
    raise_keywords_error(callable, update);
    return -1;
}

/* The arguments of f(*args) as a tuple.  New reference or NULL. */
static PyObject *
tuple_of(PyObject *callable, PyObject *args)
{
    if (PyTuple_CheckExact(args)) {
        return Py_NewRef(args);
    }
    if (Py_TYPE(args)->tp_iter == NULL && !PySequence_Check(args)) {
        PyObject *shown = _PyObject_FunctionStr(callable);
        if (shown != NULL) {
            PyErr_Format(PyExc_TypeError, "%U argument after * must be an iterable, not %.200s", shown, Py_TYPE(args)->tp_name);
            Py_DECREF(shown);
        }
        return NULL;
    }
    return PySequence_Tuple(args);
}

PyObject *
pb_call_ex(pb_ts *ts, PyObject *callable, PyObject *args, PyObject *keywords)
{
    (void)ts;
    PyObject *dict = NULL;
    if (keywords != NULL && !PyDict_CheckExact(keywords)) {
        dict = PyDict_New();
        if (dict == NULL || _PyDict_MergeEx(dict, keywords, 2) < 0) {
            if (dict != NULL) {
                Py_DECREF(dict);
                raise_keywords_error(callable, keywords);
            }
            return NULL;
        }
        keywords = dict;
    }
    PyObject *tuple = tuple_of(callable, args);
    PyObject *result = tuple != NULL ? PyObject_Call(callable, tuple, keywords) : NULL;
    Py_XDECREF(tuple);
    Py_XDECREF(dict);
    return result;
}

/* Release the `count` items of `out`. */
static void
forget(PyObject **out, int count)
{
    while (count > 0) {
        Py_DECREF(out[--count]);
    }
}

/* An iterator to unpack; as unpack_iterable says it when there is none. */
static PyObject *
iterator_of(PyObject *sequence)
{
    PyObject *iterator = PyObject_GetIter(sequence);
    if (iterator == NULL && PyErr_ExceptionMatches(PyExc_TypeError) && Py_TYPE(sequence)->tp_iter == NULL &&
        !PySequence_Check(sequence)) {
        PyErr_Format(PyExc_TypeError, "cannot unpack non-iterable %.200s object", Py_TYPE(sequence)->tp_name);
    }
    return iterator;
}

int
pb_unpack_slow(pb_ts *ts, PyObject *sequence, int count, PyObject **out)
{
    (void)ts;
    if ((PyTuple_CheckExact(sequence) || PyList_CheckExact(sequence)) && Py_SIZE(sequence) == count) {
        PyObject **items =
            PyTuple_CheckExact(sequence) ? ((PyTupleObject *)sequence)->ob_item : ((PyListObject *)sequence)->ob_item;
        for (int i = 0; i < count; i++) {
            out[i] = Py_NewRef(items[i]);
        }
        return 0;
    }
    PyObject *iterator = iterator_of(sequence);
    if (iterator == NULL) {
        return -1;
    }
    int n = 0;
    for (; n < count; n++) {
        out[n] = PyIter_Next(iterator);
        if (out[n] == NULL) {
            if (!PyErr_Occurred()) {
                PyErr_Format(PyExc_ValueError, "not enough values to unpack (expected %d, got %d)", count, n);
            }
            goto failed;
        }
    }
    PyObject *more = PyIter_Next(iterator);
    if (more != NULL) {
        Py_DECREF(more);
        PyErr_Format(PyExc_ValueError, "too many values to unpack (expected %d)", count);
        goto failed;
    }
    if (PyErr_Occurred()) {
        goto failed;
    }
    Py_DECREF(iterator);
    return 0;
failed:
    forget(out, n);
    Py_DECREF(iterator);
    return -1;
}

int
pb_unpack_ex(pb_ts *ts, PyObject *sequence, int counts, PyObject **out)
{
    (void)ts;
    int before = counts & 0xFF, after = counts >> 8, n = 0;
    PyObject *iterator = iterator_of(sequence);
    if (iterator == NULL) {
        return -1;
    }
    for (; n < before; n++) {
        out[n] = PyIter_Next(iterator);
        if (out[n] == NULL) {
            if (!PyErr_Occurred()) {
                PyErr_Format(PyExc_ValueError, "not enough values to unpack (expected at least %d, got %d)", before + after, n);
            }
            goto failed;
        }
    }
    PyObject *list = PySequence_List(iterator);
    if (list == NULL) {
        goto failed;
    }
    out[n++] = list;
    Py_ssize_t length = PyList_GET_SIZE(list);
    if (length < after) {
        PyErr_Format(PyExc_ValueError, "not enough values to unpack (expected at least %d, got %zd)", before + after,
                     before + length);
        goto failed;
    }
    for (int i = 0; i < after; i++) {
        out[n + i] = PyList_GET_ITEM(list, length - after + i); /* the list's reference moves */
    }
    Py_SET_SIZE(list, length - after);
    Py_DECREF(iterator);
    return 0;
failed:
    forget(out, n);
    Py_DECREF(iterator);
    return -1;
}

PyObject *
pb_make_function(pb_frame *fr, PyObject *code, PyObject *const *extras, int flags)
{
    PyFunctionObject *func = (PyFunctionObject *)PyFunction_New(code, fr->f_globals);
    if (func == NULL) {
        return NULL;
    }
    if (flags & 1) {
        func->func_defaults = Py_NewRef(*extras++);
    }
    if (flags & 2) {
        func->func_kwdefaults = Py_NewRef(*extras++);
    }
    if (flags & 4) {
        func->func_annotations = Py_NewRef(*extras++);
    }
    if (flags & 8) {
        func->func_closure = Py_NewRef(*extras++);
    }
    if (pb_native_of((PyCodeObject *)code) != NULL) {
        func->vectorcall = pb_vectorcall;
    }
    return (PyObject *)func;
}

PyObject *
pb_get_len(PyObject *object)
{
    Py_ssize_t length = PyObject_Length(object);
    return length >= 0 ? PyLong_FromSsize_t(length) : NULL;
}

#endif
