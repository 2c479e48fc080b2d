/* Tracebacks with kept sources.
 *
 * The interpreter's own printers of tracebacks look for source lines in files only: they call io.open.  Where sources are in the
 * program, the hooks that print are replaced by ones that call the original while io.open also opens kept sources; so the text is
 * what it would be with the files.  They look like what they replace. */
#include "importer/state.h"

#include <sys/mman.h>
#include <unistd.h>

static PyObject *print_exception(PyObject *module, PyObject *arguments);
static PyObject *print_unraisable(PyObject *module, PyObject *arguments);
static PyObject *print_in_thread(PyObject *module, PyObject *arguments);

typedef struct {
    const char *module;
    const char *name;
    const char *alias; /* a second name in the same module, or NULL */
    PyMethodDef def;   /* its doc is taken from the original */
} pb_hook;

static pb_hook hooks[] = {
    {"sys", "excepthook", "__excepthook__", {"excepthook", print_exception, METH_VARARGS, NULL}},
    {"sys", "unraisablehook", "__unraisablehook__", {"unraisablehook", print_unraisable, METH_VARARGS, NULL}},
    {"_thread", "_excepthook", NULL, {"_excepthook", print_in_thread, METH_VARARGS, NULL}},
};

/* A descriptor from which `size` bytes of `data` can be read, -1 if there is none to be had. */
static int
make_descriptor(const unsigned char *data, size_t size)
{
    int descriptor = memfd_create("source", MFD_CLOEXEC);
    while (descriptor >= 0 && size > 0) {
        ssize_t written = write(descriptor, data, size);
        if (written <= 0) {
            close(descriptor);
            return -1;
        }
        data += written;
        size -= (size_t)written;
    }
    if (descriptor >= 0 && lseek(descriptor, 0, SEEK_SET) != 0) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

/* The binary stream of the kept source of the module at `path`; None if there is none.  New reference or NULL. */
static PyObject *
open_kept_source(pb_state *state, PyObject *io, PyObject *path)
{
    const pb_module *module = PyUnicode_Check(path) ? pb_module_at(state, path) : NULL;
    if (module == NULL || !(module->flags & PB_MODULE_SOURCE)) {
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    }
    pb_bytes bytes;
    int descriptor = -1;
    if (pb_blob_open(&pb_the_program.payload, module->source, &bytes) == PB_FINE) {
        descriptor = make_descriptor(bytes.data, bytes.size);
        pb_blob_close(&bytes);
    }
    return descriptor >= 0 ? PyObject_CallMethod(io, "open", "is", descriptor, "rb") : Py_NewRef(Py_None);
}

/* io.open while a traceback is printed: the file, else the kept source. */
static PyObject *
open_source(PyObject *module, PyObject *arguments, PyObject *keywords)
{
    PyObject *io = pb_import("_io");
    PyObject *open = io != NULL ? PyObject_GetAttrString(io, "open") : NULL;
    PyObject *stream = open != NULL ? PyObject_Call(open, arguments, keywords) : NULL;
    if (open != NULL && stream == NULL && PyErr_ExceptionMatches(PyExc_OSError) && PyTuple_GET_SIZE(arguments) > 0) {
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        stream = open_kept_source(PyModule_GetState(module), io, PyTuple_GET_ITEM(arguments, 0));
        if (stream == Py_None) {
            Py_CLEAR(stream);
            PyErr_Restore(type, value, traceback);
        }
        else {
            Py_XDECREF(type);
            Py_XDECREF(value);
            Py_XDECREF(traceback);
        }
    }
    Py_XDECREF(open);
    Py_XDECREF(io);
    return stream;
}

static PyMethodDef open_source_def = {"open", (PyCFunction)(void (*)(void))open_source, METH_VARARGS | METH_KEYWORDS, NULL};

/* Put open_source in the place of io.open, or take it away; several threads may print at once.  Failing is no error: then there are
 * no source lines. */
static void
open_sources(pb_state *state, PyObject *module, bool open)
{
    PyObject *io = pb_import("io");
    bool first = open && state->printing++ == 0, last = !open && --state->printing == 0;
    if (io != NULL && first) {
        state->io_open = PyObject_GetAttrString(io, "open");
        PyObject *replacement = state->io_open != NULL ? PyCFunction_NewEx(&open_source_def, module, NULL) : NULL;
        if (replacement != NULL) {
            PyObject_SetAttrString(io, "open", replacement);
        }
        Py_XDECREF(replacement);
    }
    else if (io != NULL && last && state->io_open != NULL) {
        PyObject_SetAttrString(io, "open", state->io_open);
        Py_CLEAR(state->io_open);
    }
    Py_XDECREF(io);
    PyErr_Clear();
}

/* Call the hook that `name` was, with sources.  `module` is _pybuild, also when the interpreter has all but ended.  New reference
 * or NULL. */
static PyObject *
print_by(PyObject *module, const char *name, PyObject *arguments)
{
    pb_state *state = PyModule_GetState(module);
    PyObject *original = state->replaced_hooks != NULL ? PyDict_GetItemString(state->replaced_hooks, name) : NULL; /* borrowed */
    if (original == NULL) {
        return Py_NewRef(Py_None);
    }
    PyObject *type, *value, *traceback;
    Py_INCREF(original);
    open_sources(state, module, true);
    PyObject *result = PyObject_Call(original, arguments, NULL);
    PyErr_Fetch(&type, &value, &traceback);
    open_sources(state, module, false);
    PyErr_Restore(type, value, traceback);
    Py_DECREF(original);
    return result;
}

static PyObject *
print_exception(PyObject *module, PyObject *arguments)
{
    return print_by(module, "excepthook", arguments);
}

static PyObject *
print_unraisable(PyObject *module, PyObject *arguments)
{
    return print_by(module, "unraisablehook", arguments);
}

static PyObject *
print_in_thread(PyObject *module, PyObject *arguments)
{
    return print_by(module, "_excepthook", arguments);
}

/* Put the replacement into its module, and the original into `originals`; `self` is _pybuild.  -1 with an exception on failure. */
static int
replace(pb_hook *hook, PyObject *self, PyObject *originals)
{
    PyObject *module = pb_import(hook->module);
    PyObject *original = module != NULL ? PyObject_GetAttrString(module, hook->name) : NULL;
    PyObject *name = original != NULL ? PyUnicode_FromString(hook->module) : NULL;
    int result = -1;
    if (name != NULL && PyCFunction_Check(original)) {
        hook->def.ml_doc = ((PyCFunctionObject *)original)->m_ml->ml_doc;
        PyObject *replacement = PyCFunction_NewEx(&hook->def, self, name);
        if (replacement != NULL && PyDict_SetItemString(originals, hook->name, original) == 0 &&
            PyObject_SetAttrString(module, hook->name, replacement) == 0 &&
            (hook->alias == NULL || PyObject_SetAttrString(module, hook->alias, replacement) == 0)) {
            result = 0;
        }
        Py_XDECREF(replacement);
    }
    Py_XDECREF(name);
    Py_XDECREF(original);
    Py_XDECREF(module);
    return result;
}

static bool
has_sources(void)
{
    const pb_payload *payload = &pb_the_program.payload;
    for (uint32_t i = 0; i < payload->index->modules.count; i++) {
        if (payload->modules[i].flags & PB_MODULE_SOURCE) {
            return true;
        }
    }
    return false;
}

int
pb_install_hooks(PyObject *module)
{
    pb_state *state = PyModule_GetState(module);
    if (!has_sources()) {
        return 0;
    }
    state->replaced_hooks = PyDict_New();
    if (state->replaced_hooks == NULL) {
        return -1;
    }
    for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++) {
        if (replace(&hooks[i], module, state->replaced_hooks) < 0) {
            return -1;
        }
    }
    return 0;
}
