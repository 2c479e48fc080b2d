/* Inline caches of globals, attributes and methods (caches.c).
 *
 * A part of native.h, which includes it. */
#ifndef PB_ATTRIBUTES_H
#define PB_ATTRIBUTES_H

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

/* ------------------------------------------------------------------ attributes */

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

/* Put `value` (taken over) where `entry`, whose version is the owner's type's, has the attribute; *old (or NULL) is the caller's.
 * False, nothing done, when it does not apply. */
bool pb_replace_by(const pb_attr_entry *entry, PyObject *owner, PyObject *value, PyObject **old);

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
    if (PB_LIKELY(Py_TYPE(owner)->tp_version_tag == entry->version)) {
        if (PB_LIKELY(entry->kind == PB_VALUE)) {
            PyDictValues *values = *_PyObject_ValuesPointer(owner);
            return PB_LIKELY(values != NULL) ? values->values[entry->index] : NULL;
        }
        return pb_attr_by(entry, owner);
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

/* An attribute of a class that a global names. */
typedef struct {
    uint32_t globals; /* the version of the module's keys and 1 */
    uint32_t version; /* the class's */
    PyObject **place; /* of the class among the module's names */
    PyObject *value;  /* borrowed: alive while the version holds */
    pb_global_cache global;
    pb_attr_cache attr;
} pb_global_attr_cache;

/* `owner` is the global's name, which unit `load` looks up. */
PyObject *pb_load_global_attr(pb_frame *fr, PyFunctionObject *func, _Py_CODEUNIT *load, PyObject *owner, PyObject *name,
                              pb_global_attr_cache *cache);

PB_INLINE PyObject *
pb_quick_global_attr(PyFunctionObject *func, const pb_global_attr_cache *cache)
{
    if (PB_LIKELY(((PyDictObject *)func->func_globals)->ma_keys->dk_version + 1 == cache->globals)) {
        PyObject *owner = *cache->place;
        if (PB_LIKELY(owner != NULL && Py_IS_TYPE(owner, &PyType_Type) &&
                      ((PyTypeObject *)owner)->tp_version_tag == cache->version)) {
            return PB_LIKELY(Py_TYPE(cache->value)->tp_descr_get == NULL) ? cache->value : NULL;
        }
    }
    return NULL;
}

/* Takes over the value if it does it; what it replaces, or NULL, is the caller's. */
PB_INLINE bool
pb_quick_store_attr(PyObject *owner, const pb_attr_cache *cache, PyObject *value, PyObject **old)
{
    const pb_attr_entry *entry = PB_ENTRY(cache, owner);
    if (PB_LIKELY(Py_TYPE(owner)->tp_version_tag == entry->version)) {
        if (PB_UNLIKELY(entry->kind != PB_VALUE)) {
            return pb_replace_by(entry, owner, value, old);
        }
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

#endif
