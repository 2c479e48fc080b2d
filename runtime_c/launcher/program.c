/* Finding the program's file and choosing the entry point; see program.h.  No Python here: it runs before there is one. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "launcher/program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

pb_program pb_the_program;

#define PB_ENTRY_VARIABLE "PYBUILD_ENTRY_POINT"

static const char *
file_name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

_Noreturn void
pb_fail(int status, const char *format, ...)
{
    const char *name = pb_the_program.argc > 0 ? file_name_of(pb_the_program.argv[0]) : "pybuild";
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s: ", name);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(status);
}

/* A copy of `length` bytes of `text` that lives as long as the process. */
static char *
keep_text(const char *text, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy == NULL) {
        pb_fail(PB_EXIT_FAILURE, "out of memory");
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

/* folder + "/" + name, living as long as the process. */
static char *
join(const char *folder, const char *name)
{
    size_t folder_length = strlen(folder), name_length = strlen(name);
    bool slash = folder_length > 0 && folder[folder_length - 1] != '/';
    char *path = malloc(folder_length + name_length + 2);
    if (path == NULL) {
        pb_fail(PB_EXIT_FAILURE, "out of memory");
    }
    memcpy(path, folder, folder_length);
    if (slash) {
        path[folder_length] = '/';
    }
    memcpy(path + folder_length + slash, name, name_length + 1);
    return path;
}

/* The executable's own path with links resolved.  /proc may be missing (a bare chroot): then the path that the kernel was
 * given to execute, which is still right relative to the working directory because nothing has changed that yet. */
static char *
find_file(void)
{
    char *resolved = realpath("/proc/self/exe", NULL);
    if (resolved == NULL) {
        const char *executed = (const char *)(uintptr_t)getauxval(AT_EXECFN);
        resolved = executed != NULL ? realpath(executed, NULL) : NULL;
    }
    return resolved;
}

static int
open_file(const char *path)
{
    int descriptor = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 && path != NULL) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC);
    }
    return descriptor;
}

void
pb_program_open(int argc, char **argv)
{
    pb_program *program = &pb_the_program;
    program->argc = argc;
    program->argv = argv;
    program->file = find_file();
    int descriptor = open_file(program->file);
    if (program->file == NULL || descriptor < 0) {
        pb_fail(PB_EXIT_DAMAGED, "the program cannot find its own file: %s; it needs /proc, or to be started by its path",
                strerror(errno));
    }
    const char *problem = pb_payload_open(&program->payload, descriptor);
    if (problem != NULL) {
        pb_fail(PB_EXIT_DAMAGED, "the program %s cannot run: %s; copy or build it again", program->file, problem);
    }
    close(descriptor);
    const char *slash = strrchr(program->file, '/');
    program->folder = slash == program->file ? "/" : keep_text(program->file, (size_t)(slash - program->file));
}

