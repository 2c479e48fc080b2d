/* Counting builds: which share of the program's own calls and loop iterations ran natively, told when the program ends.
 *
 * Natively is what bodies count themselves.  Calls that the interpreter runs are counted by gates (attach.c), so that calls take
 * the ways that they take in other builds.  Jumps backwards in the interpreter are seen because it looks for signals at each of
 * them: the flag that says that there are some is always set, and the function that then handles them (the linker sends CPython's
 * own call here) looks at the instruction.  That happens in the main thread only, and not with a shared libpython.
 *
 * The report is written when Python has ended, so it holds all that ran; nothing in it needs Python then. */
#include "native/native.h"

#if PY_VERSION_HEX < 0x030C0000 && PB_COUNT

#include <errno.h>
#include <limits.h>
#include <opcode.h>
#include <unistd.h>

enum { FORMAT = 1 }; /* of the report */

typedef struct {
    int at;
    uint64_t count;
} Left;

/* A code object that is counted.  Lives as long as the process. */
typedef struct pb_counted {
    pb_native *native;
    char *module, *qualname; /* owned */
    const char *hash;        /* NULL: not known */
    int line;
    bool own;       /* the program's, not another party's */
    bool function;  /* not a module's or class's body */
    bool attached;  /* the interpreter's calls are seen */
    uint64_t calls; /* in the interpreter */
    uint64_t iterations;
    Left *left; /* owned: wrong guesses, by unit */
    int n_left, room_left;
} Counted;

static Counted **all; /* owned */
static size_t n_all, room_for_all;
static char *report_path; /* owned; NULL: a summary goes to stderr */
static pid_t first_process;
static bool traced, other_threads;

typedef struct {
    uint64_t native, bytecode;
} Shares;

/* ------------------------------------------------------------------ counting */

/* The program begins to trace or profile: calls have to be the interpreter's from here on, and are counted no longer. */
static int
on_audit(const char *event, PyObject *arguments, void *unused)
{
    (void)arguments;
    (void)unused;
    if (strcmp(event, "sys.settrace") == 0 || strcmp(event, "sys.setprofile") == 0) {
        traced = true;
        pb_set_tracing(true);
    }
    return 0;
}

/* Let the interpreter look for signals at the next jump backwards. */
static void
ask_for_signals(pb_ts *ts)
{
    _Py_atomic_store_relaxed(&_PyRuntime.ceval.signals_pending, 1);
    _Py_atomic_store_relaxed(&ts->interp->ceval.eval_breaker, 1);
}

#if PB_LIBPYTHON_STATIC
int __real__PyErr_CheckSignalsTstate(PyThreadState *ts);
int __wrap__PyErr_CheckSignalsTstate(PyThreadState *ts);

/* Count a jump backwards of the interpreter, if it is one that looks for signals. */
static void
count_jump(pb_frame *fr)
{
    pb_native *native = fr != NULL && fr->stacktop != PB_NATIVE_FRAME ? pb_counted_native(fr->f_code) : NULL;
    if (native == NULL || fr->prev_instr < _PyCode_CODE(fr->f_code)) {
        return;
    }
    switch (_Py_OPCODE(*fr->prev_instr)) {
    case JUMP_BACKWARD:
    case JUMP_BACKWARD_QUICK:
    case POP_JUMP_BACKWARD_IF_FALSE:
    case POP_JUMP_BACKWARD_IF_TRUE:
    case POP_JUMP_BACKWARD_IF_NONE:
    case POP_JUMP_BACKWARD_IF_NOT_NONE:
    case COMPARE_OP_FLOAT_JUMP: /* with the jump behind it; when that is forwards, nobody looks for signals */
    case COMPARE_OP_INT_JUMP:
    case COMPARE_OP_STR_JUMP:
        native->counted->iterations++;
    }
}

int
__wrap__PyErr_CheckSignalsTstate(PyThreadState *ts)
{
    if (n_all > 0) {
        count_jump(ts->cframe->current_frame);
    }
    int status = __real__PyErr_CheckSignalsTstate(ts);
    if (n_all > 0 && !traced) { /* a RESUME that is traced looks again until there are no signals */
        ask_for_signals(ts);
    }
    return status;
}
#endif

void
pb_count_call(pb_native *native)
{
    native->counted->calls++;
    other_threads |= !_Py_IsMainThread();
}

void
pb_count_left(pb_native *native, int at)
{
    Counted *counted = native->counted;
    for (int i = 0; i < counted->n_left; i++) {
        if (counted->left[i].at == at) {
            counted->left[i].count++;
            return;
        }
    }
    if (counted->n_left == counted->room_left) {
        int room = counted->room_left > 0 ? 2 * counted->room_left : 4;
        Left *more = realloc(counted->left, (size_t)room * sizeof *more);
        if (more == NULL) {
            return;
        }
        counted->left = more;
        counted->room_left = room;
    }
    counted->left[counted->n_left++] = (Left){at, 1};
}

