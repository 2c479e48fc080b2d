/* The meta path finder: from a name to a spec, and the distributions for importlib.metadata. */
#include "importer/state.h"

const pb_module *
pb_lookup(PyObject *name)
{
    Py_ssize_t length;
    const char *text = PyUnicode_AsUTF8AndSize(name, &length);
    if (text == NULL) {
        if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) {
            PyErr_Clear(); /* a lone surrogate: no module is called that */
        }
        return NULL;
    }
    return pb_find_module(&pb_the_program.payload, text, (size_t)length);
}

/* find_spec(fullname, path=None, target=None) */
static PyObject *
finder_find_spec(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"fullname", "path", "target", NULL};
    PyObject *name, *path = Py_None, *target = Py_None;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "U|OO:find_spec", names, &name, &path, &target)) {
        return NULL;
    }
    const pb_module *module = pb_lookup(name);
    if (module == NULL) {
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    }
    pb_state *state = pb_state_of(self);
    return state != NULL ? pb_make_spec(state, module, name, path) : NULL;
}

static PyObject *
finder_invalidate_caches(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    return Py_NewRef(Py_None);
}

/* find_distributions(context=None) */
static PyObject *
finder_find_distributions(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"context", NULL};
    PyObject *context = Py_None;
    (void)self;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|O:find_distributions", names, &context)) {
        return NULL;
    }
    if (pb_the_program.payload.index->distributions.count == 0) {
        return PyTuple_New(0);
    }
    return pb_call_support("_pybuild_metadata", "find_distributions", context, NULL);
}

static PyMethodDef finder_methods[] = {
    {"find_spec", (PyCFunction)(void (*)(void))finder_find_spec, METH_VARARGS | METH_KEYWORDS,
     "find_spec(fullname, path=None, target=None): the spec of an embedded module, or None"},
    {"invalidate_caches", finder_invalidate_caches, METH_NOARGS, "invalidate_caches(): nothing, the program does not change"},
    {"find_distributions", (PyCFunction)(void (*)(void))finder_find_distributions, METH_VARARGS | METH_KEYWORDS,
     "find_distributions(context=None): the embedded distributions, for importlib.metadata"},
    {NULL, NULL, 0, NULL},
};

static void
finder_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot finder_slots[] = {
    {Py_tp_dealloc, finder_dealloc},
    {Py_tp_methods, finder_methods},
    {Py_tp_doc, "Finds the modules that are embedded in the program."},
    {0, NULL},
};

PyType_Spec pb_finder_spec = {
    .name = "_pybuild.Finder",
    .basicsize = sizeof(PyObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = finder_slots,
};
