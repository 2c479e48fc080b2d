/* The loader: runs an embedded module, and answers what else can be asked of it. */
#include "importer/state.h"

#include <stddef.h>

static bool
is_own_name(const pb_loader *self, PyObject *name)
{
    return PyUnicode_Check(name) && PyUnicode_Compare(name, self->name) == 0;
}

/* The module and path meant by a method's optional name: the loader's own for None, its own name and "__main__" (which is what the
 * program that runs is called).  For any other embedded module a borrowed record and a new reference to its path in *path.
 * NULL with an ImportError else. */
static const pb_module *
select_module(pb_loader *self, PyObject *name, PyObject **path)
{
    if (name == Py_None || is_own_name(self, name) ||
        (PyUnicode_Check(name) && PyUnicode_CompareWithASCIIString(name, "__main__") == 0)) {
        if (self->module == NULL) {
            PyErr_Format(PyExc_ImportError, "%R has no code of its own", name);
            return NULL;
        }
        *path = Py_NewRef(self->path);
        return self->module;
    }
    const pb_module *module = PyUnicode_Check(name) ? pb_lookup(name) : NULL;
    if (module == NULL || !(module->flags & PB_MODULE_CODE)) {
        if (!PyErr_Occurred()) {
            PyErr_Format(PyExc_ImportError, "the program holds no code of %R", name);
        }
        return NULL;
    }
    pb_state *state = pb_state_of((PyObject *)self);
    *path = state != NULL ? pb_module_path(state, module) : NULL;
    return *path != NULL ? module : NULL;
}

/* Parse the only argument of most methods, `fullname=None`, and select its module as above. */
static const pb_module *
parse_name(PyObject *self, PyObject *arguments, PyObject *keywords, PyObject **path)
{
    static char *names[] = {"fullname", NULL};
    PyObject *name = Py_None;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|O", names, &name)) {
        return NULL;
    }
    return select_module((pb_loader *)self, name, path);
}

static PyObject *
loader_create_module(PyObject *self, PyObject *spec)
{
    (void)self;
    (void)spec;
    return Py_NewRef(Py_None);
}

/* What the import system does not set: __cached__ (there is no cache file), and __compiled__ in the program's own modules.
 * -1 with an exception on failure. */
static int
set_globals(pb_state *state, const pb_module *module, PyObject *globals)
{
    if (PyDict_SetItem(globals, state->name_cached, Py_None) < 0) {
        return -1;
    }
    if (!(module->flags & PB_MODULE_FIRST_PARTY)) {
        return 0;
    }
    PyObject *compiled = pb_compiled(state);
    return compiled != NULL ? PyDict_SetItem(globals, state->name_compiled, compiled) : -1;
}

/* After the module was run: where sources are kept, linecache learns of them.  Steals `result` (NULL is passed on).  New reference
 * or NULL. */
static PyObject *
finish(pb_state *state, pb_loader *loader, PyObject *module, PyObject *result)
{
    if (result != NULL && state->replaced_hooks != NULL && PyUnicode_CompareWithASCIIString(loader->name, "linecache") == 0) {
        Py_DECREF(result);
        result = pb_call_support("_pybuild_sources", "install", module, NULL);
    }
    return result;
}

/* exec_module(module).  While the outermost one runs, the collector waits longer: what modules create at import is there to stay.
 */
static PyObject *
loader_exec_module(PyObject *self, PyObject *module)
{
    pb_loader *loader = (pb_loader *)self;
    pb_state *state = pb_state_of(self);
    PyObject *globals = PyModule_Check(module) ? PyModule_GetDict(module) : NULL; /* borrowed */
    if (state == NULL) {
        return NULL;
    }
    if (globals == NULL || loader->module == NULL) {
        PyErr_Format(PyExc_ImportError, "%R cannot be run by this loader", module);
        return NULL;
    }
    PyObject *code = set_globals(state, loader->module, globals) == 0 ? pb_module_code(loader->module, loader->path) : NULL;
    if (code == NULL) {
        return NULL;
    }
    PyObject *call[] = {state->exec, code, globals};
    if (state->imports++ == 0) {
        pb_postpone_collection();
    }
    PyObject *result = PyObject_Vectorcall(state->call_with_frames_removed, call, 3, NULL);
    if (--state->imports == 0) {
        pb_resume_collection();
    }
    Py_DECREF(code);
    return finish(state, loader, module, result);
}

