/* Operations as calls: what code that nothing says is hot is made of.  They find the names and numbers of their instruction in the
 * code object, so that a call needs few arguments.
 *
 * Operands that `where` says are released here, in the order in which ceval.c releases them; the others are borrowed.  Where an
 * exception is raised, this frame is in its traceback when they return. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

static inline void
place(pb_frame *fr, uint32_t where)
{
    fr->prev_instr = _PyCode_CODE(fr->f_code) + (where & PB_UNIT);
}

/* The argument of the instruction where the frame is. */
static inline int
argument(const pb_frame *fr)
{
    return _Py_OPARG(*fr->prev_instr);
}

static inline PyObject *
name_at(const pb_frame *fr, int index)
{
    return PyTuple_GET_ITEM(fr->f_code->co_names, index);
}

/* Release operand `i` if it was handed over. */
static inline void
done(pb_frame *fr, uint32_t where, int i, PyObject *object)
{
    if (where >> (PB_OWN_SHIFT + i) & 1 && --object->ob_refcnt == 0) {
        place(fr, where);
        _Py_Dealloc(object);
    }
}

/* What an operation returns that has failed if `result` is NULL. */
static inline PyObject *
checked(pb_frame *fr, PyObject *result)
{
    if (PB_UNLIKELY(result == NULL)) {
        pb_traceback(_PyThreadState_GET(), fr);
    }
    return result;
}

static inline int
checked_number(pb_frame *fr, int result)
{
    if (PB_UNLIKELY(result < 0)) {
        pb_traceback(_PyThreadState_GET(), fr);
    }
    return result;
}

/* ------------------------------------------------------------------ functions */

/* Unlink the frame and release its slots. */
static PyObject *
pop(pb_ts *ts, pb_frame *fr, uint32_t missing, PyObject *result)
{
    int slots = fr->f_code->co_nlocalsplus;
    ts->cframe->current_frame = fr->previous;
    ts->recursion_remaining++;
    if (PB_UNLIKELY(pb_was_seen(fr))) {
        pb_own(fr->localsplus, missing);
        fr->stacktop = slots;
        return pb_exit_slow(ts, fr, result);
    }
    for (int i = 0; i < slots; i++) {
        if (i >= 32 || !(missing >> i & 1)) {
            Py_XDECREF(fr->localsplus[i]);
        }
    }
    return result;
}

bool
pb_c_enter_cells(PyFunctionObject *func, pb_frame *fr, pb_native *native, uint32_t missing)
{
    pb_ts *ts = _PyThreadState_GET();
    PyCodeObject *code = native->code;
    if (PB_UNLIKELY(pb_no_room(ts) || native->given_up)) {
        fr->localsplus[0] = pb_enter_slow(ts, func, native, fr->localsplus, missing);
        return true;
    }
    for (int i = native->parameters; i < code->co_nlocalsplus; i++) {
        fr->localsplus[i] = NULL;
    }
    PB_COUNT_ENTRY(*native);
    pb_push_frame(ts, fr, func, code, native->resume - 1);
    return false;
}

bool
pb_c_enter(PyFunctionObject *func, pb_frame *fr, pb_native *native, uint32_t missing)
{
    if (pb_c_enter_cells(func, fr, native, missing)) {
        return true;
    }
    if (PB_UNLIKELY(pb_c_poll(fr) < 0)) {
        fr->localsplus[0] = pb_c_end(fr, missing, PB_UNWIND << PB_WAY_SHIFT);
        return true;
    }
    return false;
}

int
pb_c_poll(pb_frame *fr)
{
    return checked_number(fr, pb_poll(_PyThreadState_GET()));
}

static _Thread_local PyObject *told; /* what a call gave that made tracing active */

