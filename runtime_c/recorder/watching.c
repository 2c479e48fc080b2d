/* Watching instructions; see watching.h. */
#include "recorder/watching.h"

#include <stdlib.h>
#include <string.h>

#include "recorder/names.h"

enum { EVENTS_A_CALL = 4096, EVENTS_A_TICK = 512 };

_Thread_local pb_activation *pb_current;

static int trace(PyObject *self, PyFrameObject *frame, int what, PyObject *argument);

bool
pb_is_watching(PyThreadState *thread)
{
    return thread->c_tracefunc == trace;
}

/* What the frame object says to the tracing API goes back to its default, so that a trace function of the program finds it so. */
static void
restore_frame(pb_activation *activation)
{
    PyFrameObject *object = activation->frame->frame_obj;
    if (object != NULL) {
        object->f_trace_opcodes = 0;
    }
    activation->budget = 0;
    activation->last = NULL;
}

static void
stop(PyThreadState *thread, pb_activation *activation)
{
    restore_frame(activation);
    if (thread->c_tracefunc == trace) {
        thread->c_tracefunc = NULL; /* the caller of a trace function updates the rest */
    }
}

/* A frame object cannot be made before the frame is complete; the call event, which comes then, asks for opcode events. */
void
pb_watch_entry(PyThreadState *thread, pb_activation *activation)
{
    activation->budget = EVENTS_A_CALL;
    activation->previous = pb_frame_begins(activation->frame) ? 0 : -1;
    pb_find_loops(activation->record);
    activation->record->watched++;
    pb_set_trace(thread, trace);
}

void
pb_watch_running(PyThreadState *thread, pb_activation *activation)
{
    PyFrameObject *object = PyThreadState_GetFrame(thread);
    if (object == NULL) {
        PyErr_Clear();
        return;
    }
    object->f_trace_opcodes = 1;
    Py_DECREF(object); /* the frame has one more */
    activation->budget = EVENTS_A_TICK;
    activation->previous = -1;
    activation->last = NULL;
    pb_find_loops(activation->record);
    pb_set_trace(thread, trace);
}

void
pb_watch_pause(PyThreadState *thread)
{
    pb_set_trace(thread, NULL);
}

void
pb_watch_continue(PyThreadState *thread, pb_activation *activation)
{
    if (thread->c_tracefunc == NULL) {
        pb_set_trace(thread, trace);
    }
    else {
        restore_frame(activation); /* the program has begun to trace */
    }
}

/* What is recorded of an instruction. */
typedef struct {
    uint8_t operands; /* how many values at the top of the stack, 0 for none */
    bool result;      /* the top of the stack after it */
    bool jump;        /* whether it jumps */
} pb_interest;

static const pb_interest interests[256] = {
    [BEFORE_WITH] = {1, false, false},
    [BINARY_OP] = {2, true, false},
    [BINARY_SUBSCR] = {2, true, false},
    [CALL_FUNCTION_EX] = {1, true, false},
    [COMPARE_OP] = {2, true, false},
    [CONTAINS_OP] = {2, false, false},
    [DELETE_ATTR] = {1, false, false},
    [DELETE_SUBSCR] = {2, false, false},
    [DICT_UPDATE] = {1, false, false},
    [FORMAT_VALUE] = {1, false, false},
    [FOR_ITER] = {1, true, false},
    [GET_AWAITABLE] = {1, false, false},
    [GET_ITER] = {1, true, false},
    [GET_YIELD_FROM_ITER] = {1, true, false},
    [IS_OP] = {2, false, false},
    [JUMP_IF_FALSE_OR_POP] = {1, false, true},
    [JUMP_IF_TRUE_OR_POP] = {1, false, true},
    [LIST_EXTEND] = {1, false, false},
    [LOAD_ATTR] = {1, true, false},
    [LOAD_DEREF] = {0, true, false},
    [LOAD_GLOBAL] = {0, true, false},
    [LOAD_METHOD] = {1, false, false},
    [POP_JUMP_BACKWARD_IF_FALSE] = {1, false, true},
    [POP_JUMP_BACKWARD_IF_NONE] = {1, false, true},
    [POP_JUMP_BACKWARD_IF_NOT_NONE] = {1, false, true},
    [POP_JUMP_BACKWARD_IF_TRUE] = {1, false, true},
    [POP_JUMP_FORWARD_IF_FALSE] = {1, false, true},
    [POP_JUMP_FORWARD_IF_NONE] = {1, false, true},
    [POP_JUMP_FORWARD_IF_NOT_NONE] = {1, false, true},
    [POP_JUMP_FORWARD_IF_TRUE] = {1, false, true},
    [SEND] = {2, false, false},
    [SET_UPDATE] = {1, false, false},
    [STORE_ATTR] = {2, false, false},
    [STORE_SUBSCR] = {3, false, false},
    [UNARY_INVERT] = {1, true, false},
    [UNARY_NEGATIVE] = {1, true, false},
    [UNARY_NOT] = {1, false, false},
    [UNARY_POSITIVE] = {1, true, false},
    [UNPACK_EX] = {1, false, false},
    [UNPACK_SEQUENCE] = {1, false, false},
    [YIELD_VALUE] = {1, false, false},
};

