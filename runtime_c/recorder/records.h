/* What is known of each code object: one record, found by the code's address (not through the extra slots of code objects: whoever
 * else uses those would be called for every code object, then). */
#ifndef PB_RECORDER_RECORDS_H
#define PB_RECORDER_RECORDS_H

#include "python/recording.h"
#include "recorder/counts.h"

enum { PB_MOST_OPERANDS = 8 };

/* One instruction.  Operands are in the order in which they lie on the stack, those of CALL are its arguments. */
typedef struct {
    uint64_t count;      /* how often it was watched */
    uint64_t taken;      /* conditional jumps: how often it jumped */
    pb_counts *operands; /* owned; PB_MOST_OPERANDS of them, or NULL */
    pb_counts result, callees;
    pb_counts specialised; /* keys are opcodes */
    uint8_t opcode;        /* without specialisation */
    uint8_t operands_used;
} pb_site;

/* A loop: `header` is the index of the instruction to which backward jumps lead. */
typedef struct {
    int header;
    uint64_t entries, iterations; /* arrivals from above, and by a backward jump, while watched */
} pb_loop;

/* A code object.  Kept alive by its record: only code from files has one, so that there are not too many. */
typedef struct pb_record {
    PyCodeObject *code; /* owned */
    PyObject *module;   /* owned: `__name__` of the globals it first ran with */
    uint64_t calls, resumptions;
    uint64_t ticks;   /* sightings by the clock */
    uint64_t watched; /* calls and continuations whose instructions were watched */
    pb_counts *arguments;
    pb_counts returns, yields;
    pb_site **sites; /* by index of the code unit; NULL until needed */
    pb_loop *loops;  /* sorted by header; NULL until needed */
    int arguments_used, loops_used;
    bool first_party;
} pb_record;

/* Where first-party code is: the longest of the folders that a file lies in decides.  Takes lists of strings. */
void pb_records_setup(PyObject *first_party, PyObject *others);

/* The record of the code of `frame`, made at the first call; NULL for code that is not recorded.  No exception is set. */
pb_record *pb_record_of(pb_frame *frame);

/* The site of the instruction at `index`, made when it is first asked for; NULL without memory. */
pb_site *pb_site_at(pb_record *record, int index, uint8_t opcode);

/* The loop whose header is at `index`, or NULL. */
pb_loop *pb_loop_at(pb_record *record, int index);

/* Find the loops of a record, once. */
void pb_find_loops(pb_record *record);

/* Count the specialisation that each instruction has now. */
void pb_count_specialisations(pb_record *record);

/* New reference: everything, as a list of dictionaries; NULL with an exception. */
PyObject *pb_records(void);

/* Forget all counts (a forked child counts for itself). */
void pb_records_reset(void);

#endif
