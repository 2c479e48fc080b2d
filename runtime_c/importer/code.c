/* Code objects: out of the payload, with the file names of this run. */
#include "importer/state.h"

bool pb_damage_was_seen;

/* Give `code` and every code object among its constants, where it has the file name `old`, the file name `path`.  The marshalled
 * form holds one string for all of them, so identity decides; borrowed references throughout. */
static void
set_file_name(PyCodeObject *code, PyObject *old, PyObject *path)
{
    if (code->co_filename != old) {
        return;
    }
    code->co_filename = Py_NewRef(path);
    Py_ssize_t count = PyTuple_GET_SIZE(code->co_consts);
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *constant = PyTuple_GET_ITEM(code->co_consts, i);
        if (PyCode_Check(constant)) {
            set_file_name((PyCodeObject *)constant, old, path);
        }
    }
    Py_DECREF(old); /* what this code object held; the caller still holds one */
}

int
pb_open_blob(pb_blob blob, pb_bytes *bytes, const char *what, const char *name)
{
    enum pb_outcome outcome = pb_blob_open(&pb_the_program.payload, blob, bytes);
    if (outcome == PB_DAMAGED) {
        pb_damage_was_seen = true;
        PyErr_Format(PyExc_ImportError, "the program's file is damaged: %s%s does not match its checksum", what, name);
    }
    else if (outcome == PB_NO_MEMORY) {
        PyErr_NoMemory();
    }
    return outcome == PB_FINE ? 0 : -1;
}

PyObject *
pb_module_code(const pb_module *module, PyObject *path)
{
    const pb_payload *payload = &pb_the_program.payload;
    const char *name = pb_text(payload, module->name);
    pb_bytes bytes;
    if (pb_open_blob(module->code, &bytes, "the code of ", name) < 0) {
        return NULL;
    }
    PyObject *code = PyMarshal_ReadObjectFromString((const char *)bytes.data, (Py_ssize_t)bytes.size);
    pb_blob_close(&bytes);
    if (code == NULL) {
        return NULL;
    }
    if (!PyCode_Check(code)) {
        Py_DECREF(code);
        PyErr_Format(PyExc_ImportError, "the program's file is damaged: %s is no code object", name);
        return NULL;
    }
    PyObject *old = Py_NewRef(((PyCodeObject *)code)->co_filename);
    set_file_name((PyCodeObject *)code, old, path);
    Py_DECREF(old);
    return code;
}
