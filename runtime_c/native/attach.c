/* Native bodies and the code objects they belong to; how the interpreter enters them.
 *
 * CPython 3.11's CALL pushes a frame for any exact function and starts at the code's first unit, whatever the function's vectorcall
 * is.  So the first unit of a translated code object jumps back: behind it, in the code object's own `co_extra` (eight bytes, four
 * units, that nothing in CPython uses), stand the units LOAD_CONST n; UNARY_NEGATIVE; RETURN_VALUE and constant number n, behind
 * the end of the constants that anybody sees, is an object whose negation runs the body with the frame's arguments.  `co_code` was
 * asked for before, so what anybody sees of it is the original.
 *
 * Under tracing and profiling the RESUMEs are put back, and whenever the C stack runs low: then Python calls need none of it.
 *
 * In counting builds every code object of the program has a gate.  One that leads to no body counts the call and lets it go on
 * behind RESUME: the last unit is POP_JUMP_FORWARD_IF_NONE then.  Only for tracing it goes away.
 */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

#include <opcode.h>

typedef struct {
    PyObject_HEAD pb_native *native;
    _Py_CODEUNIT resume; /* what is in the jump's place */
} Gate;

static PyObject *gate_pass(PyObject *self);

static PyNumberMethods gate_number = {.nb_negative = gate_pass};

static PyTypeObject gate_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "native code",
    .tp_basicsize = sizeof(Gate),
    .tp_as_number = &gate_number,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
};

static Gate **gates; /* of everything attached: strong */
static Py_ssize_t n_gates, room_for_gates;
static bool closed;   /* by tracing */
static int stack_low; /* calls that wait for their C stack */

/* Where a code object's four additional units are. */
static _Py_CODEUNIT *
extra_units(PyCodeObject *code)
{
    return (_Py_CODEUNIT *)&code->co_extra;
}

static void
open_gate(Gate *gate)
{
    int at = gate->native->resume - 1;
    _PyCode_CODE(gate->native->code)[at] = _Py_MAKECODEUNIT(JUMP_BACKWARD_NO_INTERRUPT, at + 5);
    extra_units(gate->native->code)[3] = _Py_MAKECODEUNIT(RETURN_VALUE, 0);
}

static void
close_gate(Gate *gate)
{
#if PB_COUNT
    if (!closed) {
        open_gate(gate);
        extra_units(gate->native->code)[3] = _Py_MAKECODEUNIT(POP_JUMP_FORWARD_IF_NONE, gate->native->resume);
        return;
    }
#endif
    _PyCode_CODE(gate->native->code)[gate->native->resume - 1] = gate->resume;
}

static void
set_gates(void)
{
    bool open = !closed && stack_low == 0;
    for (Py_ssize_t i = 0; i < n_gates; i++) {
        open && !gates[i]->native->given_up ? open_gate(gates[i]) : close_gate(gates[i]);
    }
}

void
pb_stop_entering(void)
{
    if (stack_low++ == 0 && !closed) {
        set_gates();
    }
}

void
pb_go_on_entering(void)
{
    if (stack_low > 0 && --stack_low == 0 && !closed) {
        set_gates();
    }
}

void
pb_set_tracing(bool on)
{
    if (on != closed) {
        closed = on;
        set_gates();
    }
}

void
pb_give_up(pb_native *native)
{
    native->given_up = true;
    native->leaf = NULL;
    set_gates();
}

bool
pb_may_enter(void)
{
    return !closed && stack_low == 0;
}

/* An object whose end, that of the frame that holds it, lets tracing go on. */
static void
quiet_dealloc(PyObject *self)
{
    _PyThreadState_GET()->tracing--;
    PyObject_Free(self);
}

static PyTypeObject quiet_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "frame without events",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = quiet_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
};

/* Tracing or profiling was switched on in the body, which has reported its return: the frame that it was entered by is not to do so
 * again. */
static void
be_quiet(pb_ts *ts, pb_frame *fr)
{
    PyObject *quiet = fr->f_locals == NULL ? PyObject_New(PyObject, &quiet_type) : NULL;
    if (quiet != NULL) {
        fr->f_locals = quiet;
        ts->tracing++;
    }
}