PyObject *
pb_c_end(pb_frame *fr, uint32_t missing, uint32_t how)
{
    pb_ts *ts = _PyThreadState_GET();
    int slots = fr->f_code->co_nlocalsplus, at = how & PB_UNIT, depth = (int)(how >> PB_DEPTH_SHIFT);
    PyObject **stack = fr->localsplus + slots;
    switch (how >> PB_WAY_SHIFT & PB_WAY) {
    case PB_RETURN:
        place(fr, (uint32_t)at);
        return pop(ts, fr, missing, *stack);
    case PB_LEAVE:
        return pb_leave(ts, fr, (pb_native *)pb_native_of(fr->f_code), at, slots + depth, missing);
    case PB_MISSED:
        return pb_leave_by_guess(ts, fr, (pb_native *)pb_native_of(fr->f_code), at, slots + depth, missing);
    case PB_RAISE:
        if (pb_traced(ts)) {
            return pb_leave_raising(ts, fr, slots + depth, missing);
        }
        pb_traceback(ts, fr);
        break;
    case PB_TRACED:
        return pb_leave_raising(ts, fr, slots + depth, missing);
    case PB_AGAIN:
        break;
    default:
        if (ts->curexc_type == NULL) {
            stack[depth] = told;
            at = _PyInterpreterFrame_LASTI(fr) + 1 + INLINE_CACHE_ENTRIES_CALL;
            return pb_leave(ts, fr, (pb_native *)pb_native_of(fr->f_code), at, slots + depth + 1, missing);
        }
        if (pb_traced(ts)) {
            return pb_leave_raising(ts, fr, slots + depth, missing);
        }
    }
    while (depth-- > 0) {
        Py_XDECREF(stack[depth]);
    }
    return pop(ts, fr, missing, NULL);
}

PB_COLD void
pb_c_failed(pb_frame *fr, int at)
{
    place(fr, (uint32_t)at);
    pb_traceback(_PyThreadState_GET(), fr);
}

PB_COLD void
pb_c_unbound(pb_frame *fr, int at, int i)
{
    place(fr, (uint32_t)at);
    (void)pb_unbound(fr, i);
    pb_traceback(_PyThreadState_GET(), fr);
}

PB_COLD void
pb_c_home_i(PyObject **slot, int64_t value)
{
    pb_store(slot, pb_box_i(value));
}

PB_COLD void
pb_c_home_d(PyObject **slot, double value)
{
    pb_store(slot, pb_box_d(value));
}

PB_COLD void
pb_c_home_b(PyObject **slot, int value)
{
    pb_store(slot, PyBool_FromLong(value));
}

void
pb_c_drop(pb_frame *fr, uint32_t where, PyObject *object)
{
    if (object != NULL && --object->ob_refcnt == 0) {
        place(fr, where);
        _Py_Dealloc(object);
    }
}

void
pb_c_store_local(pb_frame *fr, uint32_t where, int i, PyObject *value)
{
    PyObject *old = fr->localsplus[i];
    fr->localsplus[i] = value;
    pb_c_drop(fr, where, old);
}

/* ------------------------------------------------------------------ names, attributes, items */

PyObject *
pb_c_load_global(pb_frame *fr, uint32_t where, pb_global_cache *cache)
{
    PyObject *value = pb_quick_global(fr->f_func, cache);
    if (value == NULL) {
        value = pb_quick_builtin(fr->f_func, cache);
    }
    if (PB_LIKELY(value != NULL)) {
        return Py_NewRef(value);
    }
    place(fr, where);
    return checked(fr, pb_load_global(fr->f_func, name_at(fr, argument(fr) >> 1), cache));
}

PyObject *
pb_c_load_attr(pb_frame *fr, uint32_t where, PyObject *owner, pb_attr_cache *cache)
{
    PyObject *value = pb_quick_attr(owner, cache);
    if (PB_LIKELY(value != NULL)) {
        Py_INCREF(value);
        done(fr, where, 0, owner);
        return value;
    }
    place(fr, where);
    value = pb_load_attr(owner, name_at(fr, argument(fr)), cache);
    done(fr, where, 0, owner);
    return checked(fr, value);
}

