/* Code objects: out of the payload, with the file names of this run. */
#include "importer/state.h"

PyObject *
pb_module_path(pb_state *state, const pb_module *module)
{
    const pb_payload *payload = &pb_the_program.payload;
    PyObject *target = PyUnicode_DecodeFSDefaultAndSize(pb_text(payload, module->target), module->target.length);
    if (target == NULL) {
        return NULL;
    }
    PyObject *root = module->root.length == 0
                         ? Py_NewRef(state->folder)
                         : PyUnicode_DecodeFSDefaultAndSize(pb_text(payload, module->root), module->root.length);
    PyObject *path = root != NULL ? PyUnicode_FromFormat("%U/%U", root, target) : NULL;
    Py_XDECREF(root);
    Py_DECREF(target);
    return path;
}

/* Give `code` and every code object among its constants, where it has the file name `old`, the file name `path`.  The marshalled
 * form holds one string for all of them, so identity decides; borrowed references throughout. */
static void
set_file_name(PyCodeObject *code, PyObject *old, PyObject *path)
{
    if (code->co_filename != old) {
        return;
    }
    PyObject *replaced = code->co_filename;
    code->co_filename = Py_NewRef(path);
    Py_ssize_t count = PyTuple_GET_SIZE(code->co_consts);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *constant = PyTuple_GET_ITEM(code->co_consts, i);
        if (PyCode_Check(constant)) {
            set_file_name((PyCodeObject *)constant, old, path);
        }
    }
    Py_DECREF(replaced);
}

PyObject *
pb_module_code(pb_state *state, const pb_module *module)
{
    const pb_payload *payload = &pb_the_program.payload;
    const char *name = pb_text(payload, module->name);
    const unsigned char *data = pb_blob_data(payload, module->code);
    if (data == NULL) {
        PyErr_Format(PyExc_ImportError, "the program's file is damaged: the code of %s does not match its checksum", name);
        return NULL;
    }
    PyObject *code = PyMarshal_ReadObjectFromString((const char *)data, module->code.size);
    if (code == NULL) {
        return NULL;
    }
    PyObject *path = PyCode_Check(code) ? pb_module_path(state, module) : NULL;
    if (path == NULL) {
        if (!PyErr_Occurred()) {
            PyErr_Format(PyExc_ImportError, "the program's file is damaged: %s is no code object", name);
        }
        Py_DECREF(code);
        return NULL;
    }
    PyObject *old = Py_NewRef(((PyCodeObject *)code)->co_filename);
    set_file_name((PyCodeObject *)code, old, path);
    Py_DECREF(old);
    Py_DECREF(path);
    return code;
}
