/* What the importer keeps per interpreter: the state of the module _pybuild. */
#ifndef PB_STATE_H
#define PB_STATE_H

#include "importer/importer.h"

/* Owned references; all set by pb_state_fill before the finder is used. */
typedef struct {
    PyTypeObject *finder_type;
    PyTypeObject *loader_type;
    PyObject *loader;                   /* the one loader of this interpreter */
    PyObject *spec_type;                /* a ModuleSpec whose `cached` is None */
    PyObject *namespace_spec_type;      /* importlib._bootstrap.ModuleSpec */
    PyObject *call_with_frames_removed; /* importlib._bootstrap's: what it calls leaves no frames of the importer in tracebacks */
    PyObject *exec;                     /* builtins.exec */
    PyObject *folder;                   /* PROGRAM_DIR */
    PyObject *compiled;                 /* the value of __compiled__, NULL until first asked for */
} pb_state;

extern PyModuleDef pb_module_def;

/* The state of the module _pybuild that defines `type` (borrowed). */
pb_state *pb_state_of_type(PyTypeObject *type);

/* The state of this interpreter (borrowed), or NULL with an exception. */
pb_state *pb_state_here(void);

/* finder.c, loader.c: the types' specifications. */
extern PyType_Spec pb_finder_spec;
extern PyType_Spec pb_loader_spec;

/* paths.c: root/target of a module: its __file__ (a namespace package's folder).  New reference or NULL with an exception. */
PyObject *pb_module_path(pb_state *state, const pb_module *module);

/* code.c: the module's code object with its file name put right.  New reference or NULL with an exception. */
PyObject *pb_module_code(pb_state *state, const pb_module *module);

/* The module of the payload called `name` (a str), or NULL; an exception is set only when `name` is no str. */
const pb_module *pb_lookup(PyObject *name);

#endif