/* The entry point called `name` (a basename; ".exe" at its end does not count) by name, else by alias; or NULL. */
static const pb_entry *
find_entry(const char *name)
{
    const pb_payload *payload = &pb_the_program.payload;
    size_t length = strlen(name);
    if (length > 4 && strcmp(name + length - 4, ".exe") == 0) {
        length -= 4;
    }
    uint32_t count = payload->index->entries.count;
    for (uint32_t i = 0; i < count; i++) {
        const pb_entry *entry = &payload->entries[i];
        if (entry->name.length == length && memcmp(pb_text(payload, entry->name), name, length) == 0) {
            return entry;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        pb_range aliases = payload->entries[i].aliases;
        for (uint32_t j = 0; j < aliases.count; j++) {
            pb_string alias = payload->lists[aliases.first + j];
            if (alias.length == length && memcmp(pb_text(payload, alias), name, length) == 0) {
                return &payload->entries[i];
            }
        }
    }
    return NULL;
}

static const pb_entry *
find_default(void)
{
    const pb_payload *payload = &pb_the_program.payload;
    for (uint32_t i = 0; i < payload->index->entries.count; i++) {
        if (payload->entries[i].is_default) {
            return &payload->entries[i];
        }
    }
    return NULL;
}

/* Say which entry points there are, and exit. */
static _Noreturn void
fail_unknown(const char *name, const char *origin)
{
    const pb_payload *payload = &pb_the_program.payload;
    fprintf(stderr, "%s: there is no entry point %s%s in this program; it has:\n", file_name_of(pb_the_program.file), name, origin);
    for (uint32_t i = 0; i < payload->index->entries.count; i++) {
        const pb_entry *entry = &payload->entries[i];
        fprintf(stderr, "  %s", pb_text(payload, entry->name));
        for (uint32_t j = 0; j < entry->aliases.count; j++) {
            fprintf(stderr, "%s%s", j == 0 ? " (also " : ", ", pb_text(payload, payload->lists[entry->aliases.first + j]));
        }
        fprintf(stderr, "%s\n", entry->aliases.count > 0 ? ")" : "");
    }
    fprintf(stderr, "Start it through a link or copy with one of these names%s.\n",
            payload->index->flags & PB_INDEX_ENTRY_OVERRIDE ? ", or set " PB_ENTRY_VARIABLE : "");
    exit(PB_EXIT_USAGE);
}

static bool
is_this_file(const char *path)
{
    struct stat own, other;
    return stat(pb_the_program.file, &own) == 0 && stat(path, &other) == 0 && own.st_dev == other.st_dev &&
           own.st_ino == other.st_ino;
}

/* The path under which a shell found `name` in PATH, if that is this program; else NULL. */
static const char *
find_on_path(const char *name)
{
    const char *path = getenv("PATH");
    while (path != NULL && *path != '\0') {
        const char *end = strchrnul(path, ':');
        char *folder = end > path ? keep_text(path, (size_t)(end - path)) : keep_text(".", 1);
        char *candidate = join(folder, name);
        free(folder);
        if (access(candidate, X_OK) == 0) {
            if (is_this_file(candidate)) {
                return candidate;
            }
        }
        free(candidate);
        path = *end == ':' ? end + 1 : end;
    }
    return NULL;
}

/* The path in the program's folder that starts the chosen entry point again: under the name that it was started by, else under
 * its own name, else the file itself. */
static const char *
find_executable(const char *name)
{
    const pb_program *program = &pb_the_program;
    const char *own_name = file_name_of(program->file);
    if (find_entry(name) == program->entry) {
        if (strcmp(name, own_name) == 0) {
            return program->file;
        }
        char *linked = join(program->folder, name);
        if (is_this_file(linked)) {
            return linked;
        }
        free(linked);
    }
    const char *entry_name = pb_text(&program->payload, program->entry->name);
    if (strcmp(entry_name, own_name) != 0) {
        char *linked = join(program->folder, entry_name);
        if (is_this_file(linked)) {
            return linked;
        }
        free(linked);
    }
    return program->file;
}

/* Find the paths that depend on how the program was started. */
static void
find_paths(const char *argv0)
{
    pb_program *program = &pb_the_program;
    program->executable = find_executable(file_name_of(argv0));
    program->started_as = argv0;
    if (strchr(argv0, '/') == NULL) {
        const char *found = find_on_path(argv0);
        program->started_as = found != NULL ? found : program->executable;
    }
}

void
pb_program_choose_by(const char *path)
{
    pb_program *program = &pb_the_program;
    program->entry = find_entry(file_name_of(path));
    if (program->entry == NULL) {
        program->entry = find_default();
    }
    if (program->entry == NULL) {
        fail_unknown(file_name_of(path), "");
    }
    find_paths(path);
}

void
pb_program_choose(void)
{
    pb_program *program = &pb_the_program;
    const char *argv0 = program->argc > 0 ? program->argv[0] : program->file;
    const char *wanted = getenv(PB_ENTRY_VARIABLE);
    if (wanted == NULL || *wanted == '\0' || !(program->payload.index->flags & PB_INDEX_ENTRY_OVERRIDE)) {
        pb_program_choose_by(argv0);
        return;
    }
    program->entry = find_entry(wanted);
    if (program->entry == NULL) {
        fail_unknown(wanted, " (" PB_ENTRY_VARIABLE ")");
    }
    unsetenv(PB_ENTRY_VARIABLE);
    find_paths(argv0);
}
