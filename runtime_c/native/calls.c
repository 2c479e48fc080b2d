/* Calls from native code, and into it from C: which body a callable has, and what its arguments become. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

enum { ENOUGH_MISSES = 64, MOST_PARAMETERS = 32 };

/* Release `count` references. */
static void
release(PyObject **args, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_DECREF(args[i]);
    }
}

/* The body of an exact function, NULL when it has none (or is not to be entered). */
static pb_native *
body_of(PyObject *callable)
{
    if (!Py_IS_TYPE(callable, &PyFunction_Type)) {
        return NULL;
    }
    const pb_native *native = pb_native_of((PyCodeObject *)((PyFunctionObject *)callable)->func_code);
    return native != NULL && !native->given_up && pb_may_enter() ? (pb_native *)native : NULL;
}

/* Where the arguments of a call go, one array element a parameter, for functions that have positional parameters only: defaults and keywords
 * are filled in.  References move from `args` to `bound`, those of defaults are new.  False, and nothing moved, when the arguments do not fit. */
static bool
bind(PyFunctionObject *func, const pb_native *native, PyObject **args, Py_ssize_t count, PyObject *keywords, PyObject **bound)
{
    PyCodeObject *code = (PyCodeObject *)func->func_code;
    Py_ssize_t n = native->parameters, named = keywords != NULL ? PyTuple_GET_SIZE(keywords) : 0;
    if (!native->plain || n > MOST_PARAMETERS || count > n) {
        return false;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        bound[i] = i < count ? args[i] : NULL;
    }
    for (Py_ssize_t k = 0; k < named; k++) {
        PyObject *name = PyTuple_GET_ITEM(keywords, k);
        Py_ssize_t i = code->co_posonlyargcount;
        while (i < n && PyTuple_GET_ITEM(code->co_localsplusnames, i) != name) {
            i++;
        }
        if (i >= n || bound[i] != NULL) {
            return false;
        }
        bound[i] = args[count + k];
    }
    PyObject *defaults = func->func_defaults;
    Py_ssize_t first = n - (defaults != NULL ? PyTuple_GET_SIZE(defaults) : 0);
    for (Py_ssize_t i = count; i < n; i++) {
        if (bound[i] == NULL && i < first) {
            return false;
        }
    }
    for (Py_ssize_t i = count; i < n; i++) {
        if (bound[i] == NULL) {
            bound[i] = Py_NewRef(PyTuple_GET_ITEM(defaults, i - first));
        }
    }
    return true;
}

/* A new instance of `type`, which creates instances as object does, initialised by a native __init__.  Takes over the arguments' references. */
static PyObject *
make_instance(pb_ts *ts, PyTypeObject *type, PyObject *initializer, pb_native *native, PyObject **args, Py_ssize_t count)
{
    static PyObject *nothing;
    if (nothing == NULL && (nothing = PyTuple_New(0)) == NULL) {
        release(args, count);
        return NULL;
    }
    PyObject *self = PyBaseObject_Type.tp_new(type, nothing, NULL);
    if (self == NULL) {
        release(args, count);
        return NULL;
    }
    args[-1] = Py_NewRef(self);
    Py_INCREF(initializer);
    ts->recursion_remaining--; /* as _PyObject_MakeTpCall counts */
    PyObject *result = native->spread(ts, (PyFunctionObject *)initializer, args - 1);
    ts->recursion_remaining++;
    Py_DECREF(initializer);
    if (PB_UNLIKELY(result != Py_None)) {
        if (result != NULL) {
            PyErr_Format(PyExc_TypeError, "__init__() should return None, not '%.200s'", Py_TYPE(result)->tp_name);
            Py_DECREF(result);
        }
        Py_DECREF(self);
        return NULL;
    }
    Py_DECREF(result);
    return self;
}

/* The native __init__ with `count` arguments of a class that creates instances as object does (borrowed), NULL when it has none. */
static PyObject *
native_initializer(PyTypeObject *type, Py_ssize_t count)
{
    static PyObject *init;
    if (!PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) || type->tp_new != PyBaseObject_Type.tp_new || PyType_HasFeature(type, Py_TPFLAGS_IS_ABSTRACT) ||
        (init == NULL && (init = PyUnicode_InternFromString("__init__")) == NULL)) {
        return NULL;
    }
    PyObject *found = _PyType_Lookup(type, init);
    pb_native *native = found != NULL ? body_of(found) : NULL;
    return native != NULL && native->plain && native->parameters == count + 1 && type->tp_version_tag != 0 ? found : NULL;
}

/* Any callable, the way CPython calls it.  C functions that take an array are called directly and without counting recursion, as by ceval.c's
 * specialised instructions. */
