/* Calls from native code, and into it from C: which body a callable has, and what its arguments become.
 *
 * Arguments are in an array: args[0..count), then the keywords' values; a call takes over their references and that to the
 * callable.  A call's cache knows two things: the code whose body is called inline, and one callee more (`callable`) with where
 * each of its parameters comes from. What is borrowed in it is compared only, or alive as long as a class's version holds.  After
 * 64 misses a cache is filled no more. */
#include "native/native.h"

#include "native/calls.h"

#if PY_VERSION_HEX < 0x030C0000

#include <descrobject.h>

/* The body of an exact function, NULL when it has none.  Whether native code may be entered at this time is what bodies ask
 * themselves. */
const pb_native *
pb_body_of(PyObject *callable)
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

/* ------------------------------------------------------------------ what is not native */

/* Any callable, the way CPython calls it.  `offset` is PY_VECTORCALL_ARGUMENTS_OFFSET if args[-1] may be overwritten. */
static PyObject *
call_any(PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, size_t offset)
{
    PyObject *result = PyObject_Vectorcall(callable, args, (size_t)count | offset, keywords);
    pb_release_all(args, count + pb_names_in(keywords));
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
PB_INLINE PyObject *
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

/* A built-in function, or a method descriptor of a built-in type, as the specialised PRECALL instructions call them; *called says
 * whether `callable` was one.  Borrows everything. */
static PyObject *
call_builtin(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, bool *called)
{
    const struct callable_cache *known = &ts->interp->callable_cache;
    *called = true;
    if (Py_IS_TYPE(callable, &PyMethodDescr_Type)) {
        PyMethodDescrObject *descriptor = (PyMethodDescrObject *)callable;
        if (count > 0 && Py_IS_TYPE(args[0], descriptor->d_common.d_type)) {
            if (callable == known->list_append && count == 2 && keywords == NULL) {
                return pb_list_append(args[0], Py_NewRef(args[1])) == 0 ? Py_NewRef(Py_None) : NULL;
            }
            return call_c(ts, descriptor->d_method, args[0], args + 1, count - 1, keywords, called);
        }
    }
    else if (Py_IS_TYPE(callable, &PyCFunction_Type)) {
        if (callable == known->len && count == 1 && keywords == NULL) {
            return length_of(args[0]);
        }
        if (callable == known->isinstance && count == 2 && keywords == NULL) {
            int is = PyObject_IsInstance(args[0], args[1]);
            return is < 0 ? NULL : Py_NewRef(is ? Py_True : Py_False);
        }
        PyCFunctionObject *function = (PyCFunctionObject *)callable;
        return call_c(ts, function->m_ml, PyCFunction_GET_SELF(callable), args, count, keywords, called);
    }
    *called = false;
    return NULL;
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
    pb_release_all(args, count + pb_names_in(keywords));
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
    PyObject *bound[PB_MOST_PARAMETERS + 1];
    PyObject *result;
    if (func->func_code == cache->code && direct && keywords == NULL && cache->direct->parameters == count) {
        result = cache->direct->leaf != NULL ? cache->direct->leaf_spread(ts, func, args) : NULL;
        if (result != NULL) {
            pb_release_all(args, count);
        }
        else {
            result = cache->direct->spread(ts, func, (uint32_t)PB_TAKE_OVER, args);
        }
        Py_DECREF(callable);
        return result;
    }
    if (func->func_code == cache->callable && cache->kind == PB_FUNCTION && cache->count == count &&
        cache->defaults == pb_defaults_of(func)) {
        pb_place(cache, func, 0, args, bound);
        result = cache->native->spread(ts, func, (uint32_t)PB_TAKE_OVER, bound);
        Py_DECREF(callable);
        return result;
    }
    const pb_native *native = pb_body_of(callable);
    if (native == NULL) {
        return call_any(callable, args, count, keywords, offset);
    }
    if (direct && keywords == NULL && native->plain && native->parameters == count) {
        result = native->spread(ts, func, (uint32_t)PB_TAKE_OVER, args);
        Py_DECREF(callable);
        return result;
    }
    if (!pb_bind(func, native, args, count, keywords, bound)) {
        return call_any(callable, args, count, keywords, offset);
    }
    if (pb_plan(cache, func, native, 0, count, keywords)) {
        cache->kind = PB_FUNCTION;
        cache->callable = func->func_code;
    }
    result = native->spread(ts, func, (uint32_t)PB_TAKE_OVER, bound);
    Py_DECREF(callable);
    return result;
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
    if (type == &PyCFunction_Type || type == &PyMethodDescr_Type) {
        bool called;
        PyObject *result = call_builtin(ts, callable, args, count, keywords, &called);
        if (!called) {
            return call_any(callable, args, count, keywords, offset);
        }
        pb_release_all(args, count + pb_names_in(keywords));
        Py_DECREF(callable);
        return result;
    }
    if (type == &PyMethod_Type && offset != 0) {
        args[-1] = Py_NewRef(PyMethod_GET_SELF(callable));
        PyObject *function = Py_NewRef(PyMethod_GET_FUNCTION(callable));
        Py_DECREF(callable);
        return call(ts, function, args - 1, count + 1, keywords, cache, false, 0);
    }
    if (type->tp_call == PyType_Type.tp_call && offset != 0) {
        if (!pb_knows_class(cache, callable, count)) {
            pb_learn_class(cache, (PyTypeObject *)callable, count, keywords);
        }
        if (pb_knows_class(cache, callable, count)) {
            bool made;
            PyObject *result = pb_make_known(ts, callable, args, count, keywords, cache, &made);
            if (PB_LIKELY(made)) {
                Py_DECREF(callable);
                return result;
            }
        }
        return call_class(callable, args, count, keywords, offset);
    }
    return call_any(callable, args, count, keywords, offset);
}

/* Release those of `count` arguments that were handed over. */
static void
release_owned(PyObject **args, Py_ssize_t count, uint32_t owned)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        if (i >= PB_MOST_PARAMETERS || owned >> i & 1) {
            Py_DECREF(args[i]);
        }
    }
}

