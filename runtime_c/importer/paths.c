/* Between names of modules and paths of files, which embedded modules only would have. */
#include "importer/state.h"

#include <string.h>

static PyObject *
decode_path(pb_string text)
{
    return PyUnicode_DecodeFSDefaultAndSize(pb_text(&pb_the_program.payload, text), text.length);
}

/* The bytes of a path, without a NUL among them.  New reference; NULL without an exception for a path that no file can have. */
static PyObject *
encode_path(PyObject *path)
{
    PyObject *encoded = PyUnicode_EncodeFSDefault(path);
    if (encoded == NULL) {
        PyErr_Clear();
    }
    else if (strlen(PyBytes_AS_STRING(encoded)) != (size_t)PyBytes_GET_SIZE(encoded)) {
        Py_CLEAR(encoded);
    }
    return encoded;
}

PyObject *
pb_module_path(pb_state *state, const pb_module *module)
{
    PyObject *target = decode_path(module->target);
    if (target == NULL) {
        return NULL;
    }
    PyObject *root = module->root.length == 0 ? Py_NewRef(state->folder) : decode_path(module->root);
    PyObject *path = NULL;
    if (root != NULL) {
        Py_ssize_t length = PyUnicode_GET_LENGTH(root);
        bool has_slash = length > 0 && PyUnicode_READ_CHAR(root, length - 1) == '/';
        path = PyUnicode_FromFormat(has_slash ? "%U%U" : "%U/%U", root, target);
    }
    Py_XDECREF(root);
    Py_DECREF(target);
    return path;
}

PyObject *
pb_parent_folder(PyObject *path)
{
    Py_ssize_t slash = PyUnicode_FindChar(path, '/', 0, PyUnicode_GET_LENGTH(path), -1);
    return PyUnicode_Substring(path, 0, slash > 0 ? slash : slash + 1); /* "/" of "/file", "" of "file" */
}

/* The folder that module files of `module` lie under, NUL-terminated. */
static const char *
root_of(const pb_module *module)
{
    return module->root.length == 0 ? pb_the_program.folder : pb_text(&pb_the_program.payload, module->root);
}

/* Whether `path` is `root`/`relative` (of `length` bytes), or `root` itself for a length of 0. */
static bool
is_joined(const char *path, const char *root, const char *relative, size_t length)
{
    size_t root_length = strlen(root);
    if (strncmp(path, root, root_length) != 0) {
        return false;
    }
    path += root_length;
    if (length > 0 && (root_length == 0 || root[root_length - 1] != '/')) {
        if (*path++ != '/') {
            return false;
        }
    }
    return strlen(path) == length && memcmp(path, relative, length) == 0;
}

