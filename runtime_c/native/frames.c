/* Frames of native functions: the slow way in, going on in the interpreter, tracebacks, and what outlives a call. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

#include <pthread.h>
#include <time.h>

_Thread_local char *pb_stack_limit = (char *)UINTPTR_MAX;

enum { RESERVE = 192 * 1024 }; /* bytes of C stack that native code leaves alone: the interpreter and C functions run there */

/* Find out where this thread's C stack ends. */
static void
measure_stack(void)
{
    pthread_attr_t attributes;
    void *low = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        pthread_attr_getstack(&attributes, &low, &size);
        pthread_attr_destroy(&attributes);
    }
    pb_stack_limit = low != NULL && size > 2 * RESERVE ? (char *)low + RESERVE : low != NULL ? (char *)low + size / 2 : NULL;
}

/* Run `func` in the interpreter with `args` (stolen): from its first unit where the interpreter enters no native code, else from
 * behind its RESUME, for the first unit would lead back here.  New reference or NULL. */
static PyObject *
interpret(pb_ts *ts, PyFunctionObject *func, pb_native *native, PyObject **args)
{
    PyCodeObject *code = (PyCodeObject *)func->func_code;
    size_t size = offsetof(pb_frame, localsplus) + (size_t)(code->co_nlocalsplus + code->co_stacksize) * sizeof(PyObject *);
    pb_frame *fr = PyMem_Malloc(size);
    if (fr == NULL) {
        for (int i = 0; i < native->parameters + native->has_namespace; i++) {
            Py_DECREF(args[i]);
        }
        return PyErr_NoMemory();
    }
    for (int i = 0; i < code->co_nlocalsplus; i++) {
        fr->localsplus[i] = i < native->parameters ? args[i] : NULL;
    }
    pb_push_frame(ts, fr, func, code, native->resume - 1);
    if (native->has_namespace) {
        fr->f_locals = args[0];
    }
    bool whole = !pb_may_enter() || native->given_up;
    for (int i = 0; !whole && i < code->co_nlocalsplus; i++) {
        _PyLocals_Kind kind = _PyLocals_GetKind(code->co_localspluskinds, i);
        if (kind & CO_FAST_FREE) {
            PyObject *closure = func->func_closure;
            fr->localsplus[i] = Py_NewRef(PyTuple_GET_ITEM(closure, i - (code->co_nlocalsplus - code->co_nfreevars)));
        }
        else if (kind & CO_FAST_CELL) {
            pb_make_cell(&fr->localsplus[i]);
        }
    }
#if PB_COUNT
    if (!whole) {
        pb_count_call(native); /* the others are seen where the interpreter begins */
    }
#endif
    PyObject *result = pb_leave(ts, fr, native, whole ? 0 : native->resume, code->co_nlocalsplus, 0);
    PyMem_Free(fr);
    return result;
}

PB_COLD void
pb_own(PyObject **arguments, uint32_t borrowed)
{
    for (; borrowed != 0; borrowed &= borrowed - 1) {
        Py_INCREF(arguments[__builtin_ctz(borrowed)]);
    }
}

PyObject *
pb_enter_slow(pb_ts *ts, PyFunctionObject *func, pb_native *native, PyObject **args, uint32_t borrowed)
{
    pb_own(args, borrowed);
    if (pb_stack_limit == (char *)UINTPTR_MAX) {
        measure_stack();
        if (!pb_no_room(ts)) {
            return native->spread(ts, func, (uint32_t)PB_TAKE_OVER, args);
        }
    }
    if (ts->cframe->use_tracing) {
        pb_set_tracing(true);
    }
    bool low = (char *)__builtin_frame_address(0) < pb_stack_limit;
    if (low) {
        pb_stop_entering();
    }
    PyObject *result = interpret(ts, func, native, args);
    if (low) {
        pb_go_on_entering();
    }
    return result;
}

/* Let the interpreter run the frame, whose slots are filled up to `top`, from where it is; `raising` says that an exception is set.
 * Ends the call. */
static PyObject *
interpret_on(pb_ts *ts, pb_frame *fr, int top, uint32_t borrowed, bool raising)
{
    pb_own(fr->localsplus, borrowed);
    PyCodeObject *code = fr->f_code;
    fr->stacktop = top;
    ts->cframe->current_frame = fr->previous;
    ts->recursion_remaining++;
    Py_INCREF(code);
    PyObject *result = _PyEval_EvalFrameDefault(ts, fr, raising);
    int slots = code->co_nlocalsplus;
    Py_DECREF(code);
    if (pb_was_seen(fr)) {
        fr->stacktop = slots;
        return pb_exit_slow(ts, fr, result);
    }
    for (int i = 0; i < slots; i++) {
        Py_XDECREF(fr->localsplus[i]);
    }
    return result;
}

