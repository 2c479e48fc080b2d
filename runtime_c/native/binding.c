/* What a call's arguments become: parameters, in an array.  What is declared in calls.h is described there. */
#include "native/native.h"

#include "native/calls.h"

#if PY_VERSION_HEX < 0x030C0000

enum { MOST_DEFAULTS = 100 };

/* The parameter that a keyword names, -1 when there is none. */
static Py_ssize_t
parameter_named(PyCodeObject *code, PyObject *name)
{
    PyObject **names = ((PyTupleObject *)code->co_localsplusnames)->ob_item;
    Py_ssize_t end = code->co_argcount + code->co_kwonlyargcount;
    for (Py_ssize_t i = code->co_posonlyargcount; i < end; i++) {
        if (names[i] == name) {
            return i;
        }
    }
    for (Py_ssize_t i = code->co_posonlyargcount; i < end && !PyUnicode_CHECK_INTERNED(name); i++) { /* as all of `names` are */
        if (PyUnicode_Compare(names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

Py_ssize_t
pb_defaults_of(PyFunctionObject *func)
{
    return func->func_defaults != NULL ? PyTuple_GET_SIZE(func->func_defaults) : 0;
}

/* Whether every parameter that is still without argument has a default. */
static bool
complete(PyFunctionObject *func, PyObject **bound)
{
    PyCodeObject *code = (PyCodeObject *)func->func_code;
    Py_ssize_t positional = code->co_argcount, first = positional - pb_defaults_of(func);
    for (Py_ssize_t i = 0; i < positional; i++) {
        if (bound[i] == NULL && i < first) {
            return false;
        }
    }
    for (Py_ssize_t i = positional; i < positional + code->co_kwonlyargcount; i++) {
        if (bound[i] == NULL) {
            PyObject *defaults = func->func_kwdefaults, *name = PyTuple_GET_ITEM(code->co_localsplusnames, i);
            if (defaults == NULL || PyDict_GetItemWithError(defaults, name) == NULL) {
                PyErr_Clear();
                return false;
            }
        }
    }
    return true;
}

bool
pb_bind(PyFunctionObject *func, const pb_native *native, PyObject **args, Py_ssize_t count, PyObject *keywords, PyObject **bound)
{
    PyCodeObject *code = (PyCodeObject *)func->func_code;
    Py_ssize_t n = native->parameters, named = pb_names_in(keywords), positional = code->co_argcount,
               all = positional + code->co_kwonlyargcount;
    bool rest = (code->co_flags & CO_VARARGS) != 0, others = (code->co_flags & CO_VARKEYWORDS) != 0;
    Py_ssize_t given = count < positional ? count : positional;
    uint64_t to_others = 0;
    if (n > PB_MOST_PARAMETERS || named > 64 || (count > positional && !rest)) {
        return false;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        bound[i] = i < given ? args[i] : NULL;
    }
    for (Py_ssize_t k = 0; k < named; k++) {
        PyObject *name = PyTuple_GET_ITEM(keywords, k);
        Py_ssize_t i = PyUnicode_CheckExact(name) ? parameter_named(code, name) : -2;
        if (i >= 0 && bound[i] == NULL) {
            bound[i] = args[count + k];
        }
        else if (i == -1 && others) {
            to_others |= UINT64_C(1) << k;
        }
        else {
            return false;
        }
    }
    if (!complete(func, bound)) {
        return false;
    }
    PyObject *tuple = rest ? PyTuple_New(count - given) : NULL, *dict = others ? PyDict_New() : NULL;
    bool made = (tuple != NULL || !rest) && (dict != NULL || !others);
    for (Py_ssize_t k = 0; made && to_others >> k != 0 && k < named; k++) {
        if (to_others >> k & 1) {
            made = PyDict_SetItem(dict, PyTuple_GET_ITEM(keywords, k), args[count + k]) == 0;
        }
    }
    if (!made || !complete(func, bound)) { /* making them may have run anything */
        PyErr_Clear();
        Py_XDECREF(tuple);
        Py_XDECREF(dict);
        return false;
    }
    for (Py_ssize_t i = given, first = positional - pb_defaults_of(func); i < all; i++) {
        if (bound[i] == NULL) {
            bound[i] = Py_NewRef(
                i < positional ? PyTuple_GET_ITEM(func->func_defaults, i - first)
                               : PyDict_GetItemWithError(func->func_kwdefaults, PyTuple_GET_ITEM(code->co_localsplusnames, i)));
        }
    }
    for (Py_ssize_t i = given; rest && i < count; i++) {
        PyTuple_SET_ITEM(tuple, i - given, args[i]);
    }
    for (Py_ssize_t k = 0; k < named; k++) {
        if (to_others >> k & 1) {
            Py_DECREF(args[count + k]); /* the dictionary has its own */
        }
    }
    if (rest) {
        bound[all] = tuple;
    }
    if (others) {
        bound[all + rest] = dict;
    }
    return true;
}

bool
pb_plan(pb_call_cache *cache, PyFunctionObject *func, const pb_native *native, Py_ssize_t skipped, Py_ssize_t count,
        PyObject *keywords)
{
    Py_ssize_t n = native->parameters, named = pb_names_in(keywords), defaults = pb_defaults_of(func), first = n - defaults;
    if (!native->plain || n > PB_PLANNED || skipped + count > n || count + named > PB_PLANNED || defaults > MOST_DEFAULTS ||
        cache->misses >= PB_ENOUGH_MISSED_CALLS) {
        return false;
    }
    int8_t from[PB_PLANNED];
    bool there[PB_PLANNED] = {false};
    for (Py_ssize_t i = skipped; i < n; i++) {
        there[i] = i - skipped < count;
        from[i] = (int8_t)(there[i] ? i - skipped : first - i - 1);
    }
    for (Py_ssize_t k = 0; k < named; k++) {
        PyObject *name = PyTuple_GET_ITEM(keywords, k);
        Py_ssize_t i = PyUnicode_CheckExact(name) ? parameter_named((PyCodeObject *)func->func_code, name) : -1;
        if (i < skipped || there[i]) {
            return false;
        }
        there[i] = true;
        from[i] = (int8_t)(count + k);
    }
    for (Py_ssize_t i = skipped; i < n; i++) {
        if (!there[i] && i < first) {
            return false;
        }
    }
    cache->misses++;
    cache->native = native;
    cache->count = (int8_t)count;
    cache->defaults = (int8_t)defaults;
    memcpy(cache->from, from, sizeof from);
    return true;
}

void
pb_place(const pb_call_cache *cache, PyFunctionObject *func, Py_ssize_t skipped, PyObject **args, PyObject **bound)
{
    for (Py_ssize_t i = skipped; i < cache->native->parameters; i++) {
        int from = cache->from[i];
        bound[i] = from >= 0 ? args[from] : Py_NewRef(PyTuple_GET_ITEM(func->func_defaults, -1 - from));
    }
}

#endif
