/* Running a program; see program.h.
 *
 * The recorder's own Python frames are on the stack meanwhile.  They are unlinked, so that neither tracebacks nor sys._getframe nor
 * warnings meet them, and the recursion limit is counted from here. */
#include "recorder/program.h"

#include <stdio.h>

typedef struct {
    PyThreadState *thread;
    pb_frame *frame;
    int depth;
} pb_bottom;

/* Make this the bottom of the thread's stack. */
static pb_bottom
unlink_frames(void)
{
    PyThreadState *thread = PyThreadState_Get();
    pb_bottom bottom = {thread, thread->cframe->current_frame, thread->recursion_limit - thread->recursion_remaining};
    thread->cframe->current_frame = NULL;
    thread->recursion_remaining = thread->recursion_limit;
    return bottom;
}

static void
link_frames(pb_bottom bottom)
{
    bottom.thread->cframe->current_frame = bottom.frame;
    bottom.thread->recursion_remaining = bottom.thread->recursion_limit - bottom.depth;
}

int
pb_run_script(PyObject *path)
{
    const char *name = PyBytes_AsString(path);
    FILE *file = name != NULL ? fopen(name, "rb") : NULL;
    if (file == NULL) {
        if (name != NULL) {
            PyErr_SetFromErrnoWithFilename(PyExc_OSError, name);
        }
        return -1;
    }
    pb_bottom bottom = unlink_frames();
    PyCompilerFlags flags = _PyCompilerFlags_INIT;
    int failed = PyRun_AnyFileExFlags(file, name, 1, &flags);
    link_frames(bottom);
    return failed != 0;
}

/* runpy's function with its arguments; new reference or NULL. */
static PyObject *
run_with_runpy(PyObject *name, bool alter)
{
    PyObject *runpy = PyImport_ImportModule("runpy");
    PyObject *result = runpy != NULL ? PyObject_CallMethod(runpy, "_run_module_as_main", "Oi", name, (int)alter) : NULL;
    Py_XDECREF(runpy);
    return result;
}

int
pb_run_module(PyObject *name, bool alter)
{
    pb_bottom bottom = unlink_frames();
    PyObject *result = run_with_runpy(name, alter);
    bool failed = result == NULL;
    if (failed) {
        _Py_UnhandledKeyboardInterrupt = PyErr_Occurred() == PyExc_KeyboardInterrupt;
        PyErr_Print(); /* ends the process on SystemExit */
    }
    Py_XDECREF(result);
    link_frames(bottom);
    return failed;
}

int
pb_run_text(const char *text)
{
    pb_bottom bottom = unlink_frames();
    PyCompilerFlags flags = _PyCompilerFlags_INIT;
    int failed = PyRun_SimpleStringFlags(text, &flags);
    link_frames(bottom);
    return failed != 0;
}
