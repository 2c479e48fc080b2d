/* Postponing the cyclic garbage collector, the same in 3.11, 3.12 and 3.13: the youngest generation has a counter of
 * allocations, and a collection starts when it exceeds the threshold.  Starting from a negative number makes it later,
 * by a bounded amount; gc.isenabled() and gc.get_threshold() keep telling the truth.  Included by the header of each
 * version, with the internal headers and pb_gc_state() before it. */
#ifndef PB_COLLECTION_H
#define PB_COLLECTION_H

#include <stdbool.h>

#include <internal/pycore_frame.h>

enum { PB_POSTPONED_ALLOCATIONS = 150000 };

static inline void
pb_postpone_collection(void)
{
    pb_gc_state()->generations[0].count -= PB_POSTPONED_ALLOCATIONS;
}

/* A counter that is no longer negative was reset by a collection, or has used up what it was given.  Else it becomes
 * what it would have been; but where that would mean a collection now, the next one comes after the usual number of
 * allocations. */
static inline void
pb_resume_collection(void)
{
    struct gc_generation *youngest = &pb_gc_state()->generations[0];
    if (youngest->count < 0) {
        int count = youngest->count + PB_POSTPONED_ALLOCATIONS;
        youngest->count = count <= youngest->threshold ? count : 0;
    }
}

/* Call `visit` for every object that the collector would look at, until it returns 0.  The references are borrowed;
 * `visit` must neither make nor free an object that the collector tracks. */
static inline void
pb_visit_collectable(int (*visit)(PyObject *, void *), void *argument)
{
    struct _gc_runtime_state *state = pb_gc_state();
    for (int i = 0; i < NUM_GENERATIONS; i++) {
        PyGC_Head *head = &state->generations[i].head;
        for (PyGC_Head *item = (PyGC_Head *)head->_gc_next; item != head; item = (PyGC_Head *)item->_gc_next) {
            if (!visit((PyObject *)(item + 1), argument)) {
                return;
            }
        }
    }
}

/* What the class and its bases have under `name`, past any metaclass; borrowed, or NULL without an exception. */
static inline PyObject *
pb_type_lookup(PyTypeObject *type, PyObject *name)
{
    return _PyType_Lookup(type, name);
}

/* Whether the generator has started and not ended, so that its end would run code. */
static inline bool
pb_generator_is_suspended(PyGenObject *generator)
{
    return generator->gi_frame_state != FRAME_CREATED && generator->gi_frame_state < FRAME_COMPLETED;
}

#endif
