/* What generated code calls for the less frequent instructions: each function does what CPython 3.11's ceval.c does for the
 * instruction it is named after.  Operands are borrowed unless said otherwise; results are new references, or NULL or -1 with an
 * exception. */
#ifndef PB_GENERIC_H
#define PB_GENERIC_H

/* names.c */
PyObject *pb_load_name(pb_frame *fr, PyObject *name);
int pb_store_name(pb_frame *fr, PyObject *name, PyObject *value); /* steals value */
int pb_delete_name(pb_frame *fr, PyObject *name);
PyObject *pb_load_build_class(pb_frame *fr);
int pb_setup_annotations(pb_frame *fr);
int pb_delete_global(PyFunctionObject *func, PyObject *name);
PyObject *pb_global_slow(PyObject *globals, PyObject *builtins, PyObject *name);
PyObject *pb_deref_slow(pb_frame *fr, int i); /* the cell in slot i is empty: raises */
PyObject *pb_load_classderef(pb_frame *fr, int i);
int pb_delete_deref(pb_frame *fr, int i);
int pb_unbound(pb_frame *fr, int i); /* raises UnboundLocalError for slot i, returns -1 */
void pb_copy_free(pb_frame *fr, PyFunctionObject *func, int first, int count);

/* The value of the cell in slot i. */
static inline PyObject *
pb_load_deref(pb_frame *fr, int i)
{
    PyObject *value = PyCell_GET(fr->localsplus[i]);
    return PB_LIKELY(value != NULL) ? Py_NewRef(value) : pb_deref_slow(fr, i);
}

/* Put `value` (stolen) into a cell. */
static inline void
pb_store_deref(PyObject *cell, PyObject *value)
{
    PyObject *old = PyCell_GET(cell);
    PyCell_SET(cell, value);
    Py_XDECREF(old);
}

/* imports.c */
PyObject *pb_import_name(pb_frame *fr, PyObject *name, PyObject *level, PyObject *names);
PyObject *pb_import_from(pb_ts *ts, PyObject *module, PyObject *name);
int pb_import_star(pb_frame *fr, PyObject *module);

/* containers.c */
PyObject *pb_build_tuple(PyObject *const *items, Py_ssize_t count); /* these two take over the items, also when they fail */
PyObject *pb_build_list(PyObject *const *items, Py_ssize_t count);
PyObject *pb_build_set(PyObject *const *items, Py_ssize_t count);
PyObject *pb_build_map(PyObject *const *items, Py_ssize_t pairs);
PyObject *pb_build_const_key_map(PyObject *keys, PyObject *const *values, Py_ssize_t count);
PyObject *pb_build_string(PyObject *const *items, Py_ssize_t count);
PyObject *pb_format_value(PyObject *value, PyObject *spec, int flags);
int pb_list_append(PyObject *list, PyObject *value); /* steals value */
int pb_list_extend(pb_ts *ts, PyObject *list, PyObject *iterable);
int pb_dict_update(pb_ts *ts, PyObject *dict, PyObject *update);
int pb_dict_merge(pb_ts *ts, PyObject *callable, PyObject *dict, PyObject *update);
int pb_unpack_slow(pb_ts *ts, PyObject *sequence, int count, PyObject **out);
int pb_unpack_ex(pb_ts *ts, PyObject *sequence, int counts, PyObject **out);
PyObject *pb_call_ex(pb_ts *ts, PyObject *callable, PyObject *args, PyObject *keywords);
PyObject *pb_make_function(pb_frame *fr, PyObject *code, PyObject *const *extras, int flags);
PyObject *pb_get_len(PyObject *object);
PyObject *pb_subscript_slice(PyObject *container, PyObject *start, PyObject *stop, PyObject *step);
int pb_store_slice(PyObject *container, PyObject *start, PyObject *stop, PyObject *step, PyObject *value); /* steals value */
#define pb_get_iter PyObject_GetIter

/* The items of an exact tuple or list of this length, otherwise NULL. */
static inline PyObject **
pb_quick_items(PyObject *sequence, int count)
{
    if (PyTuple_CheckExact(sequence) && PyTuple_GET_SIZE(sequence) == count) {
        return ((PyTupleObject *)sequence)->ob_item;
    }
    return PyList_CheckExact(sequence) && PyList_GET_SIZE(sequence) == count ? ((PyListObject *)sequence)->ob_item : NULL;
}

/* As many items as there are names; out: new references, none on failure. */
static inline int
pb_unpack(pb_ts *ts, PyObject *sequence, int count, PyObject **out)
{
    if (count <= 3 && PyTuple_CheckExact(sequence) && PyTuple_GET_SIZE(sequence) == count) {
        for (int i = 0; i < count; i++) {
            out[i] = Py_NewRef(PyTuple_GET_ITEM(sequence, i));
        }
        return 0;
    }
    if (count <= 3 && PyList_CheckExact(sequence) && PyList_GET_SIZE(sequence) == count) {
        for (int i = 0; i < count; i++) {
            out[i] = Py_NewRef(PyList_GET_ITEM(sequence, i));
        }
        return 0;
    }
    return pb_unpack_slow(ts, sequence, count, out);
}

/* matching.c */
#define pb_match_flag(object, flag) (PyType_HasFeature(Py_TYPE(object), flag) != 0)
PyObject *pb_match_class(pb_ts *ts, PyObject *subject, PyObject *type, PyObject *names, int positional);
PyObject *pb_match_keys(pb_ts *ts, PyObject *subject, PyObject *keys);

/* exceptions.c */
PyObject *pb_push_exc_info(pb_ts *ts, PyObject *exception);
void pb_pop_except(pb_ts *ts, PyObject *previous); /* steals previous */
int pb_check_exc_match(pb_ts *ts, PyObject *exception, PyObject *type);
PyObject *pb_check_eg_match(pb_ts *ts, PyObject *exception, PyObject *type, PyObject **match);
PyObject *pb_prep_reraise_star(PyObject *original, PyObject *exceptions);
int pb_raise(pb_ts *ts, PyObject *const *args, int count);                     /* -2: raised again, the traceback is complete */
int pb_reraise(pb_ts *ts, pb_frame *fr, PyObject *exception, PyObject *lasti); /* steals exception; always -2 */
PyObject *pb_with_except_start(PyObject *exit, PyObject *exception);
PyObject *pb_before_with(pb_ts *ts, PyObject *manager, PyObject **exit);

#endif
