/* What io.open_code opens: real files, and for an embedded module whose file does not exist, source text that runs it.
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
    if (state == NULL || pb_module_at(state, path) == NULL) {
        PyErr_Restore(type, value, traceback);
        return NULL;
    }
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    PyObject *text = PyUnicode_FromFormat("__import__('_pybuild').run_file(globals(), %A)\n", path);
    PyObject *data = text != NULL ? PyUnicode_AsUTF8String(text) : NULL;
    Py_XDECREF(text);
    return make_stream(data);
}

PyObject *
pb_run_file(PyObject *self, PyObject *arguments)
{
    pb_state *state = PyModule_GetState(self);
    PyObject *globals, *path;
    if (!PyArg_ParseTuple(arguments, "O!U:run_file", &PyDict_Type, &globals, &path)) {
        return NULL;
    }
    const pb_module *module = pb_module_at(state, path);
    PyObject *name = PyDict_GetItemString(globals, "__name__"); /* borrowed */
    if (module == NULL || name == NULL) {
        return PyErr_Format(PyExc_ImportError, "the program holds no code for %R", path);
    }
    PyObject *loader = pb_make_loader(state, name, path, module);
    PyObject *compiled = loader != NULL ? pb_compiled(state) : NULL;
    PyObject *code = NULL, *result = NULL;
    if (compiled != NULL && PyDict_SetItemString(globals, "__loader__", loader) == 0 &&
        PyDict_SetItem(globals, state->name_compiled, compiled) == 0) {
        code = pb_module_code(module, path);
        result = code != NULL ? PyEval_EvalCode(code, globals, globals) : NULL;
    }
    Py_XDECREF(code);
    Py_XDECREF(loader);
    return result;
}
