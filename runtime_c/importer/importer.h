/* The importer: modules of the payload for Python's import system. */
#ifndef PB_IMPORTER_H
#define PB_IMPORTER_H

#include "python/python.h" /* first, as Python.h wants to be */

#include "launcher/program.h"

/* Make the built-in module _pybuild known, and have every interpreter that starts install its finder before the first module is
 * looked for in files.  To be called before Python is initialised; returns -1 when memory is short. */
int pb_importer_prepare(void);

/* Whether a part of the payload that was asked for did not match its checksum. */
extern bool pb_damage_was_seen;

#endif
