/* Seeing every call: a frame evaluation function (PEP 523) and a clock. */
#ifndef PB_RECORDER_HOOK_H
#define PB_RECORDER_HOOK_H

#include "python/recording.h"

/* Begin and end; begin returns -1 with an exception.  Both are called with the GIL, by the main thread. */
int pb_hook_begin(void);
void pb_hook_end(void);

/* The clock does not live on in a forked child: start another. */
void pb_hook_after_fork(void);

/* Take the modules whose bodies have begun to run: a list of (module's name, importing module's name or None).  New reference. */
PyObject *pb_imports(void);

#endif