PyObject *
pb_c_load_method(pb_frame *fr, uint32_t where, PyObject *owner, pb_attr_cache *cache, PyObject **self)
{
    place(fr, where);
    PyObject *method = pb_load_method(owner, name_at(fr, argument(fr)), cache, self);
    done(fr, where, 0, owner);
    (void)checked(fr, *self);
    return method;
}

int
pb_c_store_attr(pb_frame *fr, uint32_t where, PyObject *owner, PyObject *value, pb_attr_cache *cache)
{
    place(fr, where);
    int status = pb_store_attr(owner, name_at(fr, argument(fr)), value, cache);
    done(fr, where, 0, owner);
    return checked_number(fr, status);
}

PyObject *
pb_c_subscript(pb_frame *fr, uint32_t where, PyObject *container, PyObject *key)
{
    PyObject *value = pb_quick_subscript(container, key);
    if (value != NULL) {
        Py_INCREF(value);
    }
    else {
        place(fr, where);
        value = pb_subscript_slow(container, key);
    }
    done(fr, where, 0, container);
    done(fr, where, 1, key);
    return checked(fr, value);
}

PyObject *
pb_c_subscript_i(pb_frame *fr, uint32_t where, PyObject *container, int64_t index)
{
    PyObject *value = pb_quick_item(container, index);
    if (value != NULL) {
        Py_INCREF(value);
    }
    else {
        place(fr, where);
        value = pb_subscript_i_slow(container, index);
    }
    done(fr, where, 0, container);
    return checked(fr, value);
}

int
pb_c_store_subscript(pb_frame *fr, uint32_t where, PyObject *container, PyObject *key, PyObject *value)
{
    place(fr, where);
    int status = pb_store_subscript_slow(container, key, value);
    done(fr, where, 0, container);
    done(fr, where, 1, key);
    return checked_number(fr, status);
}

/* ------------------------------------------------------------------ operators */

/* The operator of BINARY_OP's argument, in its order. */
static const uint8_t operator_of[] = {
    PB_ADD, PB_AND, PB_FLOOR_DIVIDE, PB_LSHIFT,   PB_MATRIX_MULTIPLY, PB_MULTIPLY, PB_REMAINDER,
    PB_OR,  0,      PB_RSHIFT,       PB_SUBTRACT, PB_TRUE_DIVIDE,     PB_XOR,
};

/* The value of a float or of an int of one digit, which a float operator makes a float of. */
static inline bool
number_of(PyObject *o, double *value)
{
    if (PyFloat_CheckExact(o)) {
        *value = PyFloat_AS_DOUBLE(o);
        return true;
    }
    if (PB_SINGLE_DIGIT(o)) {
        *value = (double)PB_DIGIT(o);
        return true;
    }
    return false;
}

/* An operator where no quick way fits both operands, but perhaps each has one of its own. */
static PyObject *
operate_slowly(pb_ts *ts, PyObject *a, PyObject *b, int kind, bool inplace, pb_binary_cache *cache)
{
    int operator = operator_of[kind] | (inplace ? PB_INPLACE : 0);
    double x, y;
    switch (kind) {
    case NB_ADD:
        if (PyUnicode_CheckExact(a)) {
            return pb_slow_add(ts, a, b, operator, cache);
        }
        break;
    case NB_SUBTRACT:
    case NB_MULTIPLY:
        break;
    case NB_FLOOR_DIVIDE:
    case NB_REMAINDER:
    case NB_TRUE_DIVIDE:
        return pb_divide(ts, a, b, operator, cache);
    case NB_POWER:
        return inplace ? PyNumber_InPlacePower(a, b, Py_None) : PyNumber_Power(a, b, Py_None);
    default:
        return pb_binary_cached(ts, a, b, operator, cache);
    }
    if ((PyFloat_CheckExact(a) || PyFloat_CheckExact(b)) && number_of(a, &x) && number_of(b, &y)) {
        return pb_box_d(kind == NB_ADD ? x + y : kind == NB_SUBTRACT ? x - y : x * y);
    }
    return pb_binary_cached(ts, a, b, operator, cache);
}