/* Take references to those that were not. */
static void
own_all(PyObject **args, Py_ssize_t count, uint32_t owned)
{
    pb_own(args, ~owned & (count >= PB_MOST_PARAMETERS ? UINT32_MAX : (UINT32_C(1) << count) - 1));
}

/* A native function with as many parameters as there are arguments: its leaf or its body.  NULL and *entered false, nothing done,
 * when `callable` is none.  Takes over the arguments that `owned` says. */
static PyObject *
enter_native(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, pb_call_cache *cache, uint32_t owned, bool *entered)
{
    const pb_native *native = pb_body_of(callable);
    *entered = native != NULL && native->plain && native->parameters == count;
    if (!*entered) {
        return NULL;
    }
    if (cache->code == NULL) { /* the first one is entered inline from now on */
        cache->body = native->body;
        cache->direct = native;
        cache->code = ((PyFunctionObject *)callable)->func_code;
    }
    PyFunctionObject *func = (PyFunctionObject *)Py_NewRef(callable);
    PyObject *result = native->leaf != NULL ? native->leaf_spread(ts, func, args) : NULL;
    if (result != NULL) {
        release_owned(args, count, owned);
    }
    else {
        result = native->spread(ts, func, owned, args);
    }
    Py_DECREF(func);
    return result;
}

PyObject *
pb_call_slow(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, pb_call_cache *cache,
             uint32_t owned)
{
    Py_ssize_t all = count + pb_names_in(keywords);
    bool called;
    PyObject *result;
    if (Py_IS_TYPE(callable, &PyFunction_Type) && keywords == NULL) {
        result = enter_native(ts, callable, args, count, cache, owned, &called);
        if (called) {
            return result;
        }
    }
    else if (callable == cache->callable && (result = pb_leaf_instance(ts, callable, args, count, cache)) != NULL) {
        release_owned(args, all, owned);
        return result;
    }
    result = call_builtin(ts, callable, args, count, keywords, &called);
    if (called) {
        release_owned(args, all, owned);
        return result;
    }
    own_all(args, all, owned);
    return call(ts, Py_NewRef(callable), args, count, keywords, cache, true, PY_VECTORCALL_ARGUMENTS_OFFSET);
}

