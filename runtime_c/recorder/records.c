/* Records of code objects; see records.h. */
#define NEED_OPCODE_TABLES                                                                                                         \
    1 /* _PyOpcode_Deopt and _PyOpcode_Caches are hidden in libpython: defined here for the whole recorder                         \
       */
#include "recorder/records.h"

#include <stdlib.h>
#include <string.h>

static pb_record **records; /* owned, as long as the process lives */
static size_t records_used, records_room;
static pb_record **table; /* the same, found by the address of the code; the room is a power of two */
static size_t table_room;
static PyObject *own_folders, *other_folders; /* owned lists of str, each ending in a separator */

void
pb_records_setup(PyObject *first_party, PyObject *others)
{
    Py_XSETREF(own_folders, Py_NewRef(first_party));
    Py_XSETREF(other_folders, Py_NewRef(others));
}

/* The length of the longest of `folders` that `path` lies in, -1 for none. */
static Py_ssize_t
longest_match(PyObject *folders, PyObject *path)
{
    Py_ssize_t longest = -1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(folders); i++) {
        PyObject *folder = PyList_GET_ITEM(folders, i);
        Py_ssize_t length = PyUnicode_GET_LENGTH(folder);
        if (length > longest && PyUnicode_Tailmatch(path, folder, 0, PY_SSIZE_T_MAX, -1) == 1) {
            longest = length;
        }
    }
    return longest;
}

static bool
is_first_party(PyObject *path)
{
    return longest_match(own_folders, path) > longest_match(other_folders, path);
}

/* Code of `exec` and `eval` belongs to no module's source; the import system would be seen in every record. */
static bool
worth_recording(PyCodeObject *code, PyObject *module)
{
    PyObject *path = code->co_filename;
    if (module == NULL || !PyUnicode_CheckExact(module) || PyUnicode_GET_LENGTH(path) == 0) {
        return false;
    }
    if (PyUnicode_READ_CHAR(path, 0) != '<') {
        return true;
    }
    const char *text = PyUnicode_AsUTF8(path);
    return text != NULL && strncmp(text, "<frozen ", 8) == 0 && strncmp(text, "<frozen importlib._bootstrap", 28) != 0;
}

/* Number of named parameters, with *args and **kwargs. */
static int
parameters_of(PyCodeObject *code)
{
    return code->co_argcount + code->co_kwonlyargcount + !!(code->co_flags & CO_VARARGS) + !!(code->co_flags & CO_VARKEYWORDS);
}

/* Where the record of `code` is in the table, or the free place where it belongs.  There is always a free one. */
static pb_record **
find_place(const PyCodeObject *code)
{
    uint64_t hash = ((uintptr_t)code >> 4) * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = (size_t)(hash >> 32);; i++) {
        pb_record **place = &table[i & (table_room - 1)];
        if (*place == NULL || (*place)->code == code) {
            return place;
        }
    }
}

