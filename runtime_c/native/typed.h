/* Typed bodies: numbers in, a number out, without a frame until something can see it (pybuild/compiler/emit/typed.py).
 *
 * A part of native.h, which includes it.  A typed body is PB_DONE, or has PB_REFUSED: nothing has happened, its caller calls
 * otherwise.  Or it is PB_SUSPENDED: something is to be done that could be seen.  It has handed over what its frame would hold
 * (pb_suspend), its callers do so in turn, and the first one that has a frame lets the interpreter go on (pb_resume). */
#ifndef PB_TYPED_H
#define PB_TYPED_H

enum { PB_DONE, PB_REFUSED, PB_SUSPENDED };

typedef struct {
    int64_t status, value;
} pb_result_i;

typedef struct {
    int64_t status;
    double value;
} pb_result_d;

/* What a slot of the frame would hold: an int, a float, a bool, a borrowed object, a new one ('n'), the same
 * object as slot `i` ('s'), or nothing (0). */
typedef struct {
    int slot;
    char kind;
    union {
        int64_t i;
        double d;
        PyObject *o;
    };
} pb_kept;

#if PB_COUNT
#define PB_KNOWN(callable, native) false /* every call is counted */
#else
#define PB_KNOWN(callable, native)                                                                                                 \
    (Py_IS_TYPE(callable, &PyFunction_Type) && ((PyFunctionObject *)(callable))->func_code == (PyObject *)(native).code)
#endif

/* Whether the typed body of `native` may be called by one that has a frame. */
#define PB_MAY_TYPE(ts, native) (!(ts)->cframe->use_tracing && !(native).typed_off)

/* Whether the object of this int is always the same. */
#define PB_IS_SMALL(value) ((uint64_t)((value) + _PY_NSMALLNEGINTS) < _PY_NSMALLNEGINTS + _PY_NSMALLPOSINTS)

/* Whether a typed body that calls others must not begin: it would be too deep, or somebody waits.  `room` is what is left of
 * Python's own limit: while typed bodies run nobody else asks for it. */
PB_INLINE bool
pb_typed_refuses(const pb_ts *ts, int room)
{
    char here;
    return room <= 0 || (uintptr_t)&here < (uintptr_t)pb_stack_limit ||
           _Py_atomic_load_relaxed(&ts->interp->ceval.eval_breaker) != 0;
}

/* Hand over the frame that a typed body would have, with its slots below `top`: the interpreter is to go on at unit `at`, with the
 * result of what was suspended before it, if anything was. */
void pb_suspend(PyFunctionObject *func, pb_native *native, int at, int top, const pb_kept *kept, int count);

/* Forget what was suspended: nothing has been done. */
void pb_forget_suspended(void);

/* A global that a typed body reads (borrowed), which fills its cache; NULL without an exception if that might run something. */
PyObject *pb_typed_global(PyFunctionObject *func, PyObject *name, pb_global_cache *cache);

/* The call of a typed body of `native` has ended with `status`, or was none: go on with it, or call `callable`.  args[0..count), of
 * which those that `made` says are new (NULL: there was no memory), and those that `owned` says handed over.  New reference or
 * NULL with an exception. */
PyObject *pb_known_slow(pb_ts *ts, pb_native *native, PyObject *callable, PyObject **args, Py_ssize_t count, pb_call_cache *cache,
                        uint32_t owned, uint32_t made, int status);

/* If *object is a number whose object nobody can know, it becomes *value, and *object NULL, released. */
void pb_plain_i(PyObject **object, int64_t *value);
void pb_plain_d(PyObject **object, double *value);
void pb_plain_b(PyObject **object, int *value);

#endif
