/* The path entry finder for folders that embedded packages would have: what pkgutil and PathFinder see of them, together with what
 * really lies there on disk. */
#include "importer/state.h"

#include <stddef.h>

/* Owned references; `files` is NULL until the disk is first looked at. */
typedef struct {
    PyObject_HEAD PyObject *path;
    PyObject *package; /* "" for the program's folder */
    PyObject *files;   /* importlib's FileFinder of the folder */
} pb_folder;

/* FileFinder(path, *loaders).  New reference or NULL. */
static PyObject *
make_file_finder(PyObject *path)
{
    PyObject *external = pb_import("_frozen_importlib_external");
    PyObject *loaders = external != NULL ? PyObject_CallMethod(external, "_get_supported_file_loaders", NULL) : NULL;
    PyObject *first = loaders != NULL ? PyTuple_Pack(1, path) : NULL;
    PyObject *rest = first != NULL ? PySequence_Tuple(loaders) : NULL;
    PyObject *arguments = rest != NULL ? PySequence_Concat(first, rest) : NULL;
    PyObject *type = arguments != NULL ? PyObject_GetAttrString(external, "FileFinder") : NULL;
    PyObject *finder = type != NULL ? PyObject_CallObject(type, arguments) : NULL;
    Py_XDECREF(type);
    Py_XDECREF(arguments);
    Py_XDECREF(rest);
    Py_XDECREF(first);
    Py_XDECREF(loaders);
    Py_XDECREF(external);
    return finder;
}

/* The folder's FileFinder.  Borrowed reference or NULL. */
static PyObject *
file_finder(pb_folder *self)
{
    if (self->files == NULL) {
        PyObject *files = make_file_finder(self->path);
        if (self->files != NULL) { /* another thread was faster */
            Py_XDECREF(files);
            PyErr_Clear();
        }
        else {
            self->files = files;
        }
    }
    return self->files;
}

/* find_spec(fullname, target=None) */
static PyObject *
folder_find_spec(PyObject *object, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"fullname", "target", NULL};
    pb_folder *self = (pb_folder *)object;
    PyObject *name, *target = Py_None;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "U|O:find_spec", names, &name, &target)) {
        return NULL;
    }
    Py_ssize_t length = PyUnicode_GET_LENGTH(name);
    Py_ssize_t dot = PyUnicode_FindChar(name, '.', 0, length, -1);
    PyObject *tail = PyUnicode_Substring(name, dot + 1, length);
    const char *joint = PyUnicode_GET_LENGTH(self->package) > 0 ? "%U.%U" : "%U%U";
    PyObject *embedded_name = tail != NULL ? PyUnicode_FromFormat(joint, self->package, tail) : NULL;
    Py_XDECREF(tail);
    if (embedded_name == NULL) {
        return NULL;
    }
    const pb_module *module = pb_lookup(embedded_name);
    Py_DECREF(embedded_name);
    if (module != NULL) {
        pb_state *state = pb_state_of(object);
        return state != NULL ? pb_make_spec(state, module, name, NULL) : NULL;
    }
    PyObject *files = PyErr_Occurred() ? NULL : file_finder(self);
    return files != NULL ? PyObject_CallMethod(files, "find_spec", "OO", name, target) : NULL;
}

/* iter_modules(prefix="") */
static PyObject *
folder_iter_modules(PyObject *object, PyObject *arguments, PyObject *keywords)
{
    static char *names[] = {"prefix", NULL};
    pb_folder *self = (pb_folder *)object;
    PyObject *prefix = NULL;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "|U:iter_modules", names, &prefix)) {
        return NULL;
    }
    PyObject *files = file_finder(self);
    PyObject *embedded = files != NULL ? pb_children(self->package) : NULL;
    PyObject *start = prefix != NULL ? Py_NewRef(prefix) : PyUnicode_FromString("");
    PyObject *found = embedded != NULL && start != NULL
                          ? pb_call_support("_pybuild_folders", "iter_modules", embedded, files, start, NULL)
                          : NULL;
    Py_XDECREF(start);
    Py_XDECREF(embedded);
    return found;
}

static PyObject *
folder_invalidate_caches(PyObject *object, PyObject *unused)
{
    (void)unused;
    PyObject *files = ((pb_folder *)object)->files;
    return files != NULL ? PyObject_CallMethod(files, "invalidate_caches", NULL) : Py_NewRef(Py_None);
}

static PyObject *
folder_repr(PyObject *object)
{
    return PyUnicode_FromFormat("<_pybuild.FolderFinder %R>", ((pb_folder *)object)->path);
}

static PyMethodDef folder_methods[] = {
    {"find_spec", (PyCFunction)(void (*)(void))folder_find_spec, METH_VARARGS | METH_KEYWORDS,
     "find_spec(fullname, target=None): the spec of a module in this folder, embedded or on disk"},
    {"iter_modules", (PyCFunction)(void (*)(void))folder_iter_modules, METH_VARARGS | METH_KEYWORDS,
     "iter_modules(prefix=''): (name, is_package) of the modules in this folder, embedded or on disk"},
    {"invalidate_caches", folder_invalidate_caches, METH_NOARGS, "invalidate_caches(): look at the disk again"},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef folder_members[] = {
    {"path", T_OBJECT_EX, offsetof(pb_folder, path), READONLY, "the folder"},
    {"package", T_OBJECT_EX, offsetof(pb_folder, package), READONLY, "the embedded package in it, '' for the top level"},
    {NULL, 0, 0, 0, NULL},
};

static int
folder_traverse(PyObject *object, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(((pb_folder *)object)->files);
    return 0;
}

static int
folder_clear(PyObject *object)
{
    Py_CLEAR(((pb_folder *)object)->files);
    return 0;
}

static void
folder_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    folder_clear(object);
    Py_XDECREF(((pb_folder *)object)->path);
    Py_XDECREF(((pb_folder *)object)->package);
    type->tp_free(object);
    Py_DECREF(type);
}

static PyType_Slot folder_slots[] = {
    {Py_tp_dealloc, folder_dealloc},
    {Py_tp_traverse, folder_traverse},
    {Py_tp_clear, folder_clear},
    {Py_tp_repr, folder_repr},
    {Py_tp_methods, folder_methods},
    {Py_tp_members, folder_members},
    {Py_tp_doc, "Finds modules in a folder of the program, embedded or on disk."},
    {0, NULL},
};

PyType_Spec pb_folder_spec = {
    .name = "_pybuild.FolderFinder",
    .basicsize = sizeof(pb_folder),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = folder_slots,
};

/* path_hook(path): as for every path hook, an ImportError says "not mine". */
static PyObject *
path_hook(PyObject *module, PyObject *path)
{
    pb_state *state = PyModule_GetState(module);
    PyObject *package = PyUnicode_Check(path) ? pb_package_in_folder(state, path) : NULL;
    if (package == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_ImportError, "no folder of embedded packages");
        }
        return NULL;
    }
    pb_folder *folder = (pb_folder *)state->folder_type->tp_alloc(state->folder_type, 0);
    if (folder == NULL) {
        Py_DECREF(package);
        return NULL;
    }
    folder->path = Py_NewRef(path);
    folder->package = package;
    return (PyObject *)folder;
}

static PyMethodDef path_hook_def = {"path_hook", path_hook, METH_O,
                                    "path_hook(path): a finder for the folder of an embedded package"};

PyObject *
pb_make_path_hook(PyObject *module)
{
    return PyCFunction_NewEx(&path_hook_def, module, NULL);
}
