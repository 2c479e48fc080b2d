/* Leaves: second bodies of small functions, without frame and references, which may refuse (pybuild/compiler/emit/leaf.py).
 *
 * A leaf borrows its arguments and its function and returns a new reference, or NULL without an exception: refused, and nothing has
 * happened.  What it reads is borrowed, because nothing runs meanwhile; what is here says NULL or -1, without an exception,
 * whenever it cannot answer without running something. */
#ifndef PB_LEAF_H
#define PB_LEAF_H

enum { PB_NO_EFFECT, PB_OWN_EFFECT /* on its first argument's attributes */, PB_ANY_EFFECT };

enum { PB_DEEPEST_LEAF = 3, PB_LEAF_ROOM = 8 };

extern int pb_leaf_depth; /* leaves that called leaves; under the interpreter's lock */

/* Whether a leaf is not to be tried now: the body would raise RecursionError, or be traced. */
PB_INLINE bool
pb_leaf_refuses(const pb_ts *ts)
{
#if PB_COUNT
    return true; /* a leaf that refuses has called others that are called again: they would count twice */
#endif
    return ts->recursion_remaining < PB_LEAF_ROOM || ts->cframe->use_tracing;
}

/* Whether a leaf may call that of `native`; `effects` says that nothing will refuse after it. */
PB_INLINE bool
pb_leaf_may_call(const pb_native *native, bool effects)
{
    return native->leaf != NULL && pb_leaf_depth < PB_DEEPEST_LEAF && (effects || native->leaf_effect == PB_NO_EFFECT);
}

/* A leaf has refused: NULL.  When it does so too often, it is not tried again. */
PyObject *pb_leaf_refused(pb_ts *ts, pb_native *native);

#define pb_leaf_done(n) ((n)->leaf_done++, PB_COUNT_ENTRY(*(n)))

/* What these read does not change while a leaf runs. */
__attribute__((pure)) PyObject *pb_leaf_attr_more(PyObject *owner, const pb_attr_cache *cache);
PyObject *pb_leaf_subscript_more(PyObject *container, PyObject *key);
PyObject *pb_leaf_arithmetic(PyObject *a, PyObject *b, int operator);         /* new reference */
PyObject *pb_leaf_negative(PyObject *o);                                      /* new reference */
PyObject *pb_leaf_tuple(pb_ts *ts, PyObject *const *items, Py_ssize_t count); /* new reference */
__attribute__((pure)) int pb_leaf_compare_more(PyObject *a, PyObject *b, int op);
__attribute__((pure)) int pb_leaf_truth_more(PyObject *o);

/* Another leaf, or what else may be called in one: a new reference.  `effects` says that nothing will refuse after it. */
PyObject *pb_leaf_call(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, pb_call_cache *cache, bool effects);

/* A new instance of the class that `cache` knows, initialised by a leaf; NULL: refused. */
PyObject *pb_leaf_instance(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, pb_call_cache *cache);

/* Whether an object can be made without a garbage collection. */
bool pb_no_collection(pb_ts *ts);

/* Where the value of an attribute or item is stored, NULL when that cannot be done without running anything: whatever is released
 * by `stores` stores has no finaliser. */
PyObject **pb_leaf_item_slot(PyObject *container, int64_t index, int stores);
PyObject **pb_leaf_subscript_slot(PyObject *container, PyObject *key, int stores);

/* Store what was found to be possible; these take `value` over. */
void pb_leaf_set_item(PyObject *list, int64_t index, PyObject *value);

/* Whether `old` (or nothing) can be released `stores` times and runs nothing. */
PB_INLINE bool
pb_quietly_released(PyObject *old, int stores)
{
    return old == NULL || Py_REFCNT(old) > stores || PyLong_CheckExact(old) || PyFloat_CheckExact(old) || PyUnicode_CheckExact(old);
}

/* Where an attribute is stored: in these values, or, NULL, in a slot of the object. */
typedef struct {
    PyObject **slot; /* NULL: it cannot be stored */
    PyDictValues *values;
} pb_leaf_place;

PB_INLINE pb_leaf_place
pb_leaf_place_of(PyObject *owner, const pb_attr_cache *cache, int stores)
{
    const pb_attr_entry *entry = PB_ENTRY(cache, owner); /* entries elsewhere are not looked for */
    pb_leaf_place place = {NULL, NULL};
    if (PB_LIKELY(Py_TYPE(owner)->tp_version_tag == entry->version)) {
        if (PB_LIKELY(entry->kind == PB_VALUE)) {
            place.values = *_PyObject_ValuesPointer(owner);
            place.slot = PB_LIKELY(place.values != NULL) ? &place.values->values[entry->index] : NULL;
        }
        else if (entry->kind == PB_SLOT) {
            place.slot = (PyObject **)((char *)owner + entry->index);
        }
        if (place.slot != NULL && !pb_quietly_released(*place.slot, stores)) {
            place.slot = NULL;
        }
    }
    return place;
}

