/* Instances of classes that make them as object does, without tp_new, tp_alloc and tp_init: the instance, then the native __init__.
 * What is declared in calls.h is described there. */
#include "native/native.h"

#include "native/calls.h"

#if PY_VERSION_HEX < 0x030C0000

bool
pb_no_collection(pb_ts *ts)
{
    const struct _gc_runtime_state *gc = &ts->interp->gc;
    return gc->generations[0].count < gc->generations[0].threshold || !gc->enabled || gc->generations[0].threshold == 0 ||
           gc->collecting;
}

/* Whether a new instance can be had without running anything. */
static bool
quiet(pb_ts *ts, PyTypeObject *type)
{
    return !PyType_IS_GC(type) || pb_no_collection(ts);
}

/* Whether object.__new__ makes the instances of `type`, and `make` can. */
static bool
makes_as_object(PyTypeObject *type)
{
    bool managed = PyType_HasFeature(type, Py_TPFLAGS_MANAGED_DICT);
    return PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE) && type->tp_new == PyBaseObject_Type.tp_new &&
           type->tp_vectorcall == NULL && !PyType_HasFeature(type, Py_TPFLAGS_IS_ABSTRACT) &&
           type->tp_alloc == PyType_GenericAlloc && type->tp_itemsize == 0 &&
           (managed ? ((PyHeapTypeObject *)type)->ht_cached_keys != NULL && PyType_IS_GC(type) : type->tp_dictoffset == 0);
}

/* What is stored in a new instance: `index` in its values, and where that comes from: as in pb_call_cache, or a constant. */
struct pb_init_plan {
    int count;
    struct {
        uint8_t index;
        int8_t from;
        PyObject *constant; /* borrowed from the __init__'s code; NULL: see `from` */
    } stores[];
};

/* A new instance as PyType_GenericAlloc and _PyObject_InitializeDict make it.  NULL, without an exception, when memory is short. */
PB_INLINE PyObject *
make_with(pb_ts *ts, PyTypeObject *type, const pb_init_plan *plan, PyObject **args, PyFunctionObject *func)
{
    bool managed = PyType_HasFeature(type, Py_TPFLAGS_MANAGED_DICT), gc = PyType_IS_GC(type);
    size_t before = (gc ? sizeof(PyGC_Head) : 0) + (managed ? 2 * sizeof(PyObject *) : 0);
    size_t size = _Py_SIZE_ROUND_UP((size_t)type->tp_basicsize, sizeof(void *));
    char *memory = PyObject_Malloc(before + size);
    if (memory == NULL) {
        return NULL;
    }
    PyDictValues *values = NULL;
    if (managed) {
        PyDictKeysObject *keys = ((PyHeapTypeObject *)type)->ht_cached_keys;
        keys->dk_usable -= keys->dk_usable > 1;
        size_t room = (size_t)(keys->dk_nentries + keys->dk_usable), prefix = _Py_SIZE_ROUND_UP(room + 2, sizeof(PyObject *));
        uint8_t *start = PyMem_Malloc(prefix + room * sizeof(PyObject *));
        if (start == NULL) {
            PyObject_Free(memory);
            return NULL;
        }
        start[prefix - 1] = (uint8_t)prefix;
        start[prefix - 2] = 0; /* none of them is set */
        values = (PyDictValues *)(start + prefix);
        for (size_t i = 0; i < room; i++) {
            values->values[i] = NULL;
        }
        if (plan != NULL) { /* as _PyDictValues_AddToInsertionOrder does */
            uint8_t *order = (uint8_t *)values - 3;
            for (int i = 0; i < plan->count; i++, order--) {
                PyObject *value = plan->stores[i].constant;
                if (value == NULL) {
                    int from = plan->stores[i].from;
                    value = PB_LIKELY(from >= 0) ? args[from] : PyTuple_GET_ITEM(func->func_defaults, -1 - from);
                }
                *order = plan->stores[i].index;
                values->values[*order] = Py_NewRef(value);
            }
            ((uint8_t *)values)[-2] = (uint8_t)plan->count;
        }
    }
    for (size_t i = 0; i < (before + size) / sizeof(void *); i++) {
        ((void **)memory)[i] = NULL;
    }
    PyObject *self = (PyObject *)(memory + before);
    _PyObject_Init(self, type);
    if (gc) {
        ts->interp->gc.generations[0].count++;
        _PyObject_GC_TRACK(self);
    }
    if (managed) {
        *_PyObject_ValuesPointer(self) = values;
    }
    return self;
}

static PyObject *
make(pb_ts *ts, PyTypeObject *type)
{
    return make_with(ts, type, NULL, NULL, NULL);
}

/* Let the cache have a plan for the instances of `type`, if what their __init__ stores goes where instances have it.  The names are
 * in the type's shared keys when there has been an instance. */
