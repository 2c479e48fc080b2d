/* Code objects: out of the payload, with the file names of this run. */
#include "importer/state.h"

/* In native/attach.c, which only programs with native code have. */
__attribute__((weak)) int pb_attach(const char *name, PyObject *code);

bool pb_damage_was_seen;

/* Give `code` and every code object among its constants, where it has the file name `old`, the file name `path`.  The marshalled
 * form holds one string for all of them, so identity decides; borrowed references throughout. */
static void
set_file_name(PyCodeObject *code, PyObject *old, PyObject *path)
{
    if (code->co_filename != old) {
        return;
    }
    code->co_filename = Py_NewRef(path);
    Py_ssize_t count = PyTuple_GET_SIZE(code->co_consts);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *constant = PyTuple_GET_ITEM(code->co_consts, i);
        if (PyCode_Check(constant)) {
            set_file_name((PyCodeObject *)constant, old, path);
        }
    }
    Py_DECREF(old); /* what this code object held; the caller still holds one */
}

int
pb_open_blob(pb_blob blob, pb_bytes *bytes, const char *what, const char *name)
{
    enum pb_outcome outcome = pb_blob_open(&pb_the_program.payload, blob, bytes);
    if (outcome == PB_DAMAGED) {
        pb_damage_was_seen = true;
        PyErr_Format(PyExc_ImportError, "the program's file is damaged: %s%s does not match its checksum", what, name);
    }
    else if (outcome == PB_NO_MEMORY) {
        PyErr_NoMemory();
    }
    return outcome == PB_FINE ? 0 : -1;
}

static PyObject *
raise_exception(PyObject *self, PyObject *exception)
{
    (void)self;
    PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
    return NULL;
}

/* Raise what Python raised when the module was compiled, without frames of the importer in the traceback.  `facts` is (name of a
 * builtin exception, its arguments); of a SyntaxError's details (None, line, column, ...) the first becomes `path`: nobody else has
 * the tuple yet.  Always NULL with an exception. */
static PyObject *
raise_compile_error(PyObject *facts, PyObject *path)
{
    static PyMethodDef raiser = {"compile", raise_exception, METH_O, NULL};
    pb_state *state = pb_state_here();
    PyObject *name, *arguments;
    if (state == NULL || !PyArg_ParseTuple(facts, "UO!", &name, &PyTuple_Type, &arguments)) {
        return NULL;
    }
    if (PyTuple_GET_SIZE(arguments) == 2 && PyTuple_Check(PyTuple_GET_ITEM(arguments, 1))) {
        PyObject *details = PyTuple_GET_ITEM(arguments, 1);
        if (PyTuple_GET_SIZE(details) > 0 && PyTuple_GET_ITEM(details, 0) == Py_None) {
            PyTuple_SET_ITEM(details, 0, Py_NewRef(path));
        }
    }
    PyObject *type = PyDict_GetItemWithError(PyEval_GetBuiltins(), name); /* borrowed */
    if (type == NULL) {
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ImportError, "there is no exception %R", name);
    }
    PyObject *exception = PyObject_CallObject(type, arguments);
    PyObject *function = exception != NULL ? PyCFunction_New(&raiser, NULL) : NULL;
    PyObject *nothing =
        function != NULL ? PyObject_CallFunctionObjArgs(state->call_with_frames_removed, function, exception, NULL) : NULL;
    Py_XDECREF(nothing); /* NULL */
    Py_XDECREF(function);
    Py_XDECREF(exception);
    return NULL;
}

PyObject *
pb_module_code(const pb_module *module, PyObject *path)
{
    const pb_payload *payload = &pb_the_program.payload;
    const char *name = pb_text(payload, module->name);
    pb_bytes bytes;
    if (pb_open_blob(module->code, &bytes, "the code of ", name) < 0) {
        return NULL;
    }
    PyObject *code = PyMarshal_ReadObjectFromString((const char *)bytes.data, (Py_ssize_t)bytes.size);
    pb_blob_close(&bytes);
    if (code == NULL) {
        return NULL;
    }
    if (PyTuple_Check(code)) {
        raise_compile_error(code, path);
        Py_DECREF(code);
        return NULL;
    }
    if (!PyCode_Check(code)) {
        Py_DECREF(code);
        PyErr_Format(PyExc_ImportError, "the program's file is damaged: %s is no code object", name);
        return NULL;
    }
    PyObject *old = Py_NewRef(((PyCodeObject *)code)->co_filename);
    set_file_name((PyCodeObject *)code, old, path);
    Py_DECREF(old);
    if (pb_attach != NULL && pb_attach(name, code) < 0) {
        Py_DECREF(code);
        return NULL;
    }
    return code;
}
