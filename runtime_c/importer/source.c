/* Sources that were kept, as text. */
#include "importer/state.h"

#include <string.h>

/* Whether one of the first two lines of `data` may declare an encoding (PEP 263); "yes" may be wrong. */
static bool
may_declare_encoding(const unsigned char *data, size_t size)
{
    const unsigned char *end = data;
    for (int line = 0; line < 2 && end != NULL; line++) {
        end = memchr(end, '\n', size - (size_t)(end - data));
        end = end != NULL ? end + 1 : NULL;
    }
    size_t head = end != NULL ? (size_t)(end - data) : size;
    return memmem(data, head, "coding", 6) != NULL || memchr(data, '\r', head) != NULL;
}

/* Text with universal newlines from UTF-8.  New reference or NULL. */
static PyObject *
decode_utf8(const unsigned char *data, size_t size)
{
    if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        data += 3;
        size -= 3;
    }
    PyObject *text = PyUnicode_DecodeUTF8((const char *)data, (Py_ssize_t)size, NULL);
    if (text == NULL || memchr(data, '\r', size) == NULL) {
        return text;
    }
    PyObject *io = PyImport_ImportModule("_io");
    PyObject *decoder = io != NULL ? PyObject_CallMethod(io, "IncrementalNewlineDecoder", "OO", Py_None, Py_True) : NULL;
    PyObject *translated = decoder != NULL ? PyObject_CallMethod(decoder, "decode", "OO", text, Py_True) : NULL;
    Py_XDECREF(decoder);
    Py_XDECREF(io);
    Py_DECREF(text);
    return translated;
}

PyObject *
pb_module_source(const pb_module *module)
{
    if (module == NULL || !(module->flags & PB_MODULE_SOURCE)) {
        return Py_NewRef(Py_None);
    }
    const unsigned char *data = pb_blob_data(&pb_the_program.payload, module->source);
    if (data == NULL) {
        pb_damage_was_seen = true;
        PyErr_Format(PyExc_ImportError, "the program's file is damaged: the source of %s does not match its checksum",
                     pb_text(&pb_the_program.payload, module->name));
        return NULL;
    }
    size_t size = module->source.size;
    if (!may_declare_encoding(data, size)) {
        return decode_utf8(data, size);
    }
    PyObject *external = PyImport_ImportModule("_frozen_importlib_external");
    PyObject *text =
        external != NULL ? PyObject_CallMethod(external, "decode_source", "y#", (const char *)data, (Py_ssize_t)size) : NULL;
    Py_XDECREF(external);
    return text;
}
