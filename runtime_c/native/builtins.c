/* The quick ways of built-in functions (native.h): they run nothing, and say NULL wherever that would be needed. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

/* Whether the objects of `type` say of `__class__` what object says. */
static bool
has_own_class(PyTypeObject *type)
{
    return type->tp_getattro == PyObject_GenericGetAttr &&
           _PyType_Lookup(type, &_Py_ID(__class__)) == _PyType_Lookup(&PyBaseObject_Type, &_Py_ID(__class__));
}

/* isinstance(o, class), a class or a tuple of them, where no class has a say in it; -1: it is not that simple. */
static int
is_instance(PyObject *o, PyObject *class)
{
    if (Py_IS_TYPE(class, &PyType_Type)) {
        if (PyType_IsSubtype(Py_TYPE(o), (PyTypeObject *)class)) {
            return 1;
        }
        return has_own_class(Py_TYPE(o)) ? 0 : -1;
    }
    if (!PyTuple_CheckExact(class)) {
        return -1;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(class); i++) {
        PyObject *item = PyTuple_GET_ITEM(class, i);
        int is = PyTuple_CheckExact(item) ? -1 : is_instance(o, item);
        if (is != 0) {
            return is;
        }
    }
    return 0;
}

PyObject *
pb_quick_isinstance_more(PyObject *o, PyObject *class)
{
    int is = is_instance(o, class);
    return is < 0 ? NULL : Py_NewRef(is ? Py_True : Py_False);
}

PyObject *
pb_quick_len_more(PyObject *o)
{
    if (PyUnicode_CheckExact(o)) {
        return pb_box_i(PyUnicode_GET_LENGTH(o));
    }
    if (PyAnySet_CheckExact(o)) {
        return pb_box_i(PySet_GET_SIZE(o));
    }
    return PyDict_CheckExact(o) ? pb_box_i(PyDict_GET_SIZE(o)) : PyBytes_CheckExact(o) ? pb_box_i(Py_SIZE(o)) : NULL;
}

#endif
