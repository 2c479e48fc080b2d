/* Children that are meant for a Python interpreter.
 *
 * sys.executable of a program is the program itself, and libraries start it as if it were python: multiprocessing does, and so does
 * everything that runs [sys.executable, "-m", ...].  Such a child is recognised by its command line together with its parentage,
 * never by its command line alone: whoever starts the program otherwise reaches the program's own arguments, whatever they look
 * like.  The rules are in docs/runtime.md. */
#ifndef PB_CHILDREN_H
#define PB_CHILDREN_H

enum pb_role {
    PB_ROLE_PROGRAM, /* run the entry point */
    PB_ROLE_PYTHON,  /* run as python would: -c, -m, a script on disk or on standard input */
    PB_ROLE_SCRIPT,  /* run the embedded script that argv names */
    PB_ROLE_AGAIN,   /* run the entry point that argv names by a path of this program, with the arguments behind it */
};

/* Read, and take out of the environment, what the parent left there; to be called before Python reads the environment. */
void pb_children_read_mark(void);

/* What this process is meant to be.  For PB_ROLE_SCRIPT and PB_ROLE_AGAIN, *argument is the number of the naming argument.
 * Prints a message and exits with PB_EXIT_USAGE for a command line of multiprocessing that did not come from this program. */
enum pb_role pb_children_role(int *argument);

/* Leave the mark for this process's own children; to be called after Python has read the environment.  It is kept right over fork.
 */
void pb_children_set_mark(void);

#endif
