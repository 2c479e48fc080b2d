/* What translated code is made of: frames, inline caches, numbers, calls.  Included by every generated C file, and only compiled
 * for the Python versions whose private structures `python/py311.h` describes.
 *
 * Conventions: a body borrows its function and those of its arguments that its caller does not hand over; functions return a new
 * reference or NULL with an exception set, or a negative number.  `fr` is the native function's own frame. */
#ifndef PB_NATIVE_H
#define PB_NATIVE_H

#define Py_BUILD_CORE 1
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <internal/pycore_atomic.h>
#include <internal/pycore_ceval.h>
#include <internal/pycore_code.h>
#include <internal/pycore_dict.h>
#include <internal/pycore_frame.h>
#include <internal/pycore_floatobject.h>
#include <internal/pycore_interp.h>
#include <internal/pycore_long.h>
#include <internal/pycore_moduleobject.h>
#include <internal/pycore_object.h>
#include <internal/pycore_pystate.h>
#include <internal/pycore_runtime.h>

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define PB_LIKELY(x) __builtin_expect(!!(x), 1)
#define PB_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define PB_COLD __attribute__((noinline, cold))
#if defined(__GNUC__) && !defined(__clang__)
#define PB_QUICKLY_COMPILED __attribute__((optimize("O1"))) /* half of gcc's time, a few hundredths slower */
#else
#define PB_QUICKLY_COMPILED
#endif
#define PB_INLINE static inline __attribute__((always_inline))

typedef PyThreadState pb_ts;
typedef _PyInterpreterFrame pb_frame;

/* While unit `at` runs, local `slot` is not in its slot but in the frame's raw area, as `rep`: 'i' or 'd'; 'I' or 'D' if it may be
 * unbound. */
typedef struct {
    int32_t at;
    int16_t slot;
    char rep;
} pb_spill;

/* A code object's native body.  `body` takes (ts, function, one argument for each of `parameters`). */
typedef struct pb_native {
    void (*body)(void);
    PyObject *(*spread)(pb_ts *, PyFunctionObject *, uint32_t, PyObject **); /* the body, its arguments in an array */
    void (*leaf)(void);                                                      /* the second body (leaf.h), NULL: there is none */
    PyObject *(*leaf_spread)(pb_ts *, PyFunctionObject *, PyObject **);
    uint32_t leaf_done, leaf_refused; /* how often, halved from time to time */
    int8_t leaf_effect;
    PyObject **constants, **names; /* filled when the module is loaded: borrowed from the code object */
    int n_constants, n_names;
    PyCodeObject *code;     /* strong */
    int index;              /* of the code object in its module */
    int parameters;         /* slots that arguments fill */
    int resume;             /* the unit after RESUME */
    bool plain;             /* positional parameters only */
    const pb_spill *spills; /* what is unboxed where, ended by a negative unit */
    int raw;                /* offset from the frame of what unboxed locals hold */
    uint32_t left;          /* how often a guess was wrong and the body went on in the interpreter */
    int64_t since;          /* nanoseconds: when it last was a multiple of some */
    bool has_namespace;     /* a module's or class's: the only argument is f_locals */
    bool given_up;          /* guesses are wrong too often: the function runs in the interpreter */
#if PB_COUNT
    uint64_t entered, iterations; /* calls of the body, jumps backwards in it */
    struct pb_counted *counted;   /* what runs in the interpreter (counting.c) */
#endif
} pb_native;

/* Counting builds (-DPB_COUNT=1) report what ran natively and what did not; see counting.c. */
#if PB_COUNT
#define PB_COUNT_ENTRY(native) ((native).entered++)
#define PB_COUNT_ITERATION(native) ((native).iterations++)
#else
#define PB_COUNT_ENTRY(native) ((void)0)
#define PB_COUNT_ITERATION(native) ((void)0)
#endif

/* A translated module: `natives` are those of its code objects that have a body, in ascending order of their index. */
typedef struct {
    const char *name;
    pb_native *const *natives;
    int count;
} pb_native_module;

/* The generated table of all translated modules, ended by a NULL name. */
extern const pb_native_module *const pb_native_modules[];

/* ------------------------------------------------------------------ frames (frames.c) */

/* Low end of the C stack that native code may use, per thread; above every address until the thread was measured. */
extern _Thread_local char *pb_stack_limit __attribute__((tls_model("local-exec")));

enum { PB_TAKE_OVER = -1 }; /* all arguments */

/* `borrowed` has a bit for each argument that the body has borrowed: whoever takes the frame over needs references to them. */
void pb_own(PyObject **arguments, uint32_t borrowed);
PyObject *pb_enter_slow(pb_ts *ts, PyFunctionObject *func, pb_native *native, PyObject **args, uint32_t borrowed);
PyObject *pb_leave(pb_ts *ts, pb_frame *fr, pb_native *native, int at, int top, uint32_t borrowed);
PyObject *pb_leave_by_guess(pb_ts *ts, pb_frame *fr, pb_native *native, int at, int top, uint32_t borrowed);
PyObject *pb_exit_slow(pb_ts *ts, pb_frame *fr, PyObject *result);
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

/* Whether somebody has asked for the frame or its locals. */
PB_INLINE bool
pb_was_seen(const pb_frame *fr)
{
    return ((uintptr_t)fr->frame_obj | (uintptr_t)fr->f_locals) != 0;
}

