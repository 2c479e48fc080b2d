/* CPython 3.11. */
#ifndef PB_PY311_H
#define PB_PY311_H

#include <internal/pycore_interp.h>
#include <internal/pycore_pystate.h>

static inline struct _gc_runtime_state *
pb_gc_state(void)
{
    return &PyInterpreterState_Get()->gc;
}

#include "python/collection.h"

static inline void
pb_running_main(bool running)
{
    (void)running; /* not recorded in this version */
}

#endif
