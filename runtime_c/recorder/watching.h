/* Watching the instructions of single frames: a bounded number of opcode events of the tracing API, each of which reads the value
 * stack before the instruction runs. */
#ifndef PB_RECORDER_WATCHING_H
#define PB_RECORDER_WATCHING_H

#include "python/recording.h"
#include "recorder/records.h"

/* One evaluation of a frame, on the C stack of the function that runs it. */
typedef struct pb_activation {
    struct pb_activation *outer;
    pb_frame *frame;
    pb_record *record; /* NULL: not recorded */
    pb_site *last;     /* the site whose result or jump the next event shows, or NULL */
    int following;     /* index of the instruction behind it */
    int previous;      /* index of the last instruction seen, -1: none yet */
    int budget;        /* events until watching ends; 0: not watched */
} pb_activation;

/* The innermost activation of this thread. */
extern _Thread_local pb_activation *pb_current;

/* Begin to watch a frame that is about to run from its beginning or from a yield. */
void pb_watch_entry(PyThreadState *thread, pb_activation *activation);

/* Begin to watch a frame in its middle. */
void pb_watch_running(PyThreadState *thread, pb_activation *activation);

/* Whether the thread's trace function is the recorder's. */
bool pb_is_watching(PyThreadState *thread);

/* Stop the trace events for what is called by the watched frame, and go on with them. */
void pb_watch_pause(PyThreadState *thread);
void pb_watch_continue(PyThreadState *thread, pb_activation *activation);

#endif