/* Go on in the interpreter at unit `at`: the frame's slots are filled up to `top`.  Ends the call. */
PB_COLD PyObject *
pb_leave(pb_ts *ts, pb_frame *fr, pb_native *native, int at, int top, uint32_t borrowed)
{
    (void)native;
    fr->prev_instr = _PyCode_CODE(fr->f_code) + at - 1;
    return interpret_on(ts, fr, top, borrowed, false);
}

/* Go on in the interpreter where the operation has raised the exception that is set: a trace function is told of it.  An entry with
 * an exception would be traced as a call, so tracing is off until that function is called, which switches it on again. */
PB_COLD PyObject *
pb_leave_raising(pb_ts *ts, pb_frame *fr, int top, uint32_t borrowed)
{
    ts->cframe->use_tracing = 0;
    PyObject *result = interpret_on(ts, fr, top, borrowed, true);
    _PyThreadState_UpdateTracingState(ts);
    return result;
}

/* What iter(range(...)) would be after some steps: an iterator over what is left.  An exception that is set stays set. */
PyObject *
pb_range_iterator(int64_t current, int64_t stop, int64_t step)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *range = PyObject_CallFunction((PyObject *)&PyRange_Type, "LLL", (long long)current, (long long)stop, (long long)step);
    PyObject *iterator = range != NULL ? PyObject_GetIter(range) : NULL;
    Py_XDECREF(range);
    if (iterator == NULL) {
        Py_FatalError("out of memory when leaving native code");
    }
    PyErr_Restore(type, value, traceback);
    return iterator;
}

void
pb_materialise(pb_frame *fr)
{
    const pb_native *native = fr->stacktop == PB_NATIVE_FRAME ? pb_native_of(fr->f_code) : NULL;
    if (native == NULL || native->spills == NULL) {
        return;
    }
    int at = _PyInterpreterFrame_LASTI(fr);
    for (const pb_spill *spill = native->spills; spill->at >= 0; spill++) {
        PyObject **slot = &fr->localsplus[spill->slot];
        if (spill->at == at && *slot == NULL) {
            uint64_t *raw = (uint64_t *)((char *)fr + native->raw) + spill->slot;
            if (spill->rep < 'a' && raw[native->code->co_nlocalsplus] == 0) {
                continue; /* unbound */
            }
            double number;
            memcpy(&number, raw, sizeof number);
            *slot = (spill->rep | 0x20) == 'i' ? PyLong_FromLongLong((int64_t)*raw) : PyFloat_FromDouble(number);
        }
    }
}

#if PB_LIBPYTHON_STATIC
/* The linker sends CPython's own calls of the two functions through which frames are looked at here. */
PyFrameObject *__real__PyFrame_MakeAndSetFrameObject(_PyInterpreterFrame *fr);
PyFrameObject *__wrap__PyFrame_MakeAndSetFrameObject(_PyInterpreterFrame *fr);
int __real__PyFrame_FastToLocalsWithError(_PyInterpreterFrame *fr);
int __wrap__PyFrame_FastToLocalsWithError(_PyInterpreterFrame *fr);

PyFrameObject *
__wrap__PyFrame_MakeAndSetFrameObject(_PyInterpreterFrame *fr)
{
    pb_materialise(fr);
    return __real__PyFrame_MakeAndSetFrameObject(fr);
}

int
__wrap__PyFrame_FastToLocalsWithError(_PyInterpreterFrame *fr)
{
    pb_materialise(fr);
    return __real__PyFrame_FastToLocalsWithError(fr);
}
#endif

enum { MANY = 256, OFTEN = 10000 }; /* wrong guesses, and nanoseconds between them on average that are too few */

static int64_t
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* The same after a wrong guess.  A body whose guesses are wrong all the time is given up: the interpreter alone is quicker. */
PB_COLD PyObject *
pb_leave_by_guess(pb_ts *ts, pb_frame *fr, pb_native *native, int at, int top, uint32_t borrowed)
{
    if (++native->left % MANY == 0) {
        int64_t time = now();
        if (time - native->since < (int64_t)MANY * OFTEN) {
            pb_give_up(native);
        }
        native->since = time;
    }
#if PB_COUNT
    pb_count_left(native, at);
#endif
    return pb_leave(ts, fr, native, at, top, borrowed);
}