static PB_COLD void
plan_instances(pb_call_cache *cache, PyTypeObject *type)
{
    const pb_native *native = cache->native;
    PyDictKeysObject *keys = ((PyHeapTypeObject *)type)->ht_cached_keys;
    if (!PyType_HasFeature(type, Py_TPFLAGS_MANAGED_DICT) || type->tp_setattro != PyObject_GenericSetAttr || keys == NULL ||
        keys->dk_kind == DICT_KEYS_GENERAL) {
        cache->misses = PB_ENOUGH_MISSED_CALLS;
        return;
    }
    cache->misses++;
    size_t size = sizeof(pb_init_plan) + (size_t)native->init_count * sizeof(((pb_init_plan *)NULL)->stores[0]);
    pb_init_plan *plan = PyMem_Malloc(size);
    if (plan == NULL) {
        return;
    }
    plan->count = native->init_count;
    for (int i = 0; i < native->init_count; i++) {
        PyObject *name = native->names[native->init[i].name];
        PyObject *found = _PyType_Lookup(type, name);
        Py_ssize_t index = -1;
        for (Py_ssize_t k = 0; k < keys->dk_nentries; k++) {
            if (DK_UNICODE_ENTRIES(keys)[k].me_key == name) {
                index = k;
            }
        }
        if (index < 0 || (found != NULL &&
                          (Py_TYPE(found)->tp_descr_set != NULL || !PyType_HasFeature(Py_TYPE(found), Py_TPFLAGS_IMMUTABLETYPE)))) {
            PyMem_Free(plan);
            return;
        }
        int from = native->init[i].from;
        plan->stores[i].index = (uint8_t)index;
        plan->stores[i].from = from >= 0 ? cache->from[from] : 0;
        plan->stores[i].constant = from == PB_STORES_NONE ? Py_None : from < 0 ? native->constants[-1 - from] : NULL;
    }
    cache->plan = plan;
}

/* `self`, whose __init__ has returned `result` (both taken over); NULL with an exception when that is not None. */
static PyObject *
initialised(PyObject *self, PyObject *result)
{
    if (PB_LIKELY(result == Py_None)) {
        Py_DECREF(result);
        return self;
    }
    if (result != NULL) {
        PyErr_Format(PyExc_TypeError, "__init__() should return None, not '%.200s'", Py_TYPE(result)->tp_name);
        Py_DECREF(result);
    }
    Py_DECREF(self);
    return NULL;
}

bool
pb_knows_class(const pb_call_cache *cache, PyObject *callable, Py_ssize_t count)
{
    if (callable != cache->callable || Py_TYPE(callable)->tp_call != PyType_Type.tp_call || cache->kind == PB_FUNCTION ||
        ((PyTypeObject *)callable)->tp_version_tag != cache->version || count != cache->count) {
        return false;
    }
    if (cache->kind == PB_MADE_BARE) {
        return true;
    }
    PyFunctionObject *func = (PyFunctionObject *)cache->initializer;
    return (PyCodeObject *)func->func_code == cache->native->code &&
           (cache->kind == PB_MADE_ANY || cache->defaults == pb_defaults_of(func));
}

PyObject *
pb_make_known(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, PyObject *keywords, const pb_call_cache *cache,
              bool *made)
{
    PyTypeObject *type = (PyTypeObject *)callable;
    PyObject *bound[PB_MOST_PARAMETERS + 1], *self;
    PyFunctionObject *func = (PyFunctionObject *)cache->initializer;
    const pb_native *native = cache->native;
    int kind = cache->kind;
    *made = false;
    if (ts->recursion_remaining <= 1 || !quiet(ts, type)) {
        return NULL;
    }
    if (kind == PB_MADE_BARE) {
        self = make(ts, type);
        *made = self != NULL;
        return self;
    }
    Py_INCREF(func);
    if (kind == PB_MADE_ANY) {
        args[-1] = callable; /* stands for the instance: if these do not fit, there is to be none */
        if (!pb_bind(func, native, args - 1, count + 1, keywords, bound)) {
            Py_DECREF(func);
            return NULL;
        }
        self = make(ts, type);
        if (self == NULL) {
            pb_release_all(bound + 1, native->parameters - 1);
            Py_DECREF(func);
            *made = true;
            return PyErr_NoMemory();
        }
    }
    else if ((self = make(ts, type)) != NULL) {
        pb_place(cache, func, 1, args, bound);
    }
    else {
        Py_DECREF(func);
        return NULL;
    }
    *made = true;
    bound[0] = self;
    PyObject *result = native->leaf != NULL ? native->leaf_spread(ts, func, bound) : NULL;
    if (result != NULL) {
        pb_release_all(bound + 1, native->parameters - 1);
        Py_DECREF(func);
        return initialised(self, result);
    }
    const uint32_t all_but_self = ~UINT32_C(1);
    ts->recursion_remaining--; /* as _PyObject_MakeTpCall counts */
    switch (native->parameters) {
    case 1:
        result = ((pb_body1)native->body)(ts, func, all_but_self, bound[0]);
        break;
    case 2:
        result = ((pb_body2)native->body)(ts, func, all_but_self, bound[0], bound[1]);
        break;
    case 3:
        result = ((pb_body3)native->body)(ts, func, all_but_self, bound[0], bound[1], bound[2]);
        break;
    case 4:
        result = ((pb_body4)native->body)(ts, func, all_but_self, bound[0], bound[1], bound[2], bound[3]);
        break;
    default:
        result = native->spread(ts, func, all_but_self, bound);
    }
    ts->recursion_remaining++;
    Py_DECREF(func);
    return initialised(self, result);
}

