/* The interpreter's configuration, everything said explicitly: nothing is searched for. */
#ifndef PB_CONFIG_H
#define PB_CONFIG_H

#include <stdbool.h>

/* Initialise Python for the program's entry point; with `as_python`, read options from the command line as python does.
 * Prints what is wrong and exits on failure. */
void pb_python_start(bool as_python);

#endif
