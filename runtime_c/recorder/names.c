/* Interning of names; see names.h. */
#include "recorder/names.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    int kind;
    PyObject *module; /* owned, or NULL */
    PyObject *name;   /* owned */
} pb_name;

/* What a number is looked up by.  `what` tells the tables apart that share this one. */
typedef struct {
    uintptr_t first, second;
    uint32_t what;
    uint32_t number; /* 0: the slot is free */
} pb_slot;

enum { KEY_TYPE = 1, KEY_FUNCTION, KEY_BUILTIN, KEY_METHOD };
enum { MOST_NAMES = 1 << 17 };

static pb_name *names;
static uint32_t names_used = 1, names_room;
static pb_slot *slots;
static size_t slots_used, slots_room; /* room is a power of two */

static size_t
hash_of(uint32_t what, uintptr_t first, uintptr_t second)
{
    uint64_t hash = (first >> 4) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ (second >> 3) ^ what) * 0xC2B2AE3D27D4EB4Fu;
    return (size_t)(hash ^ hash >> 29);
}

/* The slot of a key, or the free one where it belongs.  There is always a free one. */
static pb_slot *
find_slot(uint32_t what, uintptr_t first, uintptr_t second)
{
    for (size_t i = hash_of(what, first, second);; i++) {
        pb_slot *slot = &slots[i & (slots_room - 1)];
        if (slot->number == 0 || (slot->first == first && slot->second == second && slot->what == what)) {
            return slot;
        }
    }
}

