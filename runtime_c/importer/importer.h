/* The importer: modules of the payload for Python's import system. */
#ifndef PB_IMPORTER_H
#define PB_IMPORTER_H

#include "launcher/program.h"
#include "python/python.h"

/* Make the built-in module _pybuild known, and have every interpreter that starts install its finder before the first module is
 * looked for.  To be called before Python is initialised; returns -1 when memory is short. */
int pb_importer_prepare(void);

#endif
