/* Tracebacks with kept sources.
 *
 * The interpreter's own printer of tracebacks looks for source lines in files only (3.13: except in sys.excepthook and in threads).
 * Where sources are in the program, the hooks that print are replaced by ones that print the same text through the module
 * traceback, which asks the loader for the lines.  They look like what they replace.  When that fails, as it may while the
 * interpreter ends, the original prints. */
#include "importer/state.h"

static PyObject *print_exception(PyObject *self, PyObject *const *arguments, Py_ssize_t count);
static PyObject *print_unraisable(PyObject *self, PyObject *unraisable);
static PyObject *print_in_thread(PyObject *self, PyObject *arguments);

typedef struct {
    const char *module;
    const char *name;
    const char *alias; /* a second name in the same module, or NULL */
    PyMethodDef def;   /* its doc is taken from the original */
} pb_hook;

static pb_hook hooks[] = {
#if !PB_TRACEBACKS_ASK_LOADERS
    {"sys", "excepthook", "__excepthook__", {"excepthook", (PyCFunction)(void (*)(void))print_exception, METH_FASTCALL, NULL}},
    {"_thread", "_excepthook", NULL, {"_excepthook", print_in_thread, METH_O, NULL}},
#endif
    {"sys", "unraisablehook", "__unraisablehook__", {"unraisablehook", print_unraisable, METH_O, NULL}},
};

/* Call `function` of _pybuild_display; if that raises, the hook that `name` was.  New reference or NULL. */
static PyObject *
print_by(const char *function, const char *name, PyObject *const *arguments, size_t count)
{
    PyObject *display = PyImport_ImportModule("_pybuild_display");
    PyObject *printer = display != NULL ? PyObject_GetAttrString(display, function) : NULL;
    PyObject *result = printer != NULL ? PyObject_Vectorcall(printer, arguments, count, NULL) : NULL;
    Py_XDECREF(printer);
    Py_XDECREF(display);
    if (result == NULL) {
        PyErr_Clear();
        pb_state *state = pb_state_here();
        if (state == NULL || state->replaced_hooks == NULL) {
            PyErr_Clear();
            return Py_NewRef(Py_None);
        }
        PyObject *original = PyDict_GetItemString(state->replaced_hooks, name); /* borrowed */
        result = original != NULL ? PyObject_Vectorcall(original, arguments, count, NULL) : Py_NewRef(Py_None);
    }
    return result;
}

static PyObject *
print_exception(PyObject *self, PyObject *const *arguments, Py_ssize_t count)
{
    (void)self;
    if (count != 3) {
        PyErr_Format(PyExc_TypeError, "excepthook expected 3 arguments, got %zd", count);
        return NULL;
    }
    return print_by("print_exception", "excepthook", arguments, 3);
}

static PyObject *
print_unraisable(PyObject *self, PyObject *unraisable)
{
    (void)self;
    return print_by("print_unraisable", "unraisablehook", &unraisable, 1);
}

static PyObject *
print_in_thread(PyObject *self, PyObject *arguments)
{
    (void)self;
    return print_by("print_in_thread", "_excepthook", &arguments, 1);
}

/* Put the replacement into its module, and the original into `originals`.  -1 with an exception on failure. */
static int
replace(pb_hook *hook, PyObject *originals)
{
    PyObject *module = PyImport_ImportModule(hook->module);
    PyObject *original = module != NULL ? PyObject_GetAttrString(module, hook->name) : NULL;
    PyObject *name = original != NULL ? PyUnicode_FromString(hook->module) : NULL;
    int result = -1;
    if (name != NULL && PyCFunction_Check(original)) {
        hook->def.ml_doc = ((PyCFunctionObject *)original)->m_ml->ml_doc;
        PyObject *replacement = PyCFunction_NewEx(&hook->def, module, name);
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
pb_install_hooks(pb_state *state)
{
    (void)print_exception;
    (void)print_in_thread;
    if (!has_sources()) {
        return 0;
    }
    state->replaced_hooks = PyDict_New();
    if (state->replaced_hooks == NULL) {
        return -1;
    }
    for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++) {
        if (replace(&hooks[i], state->replaced_hooks) < 0) {
            return -1;
        }
    }
    return 0;
}
