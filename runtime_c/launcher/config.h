/* The interpreter's configuration, everything said explicitly: nothing is searched for. */
#ifndef PB_CONFIG_H
#define PB_CONFIG_H

#include "launcher/children.h"

/* Initialise Python for what this process is to be: for every role but PB_ROLE_PROGRAM with options from the command line, as
 * python reads them.  `script` is the path of the script of PB_ROLE_SCRIPT.  Prints what is wrong and exits on failure. */
void pb_python_start(enum pb_role role, const char *script);

#endif