PyObject *
pb_c_binary(pb_frame *fr, uint32_t where, PyObject *a, PyObject *b, pb_binary_cache *cache)
{
    place(fr, where);
    int number = argument(fr);
    bool inplace = number >= NB_INPLACE_ADD;
    PyObject *result = operate_slowly(_PyThreadState_GET(), a, b, inplace ? number - NB_INPLACE_ADD : number, inplace, cache);
    done(fr, where, 0, a);
    done(fr, where, 1, b);
    return checked(fr, result);
}

/* Those that have a quick way: it is tried first. */
#define PB_C_QUICK(name, quick)                                                                                                    \
    PyObject *pb_c_##name(pb_frame *fr, uint32_t where, PyObject *a, PyObject *b, pb_binary_cache *cache)                          \
    {                                                                                                                              \
        PyObject *result = quick(a, b);                                                                                            \
        if (PB_UNLIKELY(result == NULL)) {                                                                                         \
            return pb_c_binary(fr, where, a, b, cache);                                                                            \
        }                                                                                                                          \
        done(fr, where, 0, a);                                                                                                     \
        done(fr, where, 1, b);                                                                                                     \
        return result;                                                                                                             \
    }
PB_C_QUICK(add, pb_quick_add)
PB_C_QUICK(subtract, pb_quick_subtract)
PB_C_QUICK(multiply, pb_quick_multiply)
#undef PB_C_QUICK

PyObject *
pb_c_add_to_local(pb_frame *fr, uint32_t where, int i, PyObject *right, pb_binary_cache *cache)
{
    place(fr, where);
    pb_ts *ts = _PyThreadState_GET();
    PyObject **slot = &fr->localsplus[i];
    PyObject *sum =
        argument(fr) == NB_ADD ? pb_to_local_add(ts, slot, right, cache) : pb_to_local_inplace_add(ts, slot, right, cache);
    done(fr, where, 1, right);
    return checked(fr, sum);
}

PyObject *
pb_c_compare(pb_frame *fr, uint32_t where, PyObject *a, PyObject *b, pb_binary_cache *cache)
{
    place(fr, where);
    PyObject *result = pb_compare(_PyThreadState_GET(), a, b, argument(fr), cache);
    done(fr, where, 0, a);
    done(fr, where, 1, b);
    return checked(fr, result);
}

int
pb_c_compare_truth(pb_frame *fr, uint32_t where, PyObject *a, PyObject *b, pb_binary_cache *cache)
{
    place(fr, where);
    int operator = argument(fr), result = pb_quick_compare(a, b, operator);
    if (result < 0) {
        result = pb_compare_truth_slow(_PyThreadState_GET(), a, b, operator, cache);
    }
    done(fr, where, 0, a);
    done(fr, where, 1, b);
    return checked_number(fr, result);
}

int
pb_c_contains(pb_frame *fr, uint32_t where, PyObject *item, PyObject *container)
{
    place(fr, where);
    int result = pb_contains(item, container);
    done(fr, where, 0, item);
    done(fr, where, 1, container);
    return checked_number(fr, result);
}

int
pb_c_truth(pb_frame *fr, uint32_t where, PyObject *o)
{
    int result = pb_quick_truth(o);
    if (result < 0) {
        place(fr, where);
        result = pb_truth_slow(o);
    }
    done(fr, where, 0, o);
    return checked_number(fr, result);
}

/* ------------------------------------------------------------------ containers, exceptions */

int
pb_c_pending(pb_frame *fr, int at)
{
    place(fr, (uint32_t)at);
    return checked_number(fr, pb_handle_pending(_PyThreadState_GET()));
}

PyObject *
pb_c_next(pb_frame *fr, uint32_t where, PyObject *iterator)
{
    pb_ts *ts = _PyThreadState_GET();
    place(fr, where);
    PyObject *item = pb_next(iterator);
    if (PB_UNLIKELY(item == NULL && ts->curexc_type != NULL && pb_stopped(ts) < 0)) {
        pb_traceback(ts, fr);
    }
    return item;
}

