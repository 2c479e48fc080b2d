/* Names: globals, class and module namespaces, cells (restates ceval.c of CPython 3.11). */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

/* Raise `type` with a message about `name`, which NameErrors remember for suggestions. */
static void
raise_about(PyObject *type, const char *format, PyObject *name)
{
    const char *text = PyUnicode_AsUTF8(name);
    if (text == NULL) {
        return;
    }
    PyErr_Format(type, format, text);
    if (type == PyExc_NameError) {
        PyObject *kind, *value, *traceback;
        PyErr_Fetch(&kind, &value, &traceback);
        PyErr_NormalizeException(&kind, &value, &traceback);
        if (PyErr_GivenExceptionMatches(value, PyExc_NameError) && ((PyNameErrorObject *)value)->name == NULL) {
            (void)PyObject_SetAttrString(value, "name", name);
        }
        PyErr_Restore(kind, value, traceback);
    }
}

static void
raise_name_error(PyObject *name)
{
    raise_about(PyExc_NameError, "name '%.200s' is not defined", name);
}

static void
raise_unbound(PyCodeObject *code, int i)
{
    PyObject *name = PyTuple_GET_ITEM(code->co_localsplusnames, i);
    if (PyErr_Occurred()) {
        return;
    }
    if (i < code->co_nplaincellvars + code->co_nlocals) {
        raise_about(PyExc_UnboundLocalError, "cannot access local variable '%s' where it is not associated with a value", name);
    }
    else {
        raise_about(PyExc_NameError, "cannot access free variable '%s' where it is not associated with a value in enclosing scope",
                    name);
    }
}

int
pb_unbound(pb_frame *fr, int i)
{
    raise_about(PyExc_UnboundLocalError, "cannot access local variable '%s' where it is not associated with a value",
                PyTuple_GET_ITEM(fr->f_code->co_localsplusnames, i));
    return -1;
}

PyObject *
pb_deref_slow(pb_frame *fr, int i)
{
    raise_unbound(fr->f_code, i);
    return NULL;
}

int
pb_delete_deref(pb_frame *fr, int i)
{
    PyObject *cell = fr->localsplus[i], *old = PyCell_GET(cell);
    if (old == NULL) {
        raise_unbound(fr->f_code, i);
        return -1;
    }
    PyCell_SET(cell, NULL);
    Py_DECREF(old);
    return 0;
}

void
pb_copy_free(pb_frame *fr, PyFunctionObject *func, int first, int count)
{
    for (int i = 0; i < count; i++) {
        fr->localsplus[first + i] = Py_NewRef(PyTuple_GET_ITEM(func->func_closure, i));
    }
}

/* An item of a namespace: a new reference, NULL without an exception when it is not there. */
static PyObject *
lookup(PyObject *namespace, PyObject *name)
{
    if (PyDict_CheckExact(namespace)) {
        return Py_XNewRef(PyDict_GetItemWithError(namespace, name));
    }
    PyObject *value = PyObject_GetItem(namespace, name);
    if (value == NULL && PyErr_ExceptionMatches(PyExc_KeyError)) {
        PyErr_Clear();
    }
    return value;
}

PyObject *
pb_load_classderef(pb_frame *fr, int i)
{
    PyObject *value = lookup(fr->f_locals, PyTuple_GET_ITEM(fr->f_code->co_localsplusnames, i));
    if (value != NULL || PyErr_Occurred()) {
        return value;
    }
    return pb_load_deref(fr, i);
}

/* The builtin `name`; NameError when there is none. */
static PyObject *
load_builtin(PyObject *builtins, PyObject *name)
{
    PyObject *value = lookup(builtins, name);
    if (value == NULL && !PyErr_Occurred()) {
        raise_name_error(name);
    }
    return value;
}

PyObject *
pb_global_slow(PyObject *globals, PyObject *builtins, PyObject *name)
{
    PyObject *value = lookup(globals, name);
    return value != NULL || PyErr_Occurred() ? value : load_builtin(builtins, name);
}

PyObject *
pb_load_name(pb_frame *fr, PyObject *name)
{
    if (fr->f_locals == NULL) {
        PyErr_Format(PyExc_SystemError, "no locals when loading %R", name);
        return NULL;
    }
    PyObject *value = lookup(fr->f_locals, name);
    if (value != NULL || PyErr_Occurred()) {
        return value;
    }
    value = Py_XNewRef(PyDict_GetItemWithError(fr->f_globals, name));
    return value != NULL || PyErr_Occurred() ? value : load_builtin(fr->f_builtins, name);
}

int
pb_store_name(pb_frame *fr, PyObject *name, PyObject *value)
{
    PyObject *namespace = fr->f_locals;
    int status = -1;
    if (namespace == NULL) {
        PyErr_Format(PyExc_SystemError, "no locals found when storing %R", name);
    }
    else {
        status = PyDict_CheckExact(namespace) ? PyDict_SetItem(namespace, name, value) : PyObject_SetItem(namespace, name, value);
    }
    Py_DECREF(value);
    return status;
}

int
pb_delete_name(pb_frame *fr, PyObject *name)
{
    if (fr->f_locals == NULL) {
        PyErr_Format(PyExc_SystemError, "no locals when deleting %R", name);
        return -1;
    }
    int status = PyObject_DelItem(fr->f_locals, name);
    if (status != 0) {
        raise_name_error(name);
    }
    return status;
}

int
pb_delete_global(PyFunctionObject *func, PyObject *name)
{
    int status = PyDict_DelItem(func->func_globals, name);
    if (status != 0 && PyErr_ExceptionMatches(PyExc_KeyError)) {
        raise_name_error(name);
    }
    return status;
}

PyObject *
pb_load_build_class(pb_frame *fr)
{
    static PyObject *name;
    if (name == NULL && (name = PyUnicode_InternFromString("__build_class__")) == NULL) {
        return NULL;
    }
    PyObject *value = lookup(fr->f_builtins, name);
    if (value == NULL && !PyErr_Occurred()) {
        PyErr_SetString(PyExc_NameError, "__build_class__ not found");
    }
    return value;
}

int
pb_setup_annotations(pb_frame *fr)
{
    static PyObject *name;
    if (name == NULL && (name = PyUnicode_InternFromString("__annotations__")) == NULL) {
        return -1;
    }
    if (fr->f_locals == NULL) {
        PyErr_SetString(PyExc_SystemError, "no locals found when setting up annotations");
        return -1;
    }
    PyObject *found = lookup(fr->f_locals, name);
    if (found != NULL || PyErr_Occurred()) {
        Py_XDECREF(found);
        return found != NULL ? 0 : -1;
    }
    PyObject *dict = PyDict_New();
    int status = dict != NULL ? PyObject_SetItem(fr->f_locals, name, dict) : -1;
    Py_XDECREF(dict);
    return status;
}

#endif