/* The end of a call: unlink the frame and release its first `slots` slots.  Returns `result`. */
PB_INLINE PyObject *
pb_pop_frame(pb_ts *ts, pb_frame *fr, int slots, PyObject *result)
{
    ts->cframe->current_frame = fr->previous;
    ts->recursion_remaining++;
    if (PB_UNLIKELY(pb_was_seen(fr))) {
        fr->stacktop = slots;
        return pb_exit_slow(ts, fr, result);
    }
    for (int i = 0; i < slots; i++) {
        Py_XDECREF(fr->localsplus[i]);
    }
    return result;
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

/* Release an object at unit `at` of the present function: what its finaliser sees of the frame is right. */
#define PB_DROP(object, at)                                                                                                        \
    do {                                                                                                                           \
        PyObject *dropped = (object);                                                                                              \
        if (PB_UNLIKELY(--dropped->ob_refcnt == 0)) {                                                                              \
            fr->prev_instr = units + (at);                                                                                         \
            _Py_Dealloc(dropped);                                                                                                  \
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

/* ------------------------------------------------------------------ numbers */

#define PB_SINGLE_DIGIT(o) (PyLong_CheckExact(o) && (size_t)(Py_SIZE(o) + 1) <= 2)
#define PB_DIGIT(o) (Py_SIZE(o) * (int64_t)((PyLongObject *)(o))->ob_digit[0])
#define PB_FLOATS(a, b) (PyFloat_CheckExact(a) && PyFloat_CheckExact(b))

PB_INLINE PyObject *
pb_box_i(int64_t value)
{
    if (PB_LIKELY((uint64_t)(value + _PY_NSMALLNEGINTS) < _PY_NSMALLNEGINTS + _PY_NSMALLPOSINTS)) {
        return Py_NewRef((PyObject *)&_PyLong_SMALL_INTS[_PY_NSMALLNEGINTS + value]);
    }
    return PyLong_FromLongLong(value);
}

PB_INLINE PyObject *
pb_box_d(double value)
{
#if PyFloat_MAXFREELIST > 0
    struct _Py_float_state *state = &_PyInterpreterState_GET()->float_state;
    PyFloatObject *object = state->free_list;
    if (PB_LIKELY(object != NULL)) {
        state->free_list = (PyFloatObject *)Py_TYPE(object);
        state->numfree--;
        Py_SET_TYPE(object, &PyFloat_Type);
        Py_SET_REFCNT(object, 1);
        object->ob_fval = value;
        return (PyObject *)object;
    }
#endif
    return PyFloat_FromDouble(value);
}

/* 0 when `o` is an exact int of at most 60 bits, else -1 without an exception. */
PB_INLINE int
pb_unbox_i(PyObject *o, int64_t *value)
{
    if (PB_LIKELY(PyLong_CheckExact(o))) {
        Py_ssize_t size = Py_SIZE(o);
        const digit *d = ((PyLongObject *)o)->ob_digit;
        if (PB_LIKELY((size_t)(size + 1) <= 2)) {
            *value = size * (int64_t)d[0];
            return 0;
        }
        if (size == 2) {
            *value = ((int64_t)d[1] << PyLong_SHIFT) | d[0];
            return 0;
        }
        if (size == -2) {
            *value = -(((int64_t)d[1] << PyLong_SHIFT) | d[0]);
            return 0;
        }
    }
    return -1;
}

PB_INLINE int
pb_unbox_d(PyObject *o, double *value)
{
    if (PB_LIKELY(PyFloat_CheckExact(o))) {
        *value = PyFloat_AS_DOUBLE(o);
        return 0;
    }
    return -1;
}

/* As pb_unbox_d, and an int of at most 53 bits is converted. */
PB_INLINE int
pb_unbox_number(PyObject *o, double *value)
{
    int64_t integer;
    if (PB_LIKELY(PyFloat_CheckExact(o))) {
        *value = PyFloat_AS_DOUBLE(o);
        return 0;
    }
    if (pb_unbox_i(o, &integer) == 0 && integer >= -(INT64_C(1) << 53) && integer <= (INT64_C(1) << 53)) {
        *value = (double)integer;
        return 0;
    }
    return -1;
}

/* Exactly, or -1: what an int beyond 53 bits becomes is CPython's business. */
PB_INLINE int
pb_i_to_d(int64_t a, double *r)
{
    *r = (double)a;
    return a >= -(INT64_C(1) << 53) && a <= (INT64_C(1) << 53) ? 0 : -1;
}

PB_INLINE int
pb_i_add(int64_t a, int64_t b, int64_t *r)
{
    return __builtin_add_overflow(a, b, r) ? -1 : 0;
}

PB_INLINE int
pb_i_subtract(int64_t a, int64_t b, int64_t *r)
{
    return __builtin_sub_overflow(a, b, r) ? -1 : 0;
}

PB_INLINE int
pb_i_multiply(int64_t a, int64_t b, int64_t *r)
{
    return __builtin_mul_overflow(a, b, r) ? -1 : 0;
}

PB_INLINE int
pb_i_floordiv(int64_t a, int64_t b, int64_t *r)
{
    if (PB_UNLIKELY(b == 0 || (a == INT64_MIN && b == -1))) {
        return -1;
    }
    int64_t q = a / b;
    *r = q - (a % b != 0 && (a < 0) != (b < 0));
    return 0;
}

PB_INLINE int
pb_i_modulo(int64_t a, int64_t b, int64_t *r)
{
    if (PB_UNLIKELY(b == 0 || (a == INT64_MIN && b == -1))) {
        return -1;
    }
    int64_t m = a % b;
    *r = m != 0 && (m < 0) != (b < 0) ? m + b : m;
    return 0;
}

PB_INLINE int
pb_i_lshift(int64_t a, int64_t b, int64_t *r)
{
    if (PB_UNLIKELY((uint64_t)b > 62)) {
        return -1;
    }
    *r = (int64_t)((uint64_t)a << b);
    return (*r >> b) == a ? 0 : -1;
}

PB_INLINE int
pb_i_rshift(int64_t a, int64_t b, int64_t *r)
{
    if (PB_UNLIKELY(b < 0)) {
        return -1;
    }
    *r = a >> (b > 63 ? 63 : b);
    return 0;
}

PB_INLINE int
pb_i_negative(int64_t a, int64_t *r)
{
    return __builtin_sub_overflow((int64_t)0, a, r) ? -1 : 0;
}

/* True division: both exactly representable, else the interpreter's own rounding is wanted. */
PB_INLINE int
pb_i_divide(int64_t a, int64_t b, double *r)
{
    const int64_t most = INT64_C(1) << 53;
    if (PB_UNLIKELY(b == 0 || a > most || a < -most || b > most || b < -most)) {
        return -1;
    }
    *r = (double)a / (double)b;
    return 0;
}

PB_INLINE int
pb_d_divide(double a, double b, double *r)
{
    if (PB_UNLIKELY(b == 0.0)) {
        return -1;
    }
    *r = a / b;
    return 0;
}

int pb_d_floordiv(double a, double b, double *r);
int pb_d_modulo(double a, double b, double *r);
int pb_d_power(double a, double b, double *r);

/* ------------------------------------------------------------------ operators (operators.c) */

enum pb_operator {
    PB_ADD,
    PB_SUBTRACT,
    PB_MULTIPLY,
    PB_FLOOR_DIVIDE,
    PB_TRUE_DIVIDE,
    PB_REMAINDER,
    PB_LSHIFT,
    PB_RSHIFT,
    PB_AND,
    PB_OR,
    PB_XOR,
    PB_MATRIX_MULTIPLY,
    PB_INPLACE = 64, /* added to the others */
};

/* A native method of the left operand's class, for operands whose types have these versions. */
typedef struct {
    uint32_t left, right;
    PyObject *function; /* borrowed: alive while the versions hold */
    const pb_native *native;
    binaryfunc other; /* the right operand's function, to be tried next */
    bool reflected;   /* instead: the right operand's reflected method */
    bool inplace;     /* instead: everything but the method for `x op= y` */
} pb_binary_entry;

typedef struct {
    pb_binary_entry entries[2];
    int16_t next, misses;
} pb_binary_cache;

/* Any operator but **, without inline part (overloads.c). */
PyObject *pb_binary_cached(pb_ts *ts, PyObject *a, PyObject *b, int operator, pb_binary_cache * cache);

/* The quick ways of operations (pybuild/compiler/ir/ops.py) run nothing and raise nothing: they say NULL, -1 or false, and have
 * done nothing, wherever that would be needed. */
#define PB_QUICK_ARITHMETIC(name, operator)                                                                                        \
    PB_INLINE PyObject *pb_quick_##name(PyObject *a, PyObject *b)                                                                  \
    {                                                                                                                              \
        if (PB_SINGLE_DIGIT(a) && PB_SINGLE_DIGIT(b)) {                                                                            \
            return pb_box_i(PB_DIGIT(a) operator PB_DIGIT(b));                                                                     \
        }                                                                                                                          \
        return PB_FLOATS(a, b) ? pb_box_d(PyFloat_AS_DOUBLE(a) operator PyFloat_AS_DOUBLE(b)) : NULL;                              \
    }
PB_QUICK_ARITHMETIC(add, +)
PB_QUICK_ARITHMETIC(subtract, -)
PB_QUICK_ARITHMETIC(multiply, *)
#undef PB_QUICK_ARITHMETIC

#define PB_QUICK_BITS(name, operator)                                                                                              \
    PB_INLINE PyObject *pb_quick_##name(PyObject *a, PyObject *b)                                                                  \
    {                                                                                                                              \
        return PB_SINGLE_DIGIT(a) && PB_SINGLE_DIGIT(b) ? pb_box_i(PB_DIGIT(a) operator PB_DIGIT(b)) : NULL;                       \
    }
PB_QUICK_BITS(and, &)
PB_QUICK_BITS(or, |)
PB_QUICK_BITS(xor, ^)
#undef PB_QUICK_BITS

#define pb_quick_inplace_add pb_quick_add
#define pb_quick_inplace_subtract pb_quick_subtract
#define pb_quick_inplace_multiply pb_quick_multiply
#define pb_quick_inplace_and pb_quick_and
#define pb_quick_inplace_or pb_quick_or
#define pb_quick_inplace_xor pb_quick_xor

PyObject *pb_slow_add(pb_ts *ts, PyObject *a, PyObject *b, int operator, pb_binary_cache * cache);
#define pb_binary_add(ts, a, b, cache) pb_slow_add(ts, a, b, PB_ADD, cache)
#define pb_binary_subtract(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_SUBTRACT, cache)
#define pb_binary_multiply(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_MULTIPLY, cache)
#define pb_binary_inplace_add(ts, a, b, cache) pb_slow_add(ts, a, b, PB_ADD | PB_INPLACE, cache)
#define pb_binary_inplace_subtract(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_SUBTRACT | PB_INPLACE, cache)
#define pb_binary_inplace_multiply(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_MULTIPLY | PB_INPLACE, cache)
#define pb_binary_and(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_AND, cache)
#define pb_binary_or(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_OR, cache)
#define pb_binary_xor(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_XOR, cache)
#define pb_binary_inplace_and(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_AND | PB_INPLACE, cache)
#define pb_binary_inplace_or(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_OR | PB_INPLACE, cache)
#define pb_binary_inplace_xor(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_XOR | PB_INPLACE, cache)

PyObject *pb_divide(pb_ts *ts, PyObject *a, PyObject *b, int operator, pb_binary_cache * cache); /* the three divisions */
#define pb_binary_floor_divide(ts, a, b, cache) pb_divide(ts, a, b, PB_FLOOR_DIVIDE, cache)
#define pb_binary_remainder(ts, a, b, cache) pb_divide(ts, a, b, PB_REMAINDER, cache)
#define pb_binary_true_divide(ts, a, b, cache) pb_divide(ts, a, b, PB_TRUE_DIVIDE, cache)
#define pb_binary_inplace_floor_divide(ts, a, b, cache) pb_divide(ts, a, b, PB_FLOOR_DIVIDE | PB_INPLACE, cache)
#define pb_binary_inplace_remainder(ts, a, b, cache) pb_divide(ts, a, b, PB_REMAINDER | PB_INPLACE, cache)
#define pb_binary_inplace_true_divide(ts, a, b, cache) pb_divide(ts, a, b, PB_TRUE_DIVIDE | PB_INPLACE, cache)
#define pb_binary_lshift(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_LSHIFT, cache)
#define pb_binary_rshift(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_RSHIFT, cache)
#define pb_binary_matrix_multiply(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_MATRIX_MULTIPLY, cache)
#define pb_binary_inplace_lshift(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_LSHIFT | PB_INPLACE, cache)
#define pb_binary_inplace_rshift(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_RSHIFT | PB_INPLACE, cache)
#define pb_binary_inplace_matrix_multiply(ts, a, b, cache) pb_binary_cached(ts, a, b, PB_MATRIX_MULTIPLY | PB_INPLACE, cache)
#define pb_binary_power(ts, a, b, cache) ((void)(cache), PyNumber_Power(a, b, Py_None))
#define pb_binary_inplace_power(ts, a, b, cache) ((void)(cache), PyNumber_InPlacePower(a, b, Py_None))

PyObject *pb_negative(PyObject *o);
PyObject *pb_compare(pb_ts *ts, PyObject *a, PyObject *b, int op, pb_binary_cache *cache);
int pb_compare_truth_slow(pb_ts *ts, PyObject *a, PyObject *b, int op, pb_binary_cache *cache);

/* The comparison of objects whose types are not built in (overloads.c). */
PyObject *pb_compare_cached(pb_ts *ts, PyObject *a, PyObject *b, int op, pb_binary_cache *cache);

#define PB_COMPARE(x, y, op)                                                                                                       \
    ((op) == Py_LT   ? (x) < (y)                                                                                                   \
     : (op) == Py_LE ? (x) <= (y)                                                                                                  \
     : (op) == Py_EQ ? (x) == (y)                                                                                                  \
     : (op) == Py_NE ? (x) != (y)                                                                                                  \
     : (op) == Py_GT ? (x) > (y)                                                                                                   \
                     : (x) >= (y))

PB_INLINE int
pb_quick_compare(PyObject *a, PyObject *b, int op)
{
    if (PB_SINGLE_DIGIT(a) && PB_SINGLE_DIGIT(b)) {
        int64_t x = PB_DIGIT(a), y = PB_DIGIT(b);
        return PB_COMPARE(x, y, op);
    }
    return -1;
}

bool pb_same_text(PyObject *a, PyObject *b);

/* The comparison of what are probably texts. */
PB_INLINE int
pb_quick_text(PyObject *a, PyObject *b, int op)
{
    if (PB_UNLIKELY(!PyUnicode_CheckExact(a) || !PyUnicode_CheckExact(b) || !PyUnicode_IS_READY(a) || !PyUnicode_IS_READY(b))) {
        return -1;
    }
    if (op == Py_EQ || op == Py_NE) {
        bool same = a == b || (PyUnicode_GET_LENGTH(a) == PyUnicode_GET_LENGTH(b) && pb_same_text(a, b));
        return same == (op == Py_EQ);
    }
    if (PyUnicode_GET_LENGTH(a) == 1 && PyUnicode_GET_LENGTH(b) == 1 && PyUnicode_KIND(a) == PyUnicode_1BYTE_KIND &&
        PyUnicode_KIND(b) == PyUnicode_1BYTE_KIND) {
        Py_UCS1 x = PyUnicode_1BYTE_DATA(a)[0], y = PyUnicode_1BYTE_DATA(b)[0];
        return PB_COMPARE(x, y, op);
    }
    return -1;
}

/* The same as an object. */
PB_INLINE PyObject *
pb_quick_comparison(PyObject *a, PyObject *b, int op)
{
    int holds = pb_quick_compare(a, b, op);
    return holds < 0 ? NULL : holds ? Py_True : Py_False;
}

int pb_truth_slow(PyObject *o);

PB_INLINE int
pb_quick_truth(PyObject *o)
{
    return o == Py_True ? 1 : o == Py_False || o == Py_None ? 0 : PyLong_CheckExact(o) ? Py_SIZE(o) != 0 : -1;
}

/* `item in container`: 1 or 0; -1 with an exception. */
int pb_contains(PyObject *item, PyObject *container);

PyObject *pb_append_to_local(PyObject **slot, PyObject *right);

/* Add `right` to what is in a local's slot and leave the sum there; borrowed, NULL with an exception.  A string that nobody else
 * has grows in place; when there is no memory for that, the slot is empty, as in CPython. */
#define PB_TO_LOCAL(name)                                                                                                          \
    PB_INLINE PyObject *pb_to_local_##name(pb_ts *ts, PyObject **slot, PyObject *right, pb_binary_cache *cache)                    \
    {                                                                                                                              \
        if (PyUnicode_CheckExact(*slot) && PyUnicode_CheckExact(right)) {                                                          \
            return pb_append_to_local(slot, right);                                                                                \
        }                                                                                                                          \
        PyObject *quick = pb_quick_##name(*slot, right), *sum = quick != NULL ? quick : pb_binary_##name(ts, *slot, right, cache); \
        if (PB_LIKELY(sum != NULL)) {                                                                                              \
            pb_store(slot, sum);                                                                                                   \
        }                                                                                                                          \
        return sum;                                                                                                                \
    }
PB_TO_LOCAL(add)
PB_TO_LOCAL(inplace_add)
#undef PB_TO_LOCAL

/* ------------------------------------------------------------------ items */

PyObject *pb_subscript_i_slow(PyObject *container, int64_t index);
PyObject *pb_subscript_slow(PyObject *container, PyObject *key);

/* The item of a list or tuple (borrowed). */
PB_INLINE PyObject *
pb_quick_item(PyObject *container, int64_t index)
{
    if (PB_LIKELY(PyList_CheckExact(container))) {
        int64_t size = PyList_GET_SIZE(container), i = index < 0 ? index + size : index;
        return PB_LIKELY((uint64_t)i < (uint64_t)size) ? PyList_GET_ITEM(container, i) : NULL;
    }
    if (PyTuple_CheckExact(container)) {
        int64_t size = PyTuple_GET_SIZE(container), i = index < 0 ? index + size : index;
        return PB_LIKELY((uint64_t)i < (uint64_t)size) ? PyTuple_GET_ITEM(container, i) : NULL;
    }
    return NULL;
}

PB_INLINE PyObject *
pb_quick_subscript(PyObject *container, PyObject *key)
{
    if (PB_SINGLE_DIGIT(key) && PyList_CheckExact(container)) {
        int64_t size = PyList_GET_SIZE(container), index = PB_DIGIT(key), i = index < 0 ? index + size : index;
        return PB_LIKELY((uint64_t)i < (uint64_t)size) ? PyList_GET_ITEM(container, i) : NULL;
    }
    return NULL;
}

/* container[key] = value; these take over the value, also when they fail. */
int pb_store_subscript_slow(PyObject *container, PyObject *key, PyObject *value);
int pb_store_subscript_i(PyObject *container, int64_t index, PyObject *value);

/* These take over the value if they do it; what it replaces is the caller's. */
PB_INLINE bool
pb_quick_store_item(PyObject *container, int64_t index, PyObject *value, PyObject **old)
{
    if (PB_LIKELY(PyList_CheckExact(container))) {
        int64_t size = PyList_GET_SIZE(container), i = index < 0 ? index + size : index;
        if (PB_LIKELY((uint64_t)i < (uint64_t)size)) {
            *old = PyList_GET_ITEM(container, i);
            PyList_SET_ITEM(container, i, value);
            return true;
        }
    }
    return false;
}

PB_INLINE bool
pb_quick_store(PyObject *container, PyObject *key, PyObject *value, PyObject **old)
{
    return PB_SINGLE_DIGIT(key) && pb_quick_store_item(container, PB_DIGIT(key), value, old);
}

/* Takes over the value if it does it. */
PB_INLINE bool
pb_quick_append(PyObject *list, PyObject *value)
{
    PyListObject *self = (PyListObject *)list;
    Py_ssize_t size = PyList_GET_SIZE(list);
    if (PB_LIKELY(size < self->allocated)) {
        PyList_SET_ITEM(list, size, value);
        Py_SET_SIZE(self, size + 1);
        return true;
    }
    return false;
}

/* ------------------------------------------------------------------ iteration */

typedef struct {
    PyObject_HEAD Py_ssize_t index;
    PyObject *sequence;
} pb_sequence_iterator; /* of lists and of tuples (listobject.c, tupleobject.c) */

int pb_stopped(pb_ts *ts);

/* The next item of a list (new); NULL when there is none, too. */
PB_INLINE PyObject *
pb_quick_next(PyObject *iterator)
{
    if (PB_LIKELY(Py_IS_TYPE(iterator, &PyListIter_Type))) {
        pb_sequence_iterator *self = (pb_sequence_iterator *)iterator;
        if (PB_LIKELY(self->sequence != NULL && self->index < PyList_GET_SIZE(self->sequence))) {
            return Py_NewRef(PyList_GET_ITEM(self->sequence, self->index++));
        }
    }
    return NULL;
}

/* The next item (new), or NULL: with an exception, or exhausted. */
#define pb_next(iterator) (Py_TYPE(iterator)->tp_iternext(iterator))

/* ------------------------------------------------------------------ globals (caches.c) */

typedef struct {
    uint32_t globals;           /* the version of the module's keys and 1, if these have the name; else 0 */
    uint32_t without, builtins; /* the same of keys that do not have it, and the version of the built-ins' keys, which do */
    PyObject **place;           /* of the value, in one or the other */
} pb_global_cache;

PyObject *pb_load_global(PyFunctionObject *func, PyObject *name, pb_global_cache *cache);
int pb_store_global_slow(PyFunctionObject *func, PyObject *name, PyObject *value, pb_global_cache *cache);

/* Versions that are given to dictionaries here: as unique as CPython's own, which count from 1. */
extern uint64_t pb_dict_version;

/* A module's name (borrowed). */
PB_INLINE PyObject *
pb_quick_global(PyFunctionObject *func, const pb_global_cache *cache)
{
    PyDictKeysObject *keys = ((PyDictObject *)func->func_globals)->ma_keys;
    return PB_LIKELY(keys->dk_version + 1 == cache->globals) ? *cache->place : NULL;
}

/* A built-in name (borrowed). */
PB_INLINE PyObject *
pb_quick_builtin(PyFunctionObject *func, const pb_global_cache *cache)
{
    PyDictKeysObject *keys = ((PyDictObject *)func->func_globals)->ma_keys,
                     *others = ((PyDictObject *)func->func_builtins)->ma_keys;
    return PB_LIKELY(keys->dk_version + 1 == cache->without && others->dk_version == cache->builtins) ? *cache->place : NULL;
}

/* STORE_GLOBAL; takes over `value`.  A dictionary that is tracked by the garbage collector stays as it is but for the value. */
PB_INLINE int
pb_store_global(PyFunctionObject *func, PyObject *name, PyObject *value, pb_global_cache *cache)
{
    PyDictObject *globals = (PyDictObject *)func->func_globals;
    if (PB_LIKELY(globals->ma_keys->dk_version + 1 == cache->globals && _PyObject_GC_IS_TRACKED(func->func_globals))) {
        PyObject **slot = cache->place, *old = *slot;
        if (PB_LIKELY(old != NULL)) {
            *slot = value;
            globals->ma_version_tag = pb_dict_version++;
            Py_DECREF(old);
            return 0;
        }
    }
    return pb_store_global_slow(func, name, value, cache);
}

/* ------------------------------------------------------------------ attributes (caches.c) */

enum pb_attr_kind {
    PB_VALUE = 1,    /* in the instance's inline values, at `index` */
    PB_SLOT,         /* of __slots__, at the offset `index` */
    PB_CLASS,        /* `object` on the class, of instances without dictionary */
    PB_CLASS_VALUES, /* `object` on the class, of instances with inline values and the keys version `keys` */
    PB_MODULE,       /* in a module's dictionary: keys version and place */
    PB_TYPE,         /* `object` of a class, whose version is `keys` */
    PB_METHOD,       /* as PB_CLASS, to be called with the instance */
    PB_METHOD_VALUES,
    PB_METHOD_LAZY,  /* of instances whose dictionary was not made yet */
    PB_METHOD_DICT,  /* of instances with a dictionary of the keys version `keys` */
    PB_CLASS_METHOD, /* `object` is a classmethod, of the class with version `keys` */
    PB_PROPERTY,     /* `object` is a property with a native getter */
    PB_HINT,         /* in the instance's dictionary, probably its entry `index`; `object` is the name */
};

typedef struct {
    uint32_t version; /* the type's; 0: unused */
    uint32_t keys;
    int32_t kind, index;
    union {
        PyObject *object; /* borrowed: alive while the versions hold */
        PyObject **place; /* of the value in a module's keys */
    };
    const pb_native *native;
} pb_attr_entry;

typedef struct {
    pb_attr_entry entries[8]; /* a version's place is given by its last three bits, unless that is another's */
    int32_t misses;
} pb_attr_cache;

/* Where the cache would have what it knows of the object's class. */
#define PB_ENTRY(cache, object) (&(cache)->entries[Py_TYPE(object)->tp_version_tag & 7])

/* What `entry`, whose version is the owner's type's, says of the attribute (borrowed), or NULL without an exception when it does
 * not apply to this owner. */
PyObject *pb_attr_by(const pb_attr_entry *entry, PyObject *owner);

/* The method that `entry` knows of this object's class, for any object of it (borrowed), or NULL without an exception. */
PyObject *pb_method_by(const pb_attr_entry *entry, PyObject *owner, PyObject *name);

/* The function of a classmethod that `entry` knows of this class (borrowed), or NULL without an exception. */
PyObject *pb_class_method_by(const pb_attr_entry *entry, PyObject *owner);

PyObject *pb_load_attr(PyObject *owner, PyObject *name, pb_attr_cache *cache);
/* Takes over `value`, also when it fails. */
int pb_store_attr(PyObject *owner, PyObject *name, PyObject *value, pb_attr_cache *cache);
PyObject *pb_load_method_slow(PyObject *owner, PyObject *name, pb_attr_cache *cache, PyObject **self);

/* An instance's own attribute (borrowed). */
PB_INLINE PyObject *
pb_quick_attr(PyObject *owner, const pb_attr_cache *cache)
{
    const pb_attr_entry *entry = PB_ENTRY(cache, owner);
    if (PB_LIKELY(Py_TYPE(owner)->tp_version_tag == entry->version && entry->kind == PB_VALUE)) {
        PyDictValues *values = *_PyObject_ValuesPointer(owner);
        return PB_LIKELY(values != NULL) ? values->values[entry->index] : NULL;
    }
    return NULL;
}

/* What belongs to something that a global names: a class's attribute, a module's, or an instance's own (borrowed). */
PB_INLINE PyObject *
pb_quick_attr_of_global(PyObject *owner, const pb_attr_cache *cache)
{
    const pb_attr_entry *entry = PB_ENTRY(cache, owner);
    if (PB_LIKELY(Py_TYPE(owner)->tp_version_tag == entry->version)) {
        if (entry->kind == PB_TYPE) {
            bool plain = ((PyTypeObject *)owner)->tp_version_tag == entry->keys && Py_TYPE(entry->object)->tp_descr_get == NULL;
            return PB_LIKELY(plain) ? entry->object : NULL;
        }
        if (entry->kind == PB_MODULE) {
            PyDictKeysObject *keys = ((PyDictObject *)((PyModuleObject *)owner)->md_dict)->ma_keys;
            return PB_LIKELY(keys->dk_version == entry->keys) ? *entry->place : NULL;
        }
        if (entry->kind == PB_VALUE) {
            PyDictValues *values = *_PyObject_ValuesPointer(owner);
            return PB_LIKELY(values != NULL) ? values->values[entry->index] : NULL;
        }
    }
    return NULL;
}

/* Takes over the value if it does it; what it replaces, or NULL, is the caller's. */
PB_INLINE bool
pb_quick_store_attr(PyObject *owner, const pb_attr_cache *cache, PyObject *value, PyObject **old)
{
    const pb_attr_entry *entry = PB_ENTRY(cache, owner);
    if (PB_LIKELY(Py_TYPE(owner)->tp_version_tag == entry->version && entry->kind == PB_VALUE)) {
        PyDictValues *values = *_PyObject_ValuesPointer(owner);
        if (PB_LIKELY(values != NULL)) {
            *old = values->values[entry->index];
            values->values[entry->index] = value;
            if (PB_UNLIKELY(*old == NULL)) {
                _PyDictValues_AddToInsertionOrder(values, entry->index);
            }
            return true;
        }
    }
    return false;
}

/* A float that belongs to nobody else becomes another one. */
PB_INLINE bool
pb_quick_replace(PyObject *old, double value)
{
    if (PB_LIKELY(old != NULL && PyFloat_CheckExact(old) && Py_REFCNT(old) == 1)) {
        ((PyFloatObject *)old)->ob_fval = value;
        return true;
    }
    return false;
}

PB_INLINE bool
pb_quick_store_attr_d(PyObject *owner, const pb_attr_cache *cache, double value)
{
    PyObject *old = pb_quick_attr(owner, cache);
    return pb_quick_replace(old, value);
}

PB_INLINE bool
pb_quick_store_item_d(PyObject *list, int64_t index, double value)
{
    return PyList_CheckExact(list) && pb_quick_replace(pb_quick_item(list, index), value);
}

int pb_store_attr_d(PyObject *owner, PyObject *name, double value, pb_attr_cache *cache);
int pb_store_item_d(PyObject *container, int64_t index, double value);

/* A method to be called with *self (new references to both), or NULL and in *self the attribute (new), or NULL with an exception.
 */
PB_INLINE PyObject *
pb_load_method(PyObject *owner, PyObject *name, pb_attr_cache *cache, PyObject **self)
{
    const pb_attr_entry *entry = PB_ENTRY(cache, owner);
    if (PB_LIKELY(Py_TYPE(owner)->tp_version_tag == entry->version)) {
        if (entry->kind == PB_METHOD ||
            (entry->kind == PB_METHOD_VALUES && PB_LIKELY(*_PyObject_ValuesPointer(owner) != NULL) &&
             PB_LIKELY(((PyHeapTypeObject *)Py_TYPE(owner))->ht_cached_keys->dk_version == entry->keys))) {
            *self = Py_NewRef(owner);
            return Py_NewRef(entry->object);
        }
    }
    return pb_load_method_slow(owner, name, cache, self);
}

/* ------------------------------------------------------------------ calls (calls.c) */

enum { PB_PLANNED = 14 }; /* parameters, at most */

typedef struct {
    PyObject *code; /* a native function's code object (borrowed), NULL before the first call: the inline test's */
    void (*body)(void);
    const pb_native *direct; /* whose they are */
    PyObject *callable;      /* what else is known (calls.c): a class or a function's code (borrowed) */
    PyObject *initializer;   /* the class's __init__, borrowed: alive while the version holds */
    const pb_native *native; /* its or the function's body */
    uint32_t version;        /* of the class */
    int16_t misses;
    int8_t kind, count, defaults;
    int8_t from[PB_PLANNED]; /* for each parameter: an argument's index, or -1 - a default's */
} pb_call_cache;

/* Call `callable` (borrowed) with args[0..count), and the keywords' values behind; args[-1] may be overwritten.  Bit i of `owned`
 * says that argument i is taken over, as all behind the 32nd are; the others are borrowed. */
PyObject *pb_call_slow(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, pb_call_cache *cache,
                       uint32_t owned);

/* The same with what LOAD_METHOD gave: args[0] is the object, `method` is called with it, or, if NULL, the object with args[1..];
 * `count` is that of the arguments behind it. */
PyObject *pb_call_method_slow(pb_ts *ts, PyObject *method, PyObject **args, Py_ssize_t count, PyObject *keywords,
                              pb_call_cache *cache, uint32_t owned);

/* The vectorcall of functions that have a native body. */
PyObject *pb_vectorcall(PyObject *callable, PyObject *const *args, size_t flags, PyObject *keywords);

#define PB_IS_NATIVE(callable, cache)                                                                                              \
    (Py_IS_TYPE(callable, &PyFunction_Type) && ((PyFunctionObject *)(callable))->func_code == (cache)->code)

/* Bodies: bit i of the number says that argument i is taken over, the others are borrowed. */
typedef PyObject *(*pb_body0)(pb_ts *, PyFunctionObject *, uint32_t);
typedef PyObject *(*pb_body1)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *);
typedef PyObject *(*pb_body2)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *, PyObject *);
typedef PyObject *(*pb_body3)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_body4)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_body5)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_body6)(pb_ts *, PyFunctionObject *, uint32_t, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *,
                              PyObject *);

