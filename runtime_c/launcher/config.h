/* The interpreter's configuration, everything said explicitly: nothing is searched for. */
#ifndef PB_CONFIG_H
#define PB_CONFIG_H

/* Initialise Python for the program's entry point.  Prints what is wrong and exits on failure. */
void pb_python_start(void);

#endif
