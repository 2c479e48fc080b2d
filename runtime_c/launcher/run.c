/* Running the program as __main__; see run.h. */
#include "importer/state.h"

#include <signal.h>
#include <unistd.h>

#include "launcher/children.h"
#include "launcher/ending.h"
#include "launcher/run.h"

/* Set globals of __main__ by name; a value of NULL means that making it failed.  Steals the value.  -1 with an exception. */
static int
set_global(PyObject *globals, const char *name, PyObject *value)
{
    int result = value != NULL ? PyDict_SetItemString(globals, name, value) : -1;
    Py_XDECREF(value);
    return result;
}

/* The globals of __main__ (borrowed), or NULL. */
static PyObject *
main_globals(void)
{
    PyObject *main = PyImport_AddModule("__main__"); /* borrowed */
    return main != NULL ? PyModule_GetDict(main) : NULL;
}

/* Give __main__ what it has of its file: __file__ (`path`), __cached__, __loader__, __compiled__.  -1 with an exception. */
static int
set_file_globals(pb_state *state, PyObject *globals, PyObject *path, const pb_module *module)
{
    PyObject *name = PyUnicode_InternFromString("__main__");
    PyObject *loader = name != NULL ? pb_make_loader(state, name, path, module) : NULL;
    Py_XDECREF(name);
    if (set_global(globals, "__loader__", loader) < 0 || set_global(globals, "__file__", Py_NewRef(path)) < 0 ||
        set_global(globals, "__cached__", Py_NewRef(Py_None)) < 0) {
        return -1;
    }
    PyObject *compiled = pb_compiled(state);
    return set_global(globals, "__compiled__", Py_XNewRef(compiled));
}

/* sys.stderr and sys.stdout, in this order, errors ignored: what `python` does after a script has ended. */
static void
flush_streams(void)
{
    static const char *const names[] = {"stderr", "stdout"};
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    for (size_t i = 0; i < 2; i++) {
        PyObject *stream = PySys_GetObject(names[i]); /* borrowed */
        PyObject *result = stream != NULL ? PyObject_CallMethod(stream, "flush", NULL) : NULL;
        if (result == NULL) {
            PyErr_Clear();
        }
        Py_XDECREF(result);
    }
    PyErr_Restore(type, value, traceback);
}

/* `python script.py` with the embedded script `module`.  New reference (None) or NULL. */
static PyObject *
run_script(pb_state *state, const pb_module *module)
{
    PyObject *globals = main_globals();
    PyObject *path = globals != NULL ? pb_module_path(state, module) : NULL;
    PyObject *code = NULL, *result = NULL;
    if (path != NULL && set_file_globals(state, globals, path, module) == 0) {
        code = pb_module_code(module, path);
        result = code != NULL ? PyEval_EvalCode(code, globals, globals) : NULL;
    }
    Py_XDECREF(code);
    Py_XDECREF(path);
    flush_streams();
    return result;
}

/* Import the package of the module `name`, and warn as runpy does if that imported the module itself.  -1 with an exception. */
static int
import_parent(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (dot == NULL) {
        return 0;
    }
    PyObject *parent_name = PyUnicode_FromStringAndSize(name, dot - name);
    PyObject *parent = parent_name != NULL ? PyImport_Import(parent_name) : NULL;
    PyObject *existing = parent != NULL ? PyDict_GetItemString(PyImport_GetModuleDict(), name) : NULL; /* borrowed */
    int result = parent != NULL ? 0 : -1;
    if (existing != NULL && !PyObject_HasAttrString(existing, "__path__")) {
        PyObject *message = PyUnicode_FromFormat("'%s' found in sys.modules after import of package %R, but prior to execution of "
                                                 "'%s'; this may result in unpredictable behaviour",
                                                 name, parent_name, name);
        result = message != NULL ? PyErr_WarnEx(PyExc_RuntimeWarning, PyUnicode_AsUTF8(message), 1) : -1;
        Py_XDECREF(message);
    }
    Py_XDECREF(parent);
    Py_XDECREF(parent_name);
    return result;
}

/* `python -m name` for a module that is not embedded (accelerated programs).  New reference or NULL. */
static PyObject *
run_foreign_module(const char *name)
{
    PyObject *runpy = PyImport_ImportModule("runpy");
    PyObject *result = runpy != NULL ? PyObject_CallMethod(runpy, "_run_module_as_main", "sO", name, Py_False) : NULL;
    Py_XDECREF(runpy);
    return result;
}

