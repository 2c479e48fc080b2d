/* Inline caches: what happens when the inlined hit fails, and how entries are filled.
 *
 * An entry holds for a type's version tag, which CPython changes with anything that decides an attribute of its instances; the keys
 * version of shared keys says that no instance has an attribute of its own that would come first (ceval.c's specialised
 * instructions rely on the same).  Objects in entries are borrowed: the versions die with them.  After 64 misses a cache is filled
 * no more. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

#include <structmember.h>

enum { ENOUGH_MISSES = 64, WAYS = 8 };

/* CPython's own counter of keys versions (dictobject.c) is static: these come from the other end of the 32 bits. */
static uint32_t next_keys_version = UINT32_C(0xF0000000);

/* The version of `keys`, given if there is none; 0 when they can have none. */
static uint32_t
keys_version(PyDictKeysObject *keys)
{
    if (keys->dk_version == 0 && keys->dk_kind != DICT_KEYS_GENERAL && next_keys_version != UINT32_MAX) {
        keys->dk_version = next_keys_version++;
    }
    return keys->dk_version;
}

/* The index of `name` among the entries of `keys`; -1: not there, -2: keys that are no plain strings. */
static Py_ssize_t
keys_index(PyDictKeysObject *keys, PyObject *name)
{
    if (keys->dk_kind == DICT_KEYS_GENERAL) {
        return -2;
    }
    PyDictUnicodeEntry *entries = DK_UNICODE_ENTRIES(keys);
    for (Py_ssize_t i = 0; i < keys->dk_nentries; i++) {
        PyObject *key = entries[i].me_key;
        if (key == name || (key != NULL && PyUnicode_Compare(key, name) == 0)) {
            return i;
        }
    }
    return -1;
}

/* ------------------------------------------------------------------ globals */

PyObject *
pb_load_global(PyFunctionObject *func, PyObject *name, pb_global_cache *cache)
{
    PyObject *value =
        pb_quick_global(func, cache); /* a name of the module's that is one of the built-in ones', too, or the reverse */
    if (value != NULL || (value = pb_quick_builtin(func, cache)) != NULL) {
        return Py_NewRef(value);
    }
    PyObject *globals = func->func_globals, *builtins = func->func_builtins;
    cache->globals = cache->without = 0;
    if (PyDict_CheckExact(globals) && PyDict_CheckExact(builtins)) {
        PyDictKeysObject *keys = ((PyDictObject *)globals)->ma_keys, *others = ((PyDictObject *)builtins)->ma_keys;
        Py_ssize_t i = ((PyDictObject *)globals)->ma_values == NULL ? keys_index(keys, name) : -2;
        value = i >= 0 ? DK_UNICODE_ENTRIES(keys)[i].me_value : NULL;
        if (value != NULL && keys_version(keys) != 0) {
            cache->globals = keys->dk_version + 1;
            cache->place = &DK_UNICODE_ENTRIES(keys)[i].me_value;
            return Py_NewRef(value);
        }
        Py_ssize_t j = i == -1 && ((PyDictObject *)builtins)->ma_values == NULL ? keys_index(others, name) : -2;
        value = j >= 0 ? DK_UNICODE_ENTRIES(others)[j].me_value : NULL;
        if (value != NULL && keys_version(others) != 0 && keys_version(keys) != 0) {
            cache->without = keys->dk_version + 1;
            cache->builtins = others->dk_version;
            cache->place = &DK_UNICODE_ENTRIES(others)[j].me_value;
            return Py_NewRef(value);
        }
    }
    return pb_global_slow(globals, builtins, name);
}

/* CPython's counter (dictobject.c) is static and starts at 1: this one starts where it never gets. */
uint64_t pb_dict_version = UINT64_C(1) << 62;

PB_COLD int
pb_store_global_slow(PyFunctionObject *func, PyObject *name, PyObject *value, pb_global_cache *cache)
{
    PyDictObject *globals = (PyDictObject *)func->func_globals;
    int status = PyDict_SetItem(func->func_globals, name, value);
    Py_DECREF(value);
    Py_ssize_t i = status == 0 && globals->ma_values == NULL ? keys_index(globals->ma_keys, name) : -1;
    cache->without = 0;
    cache->globals = i >= 0 && keys_version(globals->ma_keys) != 0 ? globals->ma_keys->dk_version + 1 : 0;
    cache->place = i >= 0 ? &DK_UNICODE_ENTRIES(globals->ma_keys)[i].me_value : NULL;
    return status;
}

