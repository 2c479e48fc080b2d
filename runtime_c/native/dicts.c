/* Dictionaries whose keys are texts, asked for a text: neither hashing nor comparing runs anything.
 *
 * The same search as unicodekeys_lookup_unicode (dictobject.c), without the ways that lead there. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

/* Where an exact dictionary has the value of `key`: NULL when it has none, or when that cannot be said here (*absent is false). */
static inline PyObject **
place_of(PyObject *dict, PyObject *key, bool *absent)
{
    PyDictObject *self = (PyDictObject *)dict;
    PyDictKeysObject *keys = self->ma_keys;
    *absent = false;
    if (!PyUnicode_CheckExact(key) || keys->dk_kind == DICT_KEYS_GENERAL) {
        return NULL;
    }
    Py_hash_t hash = ((PyASCIIObject *)key)->hash;
    if (hash == -1) {
        hash = PyObject_Hash(key);
    }
    PyDictUnicodeEntry *entries = DK_UNICODE_ENTRIES(keys);
    size_t mask = (size_t)DK_SIZE(keys) - 1, perturb = (size_t)hash, i = (size_t)hash & mask;
    for (;;) {
        Py_ssize_t found;
        if (DK_LOG_SIZE(keys) < 8) {
            found = ((const int8_t *)keys->dk_indices)[i];
        }
        else if (DK_LOG_SIZE(keys) < 16) {
            found = ((const int16_t *)keys->dk_indices)[i];
        }
        else if (DK_LOG_SIZE(keys) < 32) {
            found = ((const int32_t *)keys->dk_indices)[i];
        }
        else {
            return NULL;
        }
        if (found >= 0) {
            PyObject *other = entries[found].me_key;
            if (other == key || (((PyASCIIObject *)other)->hash == hash && pb_same_text(other, key))) {
                PyObject **place = self->ma_values != NULL ? &self->ma_values->values[found] : &entries[found].me_value;
                *absent = *place == NULL;
                return *place != NULL ? place : NULL;
            }
        }
        else if (found == DKIX_EMPTY) {
            *absent = true;
            return NULL;
        }
        perturb >>= 5;
        i = (i * 5 + perturb + 1) & mask;
    }
}

PyObject *
pb_dict_value(PyObject *dict, PyObject *key, bool *absent)
{
    PyObject **place = place_of(dict, key, absent);
    return place != NULL ? *place : NULL;
}

PyObject *
pb_dict_item(PyObject *dict, PyObject *key)
{
    bool absent;
    PyObject **place = PyDict_CheckExact(dict) ? place_of(dict, key, &absent) : NULL;
    return place != NULL ? *place : NULL;
}

bool
pb_dict_replace(PyObject *dict, PyObject *key, PyObject *value, PyObject **old)
{
    bool absent;
    if (!PyDict_CheckExact(dict) || ((PyDictObject *)dict)->ma_values != NULL ||
        !(_PyObject_GC_IS_TRACKED(dict) || PyLong_CheckExact(value) || PyFloat_CheckExact(value) || PyUnicode_CheckExact(value))) {
        return false; /* a dictionary is tracked from when it has something that is */
    }
    PyObject **place = place_of(dict, key, &absent);
    if (place == NULL) {
        return false;
    }
    *old = *place;
    *place = value;
    ((PyDictObject *)dict)->ma_version_tag = pb_dict_version++;
    return true;
}

#endif
