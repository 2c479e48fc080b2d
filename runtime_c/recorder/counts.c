/* Counting classes; see counts.h. */
#include "recorder/counts.h"

#include <stdlib.h>

#include "recorder/names.h"

enum { MOST_KEYS = 16 };

void
pb_count_key(pb_counts *counts, uint32_t key)
{
    for (unsigned i = 0; i < counts->used; i++) {
        if (counts->items[i].key == key) {
            counts->items[i].count++;
            return;
        }
    }
    if (counts->used == counts->room) {
        uint16_t room = counts->room == 0 ? 2 : (uint16_t)(2 * counts->room);
        pb_count *grown = room <= MOST_KEYS ? realloc(counts->items, room * sizeof *grown) : NULL;
        if (grown == NULL) {
            counts->other++;
            return;
        }
        counts->items = grown;
        counts->room = room;
    }
    counts->items[counts->used++] = (pb_count){1, key};
}

/* An int has digits of 30 bits: three of them are below 2**63 when the highest is below 2**3. */
static uint32_t
size_class(PyLongObject *value)
{
    Py_ssize_t digits = Py_ABS(Py_SIZE(value));
    if (digits <= 1) {
        return 1;
    }
    return digits == 2 || (digits == 3 && value->ob_digit[2] < 8) ? 2 : 3;
}

void
pb_count_value(pb_counts *counts, PyObject *value)
{
    if (value != NULL) {
        uint32_t key = 4 * pb_class_name(Py_TYPE(value));
        pb_count_key(counts, PyLong_CheckExact(value) ? key + size_class((PyLongObject *)value) : key);
    }
}

PyObject *
pb_counts_list(const pb_counts *counts)
{
    PyObject *list = PyList_New(0);
    for (unsigned i = 0; list != NULL && i <= counts->used; i++) {
        bool last = i == counts->used;
        if (last && counts->other == 0) {
            break;
        }
        uint64_t count = last ? counts->other : counts->items[i].count;
        PyObject *item = Py_BuildValue("(IK)", last ? 0u : counts->items[i].key, (unsigned long long)count);
        if (item == NULL || PyList_Append(list, item) < 0) {
            Py_CLEAR(list);
        }
        Py_XDECREF(item);
    }
    return list;
}

void
pb_counts_reset(pb_counts *counts)
{
    free(counts->items);
    *counts = (pb_counts){0};
}