/* Make room for one more, at most half of the table being used. */
static bool
grow(void)
{
    if (records_used == records_room) {
        size_t room = records_room != 0 ? 2 * records_room : 1024;
        pb_record **grown = realloc(records, room * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        records = grown;
        records_room = room;
    }
    if (2 * (records_used + 1) > table_room) {
        size_t room = table_room != 0 ? 2 * table_room : 4096;
        pb_record **grown = calloc(room, sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        free(table);
        table = grown;
        table_room = room;
        for (size_t i = 0; i < records_used; i++) {
            *find_place(records[i]->code) = records[i];
        }
    }
    return true;
}

static pb_record *
make_record(PyCodeObject *code, PyObject *module)
{
    if (!grow()) {
        return NULL;
    }
    pb_record *record = calloc(1, sizeof *record);
    int parameters = parameters_of(code);
    pb_counts *arguments = record != NULL && parameters != 0 ? calloc((size_t)parameters, sizeof *arguments) : NULL;
    if (record == NULL || (parameters != 0 && arguments == NULL)) {
        free(record);
        return NULL;
    }
    record->code = (PyCodeObject *)Py_NewRef(code);
    record->module = Py_NewRef(module);
    record->first_party = is_first_party(code->co_filename);
    record->arguments = arguments;
    record->arguments_used = parameters;
    *find_place(code) = records[records_used++] = record;
    return record;
}

pb_record *
pb_record_of(pb_frame *frame)
{
    PyCodeObject *code = frame->f_code;
    pb_record *record = table_room != 0 ? *find_place(code) : NULL;
    if (record == NULL) {
        PyObject *error_type, *error, *traceback;
        PyErr_Fetch(&error_type, &error, &traceback); /* a generator may be entered with an exception to be thrown */
        PyObject *module = PyDict_GetItemWithError(frame->f_globals, &_Py_ID(__name__));
        record = worth_recording(code, module) ? make_record(code, module) : NULL;
        PyErr_Restore(error_type, error, traceback);
    }
    return record;
}

pb_site *
pb_site_at(pb_record *record, int index, uint8_t opcode)
{
    if (record->sites == NULL) {
        record->sites = calloc((size_t)Py_SIZE(record->code), sizeof *record->sites);
    }
    if (record->sites == NULL) {
        return NULL;
    }
    pb_site *site = record->sites[index];
    if (site == NULL) {
        site = record->sites[index] = calloc(1, sizeof *site);
        if (site != NULL) {
            site->opcode = opcode;
        }
    }
    return site;
}

pb_loop *
pb_loop_at(pb_record *record, int index)
{
    int low = 0, high = record->loops_used;
    while (low < high) {
        int middle = (low + high) / 2;
        if (record->loops[middle].header == index) {
            return &record->loops[middle];
        }
        if (record->loops[middle].header < index) {
            low = middle + 1;
        }
        else {
            high = middle;
        }
    }
    return NULL;
}

static int
compare_loops(const void *left, const void *right)
{
    int a = ((const pb_loop *)left)->header, b = ((const pb_loop *)right)->header;
    return (a > b) - (a < b);
}

static bool
jumps_backward(uint8_t opcode)
{
    switch (opcode) {
    case JUMP_BACKWARD:
    case POP_JUMP_BACKWARD_IF_FALSE:
    case POP_JUMP_BACKWARD_IF_TRUE:
    case POP_JUMP_BACKWARD_IF_NONE:
    case POP_JUMP_BACKWARD_IF_NOT_NONE:
        return true;
    default:
        return false;
    }
}

void
pb_find_loops(pb_record *record)
{
    if (record->loops != NULL) {
        return;
    }
    int size = (int)Py_SIZE(record->code), found = 0, argument = 0;
    _Py_CODEUNIT *units = pb_code_units(record->code);
    pb_loop *loops = calloc((size_t)size + 1, sizeof *loops); /* one jump a code unit at most */
    if (loops == NULL) {
        return;
    }
    for (int i = 0; i < size; i++) {
        uint8_t opcode = pb_plain_opcode(units[i]);
        argument = argument << 8 | _Py_OPARG(units[i]);
        if (opcode == EXTENDED_ARG) {
            continue;
        }
        if (jumps_backward(opcode)) {
            loops[found++].header = i + 1 - argument;
        }
        argument = 0;
        i += pb_cache_units(opcode);
    }
    qsort(loops, (size_t)found, sizeof *loops, compare_loops);
    int used = 0;
    for (int i = 0; i < found; i++) {
        if (used == 0 || loops[used - 1].header != loops[i].header) {
            loops[used++] = loops[i];
        }
    }
    pb_loop *shrunk = realloc(loops, ((size_t)used + 1) * sizeof *loops);
    record->loops = shrunk != NULL ? shrunk : loops;
    record->loops_used = used;
}

/* Whether the specialisations of an instruction say something of the values it meets. */
static bool
tells_of_values(uint8_t plain)
{
    switch (plain) {
    case EXTENDED_ARG:
    case JUMP_BACKWARD:
    case LOAD_CONST:
    case LOAD_FAST:
    case RESUME:
    case STORE_FAST:
        return false;
    default:
        return true;
    }
}

void
pb_count_specialisations(pb_record *record)
{
    _Py_CODEUNIT *units = pb_code_units(record->code);
    for (int i = 0; i < Py_SIZE(record->code); i++) {
        uint8_t opcode = _Py_OPCODE(units[i]), plain = pb_plain_opcode(units[i]);
        if (opcode != plain && tells_of_values(plain)) {
            pb_site *site = pb_site_at(record, i, plain);
            if (site != NULL) {
                pb_count_key(&site->specialised, opcode);
            }
        }
        i += pb_cache_units(plain);
    }
}

/* Steals `value`; -1 with an exception when it is NULL or cannot be stored. */
static int
put(PyObject *dictionary, const char *key, PyObject *value)
{
    int result = value != NULL ? PyDict_SetItemString(dictionary, key, value) : -1;
    Py_XDECREF(value);
    return result;
}

static PyObject *
number(uint64_t value)
{
    return PyLong_FromUnsignedLongLong(value);
}

/* New reference: list of the lists of several tables. */
static PyObject *
tables_list(const pb_counts *tables, int used)
{
    PyObject *list = PyList_New(used);
    for (int i = 0; list != NULL && i < used; i++) {
        PyObject *item = pb_counts_list(&tables[i]);
        if (item == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, i, item);
    }
    return list;
}

static PyObject *
site_dictionary(const pb_site *site, int index)
{
    PyObject *result = PyDict_New();
    if (result == NULL || put(result, "offset", number((uint64_t)index * sizeof(_Py_CODEUNIT))) < 0 ||
        put(result, "opcode", number(site->opcode)) < 0 || put(result, "count", number(site->count)) < 0 ||
        put(result, "taken", number(site->taken)) < 0 ||
        put(result, "operands", tables_list(site->operands, site->operands_used)) < 0 ||
        put(result, "result", pb_counts_list(&site->result)) < 0 || put(result, "callees", pb_counts_list(&site->callees)) < 0 ||
        put(result, "specialised", pb_counts_list(&site->specialised)) < 0) {
        Py_CLEAR(result);
    }
    return result;
}

static PyObject *
sites_list(const pb_record *record)
{
    PyObject *list = PyList_New(0);
    for (int i = 0; list != NULL && record->sites != NULL && i < Py_SIZE(record->code); i++) {
        if (record->sites[i] != NULL) {
            PyObject *item = site_dictionary(record->sites[i], i);
            if (item == NULL || PyList_Append(list, item) < 0) {
                Py_CLEAR(list);
            }
            Py_XDECREF(item);
        }
    }
    return list;
}

static PyObject *
loops_list(const pb_record *record)
{
    PyObject *list = PyList_New(record->loops_used);
    for (int i = 0; list != NULL && i < record->loops_used; i++) {
        const pb_loop *loop = &record->loops[i];
        unsigned long long entries = loop->entries, iterations = loop->iterations;
        PyObject *item = Py_BuildValue("(iKK)", loop->header * (int)sizeof(_Py_CODEUNIT), entries, iterations);
        if (item == NULL) {
            Py_CLEAR(list);
            break;
        }
        PyList_SET_ITEM(list, i, item);
    }
    return list;
}

static PyObject *
record_dictionary(const pb_record *record)
{
    PyObject *result = PyDict_New();
    if (result == NULL || PyDict_SetItemString(result, "code", (PyObject *)record->code) < 0 ||
        PyDict_SetItemString(result, "module", record->module) < 0 ||
        PyDict_SetItemString(result, "first_party", record->first_party ? Py_True : Py_False) < 0 ||
        put(result, "calls", number(record->calls)) < 0 || put(result, "resumptions", number(record->resumptions)) < 0 ||
        put(result, "ticks", number(record->ticks)) < 0 || put(result, "watched", number(record->watched)) < 0 ||
        put(result, "arguments", tables_list(record->arguments, record->arguments_used)) < 0 ||
        put(result, "returns", pb_counts_list(&record->returns)) < 0 ||
        put(result, "yields", pb_counts_list(&record->yields)) < 0 || put(result, "sites", sites_list(record)) < 0 ||
        put(result, "loops", loops_list(record)) < 0) {
        Py_CLEAR(result);
    }
    return result;
}

PyObject *
pb_records(void)
{
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list != NULL && i < records_used; i++) {
        pb_count_specialisations(records[i]);
        PyObject *item = record_dictionary(records[i]);
        if (item == NULL || PyList_Append(list, item) < 0) {
            Py_CLEAR(list);
        }
        Py_XDECREF(item);
    }
    return list;
}

static void
reset_sites(pb_record *record)
{
    for (int i = 0; record->sites != NULL && i < Py_SIZE(record->code); i++) {
        pb_site *site = record->sites[i];
        if (site != NULL) {
            for (int j = 0; site->operands != NULL && j < PB_MOST_OPERANDS; j++) {
                pb_counts_reset(&site->operands[j]);
            }
            pb_counts_reset(&site->result);
            pb_counts_reset(&site->callees);
            pb_counts_reset(&site->specialised);
            site->count = site->taken = 0;
        }
    }
}

void
pb_records_reset(void)
{
    for (size_t i = 0; i < records_used; i++) {
        pb_record *record = records[i];
        record->calls = record->resumptions = record->ticks = record->watched = 0;
        for (int j = 0; j < record->arguments_used; j++) {
            pb_counts_reset(&record->arguments[j]);
        }
        pb_counts_reset(&record->returns);
        pb_counts_reset(&record->yields);
        for (int j = 0; j < record->loops_used; j++) {
            record->loops[j].entries = record->loops[j].iterations = 0;
        }
        reset_sites(record);
    }
}