/* ------------------------------------------------------------------ attributes */

/* The place for a new entry for `type`: its own if that is free, any free one, or its own; NULL when the cache is to be left
 * alone. */
static pb_attr_entry *
new_entry(pb_attr_cache *cache, PyTypeObject *type)
{
    if (type->tp_version_tag == 0 || !PyType_HasFeature(type, Py_TPFLAGS_VALID_VERSION_TAG)) {
        return NULL;
    }
    pb_attr_entry *entry = NULL;
    for (int i = 0; i < WAYS; i++) {
        if (cache->entries[i].version == type->tp_version_tag) {
            entry = &cache->entries[i]; /* whatever it said does not hold for every instance */
        }
    }
    for (int i = 0; i < WAYS && entry == NULL; i++) {
        pb_attr_entry *other = &cache->entries[(type->tp_version_tag + (uint32_t)i) % WAYS];
        entry = other->version == 0 ? other : NULL;
    }
    if (entry == NULL) {
        entry = &cache->entries[type->tp_version_tag % WAYS];
    }
    memset(entry, 0, sizeof *entry);
    return entry;
}

/* The function of a property or classmethod (borrowed), NULL when it is none: the first member of a property is its getter, of a
 * classmethod what is to be called. */
static PyObject *
function_of(PyObject *descriptor)
{
    PyObject *function = *(PyObject **)((char *)descriptor + sizeof(PyObject));
    return function != NULL && PyFunction_Check(function) ? function : NULL;
}

/* Whether an attribute of a class may become a descriptor without the class's noticing: its own class can be changed. */
static bool
may_become_descriptor(PyObject *found)
{
    return found != NULL && !PyType_HasFeature(Py_TYPE(found), Py_TPFLAGS_IMMUTABLETYPE);
}

/* Whether `found`, which was no descriptor when the entry was made, still is none; functions of a class that is asked itself are
 * what they are. */
static bool
is_plain(PyObject *found)
{
    return Py_TYPE(found)->tp_descr_get == NULL || PyFunction_Check(found);
}

/* Whether `type` looks attributes up as object does. */
static bool
is_generic(PyTypeObject *type)
{
    return type->tp_getattro == PyObject_GenericGetAttr;
}

/* The inline values of an instance; NULL when it has none (yet, or any more). */
static PyDictValues *
values_of(PyObject *owner)
{
    return PyType_HasFeature(Py_TYPE(owner), Py_TPFLAGS_MANAGED_DICT) ? *_PyObject_ValuesPointer(owner) : NULL;
}

static PyDictKeysObject *
shared_keys(PyTypeObject *type)
{
    return ((PyHeapTypeObject *)type)->ht_cached_keys;
}

static void
fill_of_class(pb_attr_cache *cache, PyTypeObject *class, PyObject *name)
{
    if (_PyType_Lookup(&PyType_Type, name) != NULL) {
        return;
    }
    PyObject *found = _PyType_Lookup(class, name);
    if (found == NULL || (Py_TYPE(found)->tp_descr_get != NULL && !PyFunction_Check(found)) || class->tp_version_tag == 0) {
        return;
    }
    pb_attr_entry *entry = new_entry(cache, &PyType_Type);
    if (entry != NULL) {
        *entry =
            (pb_attr_entry){.version = PyType_Type.tp_version_tag, .keys = class->tp_version_tag, .kind = PB_TYPE, .object = found};
    }
}

static void
fill_of_module(pb_attr_cache *cache, PyObject *module, PyObject *name)
{
    PyDictObject *dict = (PyDictObject *)((PyModuleObject *)module)->md_dict;
    Py_ssize_t i = keys_index(dict->ma_keys, name);
    if (i < 0 || dict->ma_values != NULL || DK_UNICODE_ENTRIES(dict->ma_keys)[i].me_value == NULL) {
        return;
    }
    uint32_t keys = keys_version(dict->ma_keys);
    if (_PyType_Lookup(&PyModule_Type, name) != NULL || keys == 0) {
        return;
    }
    pb_attr_entry *entry = new_entry(cache, &PyModule_Type);
    if (entry != NULL) {
        *entry = (pb_attr_entry){.version = PyModule_Type.tp_version_tag,
                                 .keys = keys,
                                 .kind = PB_MODULE,
                                 .place = &DK_UNICODE_ENTRIES(dict->ma_keys)[i].me_value};
    }
}

