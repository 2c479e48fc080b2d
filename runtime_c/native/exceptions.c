/* Raising, catching and with statements (restates ceval.c of CPython 3.11). */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000

#include <internal/pycore_pyerrors.h>

/* PUSH_EXC_INFO: the exception becomes the one that is handled; the one before (None when there was none) is returned. */
PyObject *
pb_push_exc_info(pb_ts *ts, PyObject *exception)
{
    _PyErr_StackItem *info = ts->exc_info;
    PyObject *previous = info->exc_value != NULL ? info->exc_value : Py_NewRef(Py_None);
    info->exc_value = Py_NewRef(exception);
    return previous;
}

void
pb_pop_except(pb_ts *ts, PyObject *previous)
{
    _PyErr_StackItem *info = ts->exc_info;
    PyObject *value = info->exc_value;
    info->exc_value = previous;
    Py_XDECREF(value);
}

/* -1 with a TypeError when `type` cannot be caught. */
static int
check_catchable(PyObject *type)
{
    Py_ssize_t count = PyTuple_Check(type) ? PyTuple_GET_SIZE(type) : 1;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *one = PyTuple_Check(type) ? PyTuple_GET_ITEM(type, i) : type;
        if (!PyExceptionClass_Check(one)) {
            PyErr_SetString(PyExc_TypeError, "catching classes that do not inherit from BaseException is not allowed");
            return -1;
        }
    }
    return 0;
}

int
pb_check_exc_match(pb_ts *ts, PyObject *exception, PyObject *type)
{
    (void)ts;
    return check_catchable(type) < 0 ? -1 : PyErr_GivenExceptionMatches(exception, type);
}

/* -1 with a TypeError when `type` cannot stand behind except*. */
static int
check_catchable_in_groups(PyObject *type)
{
    if (check_catchable(type) < 0) {
        return -1;
    }
    int subclass = 0;
    Py_ssize_t count = PyTuple_Check(type) ? PyTuple_GET_SIZE(type) : 1;
    for (Py_ssize_t i = 0; subclass == 0 && i < count; i++) {
        subclass = PyObject_IsSubclass(PyTuple_Check(type) ? PyTuple_GET_ITEM(type, i) : type, PyExc_BaseExceptionGroup);
    }
    if (subclass > 0) {
        PyErr_SetString(PyExc_TypeError, "catching ExceptionGroup with except* is not allowed. Use except instead.");
    }
    return subclass != 0 ? -1 : 0;
}

/* Split `exception` by `type` into *match and *rest (new references; None when nothing is in it).  -1 with an exception. */
static int
split(PyObject *exception, PyObject *type, PyObject **match, PyObject **rest)
{
    *match = *rest = NULL;
    if (exception == Py_None) {
        *match = Py_NewRef(Py_None);
    }
    else if (PyErr_GivenExceptionMatches(exception, type)) {
        if (_PyBaseExceptionGroup_Check(exception)) {
            *match = Py_NewRef(exception);
        }
        else {
            PyObject *one = PyTuple_Pack(1, exception);
            *match = one != NULL ? _PyExc_CreateExceptionGroup("", one) : NULL;
            Py_XDECREF(one);
            if (*match == NULL) {
                return -1;
            }
        }
    }
    else if (_PyBaseExceptionGroup_Check(exception)) {
        PyObject *pair = PyObject_CallMethod(exception, "split", "(O)", type);
        if (pair == NULL) {
            return -1;
        }
        *match = Py_NewRef(PyTuple_GET_ITEM(pair, 0));
        *rest = Py_NewRef(PyTuple_GET_ITEM(pair, 1));
        Py_DECREF(pair);
        return 0;
    }
    else {
        *match = Py_NewRef(Py_None);
    }
    *rest = Py_NewRef(Py_None);
    return 0;
}

/* CHECK_EG_MATCH: what is left of the exception (all of it when nothing matches), and in *match what matches, which then is
 * handled. */
PyObject *
pb_check_eg_match(pb_ts *ts, PyObject *exception, PyObject *type, PyObject **match)
{
    (void)ts;
    PyObject *rest;
    if (check_catchable_in_groups(type) < 0 || split(exception, type, match, &rest) < 0) {
        *match = NULL;
        return NULL;
    }
    if (*match == Py_None) {
        Py_DECREF(rest);
        return Py_NewRef(exception);
    }
    PyErr_SetExcInfo(NULL, Py_NewRef(*match), NULL);
    return rest;
}

PyObject *
pb_prep_reraise_star(PyObject *original, PyObject *exceptions)
{
    return _PyExc_PrepReraiseStar(original, exceptions);
}

