/* What the files about calls share: arguments and parameters (binding.c), instances (instances.c).
 *
 * Arguments are in an array: args[0..count), then the keywords' values. */
#ifndef PB_CALLS_H
#define PB_CALLS_H

enum { PB_ENOUGH_MISSED_CALLS = 64, PB_MOST_PARAMETERS = 32 };

/* What `callable` of a call's cache is. */
enum {
    PB_FUNCTION = 1, /* a function's code: its parameters come from where `from` says */
    PB_MADE,         /* a class whose __init__ gets its parameters from where `from` says */
    PB_MADE_ANY,     /* a class with a native __init__ of any signature */
    PB_MADE_BARE,    /* a class without __init__ */
};

static inline Py_ssize_t
pb_names_in(PyObject *keywords)
{
    return keywords != NULL ? PyTuple_GET_SIZE(keywords) : 0;
}

static inline void
pb_release_all(PyObject **args, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_DECREF(args[i]);
    }
}

/* The body of an exact function, NULL when it has none. */
const pb_native *pb_body_of(PyObject *callable);

/* How many defaults a function has. */
Py_ssize_t pb_defaults_of(PyFunctionObject *func);

/* Where the arguments of a call go, one array element a parameter, as initialize_locals (ceval.c) has it.  References move from
 * `args` to `bound`, those of defaults are new.  False, nothing moved and no exception when the arguments do not fit: the
 * interpreter says what is wrong. */
bool pb_bind(PyFunctionObject *func, const pb_native *native, PyObject **args, Py_ssize_t count, PyObject *keywords,
             PyObject **bound);

/* Remember where the parameters of `func` come from, from the `skipped`th on, in calls of this form.  False when that cannot be
 * remembered. */
bool pb_plan(pb_call_cache *cache, PyFunctionObject *func, const pb_native *native, Py_ssize_t skipped, Py_ssize_t count,
             PyObject *keywords);

/* Move the arguments of a call to the parameters as planned, from the `skipped`th on; references to defaults are new. */
void pb_place(const pb_call_cache *cache, PyFunctionObject *func, Py_ssize_t skipped, PyObject **args, PyObject **bound);

/* Whether the cache knows this class, its __init__ and this form of call. */
bool pb_knows_class(const pb_call_cache *cache, PyObject *callable, Py_ssize_t count);

/* Let the cache know a class that makes instances as object does, with native __init__ or without any. */
void pb_learn_class(pb_call_cache *cache, PyTypeObject *type, Py_ssize_t count, PyObject *keywords);

/* An instance of the class that the cache knows; takes over the arguments.  NULL and *made false, nothing taken over, when it is to
 * be made otherwise. */
PyObject *pb_make_known(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords,
                        const pb_call_cache *cache, bool *made);

#endif