/* Let the cache know where this instance's dictionary has the attribute; `found` is what its class has of that name, or NULL. */
static void
fill_hint(pb_attr_cache *cache, PyObject *owner, PyObject *name, PyObject *found)
{
    PyObject *dict = *_PyObject_ManagedDictPointer(owner);
    Py_ssize_t i = dict != NULL && PyDict_CheckExact(dict) ? keys_index(((PyDictObject *)dict)->ma_keys, name) : -1;
    if (i < 0 || i > INT32_MAX || may_become_descriptor(found)) {
        return;
    }
    pb_attr_entry *entry = new_entry(cache, Py_TYPE(owner));
    if (entry != NULL) {
        *entry = (pb_attr_entry){.version = Py_TYPE(owner)->tp_version_tag, .kind = PB_HINT, .index = (int32_t)i, .object = name};
    }
}

/* Fill the cache for what PyObject_GetAttr(owner, name) has just found. */
static void
fill_load(pb_attr_cache *cache, PyObject *owner, PyObject *name)
{
    PyTypeObject *type = Py_TYPE(owner);
    if (type == &PyType_Type) {
        fill_of_class(cache, (PyTypeObject *)owner, name);
        return;
    }
    if (PyModule_CheckExact(owner)) {
        fill_of_module(cache, owner, name);
        return;
    }
    if (!is_generic(type)) {
        return;
    }
    PyObject *found = _PyType_Lookup(type, name);
    PyTypeObject *kind = found != NULL ? Py_TYPE(found) : NULL;
    pb_attr_entry new = {0};
    if (kind == &PyMemberDescr_Type) {
        PyMemberDef *member = ((PyMemberDescrObject *)found)->d_member;
        if (member->type != T_OBJECT_EX || (member->flags & PY_AUDIT_READ)) {
            return;
        }
        new = (pb_attr_entry){.kind = PB_SLOT, .index = (int32_t)member->offset};
    }
    else if (kind == &PyProperty_Type) {
        PyObject *getter = function_of(found);
        const pb_native *native = getter != NULL ? pb_native_of((PyCodeObject *)((PyFunctionObject *)getter)->func_code) : NULL;
        if (native == NULL || !native->plain || native->parameters != 1) {
            return;
        }
        new = (pb_attr_entry){.kind = PB_PROPERTY, .object = found, .native = native};
    }
    else if (kind != NULL && kind->tp_descr_set != NULL) {
        return;
    }
    else if (!PyType_HasFeature(type, Py_TPFLAGS_MANAGED_DICT)) {
        if (found == NULL || kind->tp_descr_get != NULL || type->tp_dictoffset != 0) {
            return;
        }
        new = (pb_attr_entry){.kind = PB_CLASS, .object = found};
    }
    else {
        PyDictValues *values = values_of(owner);
        if (values == NULL) {
            fill_hint(cache, owner, name, found);
            return;
        }
        if (shared_keys(type) == NULL) {
            return;
        }
        Py_ssize_t i = keys_index(shared_keys(type), name);
        if (i >= 0 && values->values[i] != NULL) {
            if (may_become_descriptor(found)) {
                return;
            }
            new = (pb_attr_entry){.kind = PB_VALUE, .index = (int32_t)i};
        }
        else if (i == -1 && found != NULL && kind->tp_descr_get == NULL && (new.keys = keys_version(shared_keys(type))) != 0) {
            new.kind = PB_CLASS_VALUES;
            new.object = found;
        }
        else {
            return;
        }
    }
    pb_attr_entry *entry = new_entry(cache, type);
    if (entry != NULL) {
        new.version = type->tp_version_tag;
        *entry = new;
    }
}