static bool
grow_slots(void)
{
    pb_slot *old = slots;
    size_t old_room = slots_room, room = old_room != 0 ? 2 * old_room : 1024;
    pb_slot *grown = calloc(room, sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    slots = grown;
    slots_room = room;
    for (size_t i = 0; i < old_room; i++) {
        if (old[i].number != 0) {
            *find_slot(old[i].what, old[i].first, old[i].second) = old[i];
        }
    }
    free(old);
    return true;
}

/* The known number of a key, or 0. */
static uint32_t
known(uint32_t what, uintptr_t first, uintptr_t second)
{
    return slots_room != 0 ? find_slot(what, first, second)->number : 0;
}

/* Give a key the next number.  `module` (may be NULL) and `name` are borrowed; 0 when there is no room. */
static uint32_t
add(uint32_t what, uintptr_t first, uintptr_t second, int kind, PyObject *module, PyObject *name)
{
    if (names_used == MOST_NAMES || name == NULL || !PyUnicode_CheckExact(name)) {
        return PB_NAME_OTHER;
    }
    if (names_used >= names_room) {
        uint32_t room = names_room != 0 ? 2 * names_room : 512;
        pb_name *grown = realloc(names, room * sizeof *grown);
        if (grown == NULL) {
            return PB_NAME_OTHER;
        }
        names = grown;
        names_room = room;
    }
    if (2 * (slots_used + 1) > slots_room && !grow_slots()) {
        return PB_NAME_OTHER;
    }
    bool has_module = module != NULL && PyUnicode_CheckExact(module);
    names[names_used] = (pb_name){kind, has_module ? Py_NewRef(module) : NULL, Py_NewRef(name)};
    *find_slot(what, first, second) = (pb_slot){first, second, what, names_used};
    slots_used++;
    return names_used++;
}

/* Borrowed: the `__module__` that a class's body has set, or NULL.  Keys that are strings run no code when compared. */
static PyObject *
module_of_class(PyTypeObject *type)
{
    PyObject *module = type->tp_dict != NULL ? PyDict_GetItemWithError(type->tp_dict, &_Py_ID(__module__)) : NULL;
    return module;
}

/* A class in C: the name is in tp_name, and its address is its own for ever. */
static uint32_t
add_static_class(PyTypeObject *type)
{
    const char *dot = strrchr(type->tp_name, '.');
    PyObject *module = dot != NULL ? PyUnicode_FromStringAndSize(type->tp_name, dot - type->tp_name) : NULL;
    PyObject *name = PyUnicode_FromString(dot != NULL ? dot + 1 : type->tp_name);
    uint32_t number = add(KEY_TYPE, (uintptr_t)type, 0, PB_NAME_CLASS, module, name);
    Py_XDECREF(module);
    Py_XDECREF(name);
    return number;
}

/* A class object may be freed and another one get its address: that one has another string for its name, or the same name. */
uint32_t
pb_class_name(PyTypeObject *type)
{
    bool heap = type->tp_flags & Py_TPFLAGS_HEAPTYPE;
    PyObject *name = heap ? ((PyHeapTypeObject *)type)->ht_qualname : NULL;
    uint32_t number = known(KEY_TYPE, (uintptr_t)type, (uintptr_t)name);
    if (number != 0) {
        return number;
    }
    PyObject *error_type, *error, *traceback;
    PyErr_Fetch(&error_type, &error, &traceback);
    number =
        heap ? add(KEY_TYPE, (uintptr_t)type, (uintptr_t)name, PB_NAME_CLASS, module_of_class(type), name) : add_static_class(type);
    PyErr_Restore(error_type, error, traceback);
    return number;
}

/* A function of Python is called by the name of its code: decorators that copy __qualname__ do not change that. */
static uint32_t
function_name(PyFunctionObject *function)
{
    PyObject *name = ((PyCodeObject *)function->func_code)->co_qualname;
    PyObject *module = PyDict_GetItemWithError(function->func_globals, &_Py_ID(__name__));
    uint32_t number = known(KEY_FUNCTION, (uintptr_t)module, (uintptr_t)name);
    return number != 0 ? number : add(KEY_FUNCTION, (uintptr_t)module, (uintptr_t)name, PB_NAME_FUNCTION, module, name);
}

/* `owner` of a method in C, and its name in it: "list", "append" make "list.append". */
static uint32_t
method_name(const PyMethodDef *definition, PyTypeObject *owner)
{
    uint32_t class_number = pb_class_name(owner);
    uint32_t number = known(KEY_METHOD, (uintptr_t)definition, class_number);
    if (number != 0 || class_number == PB_NAME_OTHER) {
        return number;
    }
    PyObject *name = PyUnicode_FromFormat("%U.%s", names[class_number].name, definition->ml_name);
    number = add(KEY_METHOD, (uintptr_t)definition, class_number, PB_NAME_METHOD, names[class_number].module, name);
    Py_XDECREF(name);
    return number;
}

static uint32_t
builtin_name(PyCFunctionObject *function)
{
    const PyMethodDef *definition = function->m_ml;
    PyObject *self = function->m_self;
    if (self != NULL && !PyModule_Check(self)) {
        return method_name(definition, PyType_Check(self) ? (PyTypeObject *)self : Py_TYPE(self));
    }
    uint32_t number = known(KEY_BUILTIN, (uintptr_t)definition, 0);
    if (number == 0) {
        PyObject *name = PyUnicode_FromString(definition->ml_name);
        number = add(KEY_BUILTIN, (uintptr_t)definition, 0, PB_NAME_BUILTIN, function->m_module, name);
        Py_XDECREF(name);
    }
    return number;
}

uint32_t
pb_callee_key(PyObject *callable)
{
    PyObject *error_type, *error, *traceback;
    PyErr_Fetch(&error_type, &error, &traceback);
    uint32_t number, instance = 0;
    if (PyFunction_Check(callable)) {
        number = function_name((PyFunctionObject *)callable);
    }
    else if (PyCFunction_Check(callable)) {
        number = builtin_name((PyCFunctionObject *)callable);
    }
    else if (Py_IS_TYPE(callable, &PyMethodDescr_Type)) {
        PyMethodDescrObject *method = (PyMethodDescrObject *)callable;
        number = method_name(method->d_method, PyDescr_TYPE(method));
    }
    else if (PyType_Check(callable)) {
        number = pb_class_name((PyTypeObject *)callable);
    }
    else {
        number = pb_class_name(Py_TYPE(callable));
        instance = 1;
    }
    PyErr_Restore(error_type, error, traceback);
    return 4 * number + instance;
}

PyObject *
pb_names(void)
{
    PyObject *list = PyList_New(names_used);
    for (uint32_t i = 0; list != NULL && i < names_used; i++) {
        PyObject *module = i != 0 && names[i].module != NULL ? names[i].module : Py_None;
        PyObject *item =
            i != 0 ? Py_BuildValue("(iOO)", names[i].kind, module, names[i].name) : Py_BuildValue("(iOs)", -1, Py_None, "");
        if (item == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, i, item);
    }
    return list;
}