/* `python -m name` with the embedded module.  New reference or NULL. */
static PyObject *
run_module(pb_state *state, const char *name)
{
    const pb_module *module = pb_find_module(&pb_the_program.payload, name, strlen(name));
    if (module == NULL || !(module->flags & PB_MODULE_CODE)) {
        return run_foreign_module(name);
    }
    PyObject *globals = import_parent(name) == 0 ? main_globals() : NULL;
    PyObject *text = globals != NULL ? PyUnicode_FromString(name) : NULL;
    PyObject *spec = text != NULL ? pb_make_spec(state, module, text, Py_None) : NULL;
    PyObject *path = spec != NULL ? PyObject_GetAttrString(spec, "origin") : NULL;
    PyObject *code = NULL, *result = NULL;
    if (path != NULL && set_file_globals(state, globals, path, module) == 0 &&
        set_global(globals, "__doc__", Py_NewRef(Py_None)) == 0 && set_global(globals, "__spec__", Py_NewRef(spec)) == 0 &&
        set_global(globals, "__loader__", PyObject_GetAttrString(spec, "loader")) == 0 &&
        set_global(globals, "__package__", PyObject_GetAttrString(spec, "parent")) == 0) {
        code = pb_module_code(module, path);
        result = code != NULL ? PyEval_EvalCode(code, globals, globals) : NULL;
    }
    Py_XDECREF(code);
    Py_XDECREF(path);
    Py_XDECREF(spec);
    Py_XDECREF(text);
    return result;
}

/* module.a.b for the dotted attributes "a.b".  Steals `object` (NULL is passed on).  New reference or NULL. */
static PyObject *
follow(PyObject *object, const char *attributes)
{
    while (object != NULL && *attributes != '\0') {
        size_t length = strcspn(attributes, ".");
        PyObject *name = PyUnicode_FromStringAndSize(attributes, (Py_ssize_t)length);
        PyObject *next = name != NULL ? PyObject_GetAttr(object, name) : NULL;
        Py_XDECREF(name);
        Py_DECREF(object);
        object = next;
        attributes += length + (attributes[length] == '.');
    }
    return object;
}

/* What a console script does: sys.exit(function()).  Always NULL with an exception, SystemExit where all is well. */
static PyObject *
run_function(pb_state *state, const pb_entry *entry)
{
    const pb_payload *payload = &pb_the_program.payload;
    PyObject *globals = main_globals();
    PyObject *path = globals != NULL ? PyUnicode_DecodeFSDefault(pb_the_program.executable) : NULL;
    if (path != NULL && set_file_globals(state, globals, path, NULL) == 0) {
        PyObject *name = PyUnicode_FromString(pb_text(payload, entry->module));
        PyObject *package = name != NULL ? PyImport_Import(name) : NULL;
        PyObject *module = package != NULL ? PyImport_GetModule(name) : NULL;
        PyObject *function = follow(Py_XNewRef(module), pb_text(payload, entry->function));
        PyObject *status = function != NULL ? PyObject_CallNoArgs(function) : NULL;
        if (status != NULL) {
            PyErr_SetObject(PyExc_SystemExit, status);
        }
        Py_XDECREF(status);
        Py_XDECREF(function);
        Py_XDECREF(module);
        Py_XDECREF(package);
        Py_XDECREF(name);
    }
    Py_XDECREF(path);
    flush_streams();
    return NULL;
}

static PyObject *
run_entry(pb_state *state, const pb_entry *entry)
{
    const pb_payload *payload = &pb_the_program.payload;
    const char *name = pb_text(payload, entry->module);
    if (entry->kind == PB_ENTRY_FUNCTION) {
        return run_function(state, entry);
    }
    if (entry->kind == PB_ENTRY_MODULE) {
        return run_module(state, name);
    }
    const pb_module *module = pb_find_module(payload, name, entry->module.length);
    if (module == NULL || !(module->flags & PB_MODULE_CODE)) {
        PyErr_Format(PyExc_ImportError, "the program holds no script %s", name + 1);
        return NULL;
    }
    return run_script(state, module);
}

static PyObject *
run_named_script(pb_state *state, const char *path)
{
    PyObject *decoded = PyUnicode_DecodeFSDefault(path);
    const pb_module *module = decoded != NULL ? pb_module_at(state, decoded) : NULL;
    Py_XDECREF(decoded);
    if (module == NULL) {
        PyErr_Format(PyExc_ImportError, "the program holds no script %s", path);
        return NULL;
    }
    return run_script(state, module);
}

/* Print the pending exception as `python` does, and return the exit status that it leads to.  A SystemExit ends the process in
 * here, after Python was finalised. */
static int
report_exception(bool *interrupted)
{
    *interrupted = PyErr_Occurred() == PyExc_KeyboardInterrupt;
    PyErr_Print();
    return pb_damage_was_seen ? PB_EXIT_DAMAGED : PB_EXIT_FAILURE;
}

/* End as an interrupted process does, so that shells and make see it. */
static int
die_of_interrupt(void)
{
    PyOS_setsig(SIGINT, SIG_DFL);
    kill(getpid(), SIGINT);
    return 128 + SIGINT;
}

int
pb_run_program(const char *script)
{
    int status = 0;
    bool interrupted = false;
    pb_running_main(true);
    pb_state *state = pb_state_here();
    PyObject *result = NULL;
    if (state != NULL && pb_prepare_ending() == 0) {
        result = script != NULL ? run_named_script(state, script) : run_entry(state, pb_the_program.entry);
    }
    if (result == NULL) {
        status = report_exception(&interrupted);
    }
    Py_XDECREF(result);
    pb_running_main(false);
    if (Py_FinalizeEx() < 0) {
        status = 120;
    }
    return interrupted ? die_of_interrupt() : status;
}

int
pb_run_python(void)
{
    return Py_RunMain();
}
