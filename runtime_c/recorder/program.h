/* Running a program as the interpreter's own main does: no frames below it, its exceptions printed, its exit status kept. */
#ifndef PB_RECORDER_PROGRAM_H
#define PB_RECORDER_PROGRAM_H

#include "python/recording.h"

/* Run the script at `path` (bytes).  Returns the exit status that the interpreter ends with if no SystemExit ends it before, or -1
 * with an exception when the file cannot be opened. */
int pb_run_script(PyObject *path);

/* Run module `name` as `python -m` does (`alter`: sys.argv[0] becomes the module's file), or a folder's or archive's __main__. */
int pb_run_module(PyObject *name, bool alter);

/* Run `text` as `python -c` does. */
int pb_run_text(const char *text);

#endif
