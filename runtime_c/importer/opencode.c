/* What io.open_code opens: real files, and what stands for the file of an embedded module where that does not exist.
 *
 * runpy.run_path, with which multiprocessing runs the main script again in its children, reads scripts in this way.  It takes the
 * contents of a .pyc file, too, and is given them, so that tracebacks are what they are with the file.  Whoever else asks gets
 * source text that runs the module. */
#include "importer/state.h"

static const char stand_in_name[] = "<embedded code>";

/* BytesIO(data).  Steals `data` (NULL is passed on).  New reference or NULL. */
static PyObject *
make_stream(PyObject *data)
{
    PyObject *io = data != NULL ? pb_import("_io") : NULL;
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

/* Give the globals that the embedded module's code will run in what runpy does not know of: __compiled__ in the program's own
 * modules, and a loader where there is none.  Any other code is left alone.  -1 with an exception on failure. */
static int
set_own_globals(pb_state *state, PyCodeObject *code, PyObject *globals)
{
    const pb_module *module = pb_module_at(state, code->co_filename);
    if (module == NULL) {
        return PyErr_Occurred() ? -1 : 0;
    }
    PyObject *loader = PyDict_GetItemString(globals, "__loader__"); /* borrowed */
    PyObject *name = PyDict_GetItemString(globals, "__name__");     /* borrowed */
    if (loader == Py_None && name != NULL) {
        loader = pb_make_loader(state, name, code->co_filename, module);
        int result = loader != NULL ? PyDict_SetItemString(globals, "__loader__", loader) : -1;
        Py_XDECREF(loader);
        if (result < 0) {
            return -1;
        }
    }
    PyObject *compiled = module->flags & PB_MODULE_FIRST_PARTY ? pb_compiled(state) : Py_None; /* borrowed */
    if (compiled == NULL || compiled == Py_None) {
        return compiled != NULL ? 0 : -1;
    }
    return PyDict_SetItem(globals, state->name_compiled, compiled);
}

/* The code to run where runpy has `code`: itself, or what it stands for (see make_cache_file).  New reference or NULL. */
static PyObject *
real_code(pb_state *state, PyCodeObject *code)
{
    if (PyUnicode_CompareWithASCIIString(code->co_name, stand_in_name) != 0) {
        return Py_NewRef((PyObject *)code);
    }
    const pb_module *module = pb_module_at(state, code->co_filename);
    if (module == NULL) {
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ImportError, "the program holds no code for %R", code->co_filename);
    }
    return pb_module_code(module, code->co_filename);
}

/* exec(code, globals), as runpy calls it. */
static PyObject *
run_code(PyObject *self, PyObject *const *arguments, Py_ssize_t count)
{
    pb_state *state = PyModule_GetState(self);
    if (count != 2 || !PyCode_Check(arguments[0]) || !PyDict_Check(arguments[1])) {
        return PyObject_Vectorcall(state->exec, arguments, (size_t)count, NULL);
    }
    PyObject *globals = arguments[1];
    PyObject *code = real_code(state, (PyCodeObject *)arguments[0]);
    PyObject *call[] = {code, globals};
    bool ready = code != NULL && set_own_globals(state, (PyCodeObject *)code, globals) == 0;
    PyObject *result = ready ? PyObject_Vectorcall(state->exec, call, 2, NULL) : NULL;
    Py_XDECREF(code);
    return result;
}

static PyMethodDef run_code_def = {"exec", (PyCFunction)(void (*)(void))run_code, METH_FASTCALL, NULL};

int
pb_serve_runpy(pb_state *state)
{
    PyObject *globals = PyEval_GetGlobals();                                             /* borrowed */
    PyObject *name = globals != NULL ? PyDict_GetItemString(globals, "__name__") : NULL; /* borrowed */
    if (name == NULL || !PyUnicode_Check(name) || PyUnicode_CompareWithASCIIString(name, "runpy") != 0) {
        return 0;
    }
    if (PyDict_GetItemString(globals, "exec") != NULL) {
        return 1;
    }
    PyObject *function = PyCFunction_New(&run_code_def, PyType_GetModule(state->loader_type));
    int result = function != NULL ? PyDict_SetItemString(globals, "exec", function) : -1;
    Py_XDECREF(function);
    return result < 0 ? -1 : 1;
}

/* The contents of a .pyc file for the embedded module at `path`.  The code in it only stands for the module's own, which run_code
 * puts in its place: what belongs to a code object and is not marshalled stays with it.  New reference or NULL. */
static PyObject *
make_cache_file(PyObject *path)
{
    PyCodeObject *code = PyCode_NewEmpty("", stand_in_name, 1);
    PyObject *marshalled = NULL;
    if (code != NULL) {
        Py_SETREF(code->co_filename, Py_NewRef(path));
        marshalled = PyMarshal_WriteObjectToString((PyObject *)code, Py_MARSHAL_VERSION);
        Py_DECREF(code);
    }
    if (marshalled == NULL) {
        return NULL;
    }
    unsigned char header[16] = {0}; /* the magic number, no flags, and a time and size that nobody compares */
    unsigned long magic = (unsigned long)PyImport_GetMagicNumber();
    for (int i = 0; i < 4; i++) {
        header[i] = (unsigned char)(magic >> (8 * i) & 0xFF);
    }
    PyObject *data = PyBytes_FromStringAndSize((const char *)header, sizeof header);
    PyBytes_ConcatAndDel(&data, marshalled); /* sets data to NULL on failure */
    return data;
}

/* Source text that runs the embedded module at `path`.  New reference or NULL. */
static PyObject *
make_source(PyObject *path)
{
    PyObject *text = PyUnicode_FromFormat("__import__('_pybuild').run_file(globals(), %A)\n", path);
    PyObject *data = text != NULL ? PyUnicode_AsUTF8String(text) : NULL;
    Py_XDECREF(text);
    return data;
}

PyObject *
pb_open_code(PyObject *path, void *unused)
{
    (void)unused;
    if (pb_the_program.entry->kind == PB_ENTRY_FUNCTION && is_program(path)) {
        return make_stream(PyBytes_FromStringAndSize(NULL, 0));
    }
    PyObject *io = pb_import("_io");
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
    int runs = pb_serve_runpy(state);
    return runs < 0 ? NULL : make_stream(runs ? make_cache_file(path) : make_source(path));
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
    PyObject *code = pb_module_code(module, path);
    PyObject *result = NULL;
    if (code != NULL && PyDict_SetItemString(globals, "__loader__", Py_None) == 0 &&
        set_own_globals(state, (PyCodeObject *)code, globals) == 0) {
        result = PyEval_EvalCode(code, globals, globals);
    }
    Py_XDECREF(code);
    return result;
}
