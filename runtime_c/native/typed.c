/* Typed bodies (typed.h): those that are suspended, and how the interpreter goes on with them. */
#include "native/native.h"

#include "native/calls.h"

#include <time.h>

#if PY_VERSION_HEX < 0x030C0000

/* The frame of a typed body that did not have one; its slots follow. */
typedef struct pb_suspended {
    struct pb_suspended *outer;
    PyFunctionObject *func; /* strong, as is the code */
    PyCodeObject *code;
    pb_native *native;
    pb_frame frame;
} pb_suspended;

/* From the innermost outwards; between suspending and resuming nothing else runs. */
static pb_suspended *innermost, *outermost;
static bool no_memory;

static PyObject *
typed_box(const pb_kept *kept)
{
    switch (kept->kind) {
    case 'i':
        return pb_box_i(kept->i);
    case 'd':
        return pb_box_d(kept->d);
    case 'b':
        return PyBool_FromLong((long)kept->i);
    case 'n':
        return kept->o;
    default:
        return Py_NewRef(kept->o);
    }
}

static void
typed_release(pb_suspended *one, int slots)
{
    for (int i = 0; i < slots; i++) {
        Py_XDECREF(one->frame.localsplus[i]);
    }
    Py_DECREF(one->code);
    Py_DECREF(one->func);
    PyMem_Free(one);
}

PB_COLD void
pb_suspend(PyFunctionObject *func, pb_native *native, int at, int top, const pb_kept *kept, int count)
{
    PyCodeObject *code = (PyCodeObject *)func->func_code;
    size_t slots = (size_t)(code->co_nlocalsplus + code->co_stacksize);
    /* what is new (kind 'n') is lost with the rest when there is no memory */
    pb_suspended *one = no_memory ? NULL : PyMem_Calloc(1, sizeof(pb_suspended) + slots * sizeof(PyObject *));
    if (one == NULL) {
        no_memory = true;
        return;
    }
    one->func = (PyFunctionObject *)Py_NewRef(func);
    one->code = (PyCodeObject *)Py_NewRef(code);
    one->native = native;
    pb_frame *fr = &one->frame;
    fr->f_func = func;
    fr->f_globals = func->func_globals;
    fr->f_builtins = func->func_builtins;
    fr->f_code = code;
    fr->prev_instr = _PyCode_CODE(code) + at - 1; /* waiting for a call: behind its caches, as in CPython */
    fr->stacktop = top;
    fr->is_entry = true;
    fr->owner = FRAME_OWNED_BY_THREAD;
    for (int i = 0; i < count; i++) {
        if (kept[i].kind == 's' || kept[i].kind == 0) {
            fr->localsplus[kept[i].slot] = kept[i].kind == 's' ? Py_XNewRef(fr->localsplus[kept[i].i]) : NULL;
            continue;
        }
        PyObject *object = typed_box(&kept[i]);
        if (object == NULL) {
            PyErr_Clear();
            no_memory = true; /* the callers know */
        }
        fr->localsplus[kept[i].slot] = object;
    }
    *(innermost != NULL ? &outermost->outer : &innermost) = one;
    outermost = one;
}

PB_COLD void
pb_forget_suspended(void)
{
    while (innermost != NULL) {
        pb_suspended *one = innermost;
        innermost = one->outer;
        typed_release(one, one->frame.stacktop);
    }
    no_memory = false;
}

enum { MANY_FAILED = 256, TOO_OFTEN = 10000 }; /* as with wrong guesses (frames.c) */

/* A typed body did not do what it was called for. */
static void
typed_failed(pb_native *native)
{
    if (++native->typed_failed % MANY_FAILED == 0) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        int64_t time = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
        if (time - native->typed_since < (int64_t)MANY_FAILED * TOO_OFTEN) {
            native->typed_off = true;
        }
        native->typed_since = time;
    }
}

/* The interpreter goes on with what was suspended: the innermost first, each with the result of the one before. */
static PyObject *
typed_resume(pb_ts *ts)
{
    pb_suspended *one = innermost, *last = outermost;
    int waiting = 0;
    if (no_memory) {
        pb_forget_suspended();
        return PyErr_NoMemory();
    }
    innermost = outermost = NULL;
    for (pb_suspended *inner = one; inner != last; inner = inner->outer, waiting++) {
        inner->frame.previous = &inner->outer->frame;
    }
    last->frame.previous = ts->cframe->current_frame;
    ts->recursion_remaining -= waiting;
    PyObject *result = NULL;
    for (bool first = true; one != NULL; first = false) {
        pb_frame *fr = &one->frame;
        pb_suspended *outer = one->outer;
        typed_failed(one->native);
        if (!first) {
            ts->recursion_remaining++;
            if (result != NULL) {
                fr->localsplus[fr->stacktop++] = result;
            }
        }
        ts->cframe->current_frame = fr->previous;
        result = _PyEval_EvalFrameDefault(ts, fr, !first && result == NULL);
        int slots = one->code->co_nlocalsplus;
        if (pb_was_seen(fr)) {
            fr->stacktop = slots;
            result = pb_exit_slow(ts, fr, result);
            slots = 0;
        }
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        typed_release(one, slots);
        PyErr_Restore(type, value, traceback);
        one = outer;
    }
    return result;
}

PB_COLD PyObject *
pb_typed_global(PyFunctionObject *func, PyObject *name, pb_global_cache *cache)
{
    PyObject *value = NULL;
    PyDictObject *globals = (PyDictObject *)func->func_globals, *builtins = (PyDictObject *)func->func_builtins;
    if (PyDict_CheckExact(globals) && DK_IS_UNICODE(globals->ma_keys) && PyDict_CheckExact(builtins) &&
        DK_IS_UNICODE(builtins->ma_keys)) {
        value = pb_load_global(func, name, cache);
        if (value == NULL) {
            PyErr_Clear(); /* the interpreter says so */
        }
        Py_XDECREF(value); /* the dictionary has it */
    }
    return value;
}

PB_COLD PyObject *
pb_known_slow(pb_ts *ts, pb_native *native, PyObject *callable, PyObject **args, Py_ssize_t count, pb_call_cache *cache,
              uint32_t owned, uint32_t made, int status)
{
    bool complete = true;
    for (Py_ssize_t i = 0; i < count; i++) {
        complete &= args[i] != NULL;
    }
    if (complete && status != PB_SUSPENDED) {
        typed_failed(native);
        return pb_call_slow(ts, callable, args, count, NULL, cache, owned | made);
    }
    PyObject *result = NULL;
    if (complete) {
        result = typed_resume(ts);
    }
    else {
        pb_forget_suspended();
    }
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    for (Py_ssize_t i = 0; i < count; i++) {
        if ((owned | made) >> i & 1) {
            Py_XDECREF(args[i]);
        }
    }
    PyErr_Restore(type, value, traceback);
    return result;
}

void
pb_plain_i(PyObject **object, int64_t *value)
{
    if (pb_unbox_i(*object, value) == 0 && (Py_REFCNT(*object) == 1 || PB_IS_SMALL(*value))) {
        Py_CLEAR(*object);
    }
}

void
pb_plain_d(PyObject **object, double *value)
{
    if (PyFloat_CheckExact(*object) && Py_REFCNT(*object) == 1) {
        *value = PyFloat_AS_DOUBLE(*object);
        Py_CLEAR(*object);
    }
}

void
pb_plain_b(PyObject **object, int *value)
{
    if (PyBool_Check(*object)) {
        *value = *object == Py_True;
        Py_CLEAR(*object);
    }
}

#endif
