/* __compiled__: what a program can know of its own build; see docs/runtime.md. */
#include "importer/state.h"

static PyStructSequence_Field fields[] = {
    {"version", "version of pybuild that built the program"},
    {"entry_point", "name of the entry point that was started"},
    {"main", "the module or script that it runs"},
    {"containing_dir", "the folder of the program"},
    {"original_argv0", "argv[0] as the program was started, None if there was none"},
    {"mode", "'standalone' or 'accelerated'"},
    {"standalone", "whether it runs without a Python installation"},
    {"onefile", "whether it is a single file that carries everything"},
    {"product_name", "name of the product"},
    {"product_version", "version of the product"},
    {NULL, NULL},
};

static PyStructSequence_Desc description = {
    .name = "_pybuild.compiled",
    .doc = "How this program was built and started.",
    .fields = fields,
    .n_in_sequence = 10,
};

/* __get__(instance, owner): the value itself.  With it, the value is no data of the module for pydoc, which would show it in help()
 * of every module.  New reference. */
static PyObject *
get(PyObject *self, PyObject *arguments)
{
    (void)arguments;
    return Py_NewRef(self);
}

static PyMethodDef get_def = {"__get__", get, METH_VARARGS, NULL};

/* The type of __compiled__.  New reference or NULL. */
static PyTypeObject *
make_compiled_type(void)
{
    PyTypeObject *type = PyStructSequence_NewType(&description);
    PyObject *method = type != NULL ? PyDescr_NewMethod(type, &get_def) : NULL;
    if (method == NULL || PyObject_SetAttrString((PyObject *)type, "__get__", method) < 0) {
        Py_CLEAR(type);
    }
    Py_XDECREF(method);
    return type;
}

static PyObject *
text(pb_string string)
{
    return PyUnicode_DecodeUTF8(pb_text(&pb_the_program.payload, string), string.length, "surrogateescape");
}

PyObject *
pb_compiled(pb_state *state)
{
    if (state->compiled != NULL) {
        return state->compiled;
    }
    const pb_program *program = &pb_the_program;
    const pb_index *index = program->payload.index;
    bool standalone = (index->flags & PB_INDEX_STANDALONE) != 0;
    PyTypeObject *type = make_compiled_type();
    PyObject *value = type != NULL ? PyStructSequence_New(type) : NULL;
    Py_XDECREF(type);
    if (value == NULL) {
        return NULL;
    }
    const pb_string main = program->entry->module;
    const unsigned is_script = program->entry->kind == PB_ENTRY_SCRIPT;
    PyObject *items[] = {
        text(index->pybuild_version),
        text(program->entry->name),
        text((pb_string){main.offset + is_script, main.length - is_script}), /* without the "@" of scripts */
        Py_NewRef(state->folder),
        program->argc > 0 ? PyUnicode_DecodeFSDefault(program->argv[0]) : Py_NewRef(Py_None),
        PyUnicode_FromString(standalone ? "standalone" : "accelerated"),
        PyBool_FromLong(standalone),
        PyBool_FromLong(0),
        text(index->product_name),
        text(index->product_version),
    };
    for (Py_ssize_t i = 0; i < (Py_ssize_t)(sizeof items / sizeof *items); i++) {
        PyStructSequence_SET_ITEM(value, i, items[i]);
    }
    if (PyErr_Occurred()) {
        Py_DECREF(value);
        return NULL;
    }
    if (state->compiled != NULL) { /* a collection ran, and with it another thread that asked, too */
        Py_DECREF(value);
        return state->compiled;
    }
    return state->compiled = value;
}
