/* Calls: what generated code tests inline, and what it calls otherwise (calls.c).
 *
 * A part of native.h, which includes it. */
#ifndef PB_CALLING_H
#define PB_CALLING_H

enum { PB_PLANNED = 14 }; /* parameters, at most */

typedef struct pb_init_plan pb_init_plan; /* what a class's instances begin with (instances.c) */

typedef struct {
    PyObject *code; /* a native function's code object (borrowed), NULL before the first call: the inline test's */
    void (*body)(void);
    const pb_native *direct; /* whose they are */
    PyObject *callable;      /* what else is known (calls.c): a class or a function's code (borrowed) */
    PyObject *initializer;   /* the class's __init__, borrowed: alive while the version holds */
    const pb_native *native; /* its or the function's body */
    pb_init_plan *plan;      /* of the class, if its __init__ only stores */
    uint32_t version;        /* of the class */
    int16_t misses;
    int8_t kind, count, defaults;
    int8_t from[PB_PLANNED]; /* for each parameter: an argument's index, or -1 - a default's */
} pb_call_cache;

/* Call `callable` (borrowed) with args[0..count), and the keywords' values behind; args[-1] may be overwritten.  Bit i of `owned`
 * says that argument i is taken over, as all behind the 32nd are; the others are borrowed. */
PyObject *pb_call_slow(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, pb_call_cache *cache,
                       uint32_t owned);

/* The same with what LOAD_METHOD gave: args[0] is the object, `method` is called with it, or, if NULL, the object with args[1..];
 * `count` is that of the arguments behind it. */
PyObject *pb_call_method_slow(pb_ts *ts, PyObject *method, PyObject **args, Py_ssize_t count, PyObject *keywords,
                              pb_call_cache *cache, uint32_t owned);

/* The vectorcall of functions that have a native body. */
PyObject *pb_vectorcall(PyObject *callable, PyObject *const *args, size_t flags, PyObject *keywords);

#define PB_IS_NATIVE(callable, cache)                                                                                              \
    (Py_IS_TYPE(callable, &PyFunction_Type) && ((PyFunctionObject *)(callable))->func_code == (cache)->code)

/* Bodies: bit i of the number says that argument i is taken over, the others are borrowed. */
typedef PyObject *(*pb_body0)(pb_ts *, PyFunctionObject *, uint32_t);
typedef PyObject *(*pb_body1)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *);
typedef PyObject *(*pb_body2)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *, PyObject *);
typedef PyObject *(*pb_body3)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_body4)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_body5)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_body6)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *,
                              PyObject *);

/* Leaves borrow all. */
typedef PyObject *(*pb_leaf0)(pb_ts *, PyFunctionObject *);
typedef PyObject *(*pb_leaf1)(pb_ts *, PyFunctionObject *, PyObject *);
typedef PyObject *(*pb_leaf2)(pb_ts *, PyFunctionObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_leaf3)(pb_ts *, PyFunctionObject *, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_leaf4)(pb_ts *, PyFunctionObject *, PyObject *, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_leaf5)(pb_ts *, PyFunctionObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_leaf6)(pb_ts *, PyFunctionObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *);

PyObject *pb_quick_len_more(PyObject *o);
PyObject *pb_quick_isinstance_more(PyObject *o, PyObject *class);

/* len(o) and isinstance(o, class) where that runs nothing: new references. */
PB_INLINE PyObject *
pb_quick_len(PyObject *o)
{
    return PB_LIKELY(PyList_CheckExact(o) || PyTuple_CheckExact(o)) ? pb_box_i(Py_SIZE(o)) : pb_quick_len_more(o);
}

PB_INLINE PyObject *
pb_quick_isinstance(PyObject *o, PyObject *class)
{
    return Py_IS_TYPE(class, &PyType_Type) && (PyObject *)Py_TYPE(o) == class ? Py_NewRef(Py_True)
                                                                              : pb_quick_isinstance_more(o, class);
}

/* Built-in functions that generated code knows, as they are before the program begins (NULL: not found). */
typedef struct {
    PyObject *ord, *chr, *abs, *min, *max;
} pb_known_builtins;
extern pb_known_builtins pb_builtin;
void pb_find_builtins(void);

/* What they give (new) where that runs nothing; else NULL without an exception. */
PyObject *pb_quick_ord(PyObject *text);
PyObject *pb_quick_chr(PyObject *number);
PyObject *pb_quick_abs(PyObject *number);
PyObject *pb_quick_min(PyObject *a, PyObject *b);
PyObject *pb_quick_max(PyObject *a, PyObject *b);

typedef struct {
    pb_attr_cache attr; /* how the method is found; entries of native ones that take these arguments say so in `native` */
    pb_call_cache call;
} pb_invoke_cache;

/* The same for other kinds of methods: of instances with a dictionary, and of classes. */
PyObject *pb_known_method_more(PyObject *owner, const pb_attr_entry *entry, PyObject *name);

/* The native method `name` that `entry` knows of this object's class (borrowed), NULL when it knows none. */
PB_INLINE PyObject *
pb_known_method(PyObject *owner, const pb_attr_entry *entry, PyObject *name)
{
    if (PB_LIKELY(Py_TYPE(owner)->tp_version_tag == entry->version && entry->native != NULL)) {
        if (entry->kind == PB_METHOD ||
            (entry->kind == PB_METHOD_VALUES && PB_LIKELY(*_PyObject_ValuesPointer(owner) != NULL) &&
             PB_LIKELY(((PyHeapTypeObject *)Py_TYPE(owner))->ht_cached_keys->dk_version == entry->keys))) {
            return PB_LIKELY(((PyFunctionObject *)entry->object)->func_code == (PyObject *)entry->native->code) ? entry->object
                                                                                                                : NULL;
        }
        return pb_known_method_more(owner, entry, name);
    }
    return NULL;
}

/* A method of args[0], called with args[0..count), of which those are taken over that `owned` says; args[-1] may be overwritten.
 * `load` is the unit where the method is looked up. */
PyObject *pb_invoke_slow(pb_ts *ts, pb_frame *fr, _Py_CODEUNIT *load, PyObject **args, Py_ssize_t count, PyObject *name,
                         pb_invoke_cache *cache, uint32_t owned);

#endif