/* Where an instance's dictionary has the value that `entry`, a hint, is about; NULL when it is elsewhere. */
static inline PyObject **
hinted(const pb_attr_entry *entry, PyObject *owner)
{
    PyDictObject *dict = (PyDictObject *)*_PyObject_ManagedDictPointer(owner);
    if (dict == NULL) {
        return NULL;
    }
    PyDictKeysObject *keys = dict->ma_keys;
    if (!DK_IS_UNICODE(keys) || entry->index >= keys->dk_nentries ||
        DK_UNICODE_ENTRIES(keys)[entry->index].me_key != entry->object) {
        return NULL;
    }
    return dict->ma_values != NULL ? &dict->ma_values->values[entry->index] : &DK_UNICODE_ENTRIES(keys)[entry->index].me_value;
}

PyObject *
pb_attr_by(const pb_attr_entry *entry, PyObject *owner)
{
    switch (entry->kind) {
    case PB_VALUE: {
        PyDictValues *values = *_PyObject_ValuesPointer(owner);
        return values != NULL ? values->values[entry->index] : NULL;
    }
    case PB_SLOT:
        return *(PyObject **)((char *)owner + entry->index);
    case PB_HINT: {
        PyObject **place = hinted(entry, owner);
        return place != NULL ? *place : NULL;
    }
    case PB_CLASS:
        return is_plain(entry->object) ? entry->object : NULL;
    case PB_CLASS_VALUES:
        return *_PyObject_ValuesPointer(owner) != NULL && shared_keys(Py_TYPE(owner))->dk_version == entry->keys &&
                       is_plain(entry->object)
                   ? entry->object
                   : NULL;
    case PB_TYPE:
        return ((PyTypeObject *)owner)->tp_version_tag == entry->keys && is_plain(entry->object) ? entry->object : NULL;
    case PB_MODULE: {
        PyDictKeysObject *keys = ((PyDictObject *)((PyModuleObject *)owner)->md_dict)->ma_keys;
        return keys->dk_version == entry->keys ? *entry->place : NULL;
    }
    default:
        return NULL;
    }
}

/* Ask a property that had a native getter (its __init__ may have given it another).  New reference or NULL with an exception. */
static PyObject *
get_property(const pb_attr_entry *entry, PyObject *owner)
{
    pb_ts *ts = _PyThreadState_GET();
    PyFunctionObject *getter = (PyFunctionObject *)Py_XNewRef(function_of(entry->object));
    PyObject *result;
    if (getter == NULL) {
        PyObject *property = Py_NewRef(entry->object);
        result = PyProperty_Type.tp_descr_get(property, owner, (PyObject *)Py_TYPE(owner));
        Py_DECREF(property);
        return result;
    }
    if ((PyCodeObject *)getter->func_code == entry->native->code) {
        result = entry->native->leaf != NULL ? ((pb_leaf1)entry->native->leaf)(ts, getter, owner) : NULL;
        if (result == NULL) {
            result = ((pb_body1)entry->native->body)(ts, getter, 0, owner);
        }
    }
    else {
        result = PyObject_CallOneArg((PyObject *)getter, owner);
    }
    Py_DECREF(getter);
    return result;
}

static PyObject *load_attr(PyObject *owner, PyObject *name, pb_attr_cache *cache);

PyObject *
pb_load_attr(PyObject *owner, PyObject *name, pb_attr_cache *cache)
{
    uint32_t version = Py_TYPE(owner)->tp_version_tag;
    for (int i = 0; i < WAYS; i++) {
        const pb_attr_entry *entry = &cache->entries[i];
        if (entry->version != version) {
            continue;
        }
        PyObject *value = pb_attr_by(entry, owner);
        if (PB_LIKELY(value != NULL)) {
            return Py_NewRef(value);
        }
        break;
    }
    return load_attr(owner, name, cache);
}

/* Any attribute, by the cache's entries or as PyObject_GetAttr finds it.  New reference or NULL with an exception. */
static __attribute__((noinline)) PyObject *
load_attr(PyObject *owner, PyObject *name, pb_attr_cache *cache)
{
    uint32_t version = Py_TYPE(owner)->tp_version_tag;
    for (int i = 0; i < WAYS && version != 0; i++) {
        if (cache->entries[i].version == version) {
            if (cache->entries[i].kind == PB_PROPERTY) {
                return get_property(&cache->entries[i], owner);
            }
            PyObject *value = pb_attr_by(&cache->entries[i], owner);
            if (value != NULL) {
                return Py_NewRef(value);
            }
        }
    }
    PyObject *value = PyObject_GetAttr(owner, name);
    if (value != NULL && cache->misses < ENOUGH_MISSES) {
        cache->misses++;
        fill_load(cache, owner, name);
    }
    return value;
}

