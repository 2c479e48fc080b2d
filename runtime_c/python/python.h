/* Python.h, and what differs between the supported versions. */
#ifndef PB_PYTHON_H
#define PB_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <marshal.h>

#endif
