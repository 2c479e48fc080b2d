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

/* ------------------------------------------------------------------ found by name */

pb_known_builtins pb_builtin;

static PyObject *
find_builtin(const char *name)
{
    PyObject *found = PyDict_GetItemString(PyEval_GetBuiltins(), name);
    bool is_own = found != NULL && PyCFunction_CheckExact(found) && strcmp(((PyCFunctionObject *)found)->m_ml->ml_name, name) == 0;
    return is_own ? Py_NewRef(found) : NULL; /* kept for good: another one at its address would be taken for it */
}

void
pb_find_builtins(void)
{
    static bool done;
    if (!done) {
        done = true;
        pb_builtin.ord = find_builtin("ord");
        pb_builtin.chr = find_builtin("chr");
        pb_builtin.abs = find_builtin("abs");
        pb_builtin.min = find_builtin("min");
        pb_builtin.max = find_builtin("max");
    }
}

PyObject *
pb_quick_ord(PyObject *text)
{
    bool one = PyUnicode_CheckExact(text) && PyUnicode_IS_READY(text) && PyUnicode_GET_LENGTH(text) == 1;
    return one ? pb_box_i(PyUnicode_READ_CHAR(text, 0)) : NULL;
}

PyObject *
pb_quick_chr(PyObject *number)
{
    if (!PB_SINGLE_DIGIT(number) || (uint64_t)PB_DIGIT(number) >= 128) {
        return NULL;
    }
    return Py_NewRef((PyObject *)&_PyRuntime.global_objects.singletons.strings.ascii[PB_DIGIT(number)]);
}

PyObject *
pb_quick_abs(PyObject *number)
{
    if (PyFloat_CheckExact(number)) {
        return pb_box_d(fabs(PyFloat_AS_DOUBLE(number)));
    }
    int64_t value;
    return pb_unbox_i(number, &value) == 0 ? pb_box_i(value < 0 ? -value : value) : NULL;
}

/* Whether a < b, both ints or both floats; -1: they are not. */
static int
is_less(PyObject *a, PyObject *b)
{
    int64_t i, j;
    if (PB_FLOATS(a, b)) {
        return PyFloat_AS_DOUBLE(a) < PyFloat_AS_DOUBLE(b);
    }
    return pb_unbox_i(a, &i) == 0 && pb_unbox_i(b, &j) == 0 ? i < j : -1;
}

PyObject *
pb_quick_min(PyObject *a, PyObject *b)
{
    int less = is_less(b, a);
    return less < 0 ? NULL : Py_NewRef(less ? b : a);
}

PyObject *
pb_quick_max(PyObject *a, PyObject *b)
{
    int less = is_less(a, b);
    return less < 0 ? NULL : Py_NewRef(less ? b : a);
}

#endif
