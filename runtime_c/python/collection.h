/* Postponing the cyclic garbage collector, the same in 3.11, 3.12 and 3.13: the youngest generation has a counter of allocations,
 * and a collection starts when it exceeds the threshold.  Starting from a negative number makes it later, by a bounded amount;
 * gc.isenabled() and gc.get_threshold() keep telling the truth.  Included by the header of each version, with the internal
 * headers and pb_gc_state() before it. */
#ifndef PB_COLLECTION_H
#define PB_COLLECTION_H

enum { PB_POSTPONED_ALLOCATIONS = 50000 };

static inline void
pb_postpone_collection(void)
{
    pb_gc_state()->generations[0].count -= PB_POSTPONED_ALLOCATIONS;
}

/* A counter that is no longer negative was reset by a collection, or has used up what it was given.  Else it becomes what it would
 * have been; but where that would mean a collection now, the next one comes after the usual number of allocations. */
static inline void
pb_resume_collection(void)
{
    struct gc_generation *youngest = &pb_gc_state()->generations[0];
    if (youngest->count < 0) {
        int count = youngest->count + PB_POSTPONED_ALLOCATIONS;
        youngest->count = count <= youngest->threshold ? count : 0;
    }
}

#endif