bool
pb_replace_by(const pb_attr_entry *entry, PyObject *owner, PyObject *value, PyObject **old)
{
    PyObject **place;
    if (entry->kind == PB_SLOT) {
        place = (PyObject **)((char *)owner + entry->index);
    }
    else if (entry->kind == PB_HINT) {
        place = hinted(entry, owner);
        if (place == NULL || *place == NULL) {
            return false;
        }
        PyObject *dict = *_PyObject_ManagedDictPointer(owner);
        if (!_PyObject_GC_IS_TRACKED(dict) && _PyObject_GC_MAY_BE_TRACKED(value)) {
            _PyObject_GC_TRACK(dict);
        }
        ((PyDictObject *)dict)->ma_version_tag = pb_dict_version++;
    }
    else {
        return false;
    }
    *old = *place;
    *place = value;
    return true;
}

static void
fill_store(pb_attr_cache *cache, PyObject *owner, PyObject *name)
{
    PyTypeObject *type = Py_TYPE(owner);
    if (type->tp_setattro != PyObject_GenericSetAttr) {
        return;
    }
    PyObject *found = _PyType_Lookup(type, name);
    pb_attr_entry new = {0};
    if (found != NULL && Py_IS_TYPE(found, &PyMemberDescr_Type)) {
        PyMemberDef *member = ((PyMemberDescrObject *)found)->d_member;
        if (member->type != T_OBJECT_EX || (member->flags & READONLY)) {
            return;
        }
        new = (pb_attr_entry){.kind = PB_SLOT, .index = (int32_t)member->offset};
    }
    else {
        PyDictValues *values = values_of(owner);
        if (found != NULL && Py_TYPE(found)->tp_descr_set != NULL) {
            return;
        }
        if (values == NULL && PyType_HasFeature(type, Py_TPFLAGS_MANAGED_DICT)) {
            fill_hint(cache, owner, name, found);
        }
        if (may_become_descriptor(found) || values == NULL || shared_keys(type) == NULL) {
            return;
        }
        Py_ssize_t i = keys_index(shared_keys(type), name);
        if (i < 0) {
            return;
        }
        new = (pb_attr_entry){.kind = PB_VALUE, .index = (int32_t)i};
    }
    pb_attr_entry *entry = new_entry(cache, type);
    if (entry != NULL) {
        new.version = type->tp_version_tag;
        *entry = new;
    }
}

int
pb_store_attr(PyObject *owner, PyObject *name, PyObject *value, pb_attr_cache *cache)
{
    uint32_t version = Py_TYPE(owner)->tp_version_tag;
    for (int i = 0; i < WAYS && version != 0; i++) {
        const pb_attr_entry *entry = &cache->entries[i];
        if (entry->version != version) {
            continue;
        }
        if (entry->kind == PB_VALUE) {
            PyDictValues *values = *_PyObject_ValuesPointer(owner);
            if (values != NULL) {
                PyObject *old = values->values[entry->index];
                values->values[entry->index] = value;
                if (old == NULL) {
                    _PyDictValues_AddToInsertionOrder(values, entry->index);
                }
                else {
                    Py_DECREF(old);
                }
                return 0;
            }
        }
        else {
            PyObject *old;
            if (pb_replace_by(entry, owner, value, &old)) {
                Py_XDECREF(old);
                return 0;
            }
        }
    }
    int status = PyObject_SetAttr(owner, name, value);
    Py_DECREF(value);
    if (status == 0 && cache->misses < ENOUGH_MISSES) {
        cache->misses++;
        fill_store(cache, owner, name);
    }
    return status;
}

int
pb_store_attr_d(PyObject *owner, PyObject *name, double value, pb_attr_cache *cache)
{
    PyObject *box = pb_box_d(value);
    return box != NULL ? pb_store_attr(owner, name, box, cache) : -1;
}

