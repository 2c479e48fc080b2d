/* PyPreConfig and PyConfig of the program; see config.h. */
#include "importer/importer.h"

#include <limits.h>
#include <stdlib.h>

#include "launcher/config.h"

static void
check(PyStatus status)
{
    if (PyStatus_IsExit(status)) {
        exit(status.exitcode);
    }
    if (PyStatus_Exception(status)) {
        pb_fail(pb_damage_was_seen ? PB_EXIT_DAMAGED : PB_EXIT_FAILURE, "Python cannot start: %s%s%s",
                status.func != NULL ? status.func : "", status.func != NULL ? ": " : "",
                status.err_msg != NULL ? status.err_msg : "no reason given");
    }
}

static bool
has_flag(enum pb_python_flag flag)
{
    return (pb_the_program.payload.index->python_flags & flag) != 0;
}

/* Whether the process runs the entry point, with the manifest's python-flags, and not something else in the way of python. */
static bool
runs_entry(enum pb_role role)
{
    return role == PB_ROLE_PROGRAM || role == PB_ROLE_AGAIN;
}

/* argv with the path that is sys.argv[0] in its first place; owned by the caller (free).  At least one item, then NULL. */
static char **
make_argv(void)
{
    const pb_program *program = &pb_the_program;
    char **argv = calloc((size_t)program->argc + 2, sizeof *argv);
    if (argv == NULL) {
        pb_fail(PB_EXIT_FAILURE, "out of memory");
    }
    argv[0] = (char *)program->started_as;
    for (int i = 1; i < program->argc; i++) {
        argv[i] = program->argv[i];
    }
    return argv;
}

static Py_ssize_t
argument_count(void)
{
    return pb_the_program.argc > 0 ? pb_the_program.argc : 1;
}

/* Decided in the way of the python program, so that C locale coercion and UTF-8 mode come out the same. */
static void
preconfigure(enum pb_role role, char **argv)
{
    PyPreConfig config;
    PyPreConfig_InitPythonConfig(&config);
    config.parse_argv = role != PB_ROLE_PROGRAM;
    if (has_flag(PB_FLAG_ISOLATED)) {
        config.use_environment = 0;
        config.isolated = runs_entry(role); /* the child's command line says whether it is isolated */
    }
    if (has_flag(PB_FLAG_UTF8_MODE)) {
        config.utf8_mode = 1;
    }
    if (has_flag(PB_FLAG_DEV_MODE)) {
        config.dev_mode = 1;
    }
    check(Py_PreInitializeFromBytesArgs(&config, argument_count(), argv));
}

static void
set_text(PyConfig *config, wchar_t **field, const char *text)
{
    check(PyConfig_SetBytesString(config, field, text));
}

static void
append_path(PyConfig *config, const char *path)
{
    wchar_t *decoded = Py_DecodeLocale(path, NULL);
    if (decoded == NULL) {
        pb_fail(PB_EXIT_FAILURE, "out of memory");
    }
    check(PyWideStringList_Append(&config->module_search_paths, decoded));
    PyMem_RawFree(decoded);
}

/* The folders of PYTHONPATH, where it counts. */
static void
append_environment_path(PyConfig *config)
{
    const wchar_t *path = config->use_environment ? config->pythonpath_env : NULL;
    while (path != NULL && *path != L'\0') {
        const wchar_t *end = wcschr(path, L':');
        size_t length = end != NULL ? (size_t)(end - path) : wcslen(path);
        wchar_t *folder = PyMem_RawMalloc((length + 1) * sizeof *folder);
        if (folder == NULL) {
            pb_fail(PB_EXIT_FAILURE, "out of memory");
        }
        wmemcpy(folder, path, length);
        folder[length] = L'\0';
        check(PyWideStringList_Append(&config->module_search_paths, folder));
        PyMem_RawFree(folder);
        path = end != NULL ? end + 1 : NULL;
    }
}

/* "lib" or "lib64": the name of the folder that the standard library's folder lies in. */
static void
set_platlibdir(PyConfig *config)
{
    const pb_payload *payload = &pb_the_program.payload;
    const char *stdlib = pb_text(payload, payload->index->stdlib_dir);
    const char *end = strrchr(stdlib, '/');
    const char *start = end != NULL ? memrchr(stdlib, '/', (size_t)(end - stdlib)) : NULL;
    char name[NAME_MAX + 1] = "lib";
    if (start != NULL && end - start > 1 && end - start <= NAME_MAX) {
        memcpy(name, start + 1, (size_t)(end - start - 1));
        name[end - start - 1] = '\0';
    }
    set_text(config, &config->platlibdir, name);
}

