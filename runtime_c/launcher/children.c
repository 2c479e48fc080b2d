/* Recognising children that are meant for a Python interpreter; see children.h. */
#define _GNU_SOURCE
#include "launcher/children.h"

#include <ctype.h>
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

/* Whether the parent runs this executable file under the name by which this process was started; for parents that gave their child
 * an environment without the mark. */
static bool
parent_runs_this_program(void)
{
    char path[64], name[PATH_MAX];
    struct stat own, parent;
    snprintf(path, sizeof path, "/proc/%ld/exe", (long)getppid());
    if (stat(path, &parent) != 0 || stat(pb_the_program.file, &own) != 0 || own.st_dev != parent.st_dev ||
        own.st_ino != parent.st_ino) {
        return false;
    }
    snprintf(path, sizeof path, "/proc/%ld/cmdline", (long)getppid());
    FILE *stream = fopen(path, "re");
    if (stream == NULL) {
        return false;
    }
    size_t length = fread(name, 1, sizeof name - 1, stream);
    fclose(stream);
    name[length] = '\0'; /* the file holds argv[0], a NUL, and so on */
    return strcmp(base_name(name), base_name(pb_the_program.executable)) == 0;
}

/* Whether this process was started by one of ours by the path that is sys.executable there: directly, or by exec in its place (a
 * fork has by then changed the mark to the child's own number). */
static bool
is_own_child(void)
{
    const pb_program *program = &pb_the_program;
    if (program->argc < 1 || strcmp(program->argv[0], program->executable) != 0) {
        return false;
    }
    if (inherited.present) {
        return mark_is_ours() && strcmp(inherited.name, base_name(program->executable)) == 0 &&
               (inherited.process == (long)getppid() || inherited.process == (long)getpid());
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
            options->end++;
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

/* Whether the program has an embedded script whose file would be `path`. */
static bool
is_embedded_script(const char *path)
{
    const pb_program *program = &pb_the_program;
    size_t folder = strlen(program->folder);
    if (strncmp(path, program->folder, folder) != 0 || path[folder] != '/') {
        return false;
    }
    char name[PATH_MAX];
    int length = snprintf(name, sizeof name, "@%s", path + folder + 1);
    return length > 0 && (size_t)length < sizeof name && pb_find_module(&program->payload, name, (size_t)length) != NULL;
}

static bool
is_this_program(const char *path)
{
    struct stat own, other;
    return stat(pb_the_program.file, &own) == 0 && stat(path, &other) == 0 && own.st_dev == other.st_dev &&
           own.st_ino == other.st_ino;
}

enum pb_role
pb_children_role(int *argument)
{
    const pb_program *program = &pb_the_program;
    pb_options options;
    if (program->argc < 2 || !read_options(&options)) {
        return PB_ROLE_PROGRAM;
    }
    if (options.command != NULL && is_multiprocessing(options.command)) {
        if (mark_is_ours() || is_own_child()) {
            return PB_ROLE_PYTHON;
        }
        pb_fail(PB_EXIT_USAGE, "this is a command line of multiprocessing, but it was not started by %s itself", program->file);
    }
    if (!is_own_child()) {
        return PB_ROLE_PROGRAM;
    }
    if (options.command != NULL || options.module) {
        return PB_ROLE_PYTHON;
    }
    if (options.end == program->argc) {
        return PB_ROLE_PROGRAM;
    }
    const char *path = program->argv[ *argument = options.end];
    if (is_script_name(path)) {
        return access(path, R_OK) == 0 ? PB_ROLE_PYTHON : is_embedded_script(path) ? PB_ROLE_SCRIPT : PB_ROLE_PROGRAM;
    }
    return strchr(path, '/') != NULL && is_this_program(path) ? PB_ROLE_AGAIN : PB_ROLE_PROGRAM;
}