PB_INLINE void
pb_leaf_set_attr(pb_leaf_place place, PyObject *value)
{
    PyObject *old = *place.slot;
    *place.slot = value;
    if (old != NULL) {
        Py_DECREF(old);
    }
    else if (place.values != NULL) {
        _PyDictValues_AddToInsertionOrder(place.values, place.slot - place.values->values);
    }
}

PB_INLINE PyObject *
pb_leaf_attr(PyObject *owner, const pb_attr_cache *cache)
{
    const pb_attr_entry *entry = PB_ENTRY(cache, owner);
    if (PB_LIKELY(Py_TYPE(owner)->tp_version_tag == entry->version && entry->kind == PB_VALUE)) {
        PyDictValues *values = *_PyObject_ValuesPointer(owner);
        return PB_LIKELY(values != NULL) ? values->values[entry->index] : NULL;
    }
    return pb_leaf_attr_more(owner, cache);
}

PB_INLINE PyObject *
pb_leaf_subscript(PyObject *container, PyObject *key)
{
    return PB_SINGLE_DIGIT(key) ? pb_quick_item(container, PB_DIGIT(key)) : pb_leaf_subscript_more(container, key);
}

bool pb_leaf_floats_more(PyObject *a, PyObject *b, double *x, double *y);

/* Two numbers of which one is a float. */
PB_INLINE bool
pb_leaf_floats(PyObject *a, PyObject *b, double *x, double *y)
{
    if (PB_LIKELY(PB_FLOATS(a, b))) {
        *x = PyFloat_AS_DOUBLE(a);
        *y = PyFloat_AS_DOUBLE(b);
        return true;
    }
    return pb_leaf_floats_more(a, b, x, y);
}

PB_INLINE int
pb_leaf_compare(PyObject *a, PyObject *b, int op)
{
    if (PB_SINGLE_DIGIT(a) && PB_SINGLE_DIGIT(b)) {
        int64_t x = PB_DIGIT(a), y = PB_DIGIT(b);
        return PB_COMPARE(x, y, op);
    }
    return pb_leaf_compare_more(a, b, op);
}

/* The same of what are probably texts. */
PB_INLINE int
pb_leaf_compare_text(PyObject *a, PyObject *b, int op)
{
    int holds = pb_quick_text(a, b, op);
    return PB_LIKELY(holds >= 0) ? holds : pb_leaf_compare(a, b, op);
}

PB_INLINE int
pb_leaf_truth(PyObject *o)
{
    return o == Py_True ? 1 : o == Py_False || o == Py_None ? 0 : pb_leaf_truth_more(o);
}

#define PB_LEAF_ARITHMETIC(name, operator, number)                                                                                 \
    PB_INLINE PyObject *pb_leaf_##name(PyObject *a, PyObject *b)                                                                   \
    {                                                                                                                              \
        if (PB_FLOATS(a, b)) {                                                                                                     \
            return pb_box_d(PyFloat_AS_DOUBLE(a) operator PyFloat_AS_DOUBLE(b));                                                   \
        }                                                                                                                          \
        return pb_leaf_arithmetic(a, b, number);                                                                                   \
    }
PB_LEAF_ARITHMETIC(add, +, PB_ADD)
PB_LEAF_ARITHMETIC(subtract, -, PB_SUBTRACT)
PB_LEAF_ARITHMETIC(multiply, *, PB_MULTIPLY)
#undef PB_LEAF_ARITHMETIC
#define pb_leaf_floor_divide(a, b) pb_leaf_arithmetic(a, b, PB_FLOOR_DIVIDE)
#define pb_leaf_true_divide(a, b) pb_leaf_arithmetic(a, b, PB_TRUE_DIVIDE)
#define pb_leaf_remainder(a, b) pb_leaf_arithmetic(a, b, PB_REMAINDER)
#define pb_leaf_and(a, b) pb_leaf_arithmetic(a, b, PB_AND)
#define pb_leaf_or(a, b) pb_leaf_arithmetic(a, b, PB_OR)
#define pb_leaf_xor(a, b) pb_leaf_arithmetic(a, b, PB_XOR)

#endif
