/* Dictionaries asked for texts (dicts.c).
 *
 * A part of native.h, which includes it. */
#ifndef PB_DICTS_H
#define PB_DICTS_H

/* The value of an exact text in an exact dictionary (borrowed).  NULL, without an exception, when it is not there or that cannot be
 * said without running anything; *absent says which.  Runs nothing. */
PyObject *pb_dict_value(PyObject *dict, PyObject *key, bool *absent);

/* dict[key] (borrowed), NULL: to be asked otherwise. */
PyObject *pb_dict_item(PyObject *dict, PyObject *key);

/* dict[key] = value where the key is there already: takes over `value`, and *old is the caller's.  False: nothing was done. */
bool pb_dict_replace(PyObject *dict, PyObject *key, PyObject *value, PyObject **old);

#endif
