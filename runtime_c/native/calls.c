/* Calls from native code, and into it from C: which body a callable has, and what its arguments become.
 *
 * Arguments are in an array: args[0..count), then the keywords' values; a call takes over their references and that to the
 * callable.  A call's cache knows two things: the code whose body is called inline, and one callee more (`callable`) with where
 * each of its parameters comes from. What is borrowed in it is compared only, or alive as long as a class's version holds.  After
 * 64 misses a cache is filled no more. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

#include <descrobject.h>

enum { ENOUGH_MISSED_CALLS = 64, MOST_PARAMETERS = 32, MOST_DEFAULTS = 100 };

/* What `callable` of a cache is. */
enum {
    FUNCTION = 1, /* a function's code: its parameters come from where `from` says */
    CLASS,        /* a class whose __init__ gets its parameters from where `from` says */
    CLASS_ANY,    /* a class with a native __init__ of any signature */
    CLASS_BARE,   /* a class without __init__ */
};

static Py_ssize_t
names_in(PyObject *keywords)
{
    return keywords != NULL ? PyTuple_GET_SIZE(keywords) : 0;
}

static void
release(PyObject **args, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_DECREF(args[i]);
    }
}

/* The body of an exact function, NULL when it has none.  Whether native code may be entered at this time is what bodies ask
 * themselves. */
static const pb_native *
body_of(PyObject *callable)
{
    static struct {
        PyObject *code;
        const pb_native *native;
    } known[256]; /* code objects with a body live for ever */
    if (!Py_IS_TYPE(callable, &PyFunction_Type)) {
        return NULL;
    }
    PyObject *code = ((PyFunctionObject *)callable)->func_code;
    size_t place = ((uintptr_t)code >> 4 ^ (uintptr_t)code >> 12) % 256;
    if (PB_UNLIKELY(known[place].code != code)) {
        const pb_native *native = pb_native_of((PyCodeObject *)code);
        if (native == NULL) {
            return NULL;
        }
        known[place].native = native;
        known[place].code = code;
    }
    return known[place].native;
}

/* ------------------------------------------------------------------ parameters */

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

static Py_ssize_t
defaults_of(PyFunctionObject *func)
{
    return func->func_defaults != NULL ? PyTuple_GET_SIZE(func->func_defaults) : 0;
}