/* The handled exception, of this code or of what called it; borrowed, NULL or None when there is none. */
static PyObject *
handled(pb_ts *ts)
{
    _PyErr_StackItem *info = ts->exc_info;
    while ((info->exc_value == NULL || info->exc_value == Py_None) && info->previous_item != NULL) {
        info = info->previous_item;
    }
    return info->exc_value;
}

/* The exception that `raise cause` means (new reference), NULL for None.  -1 with an exception. */
static int
cause_of(PyObject *cause, PyObject **fixed)
{
    *fixed = NULL;
    if (PyExceptionClass_Check(cause)) {
        *fixed = PyObject_CallNoArgs(cause);
        return *fixed != NULL ? 0 : -1;
    }
    if (PyExceptionInstance_Check(cause)) {
        *fixed = Py_NewRef(cause);
        return 0;
    }
    if (cause == Py_None) {
        return 0;
    }
    PyErr_SetString(PyExc_TypeError, "exception causes must derive from BaseException");
    return -1;
}

int
pb_raise(pb_ts *ts, PyObject *const *args, int count)
{
    if (count == 0) {
        PyObject *value = handled(ts);
        if (value == NULL || value == Py_None) {
            PyErr_SetString(PyExc_RuntimeError, "No active exception to reraise");
            return -1;
        }
        PyErr_Restore(Py_NewRef(PyExceptionInstance_Class(value)), Py_NewRef(value), PyException_GetTraceback(value));
        return -2;
    }
    PyObject *type, *value, *cause;
    if (PyExceptionClass_Check(args[0])) {
        type = Py_NewRef(args[0]);
        value = PyObject_CallNoArgs(type);
        if (value != NULL && !PyExceptionInstance_Check(value)) {
            PyErr_Format(PyExc_TypeError, "calling %R should have returned an instance of BaseException, not %R", type,
                         (PyObject *)Py_TYPE(value));
            Py_CLEAR(value);
        }
    }
    else if (PyExceptionInstance_Check(args[0])) {
        value = Py_NewRef(args[0]);
        type = Py_NewRef(PyExceptionInstance_Class(value));
    }
    else {
        PyErr_SetString(PyExc_TypeError, "exceptions must derive from BaseException");
        return -1;
    }
    if (value != NULL && (count < 2 || cause_of(args[1], &cause) == 0)) {
        if (count == 2) {
            PyException_SetCause(value, cause); /* steals */
        }
        PyErr_SetObject(type, value);
    }
    Py_XDECREF(value);
    Py_DECREF(type);
    return -1;
}

int
pb_reraise(pb_ts *ts, pb_frame *fr, PyObject *exception, PyObject *lasti)
{
    (void)ts;
    if (lasti != NULL) {
        fr->prev_instr = _PyCode_CODE(fr->f_code) + PyLong_AsLong(lasti);
    }
    PyErr_Restore(Py_NewRef(PyExceptionInstance_Class(exception)), exception, PyException_GetTraceback(exception));
    return -2;
}

PyObject *
pb_with_except_start(PyObject *exit, PyObject *exception)
{
    PyObject *traceback = PyException_GetTraceback(exception);
    Py_XDECREF(traceback); /* the exception has it, too */
    PyObject *args[] = {NULL, PyExceptionInstance_Class(exception), exception, traceback != NULL ? traceback : Py_None};
    return PyObject_Vectorcall(exit, args + 1, 3 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
}

/* A special method of the manager's class, bound.  NULL with a TypeError that ends in `missing`. */
static PyObject *
special(PyObject *manager, const char *name, const char *missing)
{
    PyObject *text = PyUnicode_InternFromString(name);
    PyObject *method = text != NULL ? _PyObject_LookupSpecial(manager, text) : NULL;
    if (method == NULL && !PyErr_Occurred()) {
        PyErr_Format(PyExc_TypeError, "'%.200s' object does not support the context manager protocol%s", Py_TYPE(manager)->tp_name,
                     missing);
    }
    Py_XDECREF(text);
    return method;
}

PyObject *
pb_before_with(pb_ts *ts, PyObject *manager, PyObject **exit)
{
    (void)ts;
    PyObject *enter = special(manager, "__enter__", "");
    *exit = enter != NULL ? special(manager, "__exit__", " (missed __exit__ method)") : NULL;
    PyObject *result = *exit != NULL ? PyObject_CallNoArgs(enter) : NULL;
    Py_XDECREF(enter);
    if (result == NULL) {
        Py_CLEAR(*exit);
    }
    return result;
}

#endif