PyObject *
pb_load_global_attr(pb_frame *fr, PyFunctionObject *func, _Py_CODEUNIT *load, PyObject *owner, PyObject *name,
                    pb_global_attr_cache *cache)
{
    _Py_CODEUNIT *at = fr->prev_instr;
    fr->prev_instr = load;
    PyObject *class = pb_load_global(func, owner, &cache->global);
    if (class == NULL) {
        return NULL;
    }
    fr->prev_instr = at;
    PyObject *value = pb_load_attr(class, name, &cache->attr);
    const pb_attr_entry *entry = PB_ENTRY(&cache->attr, class);
    uint32_t globals = ((PyDictObject *)func->func_globals)->ma_keys->dk_version + 1; /* what was asked may have run something */
    if (Py_IS_TYPE(class, &PyType_Type) && cache->global.globals == globals && globals > 1 &&
        entry->version == PyType_Type.tp_version_tag && entry->kind == PB_TYPE &&
        entry->keys == ((PyTypeObject *)class)->tp_version_tag && *cache->global.place == class) {
        cache->globals = cache->global.globals;
        cache->place = cache->global.place;
        cache->version = entry->keys;
        cache->value = entry->object;
    }
    Py_DECREF(class);
    return value;
}

/* ------------------------------------------------------------------ methods */

PyObject *
pb_class_method_by(const pb_attr_entry *entry, PyObject *owner)
{
    bool known = entry->kind == PB_CLASS_METHOD && entry->version == Py_TYPE(owner)->tp_version_tag &&
                 ((PyTypeObject *)owner)->tp_version_tag == entry->keys;
    return known ? function_of(entry->object) : NULL;
}

/* The function that `entry` says is to be called with the owner (borrowed), NULL when it does not apply. */
static PyObject *
method_by(const pb_attr_entry *entry, PyObject *owner, PyObject *name)
{
    switch (entry->kind) {
    case PB_METHOD:
        return entry->object;
    case PB_METHOD_VALUES:
        return *_PyObject_ValuesPointer(owner) != NULL && shared_keys(Py_TYPE(owner))->dk_version == entry->keys ? entry->object
                                                                                                                 : NULL;
    case PB_METHOD_LAZY:
        return *_PyObject_ValuesPointer(owner) == NULL && *_PyObject_ManagedDictPointer(owner) == NULL ? entry->object : NULL;
    case PB_METHOD_DICT: {
        PyObject *dict = *_PyObject_ManagedDictPointer(owner);
        if (dict == NULL || !PyDict_CheckExact(dict)) {
            return NULL;
        }
        PyDictKeysObject *keys = ((PyDictObject *)dict)->ma_keys;
        if (keys->dk_version == entry->keys) {
            return entry->object;
        }
        bool absent;
        (void)pb_dict_value(dict, name, &absent);
        return absent ? entry->object : NULL;
    }
    case PB_CLASS_METHOD:
        return ((PyTypeObject *)owner)->tp_version_tag == entry->keys ? function_of(entry->object) : NULL;
    default:
        return NULL;
    }
}

static void
fill_method(pb_attr_cache *cache, PyObject *owner, PyObject *name, PyObject *method)
{
    PyTypeObject *type = Py_TYPE(owner);
    pb_attr_entry new = {.object = method, .kind = PB_METHOD};
    if (!is_generic(type)) {
        return;
    }
    if (PyType_HasFeature(type, Py_TPFLAGS_MANAGED_DICT)) {
        PyObject *dict = *_PyObject_ManagedDictPointer(owner);
        if (values_of(owner) != NULL) {
            if (shared_keys(type) == NULL || keys_index(shared_keys(type), name) != -1 ||
                (new.keys = keys_version(shared_keys(type))) == 0) {
                return;
            }
            new.kind = PB_METHOD_VALUES;
        }
        else if (dict == NULL) {
            new.kind = PB_METHOD_LAZY;
        }
        else if (((PyDictObject *)dict)->ma_values == NULL && keys_index(((PyDictObject *)dict)->ma_keys, name) == -1 &&
                 (new.keys = keys_version(((PyDictObject *)dict)->ma_keys)) != 0) {
            new.kind = PB_METHOD_DICT;
        }
        else {
            return;
        }
    }
    else if (type->tp_dictoffset != 0) {
        return;
    }
    pb_attr_entry *entry = new_entry(cache, type);
    if (entry != NULL) {
        new.version = type->tp_version_tag;
        *entry = new;
    }
}

