/* The program as the operating system started it: where its file lies, what is attached to it, which entry point was asked for. */
#ifndef PB_PROGRAM_H
#define PB_PROGRAM_H

#include "launcher/payload.h"

enum pb_exit { PB_EXIT_FAILURE = 1, PB_EXIT_USAGE = 2, PB_EXIT_DAMAGED = 3 };

typedef struct {
    char **argv; /* as given to main */
    int argc;
    const char *file;       /* the executable itself, absolute, links resolved */
    const char *folder;     /* the folder of `file`: PROGRAM_DIR, without a slash at its end except for "/" */
    const char *executable; /* sys.executable: in `folder`, under the name that starts the same entry point again */
    const char *started_as; /* sys.argv[0] */
    const pb_entry *entry;
    pb_payload payload;
} pb_program;

/* The one program of this process; filled by pb_program_open and pb_program_choose, then constant. */
extern pb_program pb_the_program;

/* Find the executable's file and open its payload.  Prints what is wrong and exits with PB_EXIT_DAMAGED on failure. */
void pb_program_open(int argc, char **argv);

/* Choose the entry point by PYBUILD_ENTRY_POINT (taken out of the environment), argv[0] or the default, and find the paths that
 * depend on it.  Prints the known names and exits with PB_EXIT_USAGE if there is none. */
void pb_program_choose(void);

/* Choose the entry point by the name at the end of `path`, as if the program had been started by it. */
void pb_program_choose_by(const char *path);

/* Print "NAME: message" like every message of the launcher, and exit with `status`. */
_Noreturn void pb_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
