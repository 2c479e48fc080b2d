/* PyPreConfig and PyConfig of the program; see config.h. */
#include "launcher/config.h"

#include <stdlib.h>

#include "importer/importer.h"

static void
check(PyStatus status)
{
    if (PyStatus_IsExit(status)) {
        exit(status.exitcode);
    }
    if (PyStatus_Exception(status)) {
        pb_fail(PB_EXIT_FAILURE, "Python cannot start: %s%s%s", status.func != NULL ? status.func : "",
                status.func != NULL ? ": " : "", status.err_msg != NULL ? status.err_msg : "no reason given");
    }
}

static bool
has_flag(enum pb_python_flag flag)
{
    return (pb_the_program.payload.index->python_flags & flag) != 0;
}

/* As the python program's own, so that C locale coercion and UTF-8 mode are decided in the same way. */
static void
preconfigure(void)
{
    PyPreConfig config;
    PyPreConfig_InitPythonConfig(&config);
    config.parse_argv = 0;
    if (has_flag(PB_FLAG_ISOLATED)) {
        config.isolated = 1;
        config.use_environment = 0;
    }
    if (has_flag(PB_FLAG_UTF8_MODE)) {
        config.utf8_mode = 1;
    }
    if (has_flag(PB_FLAG_DEV_MODE)) {
        config.dev_mode = 1;
    }
    check(Py_PreInitialize(&config));
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

static void
set_paths(PyConfig *config)
{
    const pb_program *program = &pb_the_program;
    const pb_payload *payload = &program->payload;
    const pb_index *index = payload->index;
    bool standalone = (index->flags & PB_INDEX_STANDALONE) != 0;
    const char *prefix = standalone ? program->folder : pb_text(payload, index->prefix);
    const char *base_prefix = standalone ? program->folder : pb_text(payload, index->base_prefix);
    set_text(config, &config->program_name, program->executable);
    set_text(config, &config->executable, program->executable);
    set_text(config, &config->base_executable, program->executable);
    set_text(config, &config->prefix, prefix);
    set_text(config, &config->exec_prefix, prefix);
    set_text(config, &config->base_prefix, base_prefix);
    set_text(config, &config->base_exec_prefix, base_prefix);
    set_text(config, &config->stdlib_dir, standalone ? program->folder : pb_text(payload, index->stdlib_dir));
    config->module_search_paths_set = 1;
    if (standalone) {
        append_path(config, program->folder);
    }
    for (uint32_t i = 0; i < index->sys_path.count; i++) {
        append_path(config, pb_text(payload, payload->lists[index->sys_path.first + i]));
    }
}

static void
set_flags(PyConfig *config)
{
    config->isolated = has_flag(PB_FLAG_ISOLATED);
    config->use_environment = !has_flag(PB_FLAG_ISOLATED);
    config->user_site_directory = 0;
    config->site_import = 0;
    config->parse_argv = 0;
    config->pathconfig_warnings = 0;
    config->safe_path = 1;
    if (has_flag(PB_FLAG_NO_DOCSTRINGS)) {
        config->optimization_level = 2;
    }
    else if (has_flag(PB_FLAG_NO_ASSERTS)) {
        config->optimization_level = 1;
    }
    if (has_flag(PB_FLAG_UNBUFFERED)) {
        config->buffered_stdio = 0;
    }
    if (has_flag(PB_FLAG_NO_WARNINGS)) {
        check(PyWideStringList_Append(&config->warnoptions, L"ignore"));
    }
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
    if (has_flag(PB_FLAG_BYTES_WARNING)) {
        config->bytes_warning = 1;
    }
}

static void
set_arguments(PyConfig *config)
{
    const pb_program *program = &pb_the_program;
    char **argv = malloc(sizeof(char *) * ((size_t)program->argc + 1));
    if (argv == NULL) {
        pb_fail(PB_EXIT_FAILURE, "out of memory");
    }
    argv[0] = (char *)program->started_as;
    for (int i = 1; i < program->argc; i++) {
        argv[i] = program->argv[i];
    }
    check(PyConfig_SetBytesArgv(config, program->argc > 0 ? program->argc : 1, argv));
    free(argv);
}

void
pb_python_start(void)
{
    preconfigure();
    if (pb_importer_prepare() < 0) {
        pb_fail(PB_EXIT_FAILURE, "out of memory");
    }
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    set_flags(&config);
    set_paths(&config);
    set_arguments(&config);
    check(Py_InitializeFromConfig(&config));
    PyConfig_Clear(&config);
}