static void
set_paths(PyConfig *config)
{
    const pb_program *program = &pb_the_program;
    const pb_payload *payload = &program->payload;
    const pb_index *index = payload->index;
    bool standalone = (index->flags & PB_INDEX_STANDALONE) != 0;
    const char *prefix = standalone ? program->folder : pb_text(payload, index->prefix);
    const char *base_prefix = standalone ? program->folder : pb_text(payload, index->base_prefix);
    set_platlibdir(config);
#if !PB_LIBPYTHON_STATIC
    if (strchr(prefix, ':') == NULL) {
        set_text(config, &config->home, prefix); /* else the search for paths looks around the program, see below */
    }
#endif
    set_text(config, &config->program_name, program->executable);
    set_text(config, &config->executable, program->executable);
    set_text(config, &config->base_executable, program->executable);
    set_text(config, &config->prefix, prefix);
    set_text(config, &config->exec_prefix, prefix);
    set_text(config, &config->base_prefix, base_prefix);
    set_text(config, &config->base_exec_prefix, base_prefix);
    set_text(config, &config->stdlib_dir, standalone ? program->folder : pb_text(payload, index->stdlib_dir));
}

/* The folder of the chosen entry point's script if it lies elsewhere than the program, else "".  `folder` has PATH_MAX bytes. */
static void
find_script_folder(char *folder)
{
    const pb_program *program = &pb_the_program;
    const pb_payload *payload = &program->payload;
    const pb_module *module = pb_find_module(payload, pb_text(payload, program->entry->module), program->entry->module.length);
    int length = 0;
    if (program->entry->kind == PB_ENTRY_SCRIPT && module != NULL && module->root.length > 0) {
        length = snprintf(folder, PATH_MAX, "%s/%s", pb_text(payload, module->root), pb_text(payload, module->target));
    }
    *(length > 0 && length < PATH_MAX ? strrchr(folder, '/') : folder) = '\0';
}

/* Append an accelerated program's folder of scripts, if it has one, into `folder` (PATH_MAX bytes): what `python script.py` has
 * first on sys.path. */
static void
append_script_folder(PyConfig *config, enum pb_role role, const char *script, char *folder)
{
    *folder = '\0';
    if (script != NULL) {
        const char *slash = strrchr(script, '/');
        if (slash != NULL && slash - script < PATH_MAX) {
            snprintf(folder, PATH_MAX, "%.*s", (int)(slash - script), script);
        }
    }
    else if (role != PB_ROLE_PYTHON) {
        find_script_folder(folder);
    }
    if (*folder != '\0') {
        append_path(config, folder);
    }
}

/* sys.path.  Standalone: the program's folder.  Accelerated: the script's folder, then the source roots and what the installation
 * has.  PYTHONPATH comes before the first entry that belongs to the standard library. */
static void
set_search_paths(PyConfig *config, enum pb_role role, const char *script)
{
    const pb_program *program = &pb_the_program;
    const pb_payload *payload = &program->payload;
    const pb_index *index = payload->index;
    const char *stdlib = pb_text(payload, index->stdlib_dir);
    char script_folder[PATH_MAX] = "";
    bool environment_is_in = false;
    config->module_search_paths_set = 1;
    if (index->flags & PB_INDEX_STANDALONE) {
        append_path(config, program->folder);
    }
    else {
        append_script_folder(config, role, script, script_folder);
    }
    for (uint32_t i = 0; i < index->sys_path.count; i++) {
        const char *path = pb_text(payload, payload->lists[index->sys_path.first + i]);
        bool is_archive =
            index->stdlib_dir.length > 0 && strstr(path, "/python3") != NULL && strcmp(path + strlen(path) - 4, ".zip") == 0;
        if (!environment_is_in && (strcmp(path, stdlib) == 0 || is_archive)) {
            append_environment_path(config);
            environment_is_in = true;
        }
        if (strcmp(path, script_folder) != 0) {
            append_path(config, path);
        }
    }
    if (!environment_is_in) {
        append_environment_path(config);
    }
}