/* The interpreter has pushed a frame for a native function and come here.  Its arguments move to the body; while that runs, the
 * frame is not to be seen. */
static PyObject *
gate_pass(PyObject *self)
{
    pb_native *native = ((Gate *)self)->native;
    pb_ts *ts = _PyThreadState_GET();
    pb_frame *fr = ts->cframe->current_frame;
    PyObject *args[native->parameters + 1], *result;
#if PB_COUNT
    if (native->given_up || !pb_may_enter()) {
        pb_count_call(native);
        Py_RETURN_NONE;
    }
#endif
    if (fr->f_code != native->code) {
        PyErr_SetString(PyExc_SystemError, "native code was entered from elsewhere");
        return NULL;
    }
    if (native->leaf != NULL && (result = native->leaf_spread(ts, fr->f_func, fr->localsplus)) != NULL) {
        return result;
    }
    for (int i = 0; i < native->parameters; i++) {
        args[i] = fr->localsplus[i];
        fr->localsplus[i] = NULL;
        if (_PyLocals_GetKind(native->code->co_localspluskinds, i) & CO_FAST_CELL) { /* the body makes its own */
            Py_SETREF(args[i], Py_NewRef(PyCell_GET(args[i])));
        }
    }
    if (native->has_namespace) {
        args[0] = Py_XNewRef(fr->f_locals);
    }
    ts->cframe->current_frame = fr->previous;
    ts->recursion_remaining++;
    result = native->spread(ts, fr->f_func, (uint32_t)PB_TAKE_OVER, args);
    ts->recursion_remaining--;
    ts->cframe->current_frame = fr;
    if (PB_UNLIKELY(ts->cframe->use_tracing)) {
        be_quiet(ts, fr);
    }
    return result;
}

/* The gate of `code` (borrowed), NULL when it has none. */
static Gate *
gate_of(const PyCodeObject *code)
{
    const _Py_CODEUNIT *units = extra_units((PyCodeObject *)code);
    if (code->co_extra == NULL || _Py_OPCODE(units[2]) != UNARY_NEGATIVE || _Py_OPCODE(units[1]) != LOAD_CONST ||
        _Py_OPCODE(units[0]) != EXTENDED_ARG) {
        return NULL;
    }
    Py_ssize_t n = (_Py_OPARG(units[0]) << 8) | _Py_OPARG(units[1]);
    if (n != PyTuple_GET_SIZE(code->co_consts)) {
        return NULL;
    }
    PyObject *gate = ((PyTupleObject *)code->co_consts)->ob_item[n];
    return Py_IS_TYPE(gate, &gate_type) ? (Gate *)gate : NULL;
}

const pb_native *
pb_native_of(const PyCodeObject *code)
{
    const Gate *gate = gate_of(code);
    return gate != NULL && gate->native->body != NULL ? gate->native : NULL;
}

#if PB_COUNT
pb_native *
pb_counted_native(const PyCodeObject *code)
{
    const Gate *gate = gate_of(code);
    return gate != NULL ? gate->native : NULL;
}
#endif

