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
    PyObject *io = pb_import("_io");
    PyObject *decoder = io != NULL ? PyObject_CallMethod(io, "IncrementalNewlineDecoder", "OO", Py_None, Py_True) : NULL;
    PyObject *translated = decoder != NULL ? PyObject_CallMethod(decoder, "decode", "OO", text, Py_True) : NULL;
    Py_XDECREF(decoder);
    Py_XDECREF(io);
    Py_DECREF(text);
    return translated;
}

/* Text from the bytes of a source.  New reference or NULL. */
static PyObject *
decode(const unsigned char *data, size_t size)
{
    if (!may_declare_encoding(data, size)) {
        return decode_utf8(data, size);
    }
    PyObject *external = pb_import("_frozen_importlib_external");
    PyObject *text =
        external != NULL ? PyObject_CallMethod(external, "decode_source", "y#", (const char *)data, (Py_ssize_t)size) : NULL;
    Py_XDECREF(external);
    return text;
}

PyObject *
pb_module_source(const pb_module *module)
{
    if (module == NULL || !(module->flags & PB_MODULE_SOURCE)) {
        return Py_NewRef(Py_None);
    }
    pb_bytes bytes;
    if (pb_open_blob(module->source, &bytes, "the source of ", pb_text(&pb_the_program.payload, module->name)) < 0) {
        return NULL;
    }
    PyObject *text = decode(bytes.data, bytes.size);
    pb_blob_close(&bytes);
    return text;
}
