/* Recognising children that are meant for a Python interpreter; see children.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "launcher/children.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "launcher/program.h"

#define PB_MARK_VARIABLE "_PYBUILD_PARENT"

/* What the mark says: which process, running which file, under which name in the program's folder. */
typedef struct {
    bool present;
    long process;
    unsigned long long device, inode;
    char name[NAME_MAX + 1];
} pb_mark;

static pb_mark inherited;

/* "VARIABLE=pid:device:inode:name", owned by the environment once it was set, so that a forked child can correct it in place. */
static char own_mark[sizeof PB_MARK_VARIABLE + 80 + NAME_MAX];

static const char *
base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

void
pb_children_read_mark(void)
{
    const char *text = secure_getenv(PB_MARK_VARIABLE);
    int end = 0;
    if (text != NULL && sscanf(text, "%ld:%llu:%llu:%n", &inherited.process, &inherited.device, &inherited.inode, &end) == 3 &&
        end > 0 && strlen(text + end) <= NAME_MAX) {
        strcpy(inherited.name, text + end);
        inherited.present = true;
    }
    unsetenv(PB_MARK_VARIABLE);
}

static void
write_mark(void)
{
    struct stat status;
    if (stat(pb_the_program.file, &status) != 0) {
        memset(&status, 0, sizeof status);
    }
    snprintf(own_mark, sizeof own_mark, PB_MARK_VARIABLE "=%ld:%llu:%llu:%s", (long)getpid(), (unsigned long long)status.st_dev,
             (unsigned long long)status.st_ino, base_name(pb_the_program.executable));
}

/* In a forked child: put its number in the place of the parent's.  Only async-signal-safe work: the device and inode stay. */
static void
correct_mark(void)
{
    char *number = own_mark + sizeof PB_MARK_VARIABLE;
    char *rest = strchr(number, ':');
    char digits[24];
    size_t place = sizeof digits, tail = rest != NULL ? strlen(rest) + 1 : 0;
    for (long process = getpid(); process > 0 && place > 0; process /= 10) {
        digits[--place] = (char)('0' + process % 10);
    }
    size_t length = sizeof digits - place;
    if (tail > 0 && (size_t)(number - own_mark) + length + tail <= sizeof own_mark) {
        memmove(number + length, rest, tail);
        memcpy(number, digits + place, length);
    }
}

void
pb_children_set_mark(void)
{
    write_mark();
    if (putenv(own_mark) == 0) {
        pthread_atfork(NULL, NULL, correct_mark);
    }
}

/* Whether the mark names this executable file. */
static bool
mark_is_ours(void)
{
    struct stat status;
    return inherited.present && stat(pb_the_program.file, &status) == 0 && inherited.device == status.st_dev &&
           inherited.inode == status.st_ino;
}

static bool
is_this_program(const char *path)
{
    struct stat own, other;
    return stat(pb_the_program.file, &own) == 0 && stat(path, &other) == 0 && own.st_dev == other.st_dev &&
           own.st_ino == other.st_ino;
}

/* Put the path of what /proc says of the parent under `name` into `path`, which has `size` bytes. */
static void
parent_path(char *path, size_t size, const char *name)
{
    snprintf(path, size, "/proc/%ld/%s", (long)getppid(), name);
}

static bool
parent_runs_this_file(void)
{
    char path[64];
    parent_path(path, sizeof path, "exe");
    return is_this_program(path);
}

/* Whether the parent runs this executable file under the name by which this process was started; for parents that gave their child
 * an environment without the mark. */
static bool
parent_runs_this_program(void)
{
    char path[64], name[PATH_MAX];
    if (!parent_runs_this_file()) {
        return false;
    }
    parent_path(path, sizeof path, "cmdline");
    FILE *stream = fopen(path, "re");
    if (stream == NULL) {
        return false;
    }
    size_t length = fread(name, 1, sizeof name - 1, stream);
    fclose(stream);
    name[length] = '\0'; /* the file holds argv[0], a NUL, and so on */
    return strcmp(base_name(name), base_name(pb_the_program.executable)) == 0;
}

/* Whether the parent, which is this program, gave this process a standard input to read: a pipe, a socket or a file that is not the
 * parent's own.  Not what is only passed on, and not a terminal or /dev/null, where no code comes from. */
static bool
has_input_from_parent(void)
{
    char path[64];
    struct stat own, parent;
    if (fstat(STDIN_FILENO, &own) != 0 || !(S_ISFIFO(own.st_mode) || S_ISSOCK(own.st_mode) || S_ISREG(own.st_mode)) ||
        !parent_runs_this_file()) {
        return false;
    }
    parent_path(path, sizeof path, "fd/0");
    if (stat(path, &parent) != 0) {
        return errno == ENOENT; /* it has none, so this one cannot be its own */
    }
    return own.st_dev != parent.st_dev || own.st_ino != parent.st_ino;
}

/* Whether the parent is a shell that process `starter` has started for one command, `sh -c COMMAND`, as system() does. */
static bool
parent_is_shell_of(long starter)
{
    char path[64], text[512];
    parent_path(path, sizeof path, "stat");
    FILE *stream = fopen(path, "re");
    if (stream == NULL) {
        return false;
    }
    size_t length = fread(text, 1, sizeof text - 1, stream);
    fclose(stream);
    text[length] = '\0';
    long grandparent = 0;
    const char *behind_name = strrchr(text, ')'); /* "number (name) state parent ..." */
    if (behind_name == NULL || sscanf(behind_name, ") %*c %ld", &grandparent) != 1 || grandparent != starter) {
        return false;
    }
    parent_path(path, sizeof path, "cmdline");
    stream = fopen(path, "re");
    if (stream == NULL) {
        return false;
    }
    length = fread(text, 1, sizeof text - 1, stream);
    fclose(stream);
    text[length] = '\0';
    size_t first = strlen(text) + 1; /* the second of the words, each ended by a NUL */
    return first < length && strcmp(text + first, "-c") == 0;
}

