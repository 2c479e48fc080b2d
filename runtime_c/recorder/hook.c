/* Seeing every call; see hook.h.
 *
 * Where little is left of the C stack the hook goes away until that depth is left again: CPython runs calls between Python
 * functions in one C frame then, and programs that recurse deeply do so while they are recorded, too. */
#include "recorder/hook.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "recorder/records.h"
#include "recorder/watching.h"

enum {
    WATCHED_CALLS = 40, /* the first calls of a function are all watched, later ones when their number is a power of two */
    HOT_CALLS = 256,    /* functions of other parties are watched from this number on */
    HOT_TICKS = 2,      /* or after so many ticks */
    TICK_NS = 1000000,
    C_STACK_RESERVE = 512 * 1024,
};

/* A thread's own state. */
static _Thread_local unsigned seen_tick;
static _Thread_local char *stack_reserve; /* below this address the hook goes away; NULL: not known yet */

static bool active;
static PyObject *imports; /* owned list */
static atomic_uint tick_now;
static atomic_bool tick_pending, clock_stop;
static pthread_t clock_thread;
static bool clock_runs;
static uint32_t next_version = UINT32_C(0x80000000);

static PyObject *evaluate(PyThreadState *thread, pb_frame *frame, int throwing);

/* The end of this thread's C stack, with the reserve. */
static char *
find_stack_reserve(void)
{
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        if (pthread_attr_getstack(&attributes, &lowest, &size) != 0) {
            lowest = NULL;
        }
        pthread_attr_destroy(&attributes);
    }
    size_t reserve = size / 2 < C_STACK_RESERVE ? size / 2 : C_STACK_RESERVE;
    return lowest != NULL ? (char *)lowest + reserve : (char *)1;
}

/* Whether to watch this call or continuation, the `number`th of its code, from 1. */
static bool
is_due(const pb_record *record, uint64_t number)
{
    if (!record->first_party) {
        if (number < HOT_CALLS && record->ticks < HOT_TICKS) {
            return false;
        }
        number = number >= HOT_CALLS ? number - HOT_CALLS + 1 : number;
    }
    return number <= WATCHED_CALLS || (number & (number - 1)) == 0;
}

/* Whether the program (or nobody) has an interest in this thread's events. */
static bool
may_watch(PyThreadState *thread)
{
    return thread->c_tracefunc == NULL && thread->c_profilefunc == NULL && thread->tracing == 0;
}

/* Whether the clock has moved since this thread looked last. */
static bool
clock_has_moved(void)
{
    unsigned now = atomic_load_explicit(&tick_now, memory_order_relaxed);
    bool moved = now != seen_tick;
    seen_tick = now;
    return moved;
}

/* Watch the frame that was running, or goes on running, when the clock moved: long loops are seen all the way through. */
static void
watch_now_and_then(PyThreadState *thread, pb_activation *activation)
{
    pb_record *record = activation != NULL ? activation->record : NULL;
    pb_frame *frame = pb_running_frame(thread);
    if (record == NULL || activation->frame != frame || (!record->first_party && record->ticks < HOT_TICKS)) {
        return;
    }
    pb_count_specialisations(record);
    if (activation->budget == 0 && may_watch(thread) && pb_frame_is_complete(frame)) {
        pb_watch_running(thread, activation);
    }
}

/* In the main thread, between two instructions, without the recorder's having to look for the time. */
static int
on_pending(void *unused)
{
    (void)unused;
    atomic_store(&tick_pending, false);
    PyThreadState *thread = PyThreadState_Get();
    pb_activation *activation = pb_current;
    if (active && activation != NULL && clock_has_moved()) {
        if (activation->record != NULL && activation->frame == pb_running_frame(thread)) {
            activation->record->ticks++;
        }
        watch_now_and_then(thread, activation);
    }
    return 0;
}

/* `main_thread`: the Python thread that pending calls run in; it outlives the clock. */
static void *
run_clock(void *main_thread)
{
    const struct timespec pause = {0, TICK_NS};
    while (nanosleep(&pause, NULL) == 0 && !atomic_load(&clock_stop) && !_Py_IsFinalizing()) {
        atomic_fetch_add(&tick_now, 1);
        if (!atomic_exchange(&tick_pending, true) && Py_AddPendingCall(on_pending, NULL) != 0) {
            atomic_store(&tick_pending, false); /* the queue is full: next time */
        }
        pb_interrupt_evaluation(main_thread);
    }
    return NULL;
}

