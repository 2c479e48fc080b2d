/* Ending quickly where nobody can tell.
 *
 * Much of what Python does at its end is collecting cycles: classes, functions and module dictionaries, all of them
 * garbage that only the operating system will reuse.  It can be seen only through what runs when an object dies:
 * finalisers, callbacks of weak references, C destructors that do more than free memory.  Where no object that is left
 * has any of these, the collector is told to leave everything alone (gc.freeze); references that are counted are still
 * given back, in the usual order. */
#ifndef PB_ENDING_H
#define PB_ENDING_H

/* Have the check made at the end, after the program's own atexit functions.  To be called before the program runs.
 * -1 with an exception. */
int pb_prepare_ending(void);

#endif