/* Whether this process was started by one of ours by the path that is sys.executable there: directly, by exec in its place (a fork
 * has by then changed the mark to the child's own number), or by a shell for one command. */
static bool
is_own_child(void)
{
    const pb_program *program = &pb_the_program;
    if (program->argc < 1 || strcmp(program->argv[0], program->executable) != 0) {
        return false;
    }
    if (inherited.present) {
        return mark_is_ours() && strcmp(inherited.name, base_name(program->executable)) == 0 &&
               (inherited.process == (long)getppid() || inherited.process == (long)getpid() ||
                parent_is_shell_of(inherited.process));
    }
    return parent_runs_this_program();
}

/* What python's options lead to. */
typedef struct {
    int end;             /* number of the first argument that is no option, argc if there is none */
    const char *command; /* what is given to -c, else NULL */
    bool module;         /* -m was given, with a name */
} pb_options;

/* Read python's options from argv[1] on.  False if there is one that python does not have, or that is no start of a program. */
static bool
read_options(pb_options *options)
{
    int argc = pb_the_program.argc;
    char **argv = pb_the_program.argv;
    *options = (pb_options){.end = 1};
    for (; options->end < argc; options->end++) {
        const char *argument = argv[options->end];
        if (argument[0] != '-' || argument[1] == '\0') {
            return true;
        }
        if (strcmp(argument, "--check-hash-based-pycs") == 0) {
            if (++options->end >= argc) {
                return false;
            }
            continue;
        }
        for (const char *letter = argument + 1; *letter != '\0'; letter++) {
            if (strchr("bBdEiIOPqRsStuvx", *letter) != NULL) {
                continue;
            }
            if (strchr("cmWX", *letter) == NULL) {
                return false;
            }
            const char *value = letter[1] != '\0' ? letter + 1 : options->end + 1 < argc ? argv[++options->end] : NULL;
            if (value == NULL) {
                return false;
            }
            if (*letter == 'c' || *letter == 'm') {
                options->command = *letter == 'c' ? value : NULL;
                options->module = *letter == 'm';
                options->end++;
                return true;
            }
            break;
        }
    }
    return true;
}

/* Whether `text` is `start`, arguments of the given characters, and ")". */
static bool
is_call(const char *text, const char *start, const char *characters)
{
    size_t length = strlen(start);
    if (strncmp(text, start, length) != 0) {
        return false;
    }
    text += length;
    while (isalnum((unsigned char)*text) || (*text != '\0' && strchr(characters, *text) != NULL)) {
        text++;
    }
    return strcmp(text, ")") == 0;
}

/* Whether `command` is one with which multiprocessing starts its helpers.  The fork server's holds a dictionary's repr. */
static bool
is_multiprocessing(const char *command)
{
    static const char server[] = "from multiprocessing.forkserver import main; main(";
    return is_call(command, "from multiprocessing.spawn import spawn_main; spawn_main(", "_=, -") ||
           is_call(command, "from multiprocessing.resource_tracker import main;main(", "") ||
           strncmp(command, server, sizeof server - 1) == 0;
}

static bool
is_script_name(const char *path)
{
    size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".py") == 0;
}

/* Whether `path` is `folder`/`name`. */
static bool
is_joined(const char *path, const char *folder, const char *name)
{
    size_t length = strlen(folder);
    if (strncmp(path, folder, length) != 0) {
        return false;
    }
    path += length;
    if (length == 0 || folder[length - 1] != '/') {
        if (*path++ != '/') {
            return false;
        }
    }
    return strcmp(path, name) == 0;
}

/* Whether the program has an embedded script whose file would be `path`.  The names of scripts begin with "@". */
static bool
is_embedded_script(const char *path)
{
    const pb_payload *payload = &pb_the_program.payload;
    for (uint32_t i = pb_lower_bound(payload, "@", 1); i < payload->index->modules.count; i++) {
        const pb_module *module = &payload->modules[i];
        if (*pb_text(payload, module->name) != '@') {
            return false;
        }
        const char *root = module->root.length > 0 ? pb_text(payload, module->root) : pb_the_program.folder;
        if (is_joined(path, root, pb_text(payload, module->target))) {
            return true;
        }
    }
    return false;
}

enum pb_role
pb_children_role(int *argument)
{
    const pb_program *program = &pb_the_program;
    pb_options options;
    if (!read_options(&options)) {
        return PB_ROLE_PROGRAM;
    }
    if (options.command != NULL && is_multiprocessing(options.command)) {
        if (mark_is_ours() || is_own_child()) {
            return PB_ROLE_PYTHON;
        }
        pb_fail(PB_EXIT_USAGE, "this is a command line of multiprocessing, but it was not started by %s itself", program->file);
    }
    bool only_options = options.command == NULL && !options.module && options.end >= program->argc;
    if ((only_options && !has_input_from_parent()) || !is_own_child()) {
        return PB_ROLE_PROGRAM;
    }
    if (only_options || options.command != NULL || options.module) {
        return PB_ROLE_PYTHON;
    }
    const char *path = program->argv[ *argument = options.end];
    if (strcmp(path, "-") == 0) {
        return PB_ROLE_PYTHON;
    }
    if (is_script_name(path)) {
        return access(path, R_OK) == 0 ? PB_ROLE_PYTHON : is_embedded_script(path) ? PB_ROLE_SCRIPT : PB_ROLE_PROGRAM;
    }
    return strchr(path, '/') != NULL && is_this_program(path) ? PB_ROLE_AGAIN : PB_ROLE_PROGRAM;
}
