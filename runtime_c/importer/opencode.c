/* What io.open_code opens: real files, and for an embedded module whose file does not exist, its code in the form of a .pyc file.
 * runpy.run_path, with which multiprocessing runs the main script again in its children, reads scripts in this way. */
#include "importer/state.h"

/* BytesIO(data).  Steals `data` (NULL is passed on).  New reference or NULL. */
static PyObject *
make_stream(PyObject *data)
{
    PyObject *io = data != NULL ? PyImport_ImportModule("_io") : NULL;
    PyObject *stream = io != NULL ? PyObject_CallMethod(io, "BytesIO", "O", data) : NULL;
    Py_XDECREF(io);
    Py_XDECREF(data);
    return stream;
}

/* The bytes of a .pyc file with `code`.  New reference or NULL. */
static PyObject *
make_pyc(PyObject *code)
{
    PyObject *marshalled = PyMarshal_WriteObjectToString(code, Py_MARSHAL_VERSION);
    if (marshalled == NULL) {
        return NULL;
    }
    Py_ssize_t size = PyBytes_GET_SIZE(marshalled);
    PyObject *pyc = PyBytes_FromStringAndSize(NULL, 16 + size);
    if (pyc != NULL) {
        char *data = PyBytes_AS_STRING(pyc);
        uint32_t head[4] = {(uint32_t)PyImport_GetMagicNumber(), 0, 0, 0};
        memcpy(data, head, sizeof head);
        memcpy(data + sizeof head, PyBytes_AS_STRING(marshalled), (size_t)size);
    }
    Py_DECREF(marshalled);
    return pyc;
}

/* Whether `path` is the program itself, which stands for the main module of a function entry point. */
static bool
is_program(PyObject *path)
{
    PyObject *encoded = PyUnicode_EncodeFSDefault(path);
    if (encoded == NULL) {
        PyErr_Clear();
        return false;
    }
    bool same = strcmp(PyBytes_AS_STRING(encoded), pb_the_program.executable) == 0;
    Py_DECREF(encoded);
    return same;
}

PyObject *
pb_open_code(PyObject *path, void *unused)
{
    (void)unused;
    if (pb_the_program.entry->kind == PB_ENTRY_FUNCTION && is_program(path)) {
        return make_stream(PyBytes_FromStringAndSize(NULL, 0));
    }
    PyObject *io = PyImport_ImportModule("_io");
    PyObject *stream = io != NULL ? PyObject_CallMethod(io, "open", "Os", path, "rb") : NULL;
    Py_XDECREF(io);
    if (stream != NULL || !(PyErr_ExceptionMatches(PyExc_FileNotFoundError) || PyErr_ExceptionMatches(PyExc_NotADirectoryError))) {
        return stream;
    }
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    pb_state *state = pb_state_here();
    const pb_module *module = state != NULL ? pb_module_at(state, path) : NULL;
    PyObject *code = module != NULL ? pb_module_code(module, path) : NULL;
    if (code == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_Restore(type, value, traceback);
            return NULL;
        }
    }
    else {
        stream = make_stream(make_pyc(code));
        Py_DECREF(code);
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return stream;
}
