/* Names of what was seen (classes, functions, built-in functions and methods), each as a small number.
 *
 * Classes and functions come and go while the program runs and must not be kept alive by the recorder, so only strings are: two
 * objects with the same name strings are the same name, which is what a record says anyway.  All of it runs with the GIL. */
#ifndef PB_RECORDER_NAMES_H
#define PB_RECORDER_NAMES_H

#include "python/recording.h"

enum pb_name_kind { PB_NAME_CLASS, PB_NAME_FUNCTION, PB_NAME_BUILTIN, PB_NAME_METHOD };

enum { PB_NAME_OTHER = 0 }; /* the number of everything when there are too many names, or no memory */

/* Numbers of names.  No Python code is run, no exception is set or cleared; an observation that cannot be kept is PB_NAME_OTHER. */
uint32_t pb_class_name(PyTypeObject *type);

/* What is called, as a key of pb_counts: four times the number of its name, and one more for an instance whose class has __call__.
 */
uint32_t pb_callee_key(PyObject *callable);

/* New reference: a list of (kind, module or None, qualified name) in which a name's number is its index; NULL with an exception. */
PyObject *pb_names(void);

#endif
