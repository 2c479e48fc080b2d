/* The built-in module _pybuild: its state, and how its finder gets into every interpreter. */
#include <stdlib.h>
#include <string.h>

#include "importer/state.h"

pb_state *
pb_state_here(void)
{
    PyObject *module = PyImport_ImportModule("_pybuild");
    if (module == NULL) {
        return NULL;
    }
    pb_state *state = PyModule_GetState(module);
    Py_DECREF(module); /* sys.modules keeps it */
    return state;
}

/* An attribute of a module that is already imported.  New reference or NULL. */
static PyObject *
attribute_of(const char *module_name, const char *name)
{
    PyObject *module = PyImport_ImportModule(module_name);
    PyObject *value = module != NULL ? PyObject_GetAttrString(module, name) : NULL;
    Py_XDECREF(module);
    return value;
}

/* A subclass of ModuleSpec whose `cached` is None: the code has no cache file.  New reference or NULL. */
static PyObject *
make_spec_type(PyObject *base)
{
    PyObject *members = Py_BuildValue("{sOss}", "cached", Py_None, "__module__", "_pybuild");
    PyObject *type =
        members != NULL ? PyObject_CallFunction((PyObject *)&PyType_Type, "s(O)O", "ModuleSpec", base, members) : NULL;
    Py_XDECREF(members);
    return type;
}

static int
module_exec(PyObject *module)
{
    pb_state *state = PyModule_GetState(module);
    state->finder_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &pb_finder_spec, NULL);
    state->loader_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &pb_loader_spec, NULL);
    if (state->finder_type == NULL || state->loader_type == NULL) {
        return -1;
    }
    state->loader = state->loader_type->tp_alloc(state->loader_type, 0);
    state->namespace_spec_type = attribute_of("_frozen_importlib", "ModuleSpec");
    state->call_with_frames_removed = attribute_of("_frozen_importlib", "_call_with_frames_removed");
    state->exec = attribute_of("builtins", "exec");
    state->folder = PyUnicode_DecodeFSDefault(pb_the_program.folder);
    state->spec_type = state->namespace_spec_type != NULL ? make_spec_type(state->namespace_spec_type) : NULL;
    if (state->loader == NULL || state->call_with_frames_removed == NULL || state->exec == NULL ||
        state->folder == NULL || state->spec_type == NULL) {
        return -1;
    }
    return 0;
}

static int
module_traverse(PyObject *module, visitproc visit, void *arg)
{
    pb_state *state = PyModule_GetState(module);
    Py_VISIT(state->finder_type);
    Py_VISIT(state->loader_type);
    Py_VISIT(state->loader);
    Py_VISIT(state->spec_type);
    Py_VISIT(state->namespace_spec_type);
    Py_VISIT(state->call_with_frames_removed);
    Py_VISIT(state->exec);
    Py_VISIT(state->compiled);
    return 0;
}

static int
module_clear(PyObject *module)
{
    pb_state *state = PyModule_GetState(module);
    Py_CLEAR(state->finder_type);
    Py_CLEAR(state->loader_type);
    Py_CLEAR(state->loader);
    Py_CLEAR(state->spec_type);
    Py_CLEAR(state->namespace_spec_type);
    Py_CLEAR(state->call_with_frames_removed);
    Py_CLEAR(state->exec);
    Py_CLEAR(state->folder);
    Py_CLEAR(state->compiled);
    return 0;
}

static void
module_free(void *module)
{
    module_clear(module);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
    {0, NULL},
};

PyModuleDef pb_module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_pybuild",
    .m_doc = "The importer of a program built with pybuild.",
    .m_size = sizeof(pb_state),
    .m_slots = module_slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
    .m_free = module_free,
};

static PyObject *
init_module(void)
{
    return PyModuleDef_Init(&pb_module_def);
}

/* Append a finder to sys.meta_path: behind the built-in and the frozen one, before the path finder, which comes later. */
static int
install_finder(void)
{
    PyObject *meta_path = PySys_GetObject("meta_path"); /* borrowed */
    pb_state *state = pb_state_here();
    if (state == NULL || meta_path == NULL || !PyList_Check(meta_path)) {
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_RuntimeError, "sys.meta_path is no list");
        }
        return -1;
    }
    PyObject *finder = state->finder_type->tp_alloc(state->finder_type, 0);
    int result = finder != NULL ? PyList_Append(meta_path, finder) : -1;
    Py_XDECREF(finder);
    return result;
}

static PyObject *(*init_marshal)(void);

/* In place of marshal's own initialisation.  importlib's external half imports marshal before it appends the path finder and
 * before any module is looked for in files, in the first interpreter and in every other: the one moment that is right for all. */
static PyObject *
init_marshal_and_finder(void)
{
    PyObject *meta_path = PySys_GetObject("meta_path");
    if (meta_path != NULL && PyList_Check(meta_path) && PyList_GET_SIZE(meta_path) == 2 && install_finder() < 0) {
        return NULL;
    }
    return init_marshal();
}

int
pb_importer_prepare(void)
{
    size_t count = 0;
    while (PyImport_Inittab[count].name != NULL) {
        count++;
    }
    struct _inittab *table = malloc((count + 2) * sizeof *table);
    if (table == NULL) {
        return -1;
    }
    memcpy(table, PyImport_Inittab, count * sizeof *table);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].name, "marshal") == 0) {
            init_marshal = table[i].initfunc;
            table[i].initfunc = init_marshal_and_finder;
        }
    }
    table[count] = (struct _inittab){"_pybuild", init_module};
    table[count + 1] = (struct _inittab){NULL, NULL};
    PyImport_Inittab = table;
    return 0;
}