PyObject *
pb_call_method_slow(pb_ts *ts, PyObject *method, PyObject **args, Py_ssize_t count, PyObject *keywords, pb_call_cache *cache,
                    uint32_t owned)
{
    Py_ssize_t all = count + 1 + pb_names_in(keywords);
    bool called;
    PyObject *result;
    if (method != NULL && Py_IS_TYPE(method, &PyFunction_Type) && keywords == NULL) {
        result = enter_native(ts, method, args, count + 1, cache, owned, &called);
        if (called) {
            return result;
        }
    }
    else if (method == NULL && args[0] == cache->callable &&
             (result = pb_leaf_instance(ts, args[0], args + 1, count, cache)) != NULL) {
        release_owned(args, all, owned);
        return result;
    }
    result = method != NULL ? call_builtin(ts, method, args, count + 1, keywords, &called)
                            : call_builtin(ts, args[0], args + 1, count, keywords, &called);
    if (called) {
        release_owned(args, all, owned);
        return result;
    }
    own_all(args, all, owned);
    if (method != NULL) {
        return call(ts, Py_NewRef(method), args, count + 1, keywords, cache, true, PY_VECTORCALL_ARGUMENTS_OFFSET);
    }
    return call(ts, args[0], args + 1, count, keywords, cache, false, PY_VECTORCALL_ARGUMENTS_OFFSET);
}

/* Let the entry that found `method` for calls with `count` arguments say so. */
static void
know_method(pb_attr_cache *cache, PyObject *owner, PyObject *method, Py_ssize_t count)
{
    const pb_native *native = pb_body_of(method);
    if (native == NULL || !native->plain || native->parameters != count) {
        return;
    }
    for (size_t i = 0; i < sizeof cache->entries / sizeof cache->entries[0]; i++) {
        pb_attr_entry *entry = &cache->entries[i];
        if (entry->version == Py_TYPE(owner)->tp_version_tag &&
            (entry->object == method || pb_class_method_by(entry, owner) == method)) {
            entry->native = native;
        }
    }
}

/* The same where no built-in method is known of the class. */
static __attribute__((noinline)) PyObject *
invoke_other(pb_ts *ts, pb_frame *fr, _Py_CODEUNIT *load, PyObject **args, Py_ssize_t count, PyObject *name, pb_invoke_cache *cache,
             uint32_t owned)
{
    const pb_attr_entry *own = PB_ENTRY(&cache->attr, args[0]);
    PyObject *result, *owner = args[0];
    PyObject *function = own->kind == PB_MODULE && own->version == Py_TYPE(owner)->tp_version_tag ? pb_attr_by(own, owner) : NULL;
    if (function != NULL) {
        Py_INCREF(function);
        result = pb_call_slow(ts, function, args + 1, count - 1, NULL, &cache->call, owned >> 1);
        Py_DECREF(function);
        if (owned & 1) {
            Py_DECREF(owner);
        }
        return result;
    }
    function = pb_class_method_by(own, owner);
    if (function == NULL) {
        function = pb_method_by(own, owner, name);
    }
    for (size_t i = 0; function == NULL && i < sizeof cache->attr.entries / sizeof cache->attr.entries[0]; i++) {
        function = pb_method_by(&cache->attr.entries[i], owner, name); /* another type has its place */
    }
    if (function != NULL) {
        Py_INCREF(function);
        result = pb_call_slow(ts, function, args, count, NULL, &cache->call, owned);
        Py_DECREF(function);
        return result;
    }
    _Py_CODEUNIT *call = fr->prev_instr;
    PyObject *self;
    fr->prev_instr = load;
    own_all(args, count, owned);
    PyObject *method = pb_load_method_slow(args[0], name, &cache->attr, &self);
    if (self == NULL) {
        pb_release_all(args, count);
        return NULL;
    }
    fr->prev_instr = call;
    if (method != NULL) {
        know_method(&cache->attr, self, method, count);
    }
    Py_DECREF(args[0]);
    args[0] = self;
    result = pb_call_method_slow(ts, method, args, count - 1, NULL, &cache->call, UINT32_MAX);
    Py_XDECREF(method);
    return result;
}

/* A native method that the cache knows of the class, but not where the inline test looks, or not of all instances.  NULL and
 * *entered false: none. */
