/* The built-in module _pybuild: its state, and how its finder gets into every interpreter. */
#include "importer/state.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

PyObject *
pb_import(const char *name)
{
    return PyImport_ImportModuleLevel(name, NULL, NULL, NULL, 0);
}

pb_state *
pb_state_of(PyObject *object)
{
    pb_state *state = PyType_GetModuleState(Py_TYPE(object));
    if (state != NULL && state->exec == NULL) {
        PyErr_SetString(PyExc_ImportError, "the interpreter has ended");
        return NULL;
    }
    return state;
}

pb_state *
pb_state_here(void)
{
    PyObject *module = pb_import("_pybuild");
    if (module == NULL) {
        return NULL;
    }
    pb_state *state = PyModule_GetState(module);
    Py_DECREF(module); /* sys.modules keeps it */
    return state;
}

PyObject *
pb_call_support(const char *module_name, const char *function_name, ...)
{
    PyObject *arguments[4];
    size_t count = 0;
    va_list list;
    va_start(list, function_name);
    while ((arguments[count] = va_arg(list, PyObject *)) != NULL) {
        count++;
    }
    va_end(list);
    PyObject *module = pb_import(module_name);
    PyObject *function = module != NULL ? PyObject_GetAttrString(module, function_name) : NULL;
    PyObject *result = function != NULL ? PyObject_Vectorcall(function, arguments, count, NULL) : NULL;
    Py_XDECREF(function);
    Py_XDECREF(module);
    return result;
}

/* An attribute of a module that is already imported.  New reference or NULL. */
static PyObject *
attribute_of(const char *module_name, const char *name)
{
    PyObject *module = pb_import(module_name);
    PyObject *value = module != NULL ? PyObject_GetAttrString(module, name) : NULL;
    Py_XDECREF(module);
    return value;
}

/* A subclass of ModuleSpec whose `cached` is None: the code has no cache file.  New reference or NULL. */
static PyObject *
make_spec_type(PyObject *base)
{
    PyObject *members = Py_BuildValue("{sOss}", "cached", Py_None, "__module__", "_pybuild");
    PyObject *type = members != NULL ? PyObject_CallFunction((PyObject *)&PyType_Type, "s(O)O", "ModuleSpec", base, members) : NULL;
    Py_XDECREF(members);
    return type;
}

