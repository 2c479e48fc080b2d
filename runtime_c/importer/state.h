/* What the importer keeps per interpreter, and what its parts offer each other. */
#ifndef PB_STATE_H
#define PB_STATE_H

#include "importer/importer.h"

/* Which of site's classes a stand-in is like. */
enum { PB_SITE_QUITTER, PB_SITE_HELPER, PB_SITE_PRINTER, PB_SITE_TYPES };

/* The state of the module _pybuild.  Owned references; all but `compiled` and those after it are set once, before the finder is
 * used. */
typedef struct {
    PyTypeObject *finder_type;
    PyTypeObject *loader_type;
    PyTypeObject *folder_type;
    PyTypeObject *site_types[PB_SITE_TYPES];
    PyObject *base_spec_type;           /* importlib._bootstrap.ModuleSpec */
    PyObject *spec_type;                /* its subclass whose `cached` is None */
    PyObject *spec_keywords;            /* ("origin", "is_package") */
    PyObject *call_with_frames_removed; /* importlib._bootstrap's: what it calls leaves no frames of the importer in tracebacks */
    PyObject *exec;                     /* builtins.exec */
    PyObject *folder;                   /* PROGRAM_DIR */
    PyObject *name_cached;              /* "__cached__" */
    PyObject *name_compiled;            /* "__compiled__" */
    PyObject *name_set_fileattr;        /* "_set_fileattr" */
    PyObject *name_search_locations;    /* "submodule_search_locations" */
    PyObject *compiled;                 /* the value of __compiled__; NULL until first asked for */
    PyObject *replaced_hooks;           /* name -> the interpreter's own hook; NULL where they were not replaced */
    PyObject *io_open;                  /* io.open while a traceback is printed, else NULL */
    int printing;                       /* how many tracebacks are being printed */
    int imports;                        /* how many exec_module are under way */
} pb_state;

/* A loader serves one module under one name.  Owned: name, path. */
typedef struct {
    PyObject_HEAD PyObject *name;
    PyObject *path;          /* __file__ */
    const pb_module *module; /* NULL for the __main__ of a function entry point, which has no code */
} pb_loader;

extern PyModuleDef pb_module_def;
extern PyType_Spec pb_finder_spec, pb_loader_spec, pb_folder_spec, pb_site_specs[PB_SITE_TYPES];

/* module.c */

/* The state of this interpreter (borrowed), or NULL with an exception. */
pb_state *pb_state_here(void);

/* The state of the interpreter that a finder or loader belongs to (borrowed).  NULL with an exception when that has all but ended.
 */
pb_state *pb_state_of(PyObject *object);

/* Import the module `name`, which has no dots, whatever the program made of builtins.__import__.  New reference or NULL. */
PyObject *pb_import(const char *name);

/* Call `function` of the embedded Python module `module` with the given objects (a NULL ends them).  New reference or NULL. */
PyObject *pb_call_support(const char *module, const char *function, ...);

/* paths.c */

/* root/target of a module: its __file__ (of a namespace package, its folder).  New reference or NULL. */
PyObject *pb_module_path(pb_state *state, const pb_module *module);

/* The path up to its last slash.  New reference or NULL. */
PyObject *pb_parent_folder(PyObject *path);

/* The name of the embedded package whose modules lie in `folder`: "" for the program's folder, NULL without an exception for any
 * other folder.  New reference or NULL. */
PyObject *pb_package_in_folder(pb_state *state, PyObject *folder);

/* The embedded module whose file is `path`, or NULL; an exception is set only when memory is short. */
const pb_module *pb_module_at(pb_state *state, PyObject *path);

/* A list of (name, is_package) of the modules directly below `package` ("" for the top level); is_package is None for namespace
 * packages, which pkgutil does not list.  New reference or NULL. */
PyObject *pb_children(PyObject *package);

/* code.c: open a blob, which messages call `what` followed by `name`.  -1 with an exception; else the caller closes it. */
int pb_open_blob(pb_blob blob, pb_bytes *bytes, const char *what, const char *name);

/* code.c: the module's code object with the file name `path`; of a module that does not compile, the exception that says so.  New
 * reference or NULL. */
PyObject *pb_module_code(const pb_module *module, PyObject *path);

/* source.c: the module's source as text, None when it was not kept.  New reference or NULL. */
PyObject *pb_module_source(const pb_module *module);

/* specs.c */

/* A loader for `module`, NULL for one without code.  Takes no reference.  New reference or NULL. */
PyObject *pb_make_loader(pb_state *state, PyObject *name, PyObject *path, const pb_module *module);

/* The spec of `module` under `name`; `search` is the path given to a meta path finder, NULL for a path entry finder.  New reference
 * or NULL. */
PyObject *pb_make_spec(pb_state *state, const pb_module *module, PyObject *name, PyObject *search);

/* finder.c: the module of the payload called `name` (a str), or NULL; an exception is set only when memory is short. */
const pb_module *pb_lookup(PyObject *name);

/* folder.c: the path hook for the folders of embedded packages.  New reference or NULL. */
PyObject *pb_make_path_hook(PyObject *module);

/* compiled.c: the value of __compiled__.  Borrowed reference or NULL. */
PyObject *pb_compiled(pb_state *state);

/* site_names.c: put exit, quit, help, copyright, credits and license into builtins.  -1 with an exception on failure. */
int pb_install_site_names(pb_state *state);

/* hooks.c: where sources are kept, have tracebacks show them; `module` is _pybuild.  -1 with an exception on failure. */
int pb_install_hooks(PyObject *module);

/* opencode.c: what io.open_code calls; see PyFile_SetOpenCodeHook. */
PyObject *pb_open_code(PyObject *path, void *unused);

/* opencode.c: if runpy is what calls, have it run embedded code with the globals that this should have.  1 if it is, 0 if not, -1
 * with an exception. */
int pb_serve_runpy(pb_state *state);

/* run_file(globals, path): run the code of the embedded module at `path` in `globals`.  New reference (None) or NULL. */
PyObject *pb_run_file(PyObject *self, PyObject *arguments);

#endif