static PyObject *
call_any(PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords)
{
    PyObject *result;
    if (PyCFunction_CheckExact(callable) && (PyCFunction_GET_FLAGS(callable) & ~METH_STATIC) == (METH_FASTCALL | METH_KEYWORDS)) {
        _PyCFunctionFastWithKeywords function = (_PyCFunctionFastWithKeywords)(void (*)(void))PyCFunction_GET_FUNCTION(callable);
        result = function(PyCFunction_GET_SELF(callable), args, count, keywords);
    }
    else if (PyCFunction_CheckExact(callable) && PyCFunction_GET_FLAGS(callable) == METH_FASTCALL && keywords == NULL) {
        result = ((_PyCFunctionFast)(void (*)(void))PyCFunction_GET_FUNCTION(callable))(PyCFunction_GET_SELF(callable), args, count);
    }
    else {
        result = PyObject_Vectorcall(callable, args, (size_t)count | PY_VECTORCALL_ARGUMENTS_OFFSET, keywords);
    }
    release(args, count + (keywords != NULL ? PyTuple_GET_SIZE(keywords) : 0));
    Py_DECREF(callable);
    return result;
}

PyObject *
pb_call_slow(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, pb_call_cache *cache)
{
    PyObject *result;
    if (Py_IS_TYPE(callable, &PyMethod_Type)) {
        PyObject *method = callable;
        args[-1] = Py_NewRef(PyMethod_GET_SELF(method));
        callable = Py_NewRef(PyMethod_GET_FUNCTION(method));
        Py_DECREF(method);
        return pb_call_slow_with_self(ts, callable, args - 1, count + 1, keywords);
    }
    pb_native *native = body_of(callable);
    if (native != NULL) {
        if (keywords == NULL && native->plain && native->parameters == count) {
            cache->code = ((PyFunctionObject *)callable)->func_code;
            cache->body = native->body;
            result = native->spread(ts, (PyFunctionObject *)callable, args);
            Py_DECREF(callable);
            return result;
        }
        PyObject *bound[MOST_PARAMETERS + 1];
        if (bind((PyFunctionObject *)callable, native, args, count, keywords, bound)) {
            result = native->spread(ts, (PyFunctionObject *)callable, bound);
            Py_DECREF(callable);
            return result;
        }
        return call_any(callable, args, count, keywords);
    }
    if (PyType_CheckExact(callable) && keywords == NULL && ts->recursion_remaining > 1) {
        PyTypeObject *type = (PyTypeObject *)callable;
        PyObject *initializer = NULL;
        if (callable == cache->callable && type->tp_version_tag == cache->version && pb_may_enter()) {
            initializer = cache->initializer;
        }
        else if (cache->misses < ENOUGH_MISSES && (initializer = native_initializer(type, count)) != NULL) {
            cache->misses++;
            cache->version = type->tp_version_tag;
            cache->initializer = initializer;
            cache->callable = callable; /* borrowed: its version dies with it */
        }
        if (initializer != NULL) {
            native = (pb_native *)pb_native_of((PyCodeObject *)((PyFunctionObject *)initializer)->func_code);
            if (native != NULL && native->parameters == count + 1) {
                result = make_instance(ts, type, initializer, native, args, count);
                Py_DECREF(callable);
                return result;
            }
        }
    }
    return call_any(callable, args, count, keywords);
}

/* Call a bound method's function with its object in args[0].  args[-1] is not to be touched: it belongs to the caller's array. */
PyObject *
pb_call_slow_with_self(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords)
{
    pb_native *native = body_of(callable);
    PyObject *bound[MOST_PARAMETERS + 1];
    if (native != NULL && bind((PyFunctionObject *)callable, native, args, count, keywords, bound)) {
        PyObject *result = native->spread(ts, (PyFunctionObject *)callable, bound);
        Py_DECREF(callable);
        return result;
    }
    PyObject *result = PyObject_Vectorcall(callable, args, (size_t)count, keywords);
    release(args, count + (keywords != NULL ? PyTuple_GET_SIZE(keywords) : 0));
    Py_DECREF(callable);
    return result;
}

PyObject *
pb_call_method_slow(pb_ts *ts, PyObject *method, PyObject **args, Py_ssize_t count, PyObject *keywords, pb_call_cache *cache)
{
    return method != NULL ? pb_call_slow(ts, method, args, count + 1, keywords, cache) : pb_call_slow(ts, args[0], args + 1, count, keywords, cache);
}

PyObject *
pb_vectorcall(PyObject *callable, PyObject *const *args, size_t flags, PyObject *keywords)
{
    PyFunctionObject *func = (PyFunctionObject *)callable;
    Py_ssize_t count = PyVectorcall_NARGS(flags);
    pb_native *native = body_of(callable);
    if (native == NULL || keywords != NULL || !native->plain || native->parameters != count || count > MOST_PARAMETERS) {
        return _PyFunction_Vectorcall(callable, args, flags, keywords);
    }
    PyObject *own[MOST_PARAMETERS + 1];
    for (Py_ssize_t i = 0; i < count; i++) {
        own[i] = Py_NewRef(args[i]);
    }
    return native->spread(_PyThreadState_GET(), func, own);
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
