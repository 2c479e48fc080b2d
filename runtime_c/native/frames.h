/* The frames of native functions: pushed, popped, left, looked at (frames.c).
 *
 * A part of native.h, which includes it. */
#ifndef PB_FRAMES_H
#define PB_FRAMES_H

/* Low end of the C stack that native code may use, per thread; above every address until the thread was measured. */
extern _Thread_local char *pb_stack_limit __attribute__((tls_model("local-exec")));

enum { PB_TAKE_OVER = -1 }; /* all arguments */

/* `borrowed` has a bit for each argument that the body has borrowed: whoever takes the frame over needs references to them. */
void pb_own(PyObject **arguments, uint32_t borrowed);
PyObject *pb_enter_slow(pb_ts *ts, PyFunctionObject *func, pb_native *native, PyObject **args, uint32_t borrowed);
PyObject *pb_leave(pb_ts *ts, pb_frame *fr, pb_native *native, int at, int top, uint32_t borrowed);
PyObject *pb_leave_by_guess(pb_ts *ts, pb_frame *fr, pb_native *native, int at, int top, uint32_t borrowed);
PyObject *pb_exit_slow(pb_ts *ts, pb_frame *fr, PyObject *result);
PyObject *pb_leave_raising(pb_ts *ts, pb_frame *fr, int top, uint32_t borrowed);
void pb_traceback(pb_ts *ts, pb_frame *fr);
PyObject *pb_catch(pb_ts *ts);
int pb_handle_pending(pb_ts *ts);
void pb_release(PyObject *object); /* Py_XDECREF, out of line */
void pb_make_cell(PyObject **slot);
PyObject *pb_lasti(pb_frame *fr);
PyObject *pb_range_iterator(int64_t current, int64_t stop, int64_t step);

/* Fill the slots of the unboxed locals of a native frame that is about to be looked at. */
void pb_materialise(pb_frame *fr);

/* Whether a call must take the slow way in: Python's own limit, or the C stack's, or tracing. */
PB_INLINE bool
pb_no_room(pb_ts *ts)
{
    return ts->recursion_remaining <= 0 || (char *)__builtin_frame_address(0) < pb_stack_limit || ts->cframe->use_tracing;
}

enum { PB_NATIVE_FRAME = -2 }; /* as `stacktop`: a frame whose function runs natively */

/* Make `fr` the frame of `func`, current in this thread.  Borrows everything; its slots are the caller's business. */
PB_INLINE void
pb_push_frame(pb_ts *ts, pb_frame *fr, PyFunctionObject *func, PyCodeObject *code, int at)
{
    fr->f_func = func;
    fr->f_globals = func->func_globals;
    fr->f_builtins = func->func_builtins;
    fr->f_locals = NULL;
    fr->f_code = code;
    fr->frame_obj = NULL;
    fr->previous = ts->cframe->current_frame;
    fr->prev_instr = _PyCode_CODE(code) + at;
    fr->stacktop = PB_NATIVE_FRAME;
    fr->is_entry = true;
    fr->owner = FRAME_OWNED_BY_THREAD;
    ts->cframe->current_frame = fr;
    ts->recursion_remaining--;
}

/* Whether a trace function wants to be told of exceptions: then the interpreter deals with one, and adds the frame to its
 * traceback. */
PB_INLINE bool
pb_traced(pb_ts *ts)
{
    return ts->c_tracefunc != NULL && ts->cframe->use_tracing;
}

/* Whether somebody has asked for the frame or its locals. */
PB_INLINE bool
pb_was_seen(const pb_frame *fr)
{
    return ((uintptr_t)fr->frame_obj | (uintptr_t)fr->f_locals) != 0;
}

/* Whether there are signals or pending calls, or another thread waits. */
PB_INLINE bool
pb_must_poll(pb_ts *ts)
{
    return _Py_atomic_load_relaxed(&ts->interp->ceval.eval_breaker) != 0;
}

/* Signals, pending calls, another thread that waits.  -1 with an exception. */
PB_INLINE int
pb_poll(pb_ts *ts)
{
    return PB_UNLIKELY(_Py_atomic_load_relaxed(&ts->interp->ceval.eval_breaker)) ? pb_handle_pending(ts) : 0;
}

/* Keep what an unboxed local holds where pb_materialise finds it. */
PB_INLINE void
pb_raw_i(uint64_t *raw, int64_t value)
{
    *raw = (uint64_t)value;
}

PB_INLINE void
pb_raw_d(uint64_t *raw, double value)
{
    memcpy(raw, &value, sizeof value);
}

/* Put `value` (stolen) into a local's slot and release what was there. */
PB_INLINE void
pb_store(PyObject **slot, PyObject *value)
{
    PyObject *old = *slot;
    *slot = value;
    Py_XDECREF(old);
}

void pb_finish(pb_frame *fr, int at, PyObject *object);

/* Release an object at unit `at` of the present function: what its finaliser sees of the frame is right. */
#define PB_DROP(object, at)                                                                                                        \
    do {                                                                                                                           \
        PyObject *dropped = (object);                                                                                              \
        if (PB_UNLIKELY(--dropped->ob_refcnt == 0)) {                                                                              \
            pb_finish(fr, at, dropped);                                                                                            \
        }                                                                                                                          \
    } while (0)
/* The same where more is to be done if it dies: what its finaliser is to see. */
#define PB_DROP_SEEN(object, at, before)                                                                                           \
    do {                                                                                                                           \
        PyObject *dropped = (object);                                                                                              \
        if (PB_UNLIKELY(--dropped->ob_refcnt == 0)) {                                                                              \
            before fr->prev_instr = units + (at);                                                                                  \
            _Py_Dealloc(dropped);                                                                                                  \
        }                                                                                                                          \
    } while (0)
#define PB_XDROP_SEEN(object, at, before)                                                                                          \
    do {                                                                                                                           \
        PyObject *maybe = (object);                                                                                                \
        if (maybe != NULL) {                                                                                                       \
            PB_DROP_SEEN(maybe, at, before);                                                                                       \
        }                                                                                                                          \
    } while (0)
#define PB_XDROP(object, at)                                                                                                       \
    do {                                                                                                                           \
        PyObject *maybe = (object);                                                                                                \
        if (maybe != NULL) {                                                                                                       \
            PB_DROP(maybe, at);                                                                                                    \
        }                                                                                                                          \
    } while (0)

PB_INLINE void
pb_clear(PyObject **slot)
{
    PyObject *old = *slot;
    *slot = NULL;
    Py_XDECREF(old);
}

#endif
