/* The extension module `_pybuild_recorder`: what pybuild/worker/recorder.py drives the recorder by. */
#include "python/recording.h"
#include "recorder/hook.h"
#include "recorder/names.h"
#include "recorder/program.h"
#include "recorder/records.h"

/* begin(first_party, others): record from now on.  Lists of folders' names, each ending in a separator. */
static PyObject *
begin(PyObject *self, PyObject *arguments)
{
    (void)self;
    PyObject *first_party, *others;
    if (!PyArg_ParseTuple(arguments, "O!O!", &PyList_Type, &first_party, &PyList_Type, &others)) {
        return NULL;
    }
    pb_records_setup(first_party, others);
    if (pb_hook_begin() < 0) {
        return NULL;
    }
    Py_RETURN_NONE;
}

/* end(): (names, records, imports). */
static PyObject *
end(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    pb_hook_end();
    PyObject *records = pb_records();
    PyObject *names = records != NULL ? pb_names() : NULL;
    PyObject *imports = names != NULL ? pb_imports() : NULL;
    PyObject *result = imports != NULL ? PyTuple_Pack(3, names, records, imports) : NULL;
    Py_XDECREF(records);
    Py_XDECREF(names);
    Py_XDECREF(imports);
    return result;
}

/* after_fork(): count from nothing. */
static PyObject *
after_fork(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    pb_records_reset();
    pb_hook_after_fork();
    Py_RETURN_NONE;
}

/* The exit status as an int; `status` of -1 is an exception. */
static PyObject *
status_object(int status)
{
    return status < 0 ? NULL : PyLong_FromLong(status);
}

static PyObject *
run_script(PyObject *self, PyObject *path)
{
    (void)self;
    return status_object(pb_run_script(path));
}

static PyObject *
run_module(PyObject *self, PyObject *arguments)
{
    (void)self;
    PyObject *name;
    int alter;
    return PyArg_ParseTuple(arguments, "Up", &name, &alter) ? status_object(pb_run_module(name, alter)) : NULL;
}

static PyObject *
run_text(PyObject *self, PyObject *text)
{
    (void)self;
    const char *utf8 = PyUnicode_AsUTF8(text);
    return utf8 != NULL ? status_object(pb_run_text(utf8)) : NULL;
}

/* interrupted(): whether KeyboardInterrupt ended the program, so that the interpreter's own end is by SIGINT. */
static PyObject *
interrupted(PyObject *self, PyObject *unused)
{
    (void)self;
    (void)unused;
    return PyBool_FromLong(_Py_UnhandledKeyboardInterrupt);
}

/* set_interrupted(flag): the interpreter forgets it whenever a text is evaluated, which what runs at its end may do. */
static PyObject *
set_interrupted(PyObject *self, PyObject *flag)
{
    (void)self;
    _Py_UnhandledKeyboardInterrupt = flag == Py_True;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"begin", begin, METH_VARARGS, NULL},
    {"end", end, METH_NOARGS, NULL},
    {"after_fork", after_fork, METH_NOARGS, NULL},
    {"run_script", run_script, METH_O, NULL},
    {"run_module", run_module, METH_VARARGS, NULL},
    {"run_text", run_text, METH_O, NULL},
    {"interrupted", interrupted, METH_NOARGS, NULL},
    {"set_interrupted", set_interrupted, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {{0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "_pybuild_recorder", .m_size = 0, .m_methods = methods,
                                        .m_slots = slots};

PyMODINIT_FUNC
PyInit__pybuild_recorder(void)
{
    return PyModuleDef_Init(&definition);
}
