/* What the recorder (runtime_c/recorder) reads and changes of CPython's private structures: frames, specialised instructions,
 * tracing.  Only 3.11 so far; the recorder is an extension module, so nothing here may need a symbol that libpython hides. */
#ifndef PB_RECORDING_H
#define PB_RECORDING_H

#define PY_SSIZE_T_CLEAN
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#define Py_BUILD_CORE_MODULE 1 /* the internal headers ask for it, and some public ones must know before them */
#include <Python.h>

#if PY_VERSION_HEX >> 16 != 0x030B
#error "programs are recorded with CPython 3.11 only"
#endif

#include <stdbool.h>
#include <stdint.h>

#include <opcode.h>
#include <internal/pycore_code.h>
#include <internal/pycore_frame.h>
#include <internal/pycore_global_strings.h>
#include <internal/pycore_interp.h>
#include <internal/pycore_opcode.h>
#include <internal/pycore_pylifecycle.h>
#include <internal/pycore_pystate.h>
#include <internal/pycore_runtime.h>

typedef _PyInterpreterFrame pb_frame;

static inline _Py_CODEUNIT *
pb_code_units(PyCodeObject *code)
{
    return _PyCode_CODE(code);
}

/* The instruction without its specialisation. */
static inline uint8_t
pb_plain_opcode(_Py_CODEUNIT unit)
{
    return _PyOpcode_Deopt[_Py_OPCODE(unit)];
}

/* How many code units of inline cache follow the (plain) instruction. */
static inline int
pb_cache_units(uint8_t opcode)
{
    return _PyOpcode_Caches[opcode];
}

/* The frame that runs in this thread, or NULL. */
static inline pb_frame *
pb_running_frame(PyThreadState *thread)
{
    return thread->cframe->current_frame;
}

/* Whether the frame is at its very beginning: a call, and not a generator's continuation. */
static inline bool
pb_frame_begins(pb_frame *frame)
{
    return frame->prev_instr < _PyCode_CODE(frame->f_code);
}

/* Whether a frame object may be made for it. */
static inline bool
pb_frame_is_complete(pb_frame *frame)
{
    return !_PyFrame_IsIncomplete(frame);
}

/* Index (in code units) of the instruction that is about to run, during an opcode event. */
static inline int
pb_frame_index(pb_frame *frame)
{
    return _PyInterpreterFrame_LASTI(frame);
}

/* The end of the value stack: [-1] is its top.  Valid during an opcode event. */
static inline PyObject **
pb_frame_stack(pb_frame *frame)
{
    return _PyFrame_GetStackPointer(frame);
}

/* Whether the frame belongs to a generator or coroutine that has just yielded. */
static inline bool
pb_frame_has_yielded(pb_frame *frame)
{
    return frame->owner == FRAME_OWNED_BY_GENERATOR && _PyFrame_GetGenerator(frame)->gi_frame_state == FRAME_SUSPENDED;
}

/* Set the thread's C trace function past sys.settrace: no audit event, and what the program has set must be none. */
static inline void
pb_set_trace(PyThreadState *thread, Py_tracefunc function)
{
    thread->c_tracefunc = function;
    _PyThreadState_UpdateTracingState(thread);
}

/* Let the main thread's evaluation look for pending calls, if it is the main thread that runs; called by any thread, without the
 * GIL.
 *
 * Py_AddPendingCall leaves the evaluation undisturbed when it is called by another thread than the main one (3.11 computes the flag
 * for the calling thread).  But the flag must not stay set while another thread runs: that one cannot clear it, and at the
 * beginning of a traced frame it would look again and again.  So it gets the value that it has to have then.  A request of a third
 * thread that is lost in between is made again: at the latest after sys.getswitchinterval(), or by the next call of this. */
static inline void
pb_interrupt_evaluation(PyThreadState *main_thread)
{
    struct _ceval_state *state = &main_thread->interp->ceval;
    if (_PyRuntimeState_GetThreadState(&_PyRuntime) == main_thread) {
        _Py_atomic_store_relaxed(&state->eval_breaker, 1);
    }
    if (_PyRuntimeState_GetThreadState(&_PyRuntime) != main_thread) {
        int wanted = _Py_atomic_load_relaxed(&state->gil_drop_request) | state->pending.async_exc;
        _Py_atomic_store_relaxed(&state->eval_breaker, wanted);
    }
}

/* 3.11 runs a Python `__getitem__` inside the caller's evaluation when BINARY_SUBSCR is specialised for the function's version,
 * which has to fit 16 bits: one that does not keeps the call visible. */
static inline void
pb_keep_call_visible(PyFunctionObject *function, uint32_t version)
{
    if (function->func_version <= UINT16_MAX) {
        function->func_version = version;
    }
}

#endif