/* Leaves borrow all. */
typedef PyObject *(*pb_leaf0)(pb_ts *, PyFunctionObject *);
typedef PyObject *(*pb_leaf1)(pb_ts *, PyFunctionObject *, PyObject *);
typedef PyObject *(*pb_leaf2)(pb_ts *, PyFunctionObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_leaf3)(pb_ts *, PyFunctionObject *, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_leaf4)(pb_ts *, PyFunctionObject *, PyObject *, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_leaf5)(pb_ts *, PyFunctionObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *);
typedef PyObject *(*pb_leaf6)(pb_ts *, PyFunctionObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *);

PyObject *pb_quick_len_more(PyObject *o);
PyObject *pb_quick_isinstance_more(PyObject *o, PyObject *class);

/* len(o) and isinstance(o, class) where that runs nothing: new references. */
PB_INLINE PyObject *
pb_quick_len(PyObject *o)
{
    return PB_LIKELY(PyList_CheckExact(o) || PyTuple_CheckExact(o)) ? pb_box_i(Py_SIZE(o)) : pb_quick_len_more(o);
}

PB_INLINE PyObject *
pb_quick_isinstance(PyObject *o, PyObject *class)
{
    return Py_IS_TYPE(class, &PyType_Type) && (PyObject *)Py_TYPE(o) == class ? Py_NewRef(Py_True)
                                                                              : pb_quick_isinstance_more(o, class);
}