static PyObject *
loader_load_module(PyObject *self, PyObject *name)
{
    PyObject *bootstrap = pb_import("_frozen_importlib");
    PyObject *module = bootstrap != NULL ? PyObject_CallMethod(bootstrap, "_load_module_shim", "OO", self, name) : NULL;
    Py_XDECREF(bootstrap);
    return module;
}

static PyObject *
loader_get_code(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    PyObject *path;
    const pb_module *module = parse_name(self, arguments, keywords, &path);
    if (module == NULL) {
        return NULL;
    }
    pb_state *state = pb_state_of(self);
    PyObject *code = state != NULL && pb_serve_runpy(state) >= 0 ? pb_module_code(module, path) : NULL;
    Py_DECREF(path);
    return code;
}

static PyObject *
loader_get_source(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    PyObject *path;
    const pb_module *module = parse_name(self, arguments, keywords, &path);
    if (module == NULL) {
        return NULL;
    }
    Py_DECREF(path);
    return pb_module_source(module);
}

static PyObject *
loader_get_filename(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    PyObject *path;
    return parse_name(self, arguments, keywords, &path) != NULL ? path : NULL;
}

static PyObject *
loader_is_package(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    PyObject *path;
    const pb_module *module = parse_name(self, arguments, keywords, &path);
    if (module == NULL) {
        return NULL;
    }
    Py_DECREF(path);
    return PyBool_FromLong(module->flags & PB_MODULE_PACKAGE);
}

/* get_data(path): the bytes of a file; of an embedded module's file that does not exist, its source. */
static PyObject *
loader_get_data(PyObject *self, PyObject *path)
{
    (void)self;
    return pb_call_support("_pybuild_resources", "get_data", path, NULL);
}

/* get_resource_reader(fullname=None): of the loader's own module, like that of importlib's loaders. */
static PyObject *
loader_get_resource_reader(PyObject *object, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"name", NULL};
    pb_loader *self = (pb_loader *)object;
    PyObject *name = Py_None;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|O", names, &name)) {
        return NULL;
    }
    if (name != Py_None && !is_own_name(self, name)) {
        PyObject *message = PyUnicode_FromFormat("loader for %S cannot handle %S", self->name, name);
        PyErr_SetImportError(message, name, NULL);
        Py_XDECREF(message);
        return NULL;
    }
    PyObject *folder = pb_parent_folder(self->path);
    PyObject *reader = folder != NULL ? pb_call_support("_pybuild_resources", "Reader", folder, NULL) : NULL;
    Py_XDECREF(folder);
    return reader;
}

#define PB_KEYWORDS(function) (PyCFunction)(void (*)(void)) function, METH_VARARGS | METH_KEYWORDS

static PyMethodDef loader_methods[] = {
    {"create_module", loader_create_module, METH_O, "create_module(spec): None, for an ordinary module"},
    {"exec_module", loader_exec_module, METH_O, "exec_module(module): run the embedded module's code in it"},
    {"load_module", loader_load_module, METH_O, "load_module(fullname): deprecated"},
    {"get_code", PB_KEYWORDS(loader_get_code), "get_code(fullname=None): the module's code object"},
    {"get_source", PB_KEYWORDS(loader_get_source), "get_source(fullname=None): the module's source, None if it was not kept"},
    {"get_filename", PB_KEYWORDS(loader_get_filename), "get_filename(fullname=None): where the file would lie"},
    {"is_package", PB_KEYWORDS(loader_is_package), "is_package(fullname=None)"},
    {"get_data", loader_get_data, METH_O, "get_data(path): the file's bytes"},
    {"get_resource_reader", PB_KEYWORDS(loader_get_resource_reader), "get_resource_reader(name=None): for importlib.resources"},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef loader_members[] = {
    {"name", T_OBJECT_EX, offsetof(pb_loader, name), READONLY, "the module's name"},
    {"path", T_OBJECT_EX, offsetof(pb_loader, path), READONLY, "where the module's file would lie"},
    {NULL, 0, 0, 0, NULL},
};

static void
loader_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(((pb_loader *)self)->name);
    Py_XDECREF(((pb_loader *)self)->path);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot loader_slots[] = {
    {Py_tp_dealloc, loader_dealloc},
    {Py_tp_methods, loader_methods},
    {Py_tp_members, loader_members},
    {Py_tp_doc, "Loads a module that is embedded in the program."},
    {0, NULL},
};

PyType_Spec pb_loader_spec = {
    .name = "_pybuild.Loader",
    .basicsize = sizeof(pb_loader),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = loader_slots,
};