static PyObject *
invoke_known(pb_ts *ts, PyObject **args, PyObject *name, const pb_invoke_cache *cache, uint32_t owned, bool *entered)
{
    PyObject *owner = args[0];
    uint32_t version = Py_TYPE(owner)->tp_version_tag;
    const pb_attr_entry *entry = PB_ENTRY(&cache->attr, owner), *end = cache->attr.entries + 8;
    if (entry->version != version) {
        for (entry = cache->attr.entries; entry < end && entry->version != version; entry++) {
        }
    }
    *entered = false;
    if (version == 0 || entry == end || entry->native == NULL) {
        return NULL;
    }
    PyFunctionObject *method = (PyFunctionObject *)pb_method_by(entry, owner, name);
    const pb_native *native = entry->native;
    if (method == NULL || !Py_IS_TYPE(method, &PyFunction_Type) || method->func_code != (PyObject *)native->code) {
        return NULL;
    }
    *entered = true;
    Py_INCREF(method);
    PyObject *result = native->leaf != NULL ? native->leaf_spread(ts, method, args) : NULL;
    if (result != NULL) {
        release_owned(args, native->parameters, owned);
    }
    else {
        result = native->spread(ts, method, owned, args);
    }
    Py_DECREF(method);
    return result;
}

PyObject *
pb_invoke_slow(pb_ts *ts, pb_frame *fr, _Py_CODEUNIT *load, PyObject **args, Py_ssize_t count, PyObject *name,
               pb_invoke_cache *cache, uint32_t owned)
{
    bool entered;
    PyObject *known = invoke_known(ts, args, name, cache, owned, &entered);
    if (entered) {
        return known;
    }
    const pb_attr_entry *own = PB_ENTRY(&cache->attr, args[0]);
    if (own->kind == PB_METHOD && own->version == Py_TYPE(args[0])->tp_version_tag &&
        Py_IS_TYPE(own->object, &PyMethodDescr_Type)) {
        PyMethodDescrObject *descriptor = (PyMethodDescrObject *)own->object;
        bool called = false;
        PyObject *result = NULL;
        if (own->object == ts->interp->callable_cache.list_append && count == 2) {
            result = pb_list_append(args[0], Py_NewRef(args[1])) == 0 ? Py_NewRef(Py_None) : NULL;
            called = true;
        }
        else if (PB_LIKELY(Py_IS_TYPE(args[0], descriptor->d_common.d_type))) {
            result = call_c(ts, descriptor->d_method, args[0], args + 1, count - 1, NULL, &called);
        }
        if (PB_LIKELY(called)) {
            for (; owned != 0; owned &= owned - 1) {
                Py_DECREF(args[__builtin_ctz(owned)]);
            }
            return result;
        }
    }
    return invoke_other(ts, fr, load, args, count, name, cache, owned);
}

PyObject *
pb_vectorcall(PyObject *callable, PyObject *const *args, size_t flags, PyObject *keywords)
{
    PyFunctionObject *func = (PyFunctionObject *)callable;
    Py_ssize_t count = PyVectorcall_NARGS(flags), all = count + pb_names_in(keywords);
    const pb_native *native = pb_body_of(callable);
    if (native == NULL || all > PB_MOST_PARAMETERS) {
        return _PyFunction_Vectorcall(callable, args, flags, keywords);
    }
    if (keywords == NULL && native->plain && native->parameters == count) {
        pb_ts *ts = _PyThreadState_GET();
        PyObject *result = native->leaf != NULL ? native->leaf_spread(ts, func, (PyObject **)args) : NULL;
        if (result != NULL) {
            return result;
        }
    }
    PyObject *own[PB_MOST_PARAMETERS + 1], *bound[PB_MOST_PARAMETERS + 1];
    for (Py_ssize_t i = 0; i < all; i++) {
        own[i] = Py_NewRef(args[i]);
    }
    if (keywords == NULL && native->plain && native->parameters == count) { /* C may lend what only a container owns */
        return native->spread(_PyThreadState_GET(), func, (uint32_t)PB_TAKE_OVER, own);
    }
    if (pb_bind(func, native, own, count, keywords, bound)) {
        return native->spread(_PyThreadState_GET(), func, (uint32_t)PB_TAKE_OVER, bound);
    }
    pb_release_all(own, all);
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