/* Whether every parameter that is still without argument has a default. */
static bool
complete(PyFunctionObject *func, PyObject **bound)
{
    PyCodeObject *code = (PyCodeObject *)func->func_code;
    Py_ssize_t positional = code->co_argcount, first = positional - defaults_of(func);
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

/* Where the arguments of a call go, one array element a parameter, as initialize_locals (ceval.c) has it.  References move from
 * `args` to `bound`, those of defaults are new.  False, nothing moved and no exception when the arguments do not fit: the
 * interpreter says what is wrong. */
static bool
bind(PyFunctionObject *func, const pb_native *native, PyObject **args, Py_ssize_t count, PyObject *keywords, PyObject **bound)
{
    PyCodeObject *code = (PyCodeObject *)func->func_code;
    Py_ssize_t n = native->parameters, named = names_in(keywords), positional = code->co_argcount,
               all = positional + code->co_kwonlyargcount;
    bool rest = (code->co_flags & CO_VARARGS) != 0, others = (code->co_flags & CO_VARKEYWORDS) != 0;
    Py_ssize_t given = count < positional ? count : positional;
    uint64_t to_others = 0;
    if (n > MOST_PARAMETERS || named > 64 || (count > positional && !rest)) {
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
    for (Py_ssize_t i = given, first = positional - defaults_of(func); i < all; i++) {
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

/* Remember where the parameters of `func` come from, from the `skipped`th on, in calls of this form.  False when that cannot be
 * remembered. */
static bool
plan(pb_call_cache *cache, PyFunctionObject *func, const pb_native *native, Py_ssize_t skipped, Py_ssize_t count,
     PyObject *keywords)
{
    Py_ssize_t n = native->parameters, named = names_in(keywords), defaults = defaults_of(func), first = n - defaults;
    if (!native->plain || n > PB_PLANNED || skipped + count > n || count + named > PB_PLANNED || defaults > MOST_DEFAULTS ||
        cache->misses >= ENOUGH_MISSED_CALLS) {
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

/* Move the arguments of a call to the parameters as planned, from the `skipped`th on. */
static void
place(const pb_call_cache *cache, PyFunctionObject *func, Py_ssize_t skipped, PyObject **args, PyObject **bound)
{
    for (Py_ssize_t i = skipped; i < cache->native->parameters; i++) {
        int from = cache->from[i];
        bound[i] = from >= 0 ? args[from] : Py_NewRef(PyTuple_GET_ITEM(func->func_defaults, -1 - from));
    }
}

/* ------------------------------------------------------------------ what is not native */

/* Any callable, the way CPython calls it.  `offset` is PY_VECTORCALL_ARGUMENTS_OFFSET if args[-1] may be overwritten. */
static PyObject *
call_any(PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, size_t offset)
{
    PyObject *result = PyObject_Vectorcall(callable, args, (size_t)count | offset, keywords);
    release(args, count + names_in(keywords));
    Py_DECREF(callable);
    return result;
}

/* len(o).  New reference or NULL. */
static PyObject *
length_of(PyObject *o)
{
    Py_ssize_t length = PyList_CheckExact(o) || PyTuple_CheckExact(o) ? Py_SIZE(o) : PyObject_Size(o);
    return length >= 0 ? pb_box_i(length) : NULL;
}

/* The C function `meth` of `self`, called without its own vectorcall; recursion is counted where ceval.c's specialised instructions
 * do. *called says whether it was.  Borrows everything. */
static PyObject *
call_c(pb_ts *ts, PyMethodDef *method, PyObject *self, PyObject **args, Py_ssize_t count, PyObject *keywords, bool *called)
{
    void (*meth)(void) = (void (*)(void))method->ml_meth;
    PyObject *result;
    *called = true;
    switch (method->ml_flags & (METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD)) {
    case METH_FASTCALL | METH_KEYWORDS:
        return ((_PyCFunctionFastWithKeywords)meth)(self, args, count, keywords);
    case METH_FASTCALL:
        if (keywords == NULL) {
            return ((_PyCFunctionFast)meth)(self, args, count);
        }
        break;
    case METH_O:
    case METH_NOARGS:
        if (keywords == NULL && count == ((method->ml_flags & METH_O) != 0) && ts->recursion_remaining > 0) {
            ts->recursion_remaining--;
            result = ((PyCFunction)meth)(self, count == 1 ? args[0] : NULL);
            ts->recursion_remaining++;
            return result;
        }
        break;
    }
    *called = false;
    return NULL;
}

/* A built-in function or method, as the specialised PRECALL instructions call it. */
static PyObject *
call_builtin(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, size_t offset)
{
    const struct callable_cache *known = &ts->interp->callable_cache;
    PyObject *result;
    bool called = true;
    if (callable == known->len && count == 1 && keywords == NULL) {
        result = length_of(args[0]);
    }
    else if (callable == known->isinstance && count == 2 && keywords == NULL) {
        int is = PyObject_IsInstance(args[0], args[1]);
        result = is < 0 ? NULL : Py_NewRef(is ? Py_True : Py_False);
    }
    else {
        PyCFunctionObject *function = (PyCFunctionObject *)callable;
        result = call_c(ts, function->m_ml, PyCFunction_GET_SELF(callable), args, count, keywords, &called);
    }
    if (!called) {
        return call_any(callable, args, count, keywords, offset);
    }
    release(args, count + names_in(keywords));
    Py_DECREF(callable);
    return result;
}

/* A method descriptor of a built-in type, with the object in args[0]. */
static PyObject *
call_descriptor(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, size_t offset)
{
    if (callable == ts->interp->callable_cache.list_append && count == 2 && keywords == NULL && PyList_Check(args[0])) {
        int status = pb_list_append(args[0], args[1]);
        Py_DECREF(args[0]);
        Py_DECREF(callable);
        return status == 0 ? Py_NewRef(Py_None) : NULL;
    }
    PyMethodDescrObject *descriptor = (PyMethodDescrObject *)callable;
    bool called = false;
    PyObject *result = NULL;
    if (count > 0 && Py_IS_TYPE(args[0], descriptor->d_common.d_type)) {
        result = call_c(ts, descriptor->d_method, args[0], args + 1, count - 1, keywords, &called);
    }
    if (!called) {
        return call_any(callable, args, count, keywords, offset);
    }
    release(args, count + names_in(keywords));
    Py_DECREF(callable);
    return result;
}

/* A class that makes its instances itself: built-in ones have functions for it. */
static PyObject *
call_class(PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, size_t offset)
{
    PyTypeObject *type = (PyTypeObject *)callable;
    PyObject *result;
    if (count == 1 && keywords == NULL && type == &PyType_Type) {
        result = Py_NewRef(Py_TYPE(args[0]));
    }
    else if (count == 1 && keywords == NULL && type == &PyUnicode_Type) {
        result = PyObject_Str(args[0]);
    }
    else if (count == 1 && keywords == NULL && type == &PyTuple_Type) {
        result = PySequence_Tuple(args[0]);
    }
    else if (type->tp_vectorcall != NULL) {
        result = type->tp_vectorcall(callable, args, (size_t)count | offset, keywords);
    }
    else {
        return call_any(callable, args, count, keywords, offset);
    }
    release(args, count + names_in(keywords));
    Py_DECREF(callable);
    return result;
}

/* ------------------------------------------------------------------ functions */

/* A function; `direct` says that the cache's inline test is for calls with these arguments. */
static PyObject *
call_function(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, pb_call_cache *cache,
              bool direct, size_t offset)
{
    PyFunctionObject *func = (PyFunctionObject *)callable;
    PyObject *bound[MOST_PARAMETERS + 1];
    PyObject *result;
    if (func->func_code == cache->callable && cache->kind == FUNCTION && cache->count == count &&
        cache->defaults == defaults_of(func)) {
        place(cache, func, 0, args, bound);
        result = cache->native->spread(ts, func, bound);
        Py_DECREF(callable);
        return result;
    }
    const pb_native *native = body_of(callable);
    if (native == NULL) {
        return call_any(callable, args, count, keywords, offset);
    }
    if (direct && keywords == NULL && native->plain && native->parameters == count) {
        cache->code = func->func_code;
        cache->body = native->body;
        result = native->spread(ts, func, args);
        Py_DECREF(callable);
        return result;
    }
    if (!bind(func, native, args, count, keywords, bound)) {
        return call_any(callable, args, count, keywords, offset);
    }
    if (plan(cache, func, native, 0, count, keywords)) {
        cache->kind = FUNCTION;
        cache->callable = func->func_code;
    }
    result = native->spread(ts, func, bound);
    Py_DECREF(callable);
    return result;
}

/* ------------------------------------------------------------------ instances */

/* Whether a new instance can be had without running anything: no collection is due. */
static bool
quiet(pb_ts *ts, PyTypeObject *type)
{
    const struct _gc_runtime_state *gc = &ts->interp->gc;
    return !PyType_IS_GC(type) || gc->generations[0].count < gc->generations[0].threshold || !gc->enabled ||
           gc->generations[0].threshold == 0 || gc->collecting;
}

/* Whether object.__new__ makes the instances of `type`, and `make` can. */
static bool
makes_as_object(PyTypeObject *type)
{
    bool managed = PyType_HasFeature(type, Py_TPFLAGS_MANAGED_DICT);
    return PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) && type->tp_new == PyBaseObject_Type.tp_new &&
           type->tp_vectorcall == NULL && !PyType_HasFeature(type, Py_TPFLAGS_IS_ABSTRACT) &&
           type->tp_alloc == PyType_GenericAlloc && type->tp_itemsize == 0 &&
           (managed ? ((PyHeapTypeObject *)type)->ht_cached_keys != NULL && PyType_IS_GC(type) : type->tp_dictoffset == 0);
}

/* A new instance as PyType_GenericAlloc and _PyObject_InitializeDict make it.  NULL, without an exception, when memory is short. */
static PyObject *
make(pb_ts *ts, PyTypeObject *type)
{
    bool managed = PyType_HasFeature(type, Py_TPFLAGS_MANAGED_DICT), gc = PyType_IS_GC(type);
    size_t before = (gc ? sizeof(PyGC_Head) : 0) + (managed ? 2 * sizeof(PyObject *) : 0);
    size_t size = _Py_SIZE_ROUND_UP((size_t)type->tp_basicsize, sizeof(void *));
    char *memory = PyObject_Malloc(before + size);
    if (memory == NULL) {
        return NULL;
    }
    PyDictValues *values = NULL;
    if (managed) {
        PyDictKeysObject *keys = ((PyHeapTypeObject *)type)->ht_cached_keys;
        keys->dk_usable -= keys->dk_usable > 1;
        size_t room = (size_t)(keys->dk_nentries + keys->dk_usable), prefix = _Py_SIZE_ROUND_UP(room + 2, sizeof(PyObject *));
        uint8_t *start = PyMem_Malloc(prefix + room * sizeof(PyObject *));
        if (start == NULL) {
            PyObject_Free(memory);
            return NULL;
        }
        start[prefix - 1] = (uint8_t)prefix;
        start[prefix - 2] = 0; /* none of them is set */
        values = (PyDictValues *)(start + prefix);
        memset(values->values, 0, room * sizeof(PyObject *));
    }
    memset(memory, 0, before + size);
    PyObject *self = (PyObject *)(memory + before);
    _PyObject_Init(self, type);
    if (gc) {
        ts->interp->gc.generations[0].count++;
        _PyObject_GC_TRACK(self);
    }
    if (managed) {
        *_PyObject_ValuesPointer(self) = values;
    }
    return self;
}

/* `self`, whose __init__ has returned `result` (both taken over); NULL with an exception when that is not None. */
static PyObject *
initialised(PyObject *self, PyObject *result)
{
    if (PB_LIKELY(result == Py_None)) {
        Py_DECREF(result);
        return self;
    }
    if (result != NULL) {
        PyErr_Format(PyExc_TypeError, "__init__() should return None, not '%.200s'", Py_TYPE(result)->tp_name);
        Py_DECREF(result);
    }
    Py_DECREF(self);
    return NULL;
}

/* Whether the cache knows this class, its __init__ and this form of call. */
static bool
knows_class(const pb_call_cache *cache, PyObject *callable, Py_ssize_t count)
{
    if (callable != cache->callable || Py_TYPE(callable)->tp_call != PyType_Type.tp_call || cache->kind == FUNCTION ||
        ((PyTypeObject *)callable)->tp_version_tag != cache->version || count != cache->count) {
        return false;
    }
    if (cache->kind == CLASS_BARE) {
        return true;
    }
    PyFunctionObject *func = (PyFunctionObject *)cache->initializer;
    return (PyCodeObject *)func->func_code == cache->native->code &&
           (cache->kind == CLASS_ANY || cache->defaults == defaults_of(func));
}

/* An instance of the class that the cache knows.  NULL and *made false, nothing taken over, when it is to be made otherwise. */
static PyObject *
make_known(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, const pb_call_cache *cache,
           bool *made)
{
    PyTypeObject *type = (PyTypeObject *)callable;
    PyObject *bound[MOST_PARAMETERS + 1], *self;
    PyFunctionObject *func = (PyFunctionObject *)cache->initializer;
    const pb_native *native = cache->native;
    int kind = cache->kind;
    *made = false;
    if (ts->recursion_remaining <= 1 || !quiet(ts, type)) {
        return NULL;
    }
    if (kind == CLASS_BARE) {
        self = make(ts, type);
        *made = self != NULL;
        return self;
    }
    Py_INCREF(func);
    if (kind == CLASS_ANY) {
        args[-1] = callable; /* stands for the instance: if these do not fit, there is to be none */
        if (!bind(func, native, args - 1, count + 1, keywords, bound)) {
            Py_DECREF(func);
            return NULL;
        }
        self = make(ts, type);
        if (self == NULL) {
            release(bound + 1, native->parameters - 1);
            Py_DECREF(func);
            *made = true;
            return PyErr_NoMemory();
        }
    }
    else if ((self = make(ts, type)) != NULL) {
        place(cache, func, 1, args, bound);
    }
    else {
        Py_DECREF(func);
        return NULL;
    }
    *made = true;
    bound[0] = Py_NewRef(self);
    ts->recursion_remaining--; /* as _PyObject_MakeTpCall counts */
    PyObject *result;
    switch (native->parameters) {
    case 1:
        result = ((pb_body1)native->body)(ts, func, bound[0]);
        break;
    case 2:
        result = ((pb_body2)native->body)(ts, func, bound[0], bound[1]);
        break;
    case 3:
        result = ((pb_body3)native->body)(ts, func, bound[0], bound[1], bound[2]);
        break;
    case 4:
        result = ((pb_body4)native->body)(ts, func, bound[0], bound[1], bound[2], bound[3]);
        break;
    default:
        result = native->spread(ts, func, bound);
    }
    ts->recursion_remaining++;
    Py_DECREF(func);
    return initialised(self, result);
}

/* Let the cache know a class that makes instances as object does, with native __init__ or without any. */
static void
learn_class(pb_call_cache *cache, PyTypeObject *type, Py_ssize_t count, PyObject *keywords)
{
    static PyObject *init;
    if (cache->misses >= ENOUGH_MISSED_CALLS || !makes_as_object(type) || count > INT8_MAX ||
        (init == NULL && (init = PyUnicode_InternFromString("__init__")) == NULL)) {
        PyErr_Clear();
        return;
    }
    PyObject *found = _PyType_Lookup(type, init); /* which gives it a version */
    if (type->tp_version_tag == 0) {
        return;
    }
    const pb_native *native = found != NULL ? body_of(found) : NULL;
    if (native == NULL && !(type->tp_init == PyBaseObject_Type.tp_init && count == 0 && keywords == NULL)) {
        return;
    }
    cache->kind = CLASS_BARE;
    if (native != NULL) {
        if (native->parameters < 1 || native->parameters > MOST_PARAMETERS || native->code->co_argcount < 1) {
            cache->kind = 0;
            cache->callable = NULL;
            return;
        }
        cache->kind = plan(cache, (PyFunctionObject *)found, native, 1, count, keywords) ? CLASS : CLASS_ANY;
    }
    cache->misses++;
    cache->native = native;
    cache->count = (int8_t)count;
    cache->version = type->tp_version_tag;
    cache->initializer = found;
    cache->callable = (PyObject *)type;
}

/* ------------------------------------------------------------------ any call */

static PyObject *
call(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, pb_call_cache *cache, bool direct,
     size_t offset)
{
    PyTypeObject *type = Py_TYPE(callable);
    if (type == &PyFunction_Type) {
        return call_function(ts, callable, args, count, keywords, cache, direct, offset);
    }
    if (type == &PyCFunction_Type) {
        return call_builtin(ts, callable, args, count, keywords, offset);
    }
    if (type == &PyMethodDescr_Type) {
        return call_descriptor(ts, callable, args, count, keywords, offset);
    }
    if (type == &PyMethod_Type && offset != 0) {
        args[-1] = Py_NewRef(PyMethod_GET_SELF(callable));
        PyObject *function = Py_NewRef(PyMethod_GET_FUNCTION(callable));
        Py_DECREF(callable);
        return call(ts, function, args - 1, count + 1, keywords, cache, false, 0);
    }
    if (type->tp_call == PyType_Type.tp_call && offset != 0) {
        if (!knows_class(cache, callable, count)) {
            learn_class(cache, (PyTypeObject *)callable, count, keywords);
        }
        if (knows_class(cache, callable, count)) {
            bool made;
            PyObject *result = make_known(ts, callable, args, count, keywords, cache, &made);
            if (PB_LIKELY(made)) {
                Py_DECREF(callable);
                return result;
            }
        }
        return call_class(callable, args, count, keywords, offset);
    }
    return call_any(callable, args, count, keywords, offset);
}

PyObject *
pb_call_slow(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, pb_call_cache *cache)
{
    return call(ts, callable, args, count, keywords, cache, true, PY_VECTORCALL_ARGUMENTS_OFFSET);
}

PyObject *
pb_call_method_slow(pb_ts *ts, PyObject *method, PyObject **args, Py_ssize_t count, PyObject *keywords, pb_call_cache *cache)
{
    if (method != NULL) {
        return call(ts, method, args, count + 1, keywords, cache, true, PY_VECTORCALL_ARGUMENTS_OFFSET);
    }
    return call(ts, args[0], args + 1, count, keywords, cache, false, PY_VECTORCALL_ARGUMENTS_OFFSET);
}

PyObject *
pb_vectorcall(PyObject *callable, PyObject *const *args, size_t flags, PyObject *keywords)
{
    PyFunctionObject *func = (PyFunctionObject *)callable;
    Py_ssize_t count = PyVectorcall_NARGS(flags), all = count + names_in(keywords);
    const pb_native *native = body_of(callable);
    if (native == NULL || all > MOST_PARAMETERS) {
        return _PyFunction_Vectorcall(callable, args, flags, keywords);
    }
    PyObject *own[MOST_PARAMETERS + 1], *bound[MOST_PARAMETERS + 1];
    for (Py_ssize_t i = 0; i < all; i++) {
        own[i] = Py_NewRef(args[i]);
    }
    if (keywords == NULL && native->plain && native->parameters == count) {
        return native->spread(_PyThreadState_GET(), func, own);
    }
    if (bind(func, native, own, count, keywords, bound)) {
        return native->spread(_PyThreadState_GET(), func, bound);
    }
    release(own, all);
    return _PyFunction_Vectorcall(callable, args, flags, keywords);
}

#if PB_LIBPYTHON_STATIC
/* The linker sends the interpreter's own MAKE_FUNCTION here: functions with a native body are entered from C without a frame of the
 * interpreter's. */
PyObject *__real_PyFunction_New(PyObject *code, PyObject *globals);
PyObject *__wrap_PyFunction_New(PyObject *code, PyObject *globals);

PyObject *
__wrap_PyFunction_New(PyObject *code, PyObject *globals)
{
    PyFunctionObject *func = (PyFunctionObject *)__real_PyFunction_New(code, globals);
    if (func != NULL && pb_native_of((PyCodeObject *)code) != NULL) {
        func->vectorcall = pb_vectorcall;
    }
    return (PyObject *)func;
}
#endif

#endif
