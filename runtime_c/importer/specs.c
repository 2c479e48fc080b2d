/* Module specs: how Python's import system sees an embedded module. */
#include "importer/state.h"

PyObject *
pb_make_loader(pb_state *state, PyObject *name, PyObject *path, const pb_module *module)
{
    pb_loader *loader = (pb_loader *)state->loader_type->tp_alloc(state->loader_type, 0);
    if (loader == NULL) {
        return NULL;
    }
    loader->name = Py_NewRef(name);
    loader->path = Py_NewRef(path);
    loader->module = module;
    return (PyObject *)loader;
}

/* ModuleSpec(name, loader, origin=path, is_package=...) with has_location.  New reference or NULL. */
static PyObject *
make_located_spec(pb_state *state, PyObject *type, PyObject *name, PyObject *loader, PyObject *path, bool is_package)
{
    PyObject *arguments[] = {name, loader, path, is_package ? Py_True : Py_False};
    PyObject *spec = PyObject_Vectorcall(type, arguments, 2, state->spec_keywords);
    if (spec != NULL && PyObject_SetAttr(spec, state->name_set_fileattr, Py_True) < 0) {
        Py_CLEAR(spec);
    }
    return spec;
}

/* The folders of a package: those that were given at build time, else the one that it lies in.  New reference or NULL. */
static PyObject *
make_locations(const pb_module *module, PyObject *path)
{
    const pb_payload *payload = &pb_the_program.payload;
    pb_range range = module->search_locations;
    PyObject *list = PyList_New(range.count > 0 ? range.count : 1);
    if (list == NULL) {
        return NULL;
    }
    if (range.count == 0) {
        PyObject *folder = module->flags & PB_MODULE_NAMESPACE ? Py_NewRef(path) : pb_parent_folder(path);
        if (folder == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, 0, folder);
    }
    for (uint32_t i = 0; i < range.count; i++) {
        pb_string text = payload->lists[range.first + i];
        PyObject *folder = PyUnicode_DecodeFSDefaultAndSize(pb_text(payload, text), text.length);
        if (folder == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, folder);
    }
    return list;
}

/* The spec of an extension module: what the ordinary loader gives for the shared object.  New reference or NULL. */
static PyObject *
make_extension_spec(pb_state *state, PyObject *name, PyObject *path, bool is_package)
{
    PyObject *external = pb_import("_frozen_importlib_external");
    PyObject *loader = external != NULL ? PyObject_CallMethod(external, "ExtensionFileLoader", "OO", name, path) : NULL;
    PyObject *spec = loader != NULL ? make_located_spec(state, state->base_spec_type, name, loader, path, is_package) : NULL;
    Py_XDECREF(loader);
    Py_XDECREF(external);
    return spec;
}

/* The spec of a namespace package, which may have further portions on disk: Python code looks for them.  For a path entry finder
 * (`search` NULL), the spec that only tells this finder's portions.  Steals `locations`.  New reference or NULL. */
static PyObject *
make_namespace_spec(pb_state *state, PyObject *name, PyObject *search, PyObject *locations)
{
    PyObject *spec;
    if (search != NULL) {
        spec = pb_call_support("_pybuild_folders", "namespace_spec", name, search, locations, NULL);
    }
    else {
        spec = PyObject_CallFunctionObjArgs(state->base_spec_type, name, Py_None, NULL);
        if (spec != NULL && PyObject_SetAttr(spec, state->name_search_locations, locations) < 0) {
            Py_CLEAR(spec);
        }
    }
    Py_DECREF(locations);
    return spec;
}

PyObject *
pb_make_spec(pb_state *state, const pb_module *module, PyObject *name, PyObject *search)
{
    bool is_package = (module->flags & (PB_MODULE_PACKAGE | PB_MODULE_NAMESPACE)) != 0;
    PyObject *path = pb_module_path(state, module);
    PyObject *locations = path != NULL && is_package ? make_locations(module, path) : NULL;
    if (path == NULL || (is_package && locations == NULL)) {
        Py_XDECREF(path);
        return NULL;
    }
    if (module->flags & PB_MODULE_NAMESPACE) {
        Py_DECREF(path);
        return make_namespace_spec(state, name, search, locations);
    }
    PyObject *spec = NULL;
    if (module->flags & PB_MODULE_EXTENSION) {
        spec = make_extension_spec(state, name, path, is_package);
    }
    else {
        PyObject *loader = pb_make_loader(state, name, path, module);
        spec = loader != NULL ? make_located_spec(state, state->spec_type, name, loader, path, is_package) : NULL;
        Py_XDECREF(loader);
    }
    if (spec != NULL && is_package && PyObject_SetAttr(spec, state->name_search_locations, locations) < 0) {
        Py_CLEAR(spec);
    }
    Py_XDECREF(locations);
    Py_DECREF(path);
    return spec;
}
