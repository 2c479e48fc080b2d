/* Import statements (restates ceval.c of CPython 3.11). */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

PyObject *
pb_import_name(pb_frame *fr, PyObject *name, PyObject *level, PyObject *names)
{
    PyObject *import = PyDict_GetItemString(fr->f_builtins, "__import__");
    PyObject *locals = fr->f_locals != NULL ? fr->f_locals : Py_None;
    if (import == NULL) {
        PyErr_SetString(PyExc_ImportError, "__import__ not found");
        return NULL;
    }
    if (import == PyInterpreterState_Get()->import_func) {
        int number = _PyLong_AsInt(level);
        return number == -1 && PyErr_Occurred() ? NULL
                                                : PyImport_ImportModuleLevelObject(name, fr->f_globals, locals, names, number);
    }
    PyObject *args[] = {name, fr->f_globals, locals, names, level};
    Py_INCREF(import);
    PyObject *result = PyObject_Vectorcall(import, args, 5, NULL);
    Py_DECREF(import);
    return result;
}

/* Raise the ImportError of `from module import name`; takes over `package`, the module's __name__ or NULL. */
static void
raise_cannot_import(PyObject *module, PyObject *name, PyObject *package)
{
    PyErr_Clear();
    PyObject *path = PyModule_GetFilenameObject(module), *message;
    PyObject *shown = package != NULL ? Py_NewRef(package) : PyUnicode_FromString("<unknown module name>");
    if (shown == NULL) {
        Py_XDECREF(path);
        return;
    }
    if (path == NULL || !PyUnicode_Check(path)) {
        PyErr_Clear();
        message = PyUnicode_FromFormat("cannot import name %R from %R (unknown location)", name, shown);
        PyErr_SetImportError(message, package, NULL);
    }
    else {
        PyObject *spec = PyObject_GetAttrString(module, "__spec__");
        const char *format =
            _PyModuleSpec_IsInitializing(spec)
                ? "cannot import name %R from partially initialized module %R (most likely due to a circular import) (%S)"
                : "cannot import name %R from %R (%S)";
        Py_XDECREF(spec);
        message = PyUnicode_FromFormat(format, name, shown, path);
        PyErr_SetImportError(message, package, path);
    }
    Py_XDECREF(message);
    Py_DECREF(shown);
    Py_XDECREF(package);
    Py_XDECREF(path);
}

PyObject *
pb_import_from(pb_ts *ts, PyObject *module, PyObject *name)
{
    (void)ts;
    PyObject *value;
    if (_PyObject_LookupAttr(module, name, &value) != 0) {
        return value;
    }
    /* in a circular import the submodule may be there before it is an attribute */
    PyObject *package = PyObject_GetAttrString(module, "__name__");
    if (package == NULL || !PyUnicode_Check(package)) {
        Py_CLEAR(package);
        raise_cannot_import(module, name, NULL);
        return NULL;
    }
    PyObject *full = PyUnicode_FromFormat("%U.%U", package, name);
    if (full == NULL) {
        Py_DECREF(package);
        return NULL;
    }
    value = PyImport_GetModule(full);
    Py_DECREF(full);
    if (value == NULL && !PyErr_Occurred()) {
        raise_cannot_import(module, name, package);
        return NULL;
    }
    Py_DECREF(package);
    return value;
}

/* The names that `from module import *` binds (new reference); *all says whether they come from __all__.  NULL with an exception.
 */
static PyObject *
public_names(PyObject *module, bool *all)
{
    PyObject *names = PyObject_GetAttrString(module, "__all__");
    *all = names != NULL;
    if (names != NULL || !PyErr_ExceptionMatches(PyExc_AttributeError)) {
        return names;
    }
    PyErr_Clear();
    PyObject *dict = PyObject_GetAttrString(module, "__dict__");
    if (dict == NULL) {
        if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
            PyErr_SetString(PyExc_ImportError, "from-import-* object has no __dict__ and no __all__");
        }
        return NULL;
    }
    names = PyMapping_Keys(dict);
    Py_DECREF(dict);
    return names;
}

/* A name that is no string: the TypeError of `from module import *`. */
static void
raise_bad_name(PyObject *module, PyObject *name, bool all)
{
    PyObject *shown = PyObject_GetAttrString(module, "__name__");
    if (shown == NULL) {
        return;
    }
    if (!PyUnicode_Check(shown)) {
        PyErr_Format(PyExc_TypeError, "module __name__ must be a string, not %.100s", Py_TYPE(shown)->tp_name);
    }
    else {
        PyErr_Format(PyExc_TypeError, "%s in %U.%s must be str, not %.100s", all ? "Item" : "Key", shown,
                     all ? "__all__" : "__dict__", Py_TYPE(name)->tp_name);
    }
    Py_DECREF(shown);
}

int
pb_import_star(pb_frame *fr, PyObject *module)
{
    if (fr->f_locals == NULL) {
        PyErr_SetString(PyExc_SystemError, "no locals found during 'import *'");
        return -1;
    }
    bool all;
    PyObject *names = public_names(module, &all);
    if (names == NULL) {
        return -1;
    }
    int status = 0;
    for (Py_ssize_t i = 0; status == 0; i++) {
        PyObject *name = PySequence_GetItem(names, i);
        if (name == NULL) {
            if (PyErr_ExceptionMatches(PyExc_IndexError)) {
                PyErr_Clear();
            }
            else {
                status = -1;
            }
            break;
        }
        if (!PyUnicode_Check(name)) {
            raise_bad_name(module, name, all);
            status = -1;
        }
        else if (all || PyUnicode_GET_LENGTH(name) == 0 || PyUnicode_READ_CHAR(name, 0) != '_') {
            PyObject *value = PyObject_GetAttr(module, name);
            if (value == NULL) {
                status = -1;
            }
            else {
                status = PyDict_CheckExact(fr->f_locals) ? PyDict_SetItem(fr->f_locals, name, value)
                                                         : PyObject_SetItem(fr->f_locals, name, value);
                Py_DECREF(value);
            }
        }
        Py_DECREF(name);
    }
    Py_DECREF(names);
    return status;
}

#endif
