/* Calls of what records say is built in: C functions, and methods of built-in types (known.c).
 *
 * A part of native.h, which includes it. */
#ifndef PB_KNOWN_H
#define PB_KNOWN_H

/* What a place knows of the callee.  A method is found again by its object's type, a function by what it is made of. */
typedef struct {
    uint32_t version; /* of the object's type, its complement; 0: nothing is known */
    int32_t flags;    /* the function's */
    int16_t kind;
    int8_t misses;
    bool lazy;        /* for objects that may have attributes, but have none */
    PyObject *method; /* the descriptor, borrowed: alive while the version holds */
    void (*meth)(void);
} pb_known;

typedef struct {
    pb_invoke_cache other; /* for all else */
    pb_known known;
} pb_known_method_cache;

typedef struct {
    pb_call_cache other;
    pb_known known;
} pb_known_function_cache;

/* Whether it is the known method of this object. */
#define PB_KNOWS_METHOD(object, cache) (~Py_TYPE(object)->tp_version_tag == (cache)->known.version)

/* The same of an object that could have attributes of its own. */
PB_INLINE bool
pb_knows_lazy_method(PyObject *object, const pb_known_method_cache *cache)
{
    return PB_KNOWS_METHOD(object, cache) && *_PyObject_ValuesPointer(object) == NULL &&
           *_PyObject_ManagedDictPointer(object) == NULL;
}

/* Whether it is the known function, of whatever object. */
PB_INLINE bool
pb_knows_function(PyObject *callable, const pb_known_function_cache *cache)
{
    if (PB_UNLIKELY(!Py_IS_TYPE(callable, &PyCFunction_Type))) {
        return false;
    }
    const PyMethodDef *definition = ((PyCFunctionObject *)callable)->m_ml;
    return (void (*)(void))definition->ml_meth == cache->known.meth && definition->ml_flags == cache->known.flags;
}

/* Call what is known with this `self`: with no, one, or any number of arguments, all borrowed.  args[-1] is overwritten. */
PyObject *pb_known_0(pb_ts *ts, const pb_known *known, PyObject *self);
PyObject *pb_known_1(pb_ts *ts, const pb_known *known, PyObject *self, PyObject *arg);
PyObject *pb_known_any(pb_ts *ts, const pb_known *known, PyObject *self, PyObject **args, Py_ssize_t count);

/* Any call of a method or of a callable, from which the cache learns what is known from then on; otherwise as pb_invoke_slow and
 * pb_call_slow. */
PyObject *pb_known_method_slow(pb_ts *ts, pb_frame *fr, _Py_CODEUNIT *load, PyObject **args, Py_ssize_t count, PyObject *name,
                               pb_known_method_cache *cache, uint32_t owned);
PyObject *pb_known_lazy_method_slow(pb_ts *ts, pb_frame *fr, _Py_CODEUNIT *load, PyObject **args, Py_ssize_t count, PyObject *name,
                                    pb_known_method_cache *cache, uint32_t owned);
PyObject *pb_known_function_slow(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, pb_known_function_cache *cache,
                                 uint32_t owned);

#endif
