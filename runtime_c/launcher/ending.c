/* Whether the end of the program may leave cycles uncollected; see ending.h. */
#include "python/python.h"

#include "launcher/ending.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The standard library's extension modules whose objects only free memory, or what the system takes back at exit
 * anyway.  Not here: databases, curses, Tk, ctypes, and whatever is not the standard library's. */
static const char *const harmless_extensions[] = {
    "_asyncio",
    "_bisect",
    "_blake2",
    "_bz2",
    "_codecs_cn",
    "_codecs_hk",
    "_codecs_iso2022",
    "_codecs_jp",
    "_codecs_kr",
    "_codecs_tw",
    "_contextvars",
    "_csv",
    "_datetime",
    "_decimal",
    "_elementtree",
    "_hashlib",
    "_heapq",
    "_json",
    "_lzma",
    "_md5",
    "_multibytecodec",
    "_multiprocessing",
    "_opcode",
    "_pickle",
    "_posixshmem",
    "_posixsubprocess",
    "_queue",
    "_random",
    "_sha1",
    "_sha2",
    "_sha256",
    "_sha3",
    "_sha512",
    "_socket",
    "_ssl",
    "_statistics",
    "_struct",
    "_typing",
    "_uuid",
    "_zoneinfo",
    "array",
    "binascii",
    "cmath",
    "fcntl",
    "grp",
    "markupsafe._speedups",
    "math",
    "mmap",
    "orjson.orjson",
    "pydantic_core._pydantic_core",
    "pyexpat",
    "resource",
    "select",
    "syslog",
    "termios",
    "unicodedata",
    "zlib",
};

/* Callbacks of weak references that only tidy up a table: module and name of the function. */
static const char *const harmless_callbacks[][2] = {
    {"weakref", "remove"},
    {"_weakrefset", "_remove"},
    {"logging", "_removeHandlerRef"},
};

enum { PB_STREAMS = 9, PB_MEMORY_FILES = 2, PB_CALLBACKS = sizeof harmless_callbacks / sizeof *harmless_callbacks };

/* What the check compares with.  Owned references, but for the globals of modules, which sys.modules keeps while it runs. */
typedef struct {
    PyObject *streams[PB_STREAMS];            /* the standard streams and what they are made of: flushed in any case */
    PyObject *memory_files[PB_MEMORY_FILES];  /* _io.StringIO, _io.BytesIO */
    PyObject *callback_globals[PB_CALLBACKS]; /* NULL where the module is not loaded */
    PyTypeObject *known[64];                  /* types without finalisers that were seen last, by address */
    bool harmless;
} pb_check;

static int
compare_names(const void *name, const void *entry)
{
    return strcmp(name, *(const char *const *)entry);
}