typedef struct {
    pb_attr_cache attr; /* how the method is found; entries of native ones that take these arguments say so in `native` */
    pb_call_cache call;
} pb_invoke_cache;

/* The native method that `entry` knows of this object's class (borrowed), NULL when it knows none. */
PB_INLINE PyObject *
pb_known_method(PyObject *owner, const pb_attr_entry *entry)
{
    if (PB_LIKELY(Py_TYPE(owner)->tp_version_tag == entry->version && entry->native != NULL)) {
        if (entry->kind == PB_METHOD ||
            (entry->kind == PB_METHOD_VALUES && PB_LIKELY(*_PyObject_ValuesPointer(owner) != NULL) &&
             PB_LIKELY(((PyHeapTypeObject *)Py_TYPE(owner))->ht_cached_keys->dk_version == entry->keys))) {
            return PB_LIKELY(((PyFunctionObject *)entry->object)->func_code == (PyObject *)entry->native->code) ? entry->object
                                                                                                                : NULL;
        }
    }
    return NULL;
}

/* A method of args[0], called with args[0..count), of which those are taken over that `owned` says; args[-1] may be overwritten.
 * `load` is the unit where the method is looked up. */
PyObject *pb_invoke_slow(pb_ts *ts, pb_frame *fr, _Py_CODEUNIT *load, PyObject **args, Py_ssize_t count, PyObject *name,
                         pb_invoke_cache *cache, uint32_t owned);

