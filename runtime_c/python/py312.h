/* CPython 3.12. */
#ifndef PB_PY312_H
#define PB_PY312_H

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
    if (running) {
        _PyInterpreterState_SetRunningMain(PyInterpreterState_Get());
    }
    else {
        _PyInterpreterState_SetNotRunningMain(PyInterpreterState_Get());
    }
}

#endif