/* Count the classes of `used` values that end at `end` of the stack. */
static void
count_operands(pb_site *site, PyObject **end, int used)
{
    if (used == 0) {
        return;
    }
    if (site->operands == NULL) {
        site->operands = calloc(PB_MOST_OPERANDS, sizeof *site->operands);
        if (site->operands == NULL) {
            return;
        }
    }
    int counted = used < PB_MOST_OPERANDS ? used : PB_MOST_OPERANDS;
    for (int i = 0; i < counted; i++) {
        pb_count_value(&site->operands[i], end[i - used]);
    }
    if (counted > site->operands_used) {
        site->operands_used = (uint8_t)counted;
    }
}

/* A call: below the arguments are a method and its self, or NULL and what is called.  Returns that. */
static PyObject *
count_call(pb_site *site, PyObject **top, int argument)
{
    PyObject *method = top[-argument - 2];
    int used = method != NULL ? argument + 1 : argument;
    PyObject *callable = method != NULL ? method : top[-argument - 1];
    count_operands(site, top, used);
    pb_count_key(&site->callees, pb_callee_key(callable));
    return callable;
}

/* Whether the call will make another trace function this thread's. */
static bool
is_settrace(PyObject *callable)
{
    return PyCFunction_CheckExact(callable) && strcmp(((PyCFunctionObject *)callable)->m_ml->ml_name, "settrace") == 0;
}

/* The event before the instruction shows what the last one did. */
static void
finish_last(pb_activation *activation, int index, PyObject **top)
{
    pb_site *site = activation->last;
    activation->last = NULL;
    bool followed = index == activation->following;
    if (interests[site->opcode].jump) {
        site->taken += !followed;
    }
    else if (followed) {
        pb_count_value(&site->result, top[-1]);
    }
}

/* Count an arrival at the header of a loop. */
static void
count_loop(pb_activation *activation, int index)
{
    pb_loop *loop = activation->previous >= 0 ? pb_loop_at(activation->record, index) : NULL;
    if (loop != NULL) {
        if (activation->previous >= index) {
            loop->iterations++;
        }
        else {
            loop->entries++;
        }
    }
}

/* Before an instruction.  Returns false when watching has to end here. */
static bool
observe(pb_activation *activation, pb_frame *frame)
{
    int index = pb_frame_index(frame), argument = 0;
    PyObject **top = pb_frame_stack(frame);
    if (activation->last != NULL) {
        finish_last(activation, index, top);
    }
    count_loop(activation, index);
    _Py_CODEUNIT *units = pb_code_units(frame->f_code);
    uint8_t opcode;
    while ((opcode = pb_plain_opcode(units[index])) == EXTENDED_ARG) { /* its instruction has no event of its own */
        argument = (argument | _Py_OPARG(units[index++])) << 8;
    }
    argument |= _Py_OPARG(units[index]);
    activation->previous = index;
    const pb_interest *interest = &interests[opcode];
    if (opcode != CALL && interest->operands == 0 && !interest->result) {
        return true;
    }
    pb_site *site = pb_site_at(activation->record, index, opcode);
    if (site == NULL) {
        return true;
    }
    site->count++;
    PyObject *callable = NULL;
    if (opcode == CALL) {
        callable = count_call(site, top, argument);
    }
    else {
        count_operands(site, top, interest->operands);
    }
    if (opcode == CALL_FUNCTION_EX) {
        callable = top[argument & 1 ? -3 : -2];
        pb_count_key(&site->callees, pb_callee_key(callable));
    }
    if (interest->result || interest->jump || opcode == CALL) {
        activation->last = site;
        activation->following = index + 1 + pb_cache_units(opcode);
    }
    return callable == NULL || !is_settrace(callable);
}

/* The C trace function of watched frames.  Events of other frames (those that run inside this one's evaluation) pass. */
static int
trace(PyObject *self, PyFrameObject *object, int what, PyObject *argument)
{
    (void)self;
    (void)argument;
    pb_activation *activation = pb_current;
    if (activation == NULL || activation->budget == 0 || activation->frame->frame_obj != object) {
        return 0;
    }
    if (what == PyTrace_CALL) {
        object->f_trace_opcodes = 1;
    }
    else if (what == PyTrace_RETURN) {
        stop(PyThreadState_Get(), activation);
    }
    else if (what == PyTrace_OPCODE && (!observe(activation, activation->frame) || --activation->budget == 0)) {
        stop(PyThreadState_Get(), activation);
    }
    return 0;
}
