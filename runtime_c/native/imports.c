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
        return number == -1 && PyErr_Occurred() ? NULL : PyImport_ImportModuleLevelObject(name, fr->f_globals, locals, names, number);
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
        const char *format = _PyModuleSpec_IsInitializing(spec)
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

#endif