PyObject *
pb_c_make_function(pb_frame *fr, uint32_t where, PyObject *code, PyObject *const *extras, int flags)
{
    place(fr, where);
    return checked(fr, pb_make_function(fr, code, extras, flags));
}

int
pb_c_unpack(pb_frame *fr, uint32_t where, PyObject *sequence, int count, PyObject **out)
{
    place(fr, where);
    int status = pb_unpack(_PyThreadState_GET(), sequence, count, out);
    done(fr, where, 0, sequence);
    return checked_number(fr, status);
}

PyObject *
pb_c_get_iter(pb_frame *fr, uint32_t where, PyObject *o)
{
    place(fr, where);
    PyObject *iterator = PyObject_GetIter(o);
    done(fr, where, 0, o);
    return checked(fr, iterator);
}

int
pb_c_list_append(pb_frame *fr, uint32_t where, PyObject *list, PyObject *value)
{
    place(fr, where);
    int status = pb_list_append(list, value);
    done(fr, where, 0, list);
    return checked_number(fr, status);
}

int
pb_c_list_extend(pb_frame *fr, uint32_t where, PyObject *list, PyObject *items)
{
    place(fr, where);
    int status = pb_list_extend(_PyThreadState_GET(), list, items);
    done(fr, where, 1, items);
    return checked_number(fr, status);
}

PyObject *
pb_c_format_value(pb_frame *fr, uint32_t where, PyObject *value, int flags)
{
    place(fr, where);
    PyObject *text = pb_format_value(value, NULL, flags);
    done(fr, where, 0, value);
    return checked(fr, text);
}

int
pb_c_check_exc_match(pb_frame *fr, uint32_t where, PyObject *exception, PyObject *type)
{
    place(fr, where);
    int result = pb_check_exc_match(_PyThreadState_GET(), exception, type);
    done(fr, where, 1, type);
    return checked_number(fr, result);
}

/* ------------------------------------------------------------------ calls */

/* What a call returns whose callee gave `result`. */
static PyObject *
called(pb_ts *ts, pb_frame *fr, uint32_t where, PyObject *result)
{
    if (PB_UNLIKELY(result == NULL)) {
        pb_traceback(ts, fr);
    }
    else if (PB_UNLIKELY(ts->cframe->use_tracing) && where & PB_TELL) {
        told = result;
        return NULL;
    }
    return result;
}

static inline PyObject *
call_whole(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *callable, PyObject **args, Py_ssize_t count,
           PyObject *names, uint32_t owned)
{
    pb_ts *ts = _PyThreadState_GET();
    place(fr, where);
    PyObject *result = pb_call_slow(ts, callable, args, count, names, cache, owned);
    done(fr, where, 0, callable);
    return called(ts, fr, where, result);
}

/* Of a call's operands behind the callable, those that are handed over; with more than there are bits for, all are. */
static inline uint32_t
owned_of(uint32_t where, int all)
{
    return all >= PB_MOST_OWN ? UINT32_MAX : where >> (PB_OWN_SHIFT + 1) & 0x3f;
}

PyObject *
pb_c_call0(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *callable)
{
    PyObject *args[] = {NULL};
    return call_whole(fr, where, cache, callable, args + 1, 0, NULL, 0);
}

PyObject *
pb_c_call1(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *callable, PyObject *a)
{
    PyObject *args[] = {NULL, a};
    return call_whole(fr, where, cache, callable, args + 1, 1, NULL, owned_of(where, 1));
}

PyObject *
pb_c_call2(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *callable, PyObject *a, PyObject *b)
{
    PyObject *args[] = {NULL, a, b};
    return call_whole(fr, where, cache, callable, args + 1, 2, NULL, owned_of(where, 2));
}

PyObject *
pb_c_call(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *callable, PyObject **args, int count)
{
    return call_whole(fr, where, cache, callable, args, count, NULL, owned_of(where, count));
}

