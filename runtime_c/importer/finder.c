/* The meta path finder: from a name to a spec. */
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

/* ModuleSpec(name, loader, origin=path, is_package=...) with has_location.  New reference or NULL. */
static PyObject *
make_located_spec(PyObject *type, PyObject *name, PyObject *loader, PyObject *path, bool is_package)
{
    PyObject *names = Py_BuildValue("(ss)", "origin", "is_package");
    if (names == NULL) {
        return NULL;
    }
    PyObject *arguments[] = {name, loader, path, is_package ? Py_True : Py_False};
    PyObject *spec = PyObject_Vectorcall(type, arguments, 2, names);
    Py_DECREF(names);
    if (spec == NULL || PyObject_SetAttrString(spec, "_set_fileattr", Py_True) < 0) {
        Py_XDECREF(spec);
        return NULL;
    }
    return spec;
}

/* The folder of `path`, in a list of one.  New reference or NULL. */
static PyObject *
folder_list(PyObject *path)
{
    Py_ssize_t slash = PyUnicode_FindChar(path, '/', 0, PyUnicode_GET_LENGTH(path), -1);
    PyObject *folder = slash >= 0 ? PyUnicode_Substring(path, 0, slash) : PyUnicode_FromString("");
    if (folder == NULL) {
        return NULL;
    }
    PyObject *list = PyList_New(1);
    if (list == NULL) {
        Py_DECREF(folder);
        return NULL;
    }
    PyList_SET_ITEM(list, 0, folder);
    return list;
}

/* The folders of a package.  New reference or NULL. */
static PyObject *
make_locations(const pb_module *module, PyObject *path)
{
    const pb_payload *payload = &pb_the_program.payload;
    pb_range range = module->search_locations;
    if (range.count == 0) {
        return module->flags & PB_MODULE_NAMESPACE ? Py_BuildValue("[O]", path) : folder_list(path);
    }
    PyObject *list = PyList_New(range.count);
    for (uint32_t i = 0; list != NULL && i < range.count; i++) {
        pb_string text = payload->lists[range.first + i];
        PyObject *folder = PyUnicode_DecodeFSDefaultAndSize(pb_text(payload, text), text.length);
        if (folder == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, i, folder);
    }
    return list;
}

/* The spec of an extension module: what the ordinary loader would give for the shared object.  New reference or NULL. */
static PyObject *
make_extension_spec(pb_state *state, PyObject *name, PyObject *path)
{
    PyObject *external = PyImport_ImportModule("_frozen_importlib_external");
    PyObject *loader = external != NULL ? PyObject_CallMethod(external, "ExtensionFileLoader", "OO", name, path) : NULL;
    PyObject *spec = loader != NULL ? make_located_spec(state->namespace_spec_type, name, loader, path, false) : NULL;
    Py_XDECREF(loader);
    Py_XDECREF(external);
    return spec;
}

/* The spec of `module`, called `name`.  New reference or NULL. */
static PyObject *
make_spec(pb_state *state, const pb_module *module, PyObject *name)
{
    bool is_namespace = (module->flags & PB_MODULE_NAMESPACE) != 0;
    bool is_package = is_namespace || module->flags & PB_MODULE_PACKAGE;
    PyObject *path = pb_module_path(state, module);
    if (path == NULL) {
        return NULL;
    }
    PyObject *spec;
    if (module->flags & PB_MODULE_EXTENSION) {
        spec = make_extension_spec(state, name, path);
    }
    else if (is_namespace) {
        spec = PyObject_CallFunctionObjArgs(state->namespace_spec_type, name, Py_None, NULL);
    }
    else {
        spec = make_located_spec(state->spec_type, name, state->loader, path, is_package);
    }
    if (spec != NULL && is_package) {
        PyObject *locations = make_locations(module, path);
        if (locations == NULL || PyObject_SetAttrString(spec, "submodule_search_locations", locations) < 0) {
            Py_CLEAR(spec);
        }
        Py_XDECREF(locations);
    }
    Py_DECREF(path);
    return spec;
}

/* find_spec(name, path=None, target=None) */
static PyObject *
finder_find_spec(PyObject *self, PyTypeObject *type, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
{
    (void)self;
    if (keywords != NULL || count < 1 || count > 3) {
        PyErr_SetString(PyExc_TypeError, "find_spec(name, path=None, target=None) takes one to three arguments");
        return NULL;
    }
    const pb_module *module = pb_lookup(arguments[0]);
    if (module == NULL) {
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    }
    return make_spec(PyType_GetModuleState(type), module, arguments[0]);
}

static PyMethodDef finder_methods[] = {
    {"find_spec", (PyCFunction)(void (*)(void))finder_find_spec, METH_METHOD | METH_FASTCALL | METH_KEYWORDS,
     "find_spec(name, path=None, target=None): the spec of an embedded module, or None"},
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
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = finder_slots,
};