void
pb_learn_class(pb_call_cache *cache, PyTypeObject *type, Py_ssize_t count, PyObject *keywords)
{
    static PyObject *init;
    if (cache->misses >= PB_ENOUGH_MISSED_CALLS || !makes_as_object(type) || count > INT8_MAX ||
        (init == NULL && (init = PyUnicode_InternFromString("__init__")) == NULL)) {
        PyErr_Clear();
        return;
    }
    PyObject *found = _PyType_Lookup(type, init); /* which gives it a version */
    if (type->tp_version_tag == 0) {
        return;
    }
    const pb_native *native = found != NULL ? pb_body_of(found) : NULL;
    if (native == NULL && !(type->tp_init == PyBaseObject_Type.tp_init && count == 0 && keywords == NULL)) {
        return;
    }
    cache->kind = PB_MADE_BARE;
    if (native != NULL) {
        if (native->parameters < 1 || native->parameters > PB_MOST_PARAMETERS || native->code->co_argcount < 1) {
            cache->kind = 0;
            cache->callable = NULL;
            return;
        }
        cache->kind = pb_plan(cache, (PyFunctionObject *)found, native, 1, count, keywords) ? PB_MADE : PB_MADE_ANY;
    }
    cache->misses++;
    PyMem_Free(cache->plan);
    cache->plan = NULL;
    cache->native = native;
    cache->count = (int8_t)count;
    cache->version = type->tp_version_tag;
    cache->initializer = found;
    cache->callable = (PyObject *)type;
}

/* An instance that is initialised by its plan or by a leaf; NULL: it is to be made otherwise.  Nothing is taken over. */
static PyObject *
make_quietly(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, const pb_call_cache *cache)
{
    PyTypeObject *type = (PyTypeObject *)callable;
    PyObject *bound[PB_PLANNED];
    if (!pb_knows_class(cache, callable, count) || cache->kind == PB_MADE_ANY || type->tp_finalize != NULL ||
        type->tp_del != NULL || ts->recursion_remaining < PB_LEAF_ROOM || !quiet(ts, type)) {
        return NULL;
    }
    if (cache->kind == PB_MADE_BARE) {
        return make(ts, type);
    }
    const pb_native *native = cache->native;
    PyFunctionObject *func = (PyFunctionObject *)cache->initializer;
    if (native->leaf == NULL || native->leaf_effect == PB_ANY_EFFECT || pb_leaf_depth >= PB_DEEPEST_LEAF) {
        return NULL;
    }
#if !PB_COUNT
    if (cache->plan != NULL && !ts->cframe->use_tracing) {
        return make_with(ts, type, cache->plan, args, func);
    }
#endif
    bound[0] = make(ts, type);
    if (bound[0] == NULL) {
        return NULL;
    }
    for (int i = 1; i < native->parameters; i++) {
        int from = cache->from[i];
        bound[i] = from >= 0 ? args[from] : PyTuple_GET_ITEM(func->func_defaults, -1 - from);
    }
    pb_leaf_depth++;
    PyObject *result = native->leaf_spread(ts, func, bound);
    pb_leaf_depth--;
    if (PB_LIKELY(result == Py_None)) {
        Py_DECREF(result);
        return bound[0];
    }
    Py_XDECREF(result);
    Py_DECREF(bound[0]);
    return NULL;
}

PyObject *
pb_leaf_instance(pb_ts *ts, PyObject *callable, PyObject **args, Py_ssize_t count, pb_call_cache *cache)
{
    PyObject *result = make_quietly(ts, callable, args, count, cache);
    if (PB_UNLIKELY(result != NULL && cache->plan == NULL && cache->kind == PB_MADE && cache->native->init_count > 0 &&
                    cache->misses < PB_ENOUGH_MISSED_CALLS)) {
        plan_instances(cache, (PyTypeObject *)callable);
    }
    return result;
}

#endif