/* Remember `gate` for opening and closing.  -1 with an exception. */
static int
remember(Gate *gate)
{
    if (n_gates == room_for_gates) {
        Py_ssize_t room = room_for_gates > 0 ? 2 * room_for_gates : 256;
        Gate **more = PyMem_Realloc(gates, (size_t)room * sizeof *more);
        if (more == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        gates = more;
        room_for_gates = room;
    }
    gates[n_gates++] = gate;
    return 0;
}

/* Give `code` its native body.  -1 with an exception. */
static int
attach_code(PyCodeObject *code, pb_native *native)
{
    Py_ssize_t n = PyTuple_GET_SIZE(code->co_consts);
    if (native->code != NULL || code->co_extra != NULL || n > 0xFFFF || native->resume > 250) {
        return 0; /* a second copy of the module: it stays bytecode */
    }
    PyObject *original = PyObject_GetAttrString((PyObject *)code, "co_code"); /* which keeps it */
    Gate *gate = original != NULL ? PyObject_New(Gate, &gate_type) : NULL;
    PyTupleObject *constants = gate != NULL ? (PyTupleObject *)PyTuple_New(n + 1) : NULL;
    Py_XDECREF(original);
    if (constants == NULL || remember(gate) < 0) {
        Py_XDECREF(gate);
        Py_XDECREF(constants);
        return -1;
    }
    gate->native = native;
    gate->resume = _PyCode_CODE(code)[native->resume - 1];
    for (Py_ssize_t i = 0; i < n; i++) {
        constants->ob_item[i] = Py_NewRef(PyTuple_GET_ITEM(code->co_consts, i));
    }
    constants->ob_item[n] = (PyObject *)gate; /* which `gates` owns */
    Py_SET_SIZE(constants, n);
    Py_SETREF(code->co_consts, (PyObject *)constants);
    _Py_CODEUNIT *units = extra_units(code);
    units[0] = _Py_MAKECODEUNIT(EXTENDED_ARG, (int)(n >> 8));
    units[1] = _Py_MAKECODEUNIT(LOAD_CONST, (int)(n & 0xFF));
    units[2] = _Py_MAKECODEUNIT(UNARY_NEGATIVE, 0);
    units[3] = _Py_MAKECODEUNIT(RETURN_VALUE, 0);
    native->code = (PyCodeObject *)Py_NewRef((PyObject *)code); /* never released: its units refer to what is static */
    for (int i = 0; i < native->n_constants; i++) {
        native->constants[i] = constants->ob_item[i];
    }
    for (int i = 0; i < native->n_names; i++) {
        native->names[i] = PyTuple_GET_ITEM(code->co_names, i);
    }
    pb_may_enter() && !native->given_up ? open_gate(gate) : close_gate(gate);
    return 0;
}

#if PB_COUNT
/* Count the code object number `index` of a module, whose body is `native` (NULL or another code object's: it has none).  -1 with
 * an exception. */
static int
attach_counted(PyCodeObject *code, pb_native *native, const char *name, int index)
{
    if (native == NULL || native->code != NULL) {
        native = pb_count_only(code);
    }
    if (native == NULL || attach_code(code, native) < 0) {
        return -1;
    }
    return pb_count_code(native, code, name, index, native->code == code);
}
#endif

/* Attach what is native of `code`, of the module `name`, and the code objects in it; *index counts them, *next is the native to
 * come. -1 with an exception. */
static int
attach_tree(PyCodeObject *code, const char *name, const pb_native_module *module, int *index, int *next)
{
    int own = (*index)++;
    pb_native *native =
        module != NULL && *next < module->count && module->natives[*next]->index == own ? module->natives[(*next)++] : NULL;
    PyObject *constants = Py_NewRef(code->co_consts);
    int status = 0;
    for (Py_ssize_t i = 0; status == 0 && i < PyTuple_GET_SIZE(constants); i++) {
        PyObject *constant = PyTuple_GET_ITEM(constants, i);
        if (PyCode_Check(constant)) {
            status = attach_tree((PyCodeObject *)constant, name, module, index, next);
        }
    }
    Py_DECREF(constants);
#if PB_COUNT
    return status == 0 && (native != NULL || pb_counts_all_of(name)) ? attach_counted(code, native, name, own) : status;
#endif
    (void)name;
    return status == 0 && native != NULL ? attach_code(code, native) : status;
}

int
pb_attach(const char *name, PyObject *code)
{
    if (PyInterpreterState_Get() != PyInterpreterState_Main()) {
        return 0; /* other interpreters run bytecode */
    }
    const pb_native_module *module = NULL;
    for (const pb_native_module *const *m = pb_native_modules; *m != NULL; m++) {
        if (strcmp((*m)->name, name) == 0) {
            module = *m;
        }
    }
#if PB_COUNT
    bool counted = pb_counts_all_of(name);
#else
    const bool counted = false;
#endif
    if (module == NULL && !counted) {
        return 0;
    }
    if (gate_type.tp_dict == NULL && (PyType_Ready(&gate_type) < 0 || PyType_Ready(&quiet_type) < 0)) {
        return -1;
    }
    pb_find_builtins();
    int index = 0, next = 0;
    return attach_tree((PyCodeObject *)code, name, module, &index, &next);
}

#endif