/* ------------------------------------------------------------------ attaching (attach.c) */

/* The native body of `code`, NULL when it has none. */
const pb_native *pb_native_of(const PyCodeObject *code);

/* Give the code objects of the module `name` their bodies.  -1 with an exception. */
int pb_attach(const char *name, PyObject *code);

/* The interpreter enters no native code from here on (nestable), until as many pb_go_on_entering. */
void pb_stop_entering(void);
void pb_go_on_entering(void);

/* Tracing or profiling was switched on or off. */
void pb_set_tracing(bool on);

/* Whether native code may be entered at this time. */
bool pb_may_enter(void);

/* Enter this body no more. */
void pb_give_up(pb_native *native);

#if PB_COUNT
/* ------------------------------------------------------------------ counting (counting.c) */

/* A module that is counted: whether its code is the program's own (of others only native functions are counted), and the content
 * hashes of its code objects in their order (NULL: not known). */
typedef struct {
    const char *name;
    const char *const *hashes;
    bool own;
} pb_counted_module;

/* The generated table, ended by a NULL name. */
extern const pb_counted_module pb_counted_modules[];

/* The entry of the module `name`, NULL when it has none. */
const pb_counted_module *pb_counted_module_named(const char *name);

/* Whether `name` is one of the program's own modules. */
bool pb_counts_all_of(const char *name);

/* What counts a code object that has no native body; NULL with an exception. */
pb_native *pb_count_only(const PyCodeObject *code);

/* Begin to count `native`, the body of `code`, number `index` of the module `name`; `attached` says whether the interpreter's calls
 * are seen.  -1 with an exception. */
int pb_count_code(pb_native *native, PyCodeObject *code, const char *name, int index, bool attached);

/* A call that the interpreter runs; a body that went on in the interpreter at unit `at` because of a wrong guess. */
void pb_count_call(pb_native *native);
void pb_count_left(pb_native *native, int at);

/* What counts `code`, with or without a native body; NULL when nothing does (attach.c). */
pb_native *pb_counted_native(const PyCodeObject *code);
#endif

#include "native/generic.h"
#include "native/leaf.h"

#endif
