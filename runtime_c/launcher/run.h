/* Running the program as __main__, and ending as `python` would. */
#ifndef PB_RUN_H
#define PB_RUN_H

/* Run the chosen entry point, or the embedded script whose file would be `script` if that is not NULL, and finalise Python.
 * Returns the process's exit status, or dies by SIGINT. */
int pb_run_program(const char *script);

/* Run what the command line says, as `python` does. */
int pb_run_python(void);

#endif
