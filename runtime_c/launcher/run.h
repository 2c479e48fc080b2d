/* Running an entry point as __main__, and ending as `python` would. */
#ifndef PB_RUN_H
#define PB_RUN_H

/* Run the chosen entry point, finalise Python; returns the process's exit status (or dies by SIGINT). */
int pb_run_program(void);

#endif