PyObject *
pb_method_by(const pb_attr_entry *entry, PyObject *owner, PyObject *name)
{
    return entry->version == Py_TYPE(owner)->tp_version_tag ? method_by(entry, owner, name) : NULL;
}

PyObject *
pb_known_method_more(PyObject *owner, const pb_attr_entry *entry, PyObject *name)
{
    PyObject *method = method_by(entry, owner, name);
    bool known = method != NULL && ((PyFunctionObject *)method)->func_code == (PyObject *)entry->native->code;
    return known ? method : NULL;
}

/* A classmethod asked of its class: its function, to be called with the class (borrowed), and an entry; NULL when it is none. */
static PyObject *
class_method(PyObject *owner, PyObject *name, pb_attr_cache *cache)
{
    if (!Py_IS_TYPE(owner, &PyType_Type) || cache->misses >= ENOUGH_MISSES || _PyType_Lookup(&PyType_Type, name) != NULL) {
        return NULL;
    }
    PyObject *found = _PyType_Lookup((PyTypeObject *)owner, name);
    if (found == NULL || !Py_IS_TYPE(found, &PyClassMethod_Type) || ((PyTypeObject *)owner)->tp_version_tag == 0) {
        return NULL;
    }
    PyObject *function = function_of(found);
    if (function == NULL) {
        return NULL;
    }
    cache->misses++;
    pb_attr_entry *entry = new_entry(cache, &PyType_Type);
    if (entry != NULL) {
        *entry = (pb_attr_entry){.version = PyType_Type.tp_version_tag,
                                 .keys = ((PyTypeObject *)owner)->tp_version_tag,
                                 .kind = PB_CLASS_METHOD,
                                 .object = found};
    }
    return function;
}

static PyObject *load_method(PyObject *owner, PyObject *name, pb_attr_cache *cache, PyObject **self);

PyObject *
pb_load_method_slow(PyObject *owner, PyObject *name, pb_attr_cache *cache, PyObject **self)
{
    uint32_t version = Py_TYPE(owner)->tp_version_tag;
    for (int i = 0; i < WAYS; i++) {
        const pb_attr_entry *entry = &cache->entries[i];
        if (entry->version != version) {
            continue;
        }
        if (entry->kind == PB_METHOD || (entry->kind == PB_METHOD_VALUES && *_PyObject_ValuesPointer(owner) != NULL &&
                                         shared_keys(Py_TYPE(owner))->dk_version == entry->keys)) {
            *self = Py_NewRef(owner);
            return Py_NewRef(entry->object);
        }
        break;
    }
    return load_method(owner, name, cache, self);
}

/* Any method, by the cache's entries or as LOAD_METHOD finds it. */
static __attribute__((noinline)) PyObject *
load_method(PyObject *owner, PyObject *name, pb_attr_cache *cache, PyObject **self)
{
    uint32_t version = Py_TYPE(owner)->tp_version_tag;
    for (int i = 0; i < WAYS && version != 0; i++) {
        if (cache->entries[i].version != version) {
            continue;
        }
        PyObject *method = method_by(&cache->entries[i], owner, name);
        if (method != NULL) {
            *self = Py_NewRef(owner);
            return Py_NewRef(method);
        }
        *self = Py_XNewRef(pb_attr_by(&cache->entries[i], owner));
        if (*self != NULL) {
            return NULL;
        }
    }
    PyObject *method = class_method(owner, name, cache);
    if (method != NULL) {
        *self = Py_NewRef(owner);
        return Py_NewRef(method);
    }
    int unbound = _PyObject_GetMethod(owner, name, &method);
    if (method == NULL) {
        *self = NULL;
        return NULL;
    }
    if (cache->misses < ENOUGH_MISSES) {
        cache->misses++;
        unbound ? fill_method(cache, owner, name, method) : fill_load(cache, owner, name);
    }
    *self = unbound ? Py_NewRef(owner) : method;
    return unbound ? method : NULL;
}

#endif
