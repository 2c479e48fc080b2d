/* Calls of C functions and of methods of built-in types without looking at them again.
 *
 * What is done is what the specialised PRECALL instructions of ceval.c do: the C function is called itself, recursion is counted
 * where they count it, and the arguments' number is checked when the place learns its callee. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

#include <descrobject.h>

enum { KNOWN_NOTHING, KNOWN_NO_ARGUMENTS, KNOWN_ONE, KNOWN_FAST, KNOWN_KEYWORDS, KNOWN_APPEND, KNOWN_GET, KNOWN_BY_VECTORCALL };
enum { ENOUGH_MISSES_OF_KNOWN = 64 };

/* How a function with these flags is called with `count` positional arguments. */
static int
kind_of(int flags, Py_ssize_t count)
{
    switch (flags & (METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD)) {
    case METH_NOARGS:
        return count == 0 ? KNOWN_NO_ARGUMENTS : KNOWN_NOTHING;
    case METH_O:
        return count == 1 ? KNOWN_ONE : KNOWN_NOTHING;
    case METH_FASTCALL:
        return KNOWN_FAST;
    case METH_FASTCALL | METH_KEYWORDS:
        return KNOWN_KEYWORDS;
    default:
        return KNOWN_NOTHING;
    }
}

/* A function that takes its arguments one by one, `arg` NULL for none. */
static PyObject *
call_plain(pb_ts *ts, const pb_known *known, PyObject *self, PyObject *arg)
{
    if (_Py_EnterRecursiveCallTstate(ts, " while calling a Python object")) {
        return NULL;
    }
    PyObject *result = ((PyCFunction)known->meth)(self, arg);
    _Py_LeaveRecursiveCallTstate(ts);
    return result;
}

PyObject *
pb_known_any(pb_ts *ts, const pb_known *known, PyObject *self, PyObject **args, Py_ssize_t count)
{
    switch (known->kind) {
    case KNOWN_NO_ARGUMENTS:
    case KNOWN_ONE:
        return call_plain(ts, known, self, count == 1 ? args[0] : NULL);
    case KNOWN_FAST:
        return ((_PyCFunctionFast)known->meth)(self, args, count);
    case KNOWN_KEYWORDS:
        return ((_PyCFunctionFastWithKeywords)known->meth)(self, args, count, NULL);
    case KNOWN_APPEND:
        return pb_list_append(self, Py_NewRef(args[0])) == 0 ? Py_NewRef(Py_None) : NULL;
    case KNOWN_GET: {
        bool absent;
        PyObject *value = pb_dict_value(self, args[0], &absent);
        if (value != NULL || absent) {
            return Py_NewRef(value != NULL ? value : count == 2 ? args[1] : Py_None);
        }
        return ((_PyCFunctionFast)known->meth)(self, args, count);
    }
    default:
        args[-1] = self;
        return PyObject_Vectorcall(known->method, args - 1, (size_t)count + 1, NULL);
    }
}

PyObject *
pb_known_0(pb_ts *ts, const pb_known *known, PyObject *self)
{
    if (PB_LIKELY(known->kind == KNOWN_NO_ARGUMENTS)) {
        return call_plain(ts, known, self, NULL);
    }
    PyObject *args[] = {NULL, NULL};
    return pb_known_any(ts, known, self, args + 1, 0);
}

PyObject *
pb_known_1(pb_ts *ts, const pb_known *known, PyObject *self, PyObject *arg)
{
    if (known->kind == KNOWN_APPEND) {
        Py_INCREF(arg);
        return PB_LIKELY(pb_quick_append(self, arg)) || pb_list_append(self, arg) == 0 ? Py_NewRef(Py_None) : NULL;
    }
    if (known->kind == KNOWN_ONE) {
        return call_plain(ts, known, self, arg);
    }
    PyObject *args[] = {NULL, arg};
    return pb_known_any(ts, known, self, args + 1, 1);
}

/* Learn what `name` is of `owner`, if that is a method of a built-in type and no instance of the owner's type can have an attribute
 * of that name itself, or, lazy, none has that has no attributes at all. */
static void
learn_method(pb_ts *ts, pb_known *known, PyObject *owner, PyObject *name, Py_ssize_t count)
{
    PyTypeObject *type = Py_TYPE(owner);
    if (type->tp_getattro != PyObject_GenericGetAttr || PyType_HasFeature(type, Py_TPFLAGS_MANAGED_DICT) != known->lazy ||
        (type->tp_dictoffset != 0 && !known->lazy) || type->tp_dict == NULL) {
        return;
    }
    PyObject *found = _PyType_Lookup(type, name);
    if (found == NULL || !Py_IS_TYPE(found, &PyMethodDescr_Type) || type->tp_version_tag == 0 ||
        !PyType_HasFeature(type, Py_TPFLAGS_VALID_VERSION_TAG)) {
        return;
    }
    PyMethodDescrObject *descriptor = (PyMethodDescrObject *)found;
    if (!PyType_IsSubtype(type, descriptor->d_common.d_type)) {
        return;
    }
    int kind = kind_of(descriptor->d_method->ml_flags, count);
    if (found == ts->interp->callable_cache.list_append && kind == KNOWN_ONE) {
        kind = KNOWN_APPEND;
    }
    else if (type == &PyDict_Type && kind == KNOWN_FAST && (count == 1 || count == 2) &&
             PyUnicode_CompareWithASCIIString(name, "get") == 0) {
        kind = KNOWN_GET;
    }
    known->kind = kind != KNOWN_NOTHING ? kind : KNOWN_BY_VECTORCALL;
    known->method = found;
    known->meth = (void (*)(void))descriptor->d_method->ml_meth;
    known->version = ~type->tp_version_tag;
}

PyObject *
pb_known_method_slow(pb_ts *ts, pb_frame *fr, _Py_CODEUNIT *load, PyObject **args, Py_ssize_t count, PyObject *name,
                     pb_known_method_cache *cache, uint32_t owned)
{
    if (cache->known.misses < ENOUGH_MISSES_OF_KNOWN) {
        cache->known.misses++;
        learn_method(ts, &cache->known, args[0], name, count - 1);
    }
    return pb_invoke_slow(ts, fr, load, args, count, name, &cache->other, owned);
}

PyObject *
pb_known_lazy_method_slow(pb_ts *ts, pb_frame *fr, _Py_CODEUNIT *load, PyObject **args, Py_ssize_t count, PyObject *name,
                          pb_known_method_cache *cache, uint32_t owned)
{
    cache->known.lazy = true;
    return pb_known_method_slow(ts, fr, load, args, count, name, cache, owned);
}

PyObject *
pb_known_function_slow(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, pb_known_function_cache *cache,
                       uint32_t owned)
{
    if (Py_IS_TYPE(callable, &PyCFunction_Type) && cache->known.misses < ENOUGH_MISSES_OF_KNOWN) {
        cache->known.misses++;
        const PyMethodDef *definition = ((PyCFunctionObject *)callable)->m_ml;
        int kind = kind_of(definition->ml_flags, count);
        if (kind != KNOWN_NOTHING) {
            cache->known.kind = kind;
            cache->known.flags = definition->ml_flags;
            cache->known.meth = (void (*)(void))definition->ml_meth;
        }
    }
    return pb_call_slow(ts, callable, args, count, NULL, &cache->other, owned);
}

#endif
