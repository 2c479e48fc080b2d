/* The loader: from a spec to an executed module, and what else can be asked of one. */
#include "importer/state.h"

/* create_module(spec): None, the import system makes an ordinary module */
static PyObject *
loader_create_module(PyObject *self, PyObject *spec)
{
    (void)self;
    (void)spec;
    return Py_NewRef(Py_None);
}

/* exec_module(module) */
static PyObject *
loader_exec_module(PyObject *self, PyTypeObject *type, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
{
    (void)self;
    pb_state *state = PyType_GetModuleState(type);
    if (keywords != NULL || count != 1 || !PyModule_Check(arguments[0])) {
        PyErr_SetString(PyExc_TypeError, "exec_module(module) takes one module");
        return NULL;
    }
    PyObject *name = PyModule_GetNameObject(arguments[0]);
    if (name == NULL) {
        return NULL;
    }
    const pb_module *module = pb_lookup(name);
    if (module == NULL || !(module->flags & PB_MODULE_CODE)) {
        if (!PyErr_Occurred()) {
            PyErr_Format(PyExc_ImportError, "the program holds no code of %R", name);
        }
        Py_DECREF(name);
        return NULL;
    }
    Py_DECREF(name);
    PyObject *code = pb_module_code(state, module);
    if (code == NULL) {
        return NULL;
    }
    PyObject *call[] = {state->exec, code, PyModule_GetDict(arguments[0])};
    PyObject *result = PyObject_Vectorcall(state->call_with_frames_removed, call, 3, NULL);
    Py_DECREF(code);
    return result;
}

static PyMethodDef loader_methods[] = {
    {"create_module", loader_create_module, METH_O, "create_module(spec): None"},
    {"exec_module", (PyCFunction)(void (*)(void))loader_exec_module, METH_METHOD | METH_FASTCALL | METH_KEYWORDS,
     "exec_module(module): run the embedded module's code in it"},
    {NULL, NULL, 0, NULL},
};

static void
loader_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot loader_slots[] = {
    {Py_tp_dealloc, loader_dealloc},
    {Py_tp_methods, loader_methods},
    {Py_tp_doc, "Loads the modules that are embedded in the program."},
    {0, NULL},
};

PyType_Spec pb_loader_spec = {
    .name = "_pybuild.Loader",
    .basicsize = sizeof(PyObject),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = loader_slots,
};