/* Whether the modules of the package `module` lie in `folder`. */
static bool
package_is_in(const pb_module *module, const char *folder)
{
    const pb_payload *payload = &pb_the_program.payload;
    const char *target = pb_text(payload, module->target);
    size_t length = module->target.length;
    if (!(module->flags & PB_MODULE_NAMESPACE)) {
        const char *slash = memrchr(target, '/', length);
        length = slash != NULL ? (size_t)(slash - target) : 0;
    }
    if (is_joined(folder, root_of(module), target, length)) {
        return true;
    }
    for (uint32_t i = 0; i < module->search_locations.count; i++) {
        if (strcmp(folder, pb_text(payload, payload->lists[module->search_locations.first + i])) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether `path` lies in a folder that had to give way to the program of its name: "acme.pkg" below the program's folder.  Only
 * there a path does not show its module's name. */
static bool
is_moved(const char *path)
{
    size_t length = strlen(pb_the_program.folder);
    if ((pb_the_program.payload.index->flags & PB_INDEX_STANDALONE) == 0 || strncmp(path, pb_the_program.folder, length) != 0) {
        return false;
    }
    path += length;
    path += *path == '/';
    size_t first = strcspn(path, "/");
    return first > 4 && memcmp(path + first - 4, ".pkg", 4) == 0;
}

/* The embedded package in `folder`, by looking at all. */
static const pb_module *
find_moved_package(const char *folder)
{
    const pb_payload *payload = &pb_the_program.payload;
    for (uint32_t i = 0; i < payload->index->modules.count; i++) {
        const pb_module *module = &payload->modules[i];
        if (module->flags & (PB_MODULE_PACKAGE | PB_MODULE_NAMESPACE) && package_is_in(module, folder)) {
            return module;
        }
    }
    return NULL;
}

/* The embedded package in `folder`, tried by each dotted form of the path's last parts.  `dotted` is a copy of `folder`, behind one
 * more byte, which is changed in place. */
static const pb_module *
find_package(const char *folder, char *dotted)
{
    size_t length = strlen(folder);
    for (size_t start = length; start > 0; start--) {
        if (folder[start - 1] != '/') {
            continue;
        }
        const pb_module *module = pb_find_module(&pb_the_program.payload, dotted + 1 + start, length - start);
        if (module != NULL && module->flags & (PB_MODULE_PACKAGE | PB_MODULE_NAMESPACE) && package_is_in(module, folder)) {
            return module;
        }
        dotted[start] = '.';
    }
    return is_moved(folder) ? find_moved_package(folder) : NULL;
}

PyObject *
pb_package_in_folder(pb_state *state, PyObject *folder)
{
    PyObject *encoded = encode_path(folder);
    if (encoded == NULL) {
        return NULL;
    }
    const char *text = PyBytes_AS_STRING(encoded);
    bool standalone = (pb_the_program.payload.index->flags & PB_INDEX_STANDALONE) != 0;
    PyObject *name = NULL;
    (void)state;
    if (standalone && strcmp(text, pb_the_program.folder) == 0) {
        name = PyUnicode_FromString("");
    }
    else if (text[0] == '/') {
        PyObject *copy = PyBytes_FromFormat("/%s", text); /* of two bytes or more: shorter ones are shared, and must not change */
        const pb_module *module = copy != NULL ? find_package(text, PyBytes_AS_STRING(copy)) : NULL;
        if (module != NULL) {
            name = PyUnicode_FromStringAndSize(pb_text(&pb_the_program.payload, module->name), module->name.length);
        }
        Py_XDECREF(copy);
    }
    Py_DECREF(encoded);
    return name;
}

/* The module called `name` of `length` bytes, if `path` is its file. */
static const pb_module *
module_if_at(const char *name, size_t length, const char *path)
{
    const pb_payload *payload = &pb_the_program.payload;
    const pb_module *module = pb_find_module(payload, name, length);
    bool same = module != NULL && module->flags & PB_MODULE_CODE &&
                is_joined(path, root_of(module), pb_text(payload, module->target), module->target.length);
    return same ? module : NULL;
}

/* The module whose file is `path`, by looking at all. */
static const pb_module *
find_moved_module(const char *path)
{
    const pb_payload *payload = &pb_the_program.payload;
    for (uint32_t i = 0; i < payload->index->modules.count; i++) {
        const pb_module *module = &payload->modules[i];
        if (module->flags & PB_MODULE_CODE &&
            is_joined(path, root_of(module), pb_text(payload, module->target), module->target.length)) {
            return module;
        }
    }
    return NULL;
}

/* The module whose file is `path`; `name` is a buffer of one byte more than the path's length, with the path from its second byte
 * on. */
static const pb_module *
find_module_at(const char *path, char *name)
{
    size_t length = strlen(path);
    for (size_t start = length; start > 0; start--) {
        if (path[start - 1] == '/') { /* a script: "@" and its target */
            name[start] = '@';
            const pb_module *module = module_if_at(name + start, length - start + 1, path);
            name[start] = '/';
            if (module != NULL) {
                return module;
            }
        }
    }
    size_t stem = length > 3 && strcmp(path + length - 3, ".py") == 0 ? length - 3 : length;
    if (stem > 9 && strncmp(path + stem - 9, "/__init__", 9) == 0) {
        stem -= 9;
    }
    for (size_t start = stem; start > 0; start--) {
        if (path[start - 1] == '/') {
            const pb_module *module = module_if_at(name + start + 1, stem - start, path);
            if (module != NULL) {
                return module;
            }
            name[start] = '.';
        }
    }
    return is_moved(path) ? find_moved_module(path) : NULL;
}

const pb_module *
pb_module_at(pb_state *state, PyObject *path)
{
    (void)state;
    PyObject *encoded = encode_path(path);
    if (encoded == NULL) {
        return NULL;
    }
    const char *text = PyBytes_AS_STRING(encoded);
    const pb_module *module = NULL;
    PyObject *buffer = text[0] == '/' ? PyBytes_FromFormat("/%s", text) : NULL;
    if (buffer != NULL) {
        module = find_module_at(text, PyBytes_AS_STRING(buffer));
    }
    Py_XDECREF(buffer);
    Py_DECREF(encoded);
    return module;
}

PyObject *
pb_children(PyObject *package)
{
    const pb_payload *payload = &pb_the_program.payload;
    Py_ssize_t length;
    const char *name = PyUnicode_AsUTF8AndSize(package, &length);
    PyObject *prefix = name != NULL ? PyBytes_FromFormat(length > 0 ? "%s." : "%s", name) : NULL;
    PyObject *children = prefix != NULL ? PyList_New(0) : NULL;
    if (children == NULL) {
        Py_XDECREF(prefix);
        return NULL;
    }
    size_t skip = (size_t)PyBytes_GET_SIZE(prefix);
    uint32_t count = payload->index->modules.count;
    for (uint32_t i = pb_lower_bound(payload, PyBytes_AS_STRING(prefix), skip); i < count; i++) {
        const pb_module *module = &payload->modules[i];
        const char *full = pb_text(payload, module->name);
        if (module->name.length < skip || memcmp(full, PyBytes_AS_STRING(prefix), skip) != 0) {
            break;
        }
        if (strchr(full + skip, '.') != NULL || full[skip] == '@' || full[skip] == '\0') {
            continue;
        }
        PyObject *is_package = module->flags & PB_MODULE_NAMESPACE ? Py_None
                               : module->flags & PB_MODULE_PACKAGE ? Py_True
                                                                   : Py_False;
        PyObject *child = Py_BuildValue("(sO)", full + skip, is_package);
        if (child == NULL || PyList_Append(children, child) < 0) {
            Py_XDECREF(child);
            Py_CLEAR(children);
            break;
        }
        Py_DECREF(child);
    }
    Py_DECREF(prefix);
    return children;
}