/* What holds for the program and for children that are run as python. */
static void
set_common_flags(PyConfig *config, enum pb_role role)
{
    config->parse_argv = role != PB_ROLE_PROGRAM;
    config->use_environment = !has_flag(PB_FLAG_ISOLATED);
    config->isolated = has_flag(PB_FLAG_ISOLATED) && runs_entry(role);
    config->user_site_directory = 0;
    config->site_import = !runs_entry(role); /* until it is known whether there is a -S */
    config->pathconfig_warnings = 0;
    if (has_flag(PB_FLAG_DEV_MODE)) {
        config->dev_mode = 1;
    }
    if (has_flag(PB_FLAG_DONT_WRITE_BYTECODE)) {
        config->write_bytecode = 0;
    }
    if (has_flag(PB_FLAG_HASH_SEED_ZERO)) {
        config->use_hash_seed = 1;
        config->hash_seed = 0;
    }
}

/* What belongs to the entry point.  A child that is run as python says it on its command line, if it wants it. */
static void
set_program_flags(PyConfig *config)
{
    config->safe_path = has_flag(PB_FLAG_ISOLATED) || has_flag(PB_FLAG_SAFE_PATH);
    if (has_flag(PB_FLAG_UNBUFFERED)) {
        config->buffered_stdio = 0;
    }
    if (has_flag(PB_FLAG_NO_WARNINGS)) {
        check(PyWideStringList_Append(&config->warnoptions, L"ignore"));
    }
    if (has_flag(PB_FLAG_BYTES_WARNING)) {
        config->bytes_warning = 1;
    }
}

/* sys.flags.optimize says what the embedded code is, whatever a child's command line says: without asserts 1, without docstrings
 * either 2.  No level of python stands for code that only lacks docstrings, in which asserts and __debug__ count. */
static void
raise_optimization(PyConfig *config)
{
    int level = has_flag(PB_FLAG_NO_ASSERTS) ? 1 + has_flag(PB_FLAG_NO_DOCSTRINGS) : 0;
    if (config->optimization_level < level) {
        config->optimization_level = level;
    }
}

/* sys.orig_argv is what the process was started with. */
static void
set_original_arguments(PyConfig *config)
{
    const pb_program *program = &pb_the_program;
    for (int i = 0; i < program->argc; i++) {
        wchar_t *argument = Py_DecodeLocale(program->argv[i], NULL);
        if (argument == NULL) {
            pb_fail(PB_EXIT_FAILURE, "out of memory");
        }
        check(PyWideStringList_Append(&config->orig_argv, argument));
        PyMem_RawFree(argument);
    }
}

/* A child that is run as python has what `site` would have given it, so its flags say so unless its command line has -S. */
static void
clear_no_site(void)
{
    enum { NO_SITE = 6 };                       /* its place in sys.flags, which have only grown at the end */
    PyObject *flags = PySys_GetObject("flags"); /* borrowed */
    PyObject *zero = PyLong_FromLong(0);
    if (flags == NULL || zero == NULL) {
        PyErr_Clear();
        Py_XDECREF(zero);
        return;
    }
    PyObject *before = PyStructSequence_GetItem(flags, NO_SITE); /* ours after the next line */
    PyStructSequence_SetItem(flags, NO_SITE, zero);
    Py_XDECREF(before);
}

void
pb_python_start(enum pb_role role, const char *script)
{
    char **argv = make_argv();
    preconfigure(role, argv);
    if (pb_importer_prepare() < 0) {
        pb_fail(PB_EXIT_FAILURE, "out of memory");
    }
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    set_common_flags(&config, role);
    if (runs_entry(role)) {
        set_program_flags(&config);
    }
    set_paths(&config);
    set_original_arguments(&config);
    check(PyConfig_SetBytesArgv(&config, argument_count(), argv));
    free(argv);
    check(PyConfig_Read(&config));
    raise_optimization(&config);
    set_search_paths(&config, role, script);
    bool says_site = config.site_import;
    config.site_import = 0;
    check(Py_InitializeFromConfig(&config));
    PyConfig_Clear(&config);
    if (says_site) {
        clear_no_site();
    }
}

#if PB_LIBPYTHON_STATIC
/* Every path is known, so Python's search for them (frozen Python code that looks for pyvenv.cfg, *._pth and landmarks around the
 * executable) would only cost time, and could be led astray by files that are no business of ours.  Linked with
 * -Wl,--wrap=_PyConfig_InitPathConfig, this stands in for it; without, it is left out and the search takes place. */
PyStatus __wrap__PyConfig_InitPathConfig(PyConfig *config, int compute_path_config);

PyStatus
__wrap__PyConfig_InitPathConfig(PyConfig *config, int compute_path_config)
{
    (void)config;
    (void)compute_path_config;
    return PyStatus_Ok();
}
#endif
