/* match statements (restates ceval.c of CPython 3.11). */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

PyObject *
pb_match_keys(pb_ts *ts, PyObject *subject, PyObject *keys)
{
    (void)ts;
    Py_ssize_t count = PyTuple_GET_SIZE(keys);
    if (count == 0) {
        return PyTuple_New(0);
    }
    PyObject *get = PyObject_GetAttrString(subject, "get"), *seen = NULL, *absent = NULL, *values = NULL;
    if (get == NULL || (seen = PySet_New(NULL)) == NULL || (absent = PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type)) == NULL ||
        (values = PyTuple_New(count)) == NULL) {
        goto failed;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *key = PyTuple_GET_ITEM(keys, i);
        if (PySet_Contains(seen, key) || PySet_Add(seen, key)) {
            if (!PyErr_Occurred()) {
                PyErr_Format(PyExc_ValueError, "mapping pattern checks duplicate key (%R)", key);
            }
            goto failed;
        }
        PyObject *args[] = {NULL, key, absent};
        PyObject *value = PyObject_Vectorcall(get, args + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
        if (value == NULL) {
            goto failed;
        }
        if (value == absent) {
            Py_DECREF(value);
            Py_SETREF(values, Py_NewRef(Py_None));
            break;
        }
        PyTuple_SET_ITEM(values, i, value);
    }
    Py_DECREF(get);
    Py_DECREF(seen);
    Py_DECREF(absent);
    return values;
failed:
    Py_XDECREF(get);
    Py_XDECREF(seen);
    Py_XDECREF(absent);
    Py_XDECREF(values);
    return NULL;
}

/* An attribute of the subject; NULL without an exception when there is none. */
static PyObject *
attribute(PyObject *subject, PyObject *type, PyObject *name, PyObject *seen)
{
    if (PySet_Contains(seen, name) || PySet_Add(seen, name)) {
        if (!PyErr_Occurred()) {
            PyErr_Format(PyExc_TypeError, "%s() got multiple sub-patterns for attribute %R", ((PyTypeObject *)type)->tp_name, name);
        }
        return NULL;
    }
    PyObject *value = PyObject_GetAttr(subject, name);
    if (value == NULL && PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Clear();
    }
    return value;
}

/* Append an attribute to `found`.  0, or -1: no match, or an exception. */
static int
append_attribute(PyObject *found, PyObject *subject, PyObject *type, PyObject *name, PyObject *seen)
{
    PyObject *value = attribute(subject, type, name, seen);
    int status = value != NULL ? PyList_Append(found, value) : -1;
    Py_XDECREF(value);
    return status;
}

/* Append what the positional sub-patterns ask for.  As append_attribute. */
static int
append_positional(PyObject *found, PyObject *subject, PyObject *type, int positional, PyObject *seen)
{
    const char *name = ((PyTypeObject *)type)->tp_name;
    bool itself = false;
    PyObject *names = PyObject_GetAttrString(type, "__match_args__");
    if (names == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError)) {
            return -1;
        }
        PyErr_Clear();
        names = PyTuple_New(0);
        itself = PyType_HasFeature((PyTypeObject *)type, _Py_TPFLAGS_MATCH_SELF);
    }
    else if (!PyTuple_CheckExact(names)) {
        PyErr_Format(PyExc_TypeError, "%s.__match_args__ must be a tuple (got %s)", name, Py_TYPE(names)->tp_name);
        Py_DECREF(names);
        return -1;
    }
    Py_ssize_t allowed = itself ? 1 : PyTuple_GET_SIZE(names);
    int status = 0;
    if (allowed < positional) {
        PyErr_Format(PyExc_TypeError, "%s() accepts %d positional sub-pattern%s (%d given)", name, (int)allowed,
                     allowed == 1 ? "" : "s", positional);
        status = -1;
    }
    else if (itself) {
        status = PyList_Append(found, subject);
    }
    for (int i = 0; !itself && status == 0 && i < positional; i++) {
        PyObject *item = PyTuple_GET_ITEM(names, i);
        if (!PyUnicode_CheckExact(item)) {
            PyErr_Format(PyExc_TypeError, "__match_args__ elements must be strings (got %s)", Py_TYPE(item)->tp_name);
            status = -1;
        }
        else {
            status = append_attribute(found, subject, type, item, seen);
        }
    }
    Py_DECREF(names);
    return status;
}

PyObject *
pb_match_class(pb_ts *ts, PyObject *subject, PyObject *type, PyObject *names, int positional)
{
    (void)ts;
    if (!PyType_Check(type)) {
        PyErr_SetString(PyExc_TypeError, "called match pattern must be a type");
        return NULL;
    }
    int instance = PyObject_IsInstance(subject, type);
    if (instance <= 0) {
        return instance < 0 ? NULL : Py_NewRef(Py_None);
    }
    PyObject *seen = PySet_New(NULL), *found = PyList_New(0), *result = NULL;
    int status = seen != NULL && found != NULL ? 0 : -1;
    if (status == 0 && positional > 0) {
        status = append_positional(found, subject, type, positional, seen);
    }
    for (Py_ssize_t i = 0; status == 0 && i < PyTuple_GET_SIZE(names); i++) {
        status = append_attribute(found, subject, type, PyTuple_GET_ITEM(names, i), seen);
    }
    if (status == 0) {
        result = PyList_AsTuple(found);
    }
    else if (!PyErr_Occurred()) {
        result = Py_NewRef(Py_None);
    }
    Py_XDECREF(seen);
    Py_XDECREF(found);
    return result;
}

#endif
