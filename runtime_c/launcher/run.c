/* Running the entry point; see run.h. */
#include "launcher/run.h"

#include "importer/state.h"

int
pb_run_program(void)
{
    const pb_program *program = &pb_the_program;
    const pb_payload *payload = &program->payload;
    const pb_entry *entry = program->entry;
    pb_state *state = pb_state_here();
    int status = 0;
    PyObject *result = NULL;
    if (entry->kind == PB_ENTRY_FUNCTION) {
        PyObject *module = PyImport_ImportModule(pb_text(payload, entry->module));
        PyObject *function = module ? PyObject_GetAttrString(module, pb_text(payload, entry->function)) : NULL;
        result = function ? PyObject_CallNoArgs(function) : NULL;
        Py_XDECREF(module);
        Py_XDECREF(function);
        if (result) {
            PyErr_SetObject(PyExc_SystemExit, result);
            Py_CLEAR(result);
        }
    }
    else {
        const pb_module *module = pb_find_module(payload, pb_text(payload, entry->module), entry->module.length);
        PyObject *code = module && state ? pb_module_code(state, module) : NULL;
        PyObject *main = PyImport_AddModule("__main__");
        PyObject *dict = PyModule_GetDict(main);
        PyObject *path = pb_module_path(state, module);
        PyDict_SetItemString(dict, "__file__", path);
        Py_DECREF(path);
        result = code ? PyEval_EvalCode(code, dict, dict) : NULL;
        Py_XDECREF(code);
    }
    if (result == NULL) {
        PyErr_Print();
        status = 1;
    }
    Py_XDECREF(result);
    if (Py_FinalizeEx() < 0) {
        status = 120;
    }
    return status;
}