PyObject *
pb_c_call_names(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *callable, PyObject **args, PyObject *names, int all)
{
    return call_whole(fr, where, cache, callable, args, all - PyTuple_GET_SIZE(names), names, owned_of(where, all));
}

static inline PyObject *
call_method_whole(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *method, PyObject **args, Py_ssize_t count,
                  PyObject *names, uint32_t owned)
{
    pb_ts *ts = _PyThreadState_GET();
    place(fr, where);
    PyObject *result = pb_call_method_slow(ts, method, args, count - 1, names, cache, owned);
    if (method != NULL) {
        done(fr, where, 0, method);
    }
    return called(ts, fr, where, result);
}

PyObject *
pb_c_call_method(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *method, PyObject **args, int count)
{
    return call_method_whole(fr, where, cache, method, args, count, NULL, owned_of(where, count));
}

PyObject *
pb_c_call_method_names(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *method, PyObject **args, PyObject *names,
                       int all)
{
    return call_method_whole(fr, where, cache, method, args, all - PyTuple_GET_SIZE(names), names, owned_of(where, all));
}

static inline PyObject *
invoke_whole(pb_frame *fr, uint32_t where, pb_invoke_cache *cache, PyObject **args, Py_ssize_t count)
{
    pb_ts *ts = _PyThreadState_GET();
    uint32_t owned = where >> PB_OWN_SHIFT & 0x7f;
    place(fr, where);
    const pb_attr_entry *entry = PB_ENTRY(&cache->attr, args[0]);
    _Py_CODEUNIT *load = fr->prev_instr - (where >> PB_LOAD_SHIFT);
    PyObject *name = name_at(fr, _Py_OPARG(*load)), *method = pb_known_method(args[0], entry, name), *result;
    if (method != NULL) {
        const pb_native *native = entry->native;
        PyFunctionObject *func = (PyFunctionObject *)Py_NewRef(method);
        result = native->leaf != NULL ? native->leaf_spread(ts, func, args) : NULL;
        if (result != NULL) {
            for (; owned != 0; owned &= owned - 1) {
                Py_DECREF(args[__builtin_ctz(owned)]);
            }
        }
        else {
            result = native->spread(ts, func, owned, args);
        }
        Py_DECREF(func);
    }
    else {
        result = pb_invoke_slow(ts, fr, load, args, count, name, cache, owned);
    }
    return called(ts, fr, where, result);
}

PyObject *
pb_c_invoke1(pb_frame *fr, uint32_t where, pb_invoke_cache *cache, PyObject *owner)
{
    PyObject *args[] = {NULL, owner};
    return invoke_whole(fr, where, cache, args + 1, 1);
}

PyObject *
pb_c_invoke2(pb_frame *fr, uint32_t where, pb_invoke_cache *cache, PyObject *owner, PyObject *a)
{
    PyObject *args[] = {NULL, owner, a};
    return invoke_whole(fr, where, cache, args + 1, 2);
}

PyObject *
pb_c_invoke3(pb_frame *fr, uint32_t where, pb_invoke_cache *cache, PyObject *owner, PyObject *a, PyObject *b)
{
    PyObject *args[] = {NULL, owner, a, b};
    return invoke_whole(fr, where, cache, args + 1, 3);
}

PyObject *
pb_c_invoke(pb_frame *fr, uint32_t where, pb_invoke_cache *cache, PyObject **args, int count)
{
    return invoke_whole(fr, where, cache, args, count);
}

PyObject *
pb_c_call_ex(pb_frame *fr, uint32_t where, PyObject *callable, PyObject *args, PyObject *keywords)
{
    pb_ts *ts = _PyThreadState_GET();
    place(fr, where);
    PyObject *result = pb_call_ex(ts, callable, args, keywords);
    done(fr, where, 0, callable);
    done(fr, where, 1, args);
    done(fr, where, 2, keywords);
    return called(ts, fr, where & ~(uint32_t)PB_TELL, result);
}

#endif
