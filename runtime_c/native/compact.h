/* What code outside loops is made of where nothing says that it is hot: one call an operation (compact.c).
 *
 * Each function does an operation whole: it says where the frame is, takes the quick way where there is one, releases those
 * operands that `where` says, and adds the frame to the traceback if it raises.  `where` is the code unit, and a bit for each
 * operand that is handed over (PB_OWN); operands that an operation always takes over have none. */
#ifndef PB_COMPACT_H
#define PB_COMPACT_H

enum {
    PB_UNIT = 0x7fff,  /* the unit where the operation is */
    PB_TELL = 0x8000,  /* a call that has made tracing active returns NULL without an exception (PB_UNWIND) */
    PB_OWN_SHIFT = 16, /* bit 16 + i: operand i is handed over */
    PB_MOST_OWN = 7,   /* operands that have a bit */
    PB_LOAD_SHIFT = 23 /* the other bits: how many units before it a method is looked up */
};

/* The start of a function whose arguments are in its first slots (`missing` says which are borrowed): the other slots become NULL,
 * the frame is pushed.  True: it was run otherwise, and what it gave is in the first slot. */
bool pb_c_enter(PyFunctionObject *func, pb_frame *fr, pb_native *native, uint32_t missing);

/* The same of a function with cells, which come before RESUME and what that does (pb_c_poll). */
bool pb_c_enter_cells(PyFunctionObject *func, pb_frame *fr, pb_native *native, uint32_t missing);
int pb_c_poll(pb_frame *fr);

/* How a function ends: in the bits from 15 on; below them the unit, above them (PB_DEPTH_SHIFT) how many values are on the stack,
 * in the slots behind the locals. */
enum {
    PB_RETURN, /* what is on the stack */
    PB_UNWIND, /* with an exception; or a call has told that tracing is active: the interpreter goes on behind it */
    PB_RAISE,  /* with an exception whose traceback does not have this frame yet */
    PB_LEAVE,  /* the interpreter goes on at the unit */
    PB_MISSED, /* the same because a guess was wrong */
    PB_TRACED, /* with an exception that a trace function wants to know of: the interpreter deals with it */
    PB_AGAIN,  /* with an exception that is raised again */
    PB_WAY_SHIFT = 15,
    PB_WAY = 7,
    PB_DEPTH_SHIFT = 18
};

/* The end: the frame is popped, its slots and the stack are released or handed over. */
PyObject *pb_c_end(pb_frame *fr, uint32_t missing, uint32_t how);

/* An operation at unit `at` has raised: the frame is added to the traceback; slot i is unbound: that is raised, too. */
void pb_c_failed(pb_frame *fr, int at);
void pb_c_unbound(pb_frame *fr, int at, int i);

/* Put a number, as an object, into a slot, and release what was there. */
void pb_c_home_i(PyObject **slot, int64_t value);
void pb_c_home_d(PyObject **slot, double value);
void pb_c_home_b(PyObject **slot, int value);

void pb_c_drop(pb_frame *fr, uint32_t where, PyObject *object); /* NULL is nothing */
void pb_c_store_local(pb_frame *fr, uint32_t where, int i, PyObject *value);

PyObject *pb_c_load_global(pb_frame *fr, uint32_t where, pb_global_cache *cache);
PyObject *pb_c_load_attr(pb_frame *fr, uint32_t where, PyObject *owner, pb_attr_cache *cache);
PyObject *pb_c_load_method(pb_frame *fr, uint32_t where, PyObject *owner, pb_attr_cache *cache, PyObject **self);
int pb_c_store_attr(pb_frame *fr, uint32_t where, PyObject *owner, PyObject *value, pb_attr_cache *cache);
PyObject *pb_c_subscript(pb_frame *fr, uint32_t where, PyObject *container, PyObject *key);
PyObject *pb_c_subscript_i(pb_frame *fr, uint32_t where, PyObject *container, int64_t index);
int pb_c_store_subscript(pb_frame *fr, uint32_t where, PyObject *container, PyObject *key, PyObject *value);
PyObject *pb_c_binary(pb_frame *fr, uint32_t where, PyObject *a, PyObject *b, pb_binary_cache *cache);
PyObject *pb_c_add(pb_frame *fr, uint32_t where, PyObject *a, PyObject *b, pb_binary_cache *cache);
PyObject *pb_c_subtract(pb_frame *fr, uint32_t where, PyObject *a, PyObject *b, pb_binary_cache *cache);
PyObject *pb_c_multiply(pb_frame *fr, uint32_t where, PyObject *a, PyObject *b, pb_binary_cache *cache);
PyObject *pb_c_add_to_local(pb_frame *fr, uint32_t where, int i, PyObject *right, pb_binary_cache *cache);
PyObject *pb_c_compare(pb_frame *fr, uint32_t where, PyObject *a, PyObject *b, pb_binary_cache *cache);
int pb_c_compare_truth(pb_frame *fr, uint32_t where, PyObject *a, PyObject *b, pb_binary_cache *cache);
int pb_c_contains(pb_frame *fr, uint32_t where, PyObject *item, PyObject *container);
int pb_c_truth(pb_frame *fr, uint32_t where, PyObject *o);
int pb_c_pending(pb_frame *fr, int at);                                /* signals and the like, in a loop */
PyObject *pb_c_next(pb_frame *fr, uint32_t where, PyObject *iterator); /* NULL without an exception: there is none */
PyObject *pb_c_make_function(pb_frame *fr, uint32_t where, PyObject *code, PyObject *const *extras, int flags);
int pb_c_unpack(pb_frame *fr, uint32_t where, PyObject *sequence, int count, PyObject **out);
PyObject *pb_c_get_iter(pb_frame *fr, uint32_t where, PyObject *o);
int pb_c_list_append(pb_frame *fr, uint32_t where, PyObject *list, PyObject *value);
int pb_c_list_extend(pb_frame *fr, uint32_t where, PyObject *list, PyObject *items);
PyObject *pb_c_format_value(pb_frame *fr, uint32_t where, PyObject *value, int flags);
int pb_c_check_exc_match(pb_frame *fr, uint32_t where, PyObject *exception, PyObject *type);
PyObject *pb_c_call_ex(pb_frame *fr, uint32_t where, PyObject *callable, PyObject *args, PyObject *keywords);

/* Calls; `args` may be overwritten from args[-1] on. */
PyObject *pb_c_call0(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *callable);
PyObject *pb_c_call1(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *callable, PyObject *a);
PyObject *pb_c_call2(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *callable, PyObject *a, PyObject *b);
PyObject *pb_c_call(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *callable, PyObject **args, int count);
PyObject *pb_c_call_names(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *callable, PyObject **args, PyObject *names,
                          int all);
/* With what LOAD_METHOD gave: args[0] is the object, and one of the `count`. */
PyObject *pb_c_call_method(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *method, PyObject **args, int count);
PyObject *pb_c_call_method_names(pb_frame *fr, uint32_t where, pb_call_cache *cache, PyObject *method, PyObject **args,
                                 PyObject *names, int all);
PyObject *pb_c_invoke1(pb_frame *fr, uint32_t where, pb_invoke_cache *cache, PyObject *owner);
PyObject *pb_c_invoke2(pb_frame *fr, uint32_t where, pb_invoke_cache *cache, PyObject *owner, PyObject *a);
PyObject *pb_c_invoke3(pb_frame *fr, uint32_t where, pb_invoke_cache *cache, PyObject *owner, PyObject *a, PyObject *b);
PyObject *pb_c_invoke(pb_frame *fr, uint32_t where, pb_invoke_cache *cache, PyObject **args, int count);

#endif