/* Signals are for the program's threads: the clock blocks them all.  Without a clock there are no ticks, which is no error. */
static void
start_clock(void)
{
    sigset_t all, before;
    sigfillset(&all);
    atomic_store(&clock_stop, false);
    atomic_store(&tick_pending, false);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    clock_runs = pthread_create(&clock_thread, NULL, run_clock, PyThreadState_Get()) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static bool
is_module_body(PyCodeObject *code)
{
    return !(code->co_flags & CO_OPTIMIZED) && PyUnicode_CompareWithASCIIString(code->co_name, "<module>") == 0;
}

static PyObject *
module_name(pb_frame *frame)
{
    return PyDict_GetItemWithError(frame->f_globals, &_Py_ID(__name__));
}

static bool
is_import_machinery(pb_frame *frame)
{
    const char *path = PyUnicode_AsUTF8(frame->f_code->co_filename);
    return path == NULL || strncmp(path, "<frozen importlib", 17) == 0 || strstr(path, "/importlib/__init__.py") != NULL;
}

/* Remember who imports the module whose body begins; `frame` is not yet linked to its caller. */
static void
remember_import(PyThreadState *thread, pb_frame *frame)
{
    PyObject *error_type, *error, *traceback;
    PyErr_Fetch(&error_type, &error, &traceback);
    pb_frame *importer = pb_running_frame(thread);
    while (importer != NULL && is_import_machinery(importer)) {
        importer = importer->previous;
    }
    PyObject *name = module_name(frame), *from = importer != NULL ? module_name(importer) : Py_None;
    PyObject *item = name != NULL ? PyTuple_Pack(2, name, from != NULL ? from : Py_None) : NULL;
    if (item == NULL || PyList_Append(imports, item) < 0) {
        PyErr_Clear();
    }
    Py_XDECREF(item);
    PyErr_Restore(error_type, error, traceback);
}

/* A recorded frame is about to run. */
static void
enter(PyThreadState *thread, pb_activation *activation, int throwing)
{
    pb_record *record = activation->record;
    pb_frame *frame = activation->frame;
    if (pb_frame_begins(frame)) {
        record->calls++;
        for (int i = 0; i < record->arguments_used; i++) {
            pb_count_value(&record->arguments[i], frame->localsplus[i]);
        }
        if (is_module_body(record->code)) {
            remember_import(thread, frame);
        }
        if (frame->f_func != NULL && record->code->co_argcount == 2) {
            pb_keep_call_visible(frame->f_func, next_version++);
        }
    }
    else {
        record->resumptions++;
    }
    if (!throwing && is_due(record, record->calls + record->resumptions) && may_watch(thread)) {
        pb_watch_entry(thread, activation);
    }
}

/* Python calls go through C from here, and must not use it up: without the hook until this one returns. */
static PyObject *
evaluate_unseen(PyThreadState *thread, pb_frame *frame, int throwing)
{
    pb_activation *outer = pb_current;
    bool watching = pb_is_watching(thread);
    if (watching) {
        pb_watch_pause(thread);
    }
    pb_current = NULL;
    _PyInterpreterState_SetEvalFrameFunc(thread->interp, _PyEval_EvalFrameDefault);
    PyObject *result = _PyEval_EvalFrameDefault(thread, frame, throwing);
    if (active && _PyInterpreterState_GetEvalFrameFunc(thread->interp) == _PyEval_EvalFrameDefault) {
        _PyInterpreterState_SetEvalFrameFunc(thread->interp, evaluate);
    }
    pb_current = outer;
    if (watching) {
        pb_watch_continue(thread, outer);
    }
    return result;
}

/* The frame evaluation function: like _PyEval_EvalFrameDefault, whose result it returns. */
static PyObject *
evaluate(PyThreadState *thread, pb_frame *frame, int throwing)
{
    char here;
    if (stack_reserve == NULL) {
        stack_reserve = find_stack_reserve();
    }
    if (&here < stack_reserve || !active) {
        return active ? evaluate_unseen(thread, frame, throwing) : _PyEval_EvalFrameDefault(thread, frame, throwing);
    }
    pb_activation *outer = pb_current;
    pb_activation activation = {.outer = outer, .frame = frame, .record = pb_record_of(frame), .previous = -1};
    bool watching_outer = pb_is_watching(thread);
    if (watching_outer) {
        pb_watch_pause(thread);
    }
    pb_current = &activation;
    if (activation.record != NULL) {
        enter(thread, &activation, throwing);
    }
    PyObject *result = _PyEval_EvalFrameDefault(thread, frame, throwing);
    if (result != NULL && activation.record != NULL) {
        pb_count_value(pb_frame_has_yielded(frame) ? &activation.record->yields : &activation.record->returns, result);
    }
    pb_current = outer;
    if (pb_is_watching(thread)) {
        pb_watch_pause(thread);
    }
    if (watching_outer) {
        pb_watch_continue(thread, outer);
    }
    if (clock_has_moved()) {
        if (activation.record != NULL) {
            activation.record->ticks++;
        }
        watch_now_and_then(thread, outer);
    }
    return result;
}

int
pb_hook_begin(void)
{
    imports = PyList_New(0);
    if (imports == NULL) {
        return -1;
    }
    active = true;
    _PyInterpreterState_SetEvalFrameFunc(PyInterpreterState_Get(), evaluate);
    start_clock();
    return 0;
}

void
pb_hook_end(void)
{
    PyThreadState *thread = PyThreadState_Get();
    active = false;
    if (_PyInterpreterState_GetEvalFrameFunc(thread->interp) == evaluate) {
        _PyInterpreterState_SetEvalFrameFunc(thread->interp, _PyEval_EvalFrameDefault);
    }
    if (pb_is_watching(thread)) {
        pb_watch_pause(thread);
    }
    if (clock_runs) {
        atomic_store(&clock_stop, true);
        clock_runs = false;
        Py_BEGIN_ALLOW_THREADS;
        pthread_join(clock_thread, NULL);
        Py_END_ALLOW_THREADS;
    }
}

void
pb_hook_after_fork(void)
{
    if (active) {
        start_clock();
    }
}

PyObject *
pb_imports(void)
{
    return Py_XNewRef(imports);
}
