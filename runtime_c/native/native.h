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
#define PB_SMALL __attribute__((optimize("Os", "no-gcse")))
#elif defined(__clang__)
#define PB_SMALL __attribute__((minsize))
#else
#define PB_SMALL
#endif
#define PB_HIDDEN __attribute__((visibility("hidden")))
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

/* What an __init__ does that only stores: an attribute, by the number of its name, gets a parameter or, negative, the constant -1 -
 * `from` (None: as PB_STORES_NONE says). */
typedef struct {
    int16_t name, from;
} pb_init_store;

enum { PB_STORES_NONE = INT16_MIN };

/* A code object's native body.  `body` takes (ts, function, one argument for each of `parameters`). */
typedef struct pb_native {
    void (*body)(void);
    PyObject *(*spread)(pb_ts *, PyFunctionObject *, uint32_t, PyObject **); /* the body, its arguments in an array */
    void (*leaf)(void);                                                      /* the second body (leaf.h), NULL: there is none */
    PyObject *(*leaf_spread)(pb_ts *, PyFunctionObject *, PyObject **);
    uint32_t leaf_done, leaf_refused; /* how often, halved from time to time */
    int8_t leaf_effect;
    int8_t init_count;             /* of an __init__ that only stores, on every way, and returns None */
    const pb_init_store *init;     /* what it stores, in order */
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
    bool typed_off;         /* the typed body (typed.h) is called no more */
    uint32_t typed_failed;  /* how often it did not do what it was called for */
    int64_t typed_since;    /* nanoseconds: when that last was a multiple of some */
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

#include "native/frames.h"
#include "native/numbers.h"
#include "native/operators.h"
#include "native/items.h"
#include "native/dicts.h"
#include "native/attributes.h"
#include "native/calling.h"
#include "native/known.h"

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
#include "native/compact.h"
#include "native/typed.h"

#endif
