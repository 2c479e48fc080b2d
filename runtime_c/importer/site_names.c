/* exit, quit, help, copyright, credits and license, which `site` gives to every ordinary program.
 *
 * Making the real ones imports `site`, `os` and more, which most programs never need; so builtins gets small stand-ins, and the
 * first use of one puts the real object in its place and passes the use on.  Their types have the names of the real ones. */
#include "importer/state.h"

typedef struct {
    PyObject_HEAD PyObject *name; /* owned */
} pb_site_name;

static const struct {
    const char *name;
    int type;
} site_names[] = {
    {"exit", PB_SITE_QUITTER},      {"quit", PB_SITE_QUITTER},    {"help", PB_SITE_HELPER},
    {"copyright", PB_SITE_PRINTER}, {"credits", PB_SITE_PRINTER}, {"license", PB_SITE_PRINTER},
};

/* The real object.  New reference or NULL. */
static PyObject *
real_object(PyObject *self)
{
    return pb_call_support("_pybuild_site", "site_name", ((pb_site_name *)self)->name, self, NULL);
}

static PyObject *
site_name_call(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    PyObject *real = real_object(self);
    PyObject *result = real != NULL ? PyObject_Call(real, arguments, keywords) : NULL;
    Py_XDECREF(real);
    return result;
}

static PyObject *
site_name_repr(PyObject *self)
{
    PyObject *real = real_object(self);
    PyObject *result = real != NULL ? PyObject_Repr(real) : NULL;
    Py_XDECREF(real);
    return result;
}

static PyObject *
site_name_getattro(PyObject *self, PyObject *name)
{
    PyObject *real = real_object(self);
    PyObject *result = real != NULL ? PyObject_GetAttr(real, name) : NULL;
    Py_XDECREF(real);
    return result;
}

static void
site_name_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(((pb_site_name *)self)->name);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot site_name_slots[] = {
    {Py_tp_dealloc, site_name_dealloc},
    {Py_tp_call, site_name_call},
    {Py_tp_repr, site_name_repr},
    {Py_tp_getattro, site_name_getattro},
    {0, NULL},
};

#define PB_SITE_SPEC(type_name)                                                                                                    \
    {                                                                                                                              \
        .name = "_sitebuiltins." type_name,                                                                                        \
        .basicsize = sizeof(pb_site_name),                                                                                         \
        .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_DISALLOW_INSTANTIATION,                                \
        .slots = site_name_slots,                                                                                                  \
    }

PyType_Spec pb_site_specs[PB_SITE_TYPES] = {
    [PB_SITE_QUITTER] = PB_SITE_SPEC("Quitter"),
    [PB_SITE_HELPER] = PB_SITE_SPEC("_Helper"),
    [PB_SITE_PRINTER] = PB_SITE_SPEC("_Printer"),
};

int
pb_install_site_names(pb_state *state)
{
    PyObject *builtins = PyEval_GetBuiltins(); /* borrowed */
    if (builtins == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "there are no builtins");
        return -1;
    }
    for (size_t i = 0; i < sizeof site_names / sizeof *site_names; i++) {
        PyTypeObject *type = state->site_types[site_names[i].type];
        pb_site_name *object = (pb_site_name *)type->tp_alloc(type, 0);
        if (object == NULL) {
            return -1;
        }
        object->name = PyUnicode_InternFromString(site_names[i].name);
        int result = object->name != NULL ? PyDict_SetItem(builtins, object->name, (PyObject *)object) : -1;
        Py_DECREF(object);
        if (result < 0) {
            return -1;
        }
    }
    return 0;
}
