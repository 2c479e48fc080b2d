/* Python.h, and what differs between the supported versions.  Every use of a private structure is in one of the headers included
 * below; they offer:
 *   pb_postpone_collection()    let the cyclic collector wait for some ten thousand allocations more than usual
 *   pb_resume_collection()      undo what is left of that
 *   pb_running_main(bool)       whether this interpreter runs its main program
 */
#ifndef PB_PYTHON_H
#define PB_PYTHON_H

#define PY_SSIZE_T_CLEAN
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#define Py_BUILD_CORE_MODULE 1 /* the internal headers ask for it, and some public ones must know before them */
#include <Python.h>

#include <marshal.h>
#include <structmember.h>

#ifdef Py_GIL_DISABLED
#error "free-threaded builds of Python are not supported yet: the importer relies on the GIL"
#elif PY_VERSION_HEX >= 0x030E0000
#error "this version of Python is not supported yet: it needs a header in runtime_c/python"
#elif PY_VERSION_HEX >= 0x030D0000
#include "python/py313.h"
#elif PY_VERSION_HEX >= 0x030C0000
#include "python/py312.h"
#elif PY_VERSION_HEX >= 0x030B0000
#include "python/py311.h"
#else
#error "Python 3.11 or newer is needed"
#endif

#endif