/* ------------------------------------------------------------------ what is counted */

const pb_counted_module *
pb_counted_module_named(const char *name)
{
    for (const pb_counted_module *module = pb_counted_modules; module->name != NULL; module++) {
        if (strcmp(module->name, name) == 0) {
            return module;
        }
    }
    return NULL;
}

bool
pb_counts_all_of(const char *name)
{
    const pb_counted_module *module = pb_counted_module_named(name);
    return module != NULL && module->own;
}

pb_native *
pb_count_only(const PyCodeObject *code)
{
    pb_native *native = PyMem_RawCalloc(1, sizeof *native); /* which the gate keeps */
    if (native == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    native->resume = code->_co_firsttraceable + 1;
    native->given_up = true;
    return native;
}

static void report(void);

/* Before the first code object.  -1 with an exception. */
static int
begin(void)
{
    const char *path = getenv("PYBUILD_COUNTS");
    if (path != NULL && path[0] != '\0') {
        char folder[PATH_MAX] = "";
        if (path[0] != '/' && getcwd(folder, sizeof folder) == NULL) {
            folder[0] = '\0';
        }
        size_t size = strlen(folder) + strlen(path) + 2;
        report_path = malloc(size);
        if (report_path == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        snprintf(report_path, size, "%s%s%s", folder, folder[0] != '\0' ? "/" : "", path);
    }
    first_process = getpid();
    if (PySys_AddAuditHook(on_audit, NULL) < 0 || Py_AtExit(report) < 0) {
        PyErr_SetString(PyExc_SystemError, "the program's calls cannot be counted");
        return -1;
    }
#if PB_LIBPYTHON_STATIC
    ask_for_signals(_PyThreadState_GET());
#endif
    return 0;
}

/* Remember `counted`.  -1 without memory. */
static int
keep(Counted *counted)
{
    if (n_all == room_for_all) {
        size_t room = room_for_all > 0 ? 2 * room_for_all : 256;
        Counted **more = realloc(all, room * sizeof *more);
        if (more == NULL) {
            return -1;
        }
        all = more;
        room_for_all = room;
    }
    all[n_all++] = counted;
    return 0;
}

int
pb_count_code(pb_native *native, PyCodeObject *code, const char *name, int index, bool attached)
{
    if (n_all == 0 && begin() < 0) {
        return -1;
    }
    const pb_counted_module *module = pb_counted_module_named(name);
    const char *qualname = PyUnicode_AsUTF8(code->co_qualname);
    Counted *counted = calloc(1, sizeof *counted);
    if (counted != NULL) {
        counted->module = strdup(name);
        counted->qualname = strdup(qualname != NULL ? qualname : "?");
    }
    PyErr_Clear();
    if (counted == NULL || counted->module == NULL || counted->qualname == NULL || keep(counted) < 0) {
        if (counted != NULL) {
            free(counted->module);
            free(counted->qualname);
        }
        free(counted);
        PyErr_NoMemory();
        return -1;
    }
    counted->native = native;
    counted->own = module != NULL && module->own;
    counted->hash = module != NULL && module->hashes != NULL ? module->hashes[index] : NULL;
    counted->line = code->co_firstlineno;
    counted->function = (code->co_flags & CO_OPTIMIZED) != 0;
    counted->attached = attached;
    native->counted = counted;
    return 0;
}

/* ------------------------------------------------------------------ the report */

/* `text` as a JSON string. */
static void
put_text(FILE *out, const char *text)
{
    putc('"', out);
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        if (*c < 32 || *c == '"' || *c == '\\') {
            fprintf(out, "\\u%04x", *c);
        }
        else {
            putc(*c, out);
        }
    }
    putc('"', out);
}

static void
put_shares(FILE *out, const char *key, Shares shares, bool known)
{
    fprintf(out, "\"%s\": {\"native\": %llu, \"bytecode\": ", key, (unsigned long long)shares.native);
    if (known) {
        fprintf(out, "%llu}", (unsigned long long)shares.bytecode);
    }
    else {
        fputs("null}", out);
    }
}

static int
by_place(const void *one, const void *other)
{
    const Counted *a = *(Counted *const *)one, *b = *(Counted *const *)other;
    int order = strcmp(a->module, b->module);
    if (order == 0) {
        order = a->line < b->line ? -1 : a->line > b->line;
    }
    return order != 0 ? order : strcmp(a->qualname, b->qualname);
}

static void
put_function(FILE *out, const Counted *counted)
{
    fputs("    {\"module\": ", out);
    put_text(out, counted->module);
    fputs(", \"qualname\": ", out);
    put_text(out, counted->qualname);
    fprintf(out, ", \"line\": %d", counted->line);
    if (counted->hash != NULL) {
        fputs(", \"hash\": ", out);
        put_text(out, counted->hash);
    }
    fprintf(out, ", \"native\": %s, \"first-party\": %s, ", counted->native->body != NULL ? "true" : "false",
            counted->own ? "true" : "false");
    put_shares(out, "calls", (Shares){counted->native->entered, counted->calls}, true);
    fputs(", ", out);
    put_shares(out, "iterations", (Shares){counted->native->iterations, counted->iterations}, PB_LIBPYTHON_STATIC);
    fputs(", \"left\": {", out);
    for (int i = 0; i < counted->n_left; i++) {
        fprintf(out, "%s\"%d\": %llu", i > 0 ? ", " : "", 2 * counted->left[i].at, (unsigned long long)counted->left[i].count);
    }
    fputs("}}", out);
}

static bool
was_reached(const Counted *counted)
{
    return counted->native->entered + counted->native->iterations + counted->calls + counted->iterations > 0;
}

static void
put_report(FILE *out, Shares calls, Shares iterations, uint64_t left)
{
    fprintf(out, "{\n  \"format\": %d,\n  \"python\": \"%s\",\n  ", FORMAT, PY_VERSION);
    put_shares(out, "calls", calls, true);
    fputs(",\n  ", out);
    put_shares(out, "iterations", iterations, PB_LIBPYTHON_STATIC);
    fprintf(out, ",\n  \"left\": %llu,\n  \"traced\": %s,\n  \"other-threads\": %s,\n  \"not-seen\": [", (unsigned long long)left,
            traced ? "true" : "false", other_threads ? "true" : "false");
    const char *before = "";
    for (size_t i = 0; i < n_all; i++) {
        if (!all[i]->attached) {
            fputs(before, out);
            char name[1000];
            snprintf(name, sizeof name, "%s: %s", all[i]->module, all[i]->qualname);
            put_text(out, name);
            before = ", ";
        }
    }
    fputs("],\n  \"functions\": [\n", out);
    before = "";
    for (size_t i = 0; i < n_all; i++) {
        if (was_reached(all[i])) {
            fputs(before, out);
            put_function(out, all[i]);
            before = ",\n";
        }
    }
    fputs("\n  ]\n}\n", out);
}

static double
percent(Shares shares)
{
    uint64_t total = shares.native + shares.bytecode;
    return total > 0 ? 100.0 * (double)shares.native / (double)total : 100.0;
}

static void
put_summary(Shares calls, Shares iterations, uint64_t left)
{
    fprintf(stderr, "native: %.1f %% of %llu calls, ", percent(calls), (unsigned long long)(calls.native + calls.bytecode));
    if (PB_LIBPYTHON_STATIC) {
        fprintf(stderr, "%.1f %% of %llu loop iterations", percent(iterations),
                (unsigned long long)(iterations.native + iterations.bytecode));
    }
    else {
        fprintf(stderr, "%llu loop iterations", (unsigned long long)iterations.native);
    }
    fprintf(stderr, ", %llu wrong guesses%s\n", (unsigned long long)left,
            traced ? "; no more counted since the program traces" : "");
}

/* Write the report beside its place and rename it.  What goes wrong is said on stderr: the program has ended. */
static void
write_report(Shares calls, Shares iterations, uint64_t left)
{
    char beside[PATH_MAX + 32];
    snprintf(beside, sizeof beside, "%s.%ld.tmp", report_path, (long)getpid());
    FILE *out = fopen(beside, "w");
    if (out != NULL) {
        put_report(out, calls, iterations, left);
    }
    bool failed = out == NULL || ferror(out) != 0;
    if (out != NULL) {
        failed |= fclose(out) != 0;
        failed = failed || rename(beside, report_path) != 0;
    }
    if (failed) {
        fprintf(stderr, "the counts cannot be written to %s: %s; PYBUILD_COUNTS names the file\n", report_path, strerror(errno));
        if (out != NULL) {
            unlink(beside);
        }
    }
}

/* Python has ended.  Forked children report nothing. */
static void
report(void)
{
    if (getpid() != first_process) {
        return;
    }
    Shares calls = {0, 0}, iterations = {0, 0};
    uint64_t left = 0;
    qsort(all, n_all, sizeof *all, by_place);
    for (size_t i = 0; i < n_all; i++) {
        const Counted *counted = all[i];
        if (counted->own && counted->function) {
            calls.native += counted->native->entered;
            calls.bytecode += counted->calls;
        }
        if (counted->own) {
            iterations.native += counted->native->iterations;
            iterations.bytecode += counted->iterations;
            for (int k = 0; k < counted->n_left; k++) {
                left += counted->left[k].count;
            }
        }
    }
    if (report_path != NULL) {
        write_report(calls, iterations, left);
    }
    else {
        put_summary(calls, iterations, left);
    }
}

#endif