static bool
is_builtin_name(const char *name)
{
    for (const struct _inittab *entry = PyImport_Inittab; entry->name != NULL; entry++) {
        if (strcmp(entry->name, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool
is_harmless_name(const char *name)
{
    return is_builtin_name(name) || bsearch(name, harmless_extensions, sizeof harmless_extensions / sizeof *harmless_extensions,
                                            sizeof *harmless_extensions, compare_names) != NULL;
}

/* Whether every C module in sys.modules is known to be harmless, by the name it is imported by or its own (_io calls itself io). */
static bool
extensions_are_harmless(void)
{
    PyObject *modules = PyImport_GetModuleDict(), *key, *module; /* all borrowed */
    Py_ssize_t position = 0;
    while (PyDict_Next(modules, &position, &key, &module)) {
        if (!PyModule_Check(module) || PyModule_GetDef(module) == NULL) {
            continue;
        }
        const char *imported_as = PyUnicode_Check(key) ? PyUnicode_AsUTF8(key) : NULL;
        if (imported_as != NULL && is_harmless_name(imported_as)) {
            continue;
        }
        PyErr_Clear();
        const char *own_name = PyModule_GetName(module);
        if (own_name == NULL || !is_harmless_name(own_name)) {
            PyErr_Clear();
            return false;
        }
    }
    return true;
}

/* The attribute `name` of `object`, or NULL (also for a NULL object); never an exception.  New reference. */
static PyObject *
attribute_of(PyObject *object, const char *name)
{
    PyObject *value = object != NULL ? PyObject_GetAttrString(object, name) : NULL;
    PyErr_Clear();
    return value;
}

/* The module of that name if it is loaded, borrowed. */
static PyObject *
loaded_module(const char *name)
{
    return PyDict_GetItemString(PyImport_GetModuleDict(), name);
}

static void
fill_check(pb_check *check)
{
    static const char *const names[] = {"__stdin__", "__stdout__", "__stderr__"};
    for (size_t i = 0; i < 3; i++) {
        PyObject *text = Py_XNewRef(PySys_GetObject(names[i]));
        PyObject *buffer = attribute_of(text, "buffer");
        check->streams[3 * i] = text;
        check->streams[3 * i + 1] = buffer;
        check->streams[3 * i + 2] = attribute_of(buffer, "raw");
    }
    PyObject *io = loaded_module("_io");
    check->memory_files[0] = attribute_of(io, "StringIO");
    check->memory_files[1] = attribute_of(io, "BytesIO");
    for (size_t i = 0; i < PB_CALLBACKS; i++) {
        PyObject *module = loaded_module(harmless_callbacks[i][0]);
        check->callback_globals[i] = module != NULL && PyModule_Check(module) ? PyModule_GetDict(module) : NULL;
    }
    check->harmless = true;
}

static void
clear_check(pb_check *check)
{
    for (size_t i = 0; i < PB_STREAMS; i++) {
        Py_CLEAR(check->streams[i]);
    }
    for (size_t i = 0; i < PB_MEMORY_FILES; i++) {
        Py_CLEAR(check->memory_files[i]);
    }
}

static bool
contains(PyObject *const *objects, size_t count, const void *object)
{
    for (size_t i = 0; i < count; i++) {
        if (objects[i] == object) {
            return true;
        }
    }
    return false;
}

static bool
callback_is_harmless(const pb_check *check, PyObject *callback)
{
    if (callback == NULL) {
        return true;
    }
    if (PyCFunction_CheckExact(callback)) { /* _abc's (a class leaves a registry) and threading.local's (a thread leaves it) */
        const char *name = ((PyCFunctionObject *)callback)->m_ml->ml_name;
        PyObject *self = PyCFunction_GET_SELF(callback);
        return self != NULL && PyWeakref_CheckRef(self) &&
               (strcmp(name, "_destroy") == 0 || strcmp(name, "_localdummy_destroyed") == 0);
    }
    if (!PyFunction_Check(callback)) {
        return false;
    }
    for (size_t i = 0; i < PB_CALLBACKS; i++) {
        if (check->callback_globals[i] != NULL && PyFunction_GetGlobals(callback) == check->callback_globals[i] &&
            PyUnicode_CompareWithASCIIString(((PyFunctionObject *)callback)->func_name, harmless_callbacks[i][1]) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether an object with a finaliser can still be left alone. */
static bool
finaliser_is_harmless(const pb_check *check, PyObject *object)
{
    if (PyGen_CheckExact(object)) {
        return !pb_generator_is_suspended((PyGenObject *)object);
    }
    return contains(check->streams, PB_STREAMS, object) || contains(check->memory_files, PB_MEMORY_FILES, Py_TYPE(object));
}

/* Whether the class has a finaliser written in Python and instances that the collector does not know. */
static bool
has_hidden_finalisers(PyTypeObject *type)
{
    if (PyType_HasFeature(type, Py_TPFLAGS_HAVE_GC) || (type->tp_finalize == NULL && type->tp_del == NULL)) {
        return false;
    }
    PyObject *name = PyUnicode_InternFromString("__del__");
    PyObject *finaliser = name != NULL ? pb_type_lookup(type, name) : NULL; /* borrowed */
    Py_XDECREF(name);
    return finaliser == NULL || !Py_IS_TYPE(finaliser, &PyWrapperDescr_Type); /* C: os.scandir's */
}

/* The collector's visitor: look at one object, stop (0) at the first that matters. */
static int
look_at(PyObject *object, void *argument)
{
    pb_check *check = argument;
    PyTypeObject *type = Py_TYPE(object);
    PyTypeObject **known = &check->known[((uintptr_t)type >> 5) % (sizeof check->known / sizeof *check->known)];
    if (*known == type) {
        return 1;
    }
    if (type->tp_del != NULL) {
        check->harmless = false;
    }
    else if (type->tp_finalize != NULL) {
        check->harmless = finaliser_is_harmless(check, object);
    }
    else if (PyWeakref_Check(object)) {
        check->harmless = callback_is_harmless(check, ((PyWeakReference *)object)->wr_callback);
    }
    else if (PyType_Check(object)) {
        check->harmless = !has_hidden_finalisers((PyTypeObject *)object);
    }
    else {
        *known = type;
    }
    return check->harmless;
}

/* Whether somebody watches: callbacks of the collector, its debugging flags, warnings asked for (of resources left open).  Never an
 * exception. */
static bool
somebody_watches(PyObject *gc)
{
    PyObject *warn_options = PySys_GetObject("warnoptions"); /* borrowed */
    if (warn_options == NULL || !PyList_Check(warn_options) || PyList_GET_SIZE(warn_options) != 0) {
        return true;
    }
    PyObject *callbacks = attribute_of(gc, "callbacks");
    PyObject *debug = PyObject_CallMethod(gc, "get_debug", NULL);
    bool watched = callbacks == NULL || !PyList_Check(callbacks) || PyList_GET_SIZE(callbacks) != 0 || debug == NULL ||
                   PyObject_IsTrue(debug) != 0;
    Py_XDECREF(debug);
    Py_XDECREF(callbacks);
    PyErr_Clear();
    return watched;
}

/* The atexit function, called last.  New reference to None; whatever goes wrong only means the usual end. */
static PyObject *
end(PyObject *self, PyObject *ignored)
{
    (void)self;
    (void)ignored;
    PyObject *gc = PyImport_ImportModule("gc");
    if (gc != NULL && !somebody_watches(gc) && extensions_are_harmless()) {
        pb_check check = {0};
        fill_check(&check);
        pb_visit_collectable(look_at, &check);
        clear_check(&check);
        if (check.harmless) {
            Py_XDECREF(PyObject_CallMethod(gc, "freeze", NULL));
        }
    }
    Py_XDECREF(gc);
    PyErr_Clear();
    Py_RETURN_NONE;
}

static PyMethodDef end_method = {"end", end, METH_NOARGS, "Tell the collector to leave everything alone if nobody can see it."};

int
pb_prepare_ending(void)
{
    PyObject *atexit = PyImport_ImportModule("atexit");
    PyObject *function = atexit != NULL ? PyCFunction_New(&end_method, NULL) : NULL;
    PyObject *result = function != NULL ? PyObject_CallMethod(atexit, "register", "O", function) : NULL;
    Py_XDECREF(result);
    Py_XDECREF(function);
    Py_XDECREF(atexit);
    return result != NULL ? PyDict_DelItemString(PyImport_GetModuleDict(), "atexit") : -1; /* the program's import is its own */
}