/* The frame, no longer current, had a frame object: if somebody else has it too, it takes over the slots, else both are released.
 * The exception, if any, is kept.  Returns `result`. */
PB_COLD PyObject *
pb_exit_slow(pb_ts *ts, pb_frame *fr, PyObject *result)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyFrameObject *object = fr->frame_obj;
    fr->frame_obj = NULL;
    if (object != NULL && Py_REFCNT(object) > 1) {
        Py_INCREF(fr->f_func);
        Py_INCREF(fr->f_code);
        memcpy(object->_f_frame_data, fr, (size_t)((char *)&fr->localsplus[fr->stacktop] - (char *)fr));
        pb_frame *copy = (pb_frame *)object->_f_frame_data;
        object->f_frame = copy;
        copy->owner = FRAME_OWNED_BY_FRAME_OBJECT;
        pb_frame *previous = copy->previous;
        copy->previous = NULL;
        while (previous != NULL && _PyFrame_IsIncomplete(previous)) {
            previous = previous->previous;
        }
        if (previous != NULL && object->f_back == NULL) {
            pb_frame *current = ts->cframe->current_frame;
            ts->cframe->current_frame = previous;
            object->f_back = PyThreadState_GetFrame(ts); /* new reference */
            ts->cframe->current_frame = current;
            PyErr_Clear();
        }
        if (!_PyObject_GC_IS_TRACKED((PyObject *)object)) {
            _PyObject_GC_TRACK((PyObject *)object);
        }
        Py_DECREF(object);
    }
    else {
        Py_XDECREF(object);
        for (int i = 0; i < fr->stacktop; i++) {
            Py_XDECREF(fr->localsplus[i]);
        }
        Py_XDECREF(fr->frame_obj);
        Py_CLEAR(fr->f_locals);
    }
    PyErr_Restore(type, value, traceback);
    return result;
}

/* Add this frame to the traceback of the exception that is set, unless the interpreter does it. */
PB_COLD void
pb_traceback(pb_ts *ts, pb_frame *fr)
{
    (void)fr;
    if (pb_traced(ts)) {
        return;
    }
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyFrameObject *object = PyThreadState_GetFrame(ts); /* new reference */
    PyErr_Restore(type, value, traceback);
    if (object != NULL) {
        PyTraceBack_Here(object);
        Py_DECREF(object);
    }
}

/* The exception that is set, as handlers get it: normalised, with its traceback; it is set no longer.  New reference. */
PB_COLD PyObject *
pb_catch(pb_ts *ts)
{
    (void)ts;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    PyException_SetTraceback(value, traceback != NULL ? traceback : Py_None);
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    return value;
}

/* The end of an object that nobody has any more, at unit `at`. */
__attribute__((noinline)) void
pb_finish(pb_frame *fr, int at, PyObject *object)
{
    fr->prev_instr = _PyCode_CODE(fr->f_code) + at;
    _Py_Dealloc(object);
}

PB_COLD void
pb_release(PyObject *object)
{
    Py_XDECREF(object);
}

/* The unit at which an exception was raised, as CPython pushes it for RERAISE.  New reference. */
PyObject *
pb_lasti(pb_frame *fr)
{
    PyObject *number = PyLong_FromLong(_PyInterpreterFrame_LASTI(fr));
    if (number == NULL) {
        Py_FatalError("out of memory in an exception handler");
    }
    return number;
}

/* Make a local's slot, with its value if it has one, a cell. */
void
pb_make_cell(PyObject **slot)
{
    PyObject *cell = PyCell_New(*slot);
    if (cell == NULL) {
        Py_FatalError("out of memory at the start of a function");
    }
    Py_XSETREF(*slot, cell);
}

/* As ceval.c's eval_frame_handle_pending: signals, pending calls, a thread that waits for the lock, an asynchronous exception.
 * -1 with an exception. */
PB_COLD int
pb_handle_pending(pb_ts *ts)
{
    struct _ceval_state *ceval = &ts->interp->ceval;
    if (_Py_atomic_load_relaxed(&_PyRuntime.ceval.signals_pending) || _Py_atomic_load_relaxed(&ceval->pending.calls_to_do)) {
        if (Py_MakePendingCalls() != 0) {
            return -1;
        }
    }
    if (_Py_atomic_load_relaxed(&ceval->gil_drop_request)) {
        PyEval_RestoreThread(PyEval_SaveThread());
    }
    if (ts->async_exc != NULL) {
        PyObject *exception = ts->async_exc;
        ts->async_exc = NULL;
        PyErr_SetNone(exception);
        Py_DECREF(exception);
        return -1;
    }
    return 0;
}

#endif