static PyTypeObject *
make_type(PyObject *module, PyType_Spec *spec)
{
    return (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
}

static int
module_traverse(PyObject *module, visitproc visit, void *arg)
{
    pb_state *state = PyModule_GetState(module);
    Py_VISIT(state->finder_type);
    Py_VISIT(state->loader_type);
    Py_VISIT(state->folder_type);
    for (size_t i = 0; i < PB_SITE_TYPES; i++) {
        Py_VISIT(state->site_types[i]);
    }
    Py_VISIT(state->base_spec_type);
    Py_VISIT(state->spec_type);
    Py_VISIT(state->call_with_frames_removed);
    Py_VISIT(state->exec);
    Py_VISIT(state->compiled);
    Py_VISIT(state->replaced_hooks);
    Py_VISIT(state->io_open);
    return 0;
}

static int
module_clear(PyObject *module)
{
    pb_state *state = PyModule_GetState(module);
    Py_CLEAR(state->finder_type);
    Py_CLEAR(state->loader_type);
    Py_CLEAR(state->folder_type);
    for (size_t i = 0; i < PB_SITE_TYPES; i++) {
        Py_CLEAR(state->site_types[i]);
    }
    Py_CLEAR(state->base_spec_type);
    Py_CLEAR(state->spec_type);
    Py_CLEAR(state->spec_keywords);
    Py_CLEAR(state->call_with_frames_removed);
    Py_CLEAR(state->exec);
    Py_CLEAR(state->folder);
    Py_CLEAR(state->name_cached);
    Py_CLEAR(state->name_compiled);
    Py_CLEAR(state->name_set_fileattr);
    Py_CLEAR(state->name_search_locations);
    Py_CLEAR(state->compiled);
    Py_CLEAR(state->replaced_hooks);
    Py_CLEAR(state->io_open);
    return 0;
}

static void
module_free(void *module)
{
    module_clear(module);
}

/* distributions(): the folders of the embedded metadata */
static PyObject *
distributions(PyObject *module, PyObject *unused)
{
    const pb_payload *payload = &pb_the_program.payload;
    uint32_t count = payload->index->distributions.count;
    PyObject *folders = PyList_New(count);
    (void)module;
    (void)unused;
    for (uint32_t i = 0; folders != NULL && i < count; i++) {
        PyObject *folder = PyUnicode_FromString(pb_text(payload, payload->distributions[i].folder));
        if (folder == NULL) {
            Py_CLEAR(folders);
            break;
        }
        PyList_SET_ITEM(folders, i, folder);
    }
    return folders;
}

/* The blob that messages call `what` and `name`, as bytes.  New reference or NULL. */
static PyObject *
blob_as_bytes(pb_blob blob, const char *what, const char *name)
{
    pb_bytes bytes;
    if (pb_open_blob(blob, &bytes, what, name) < 0) {
        return NULL;
    }
    PyObject *result = PyBytes_FromStringAndSize((const char *)bytes.data, (Py_ssize_t)bytes.size);
    pb_blob_close(&bytes);
    return result;
}

/* metadata(folder, file): the file's bytes, None if there is none */
static PyObject *
metadata(PyObject *module, PyObject *arguments)
{
    const pb_payload *payload = &pb_the_program.payload;
    const char *folder, *name;
    (void)module;
    if (!PyArg_ParseTuple(arguments, "ss:metadata", &folder, &name)) {
        return NULL;
    }
    for (uint32_t i = 0; i < payload->index->distributions.count; i++) {
        const pb_distribution *distribution = &payload->distributions[i];
        for (uint32_t j = 0; strcmp(pb_text(payload, distribution->folder), folder) == 0 && j < distribution->files.count; j++) {
            const pb_file *file = &payload->files[distribution->files.first + j];
            if (strcmp(pb_text(payload, file->name), name) == 0) {
                return blob_as_bytes(file->content, "the metadata file ", name);
            }
        }
    }
    return Py_NewRef(Py_None);
}

/* children(folder): (name, is_package) of the embedded modules in a folder, None if it is no folder of embedded packages */
static PyObject *
children(PyObject *module, PyObject *folder)
{
    PyObject *package = PyUnicode_Check(folder) ? pb_package_in_folder(PyModule_GetState(module), folder) : NULL;
    if (package == NULL) {
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    }
    PyObject *list = pb_children(package);
    Py_DECREF(package);
    return list;
}

/* source(path): the kept source of the embedded module whose file is `path`, as bytes, else None */
static PyObject *
source(PyObject *module, PyObject *path)
{
    const pb_payload *payload = &pb_the_program.payload;
    const pb_module *found = PyUnicode_Check(path) ? pb_module_at(PyModule_GetState(module), path) : NULL;
    if (found == NULL || !(found->flags & PB_MODULE_SOURCE)) {
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    }
    return blob_as_bytes(found->source, "the source of ", pb_text(payload, found->name));
}

/* source_text(path): the kept source of the embedded module whose file is `path`, as text, else None */
static PyObject *
source_text(PyObject *module, PyObject *path)
{
    const pb_module *found = PyUnicode_Check(path) ? pb_module_at(PyModule_GetState(module), path) : NULL;
    return PyErr_Occurred() ? NULL : pb_module_source(found);
}

/* is_file(path): whether an embedded module would have this file */
static PyObject *
is_file(PyObject *module, PyObject *path)
{
    const pb_module *found = PyUnicode_Check(path) ? pb_module_at(PyModule_GetState(module), path) : NULL;
    return PyErr_Occurred() ? NULL : PyBool_FromLong(found != NULL);
}

/* Not in the module's definition: faulthandler takes modules whose definition has methods for extension modules, and names them. */
static PyMethodDef module_methods[] = {
    {"distributions", distributions, METH_NOARGS, "distributions(): the folders of the embedded metadata"},
    {"metadata", metadata, METH_VARARGS, "metadata(folder, file): the file's bytes, or None"},
    {"children", children, METH_O, "children(folder): (name, is_package) of the embedded modules in it, or None"},
    {"source", source, METH_O, "source(path): the kept source of the embedded module at path, or None"},
    {"source_text", source_text, METH_O, "source_text(path): the same as text"},
    {"is_file", is_file, METH_O, "is_file(path): whether an embedded module would have this file"},
    {"run_file", pb_run_file, METH_VARARGS, "run_file(globals, path): run the embedded module at path in globals"},
    {NULL, NULL, 0, NULL},
};

static int
module_exec(PyObject *module)
{
    pb_state *state = PyModule_GetState(module);
    state->finder_type = make_type(module, &pb_finder_spec);
    state->loader_type = make_type(module, &pb_loader_spec);
    state->folder_type = make_type(module, &pb_folder_spec);
    for (size_t i = 0; i < PB_SITE_TYPES; i++) {
        state->site_types[i] = make_type(module, &pb_site_specs[i]);
    }
    state->base_spec_type = attribute_of("_frozen_importlib", "ModuleSpec");
    state->spec_type = state->base_spec_type != NULL ? make_spec_type(state->base_spec_type) : NULL;
    state->spec_keywords = Py_BuildValue("(ss)", "origin", "is_package");
    state->call_with_frames_removed = attribute_of("_frozen_importlib", "_call_with_frames_removed");
    state->exec = attribute_of("builtins", "exec");
    state->folder = PyUnicode_DecodeFSDefault(pb_the_program.folder);
    state->name_cached = PyUnicode_InternFromString("__cached__");
    state->name_compiled = PyUnicode_InternFromString("__compiled__");
    state->name_set_fileattr = PyUnicode_InternFromString("_set_fileattr");
    state->name_search_locations = PyUnicode_InternFromString("submodule_search_locations");
    return PyErr_Occurred() || PyModule_AddFunctions(module, module_methods) < 0
               ? -1
               : PyModule_AddObjectRef(module, "program_dir", state->folder);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_multiple_interpreters
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
    {0, NULL},
};

PyModuleDef pb_module_def = {
    PyModuleDef_HEAD_INIT,      .m_name = "_pybuild",    .m_doc = "The importer of a program built with pybuild.",
    .m_size = sizeof(pb_state), .m_slots = module_slots, .m_traverse = module_traverse,
    .m_clear = module_clear,    .m_free = module_free,
};

static PyObject *
init_module(void)
{
    return PyModuleDef_Init(&pb_module_def);
}

/* Append what `make` returns to the list sys.`name`.  -1 with an exception on failure. */
static int
append_to(const char *name, PyObject *object)
{
    PyObject *list = PySys_GetObject(name); /* borrowed */
    if (list == NULL || !PyList_Check(list)) {
        PyErr_Format(PyExc_RuntimeError, "sys.%s is no list", name);
        return -1;
    }
    return PyList_Append(list, object);
}

/* Frozen modules take their __file__ from sys._stdlib_dir; the path search of 3.11 and 3.12 forgets what it was given for it.
 * -1 with an exception on failure. */
static int
set_stdlib_dir(pb_state *state)
{
    const pb_index *index = pb_the_program.payload.index;
    PyObject *present = PySys_GetObject("_stdlib_dir"); /* borrowed */
    if (present != NULL && present != Py_None) {
        return 0;
    }
    PyObject *folder = index->stdlib_dir.length > 0 ? PyUnicode_DecodeFSDefault(pb_text(&pb_the_program.payload, index->stdlib_dir))
                                                    : Py_NewRef(state->folder);
    int result = folder != NULL ? PySys_SetObject("_stdlib_dir", folder) : -1;
    Py_XDECREF(folder);
    return result;
}

/* Install all of the importer in this interpreter: a finder behind the built-in and the frozen one and before the path finder
 * (which comes later), the path hook, and what programs expect of builtins and tracebacks.  -1 with an exception on failure. */
static int
install(void)
{
    PyObject *module = pb_import("_pybuild");
    if (module == NULL) {
        return -1;
    }
    pb_state *state = PyModule_GetState(module);
    PyObject *finder = state->finder_type->tp_alloc(state->finder_type, 0);
    PyObject *hook = finder != NULL ? pb_make_path_hook(module) : NULL;
    int result = -1;
    if (hook != NULL && append_to("meta_path", finder) == 0 && append_to("path_hooks", hook) == 0 &&
        pb_install_site_names(state) == 0 && set_stdlib_dir(state) == 0 && pb_install_hooks(module) == 0) {
        result = 0;
    }
    Py_XDECREF(hook);
    Py_XDECREF(finder);
    Py_DECREF(module);
    return result;
}

/* A last step of marshal's initialisation.  importlib's external half imports marshal before it appends the path finder and before
 * any module is looked for in files, in the first interpreter and in every other: the one moment that is right for all. */
static int
install_first(PyObject *marshal)
{
    PyObject *meta_path = PySys_GetObject("meta_path"); /* borrowed */
    (void)marshal;
    return meta_path != NULL && PyList_Check(meta_path) && PyList_GET_SIZE(meta_path) == 2 ? install() : 0;
}

static PyObject *(*init_marshal)(void);
static PyModuleDef marshal_def;
static PyModuleDef_Slot marshal_slots[8]; /* marshal's own, install_first, and the end */

/* In place of marshal's own initialisation: a copy of its definition with the further step. */
static PyObject *
init_marshal_and_finder(void)
{
    PyObject *original = init_marshal();
    if (original == NULL || !PyObject_TypeCheck(original, &PyModuleDef_Type)) {
        return original;
    }
    if (marshal_def.m_name == NULL) {
        const PyModuleDef *def = (PyModuleDef *)original;
        size_t count = 0;
        while (def->m_slots != NULL && def->m_slots[count].slot != 0) {
            count++;
        }
        if (count + 2 > sizeof marshal_slots / sizeof *marshal_slots) {
            PyErr_SetString(PyExc_SystemError, "marshal has more slots than expected");
            return NULL;
        }
        memcpy(marshal_slots, def->m_slots, count * sizeof *marshal_slots);
        marshal_slots[count] = (PyModuleDef_Slot){Py_mod_exec, (void *)install_first};
        marshal_def = (PyModuleDef){
            PyModuleDef_HEAD_INIT,         .m_name = def->m_name,       .m_doc = def->m_doc,
            .m_size = def->m_size,         .m_methods = def->m_methods, .m_slots = marshal_slots,
            .m_traverse = def->m_traverse, .m_clear = def->m_clear,     .m_free = def->m_free,
        };
    }
    return PyModuleDef_Init(&marshal_def);
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
    return PyFile_SetOpenCodeHook(pb_open_code, NULL);
}
