/* How often each class was seen at one place: a few numbers, found by looking through them. */
#ifndef PB_RECORDER_COUNTS_H
#define PB_RECORDER_COUNTS_H

#include "python/recording.h"

typedef struct {
    uint64_t count;
    uint32_t key;
} pb_count;

/* `other` counts what came when MOST_KEYS keys were taken. */
typedef struct {
    pb_count *items; /* owned */
    uint64_t other;
    uint16_t used, room;
} pb_counts;

/* Add one sighting of `key`. */
void pb_count_key(pb_counts *counts, uint32_t key);

/* Add one sighting of the class of `value`: the class's number times four, plus for int the size (1: below 2**30 in magnitude,
 * 2: below 2**63, 3: larger).  NULL (an unbound local) is not counted. */
void pb_count_value(pb_counts *counts, PyObject *value);

/* New reference: a list of (key, count), `other` last as (0, count); NULL with an exception. */
PyObject *pb_counts_list(const pb_counts *counts);

void pb_counts_reset(pb_counts *counts);

#endif
