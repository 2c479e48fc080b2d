/* The payload: the mapped tables behind the executable.  The format is described in docs/design/payload.md.
 *
 * Goes in: the program's own file.  Comes out: a pb_payload whose tables were checked once, completely: after pb_payload_open
 * every offset, length and index lies inside the mapping, and every string ends with NUL, so the accessors cannot fail.
 * Blobs (code, sources, metadata) are checked each time they are asked for: stored ones by their CRC, those in compressed frames
 * by the frame's own checksum when it is unpacked (see frames.h).
 * Nothing here knows of Python; the mapping lives as long as the process. */
#ifndef PB_PAYLOAD_H
#define PB_PAYLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the payload is read in place and is little-endian"
#endif

/* A string of the index: offset in the string table and length without the NUL. */
typedef struct {
    uint32_t offset;
    uint32_t length;
} pb_string;

/* `count` records starting with number `first` of another table. */
typedef struct {
    uint32_t first;
    uint32_t count;
} pb_range;

typedef struct {
    uint32_t offset; /* from the start of the index */
    uint32_t count;  /* records; of the string table: bytes */
} pb_table;

#define PB_BLOB_PACKED ((uint64_t)1 << 63) /* bit of a blob's offset: it lies in a frame */

/* Bytes of the payload; the offset counts from the payload's start, or from the start of an unpacked frame. */
typedef struct {
    uint64_t offset;
    uint32_t size;
    uint32_t check; /* CRC, or the frame's number */
} pb_blob;

/* A zstd frame of the payload with blobs in it. */
typedef struct {
    uint64_t offset; /* from the payload's start */
    uint32_t stored; /* its size in the payload */
    uint32_t size;   /* of what is in it: 1 to PB_FRAME_LIMIT */
} pb_frame;

#define PB_FRAME_LIMIT (64u << 20)

enum pb_index_flag { PB_INDEX_STANDALONE = 1, PB_INDEX_ENTRY_OVERRIDE = 2 };

enum pb_python_flag {
    PB_FLAG_NO_ASSERTS = 1 << 0,
    PB_FLAG_NO_DOCSTRINGS = 1 << 1,
    PB_FLAG_ISOLATED = 1 << 2,
    PB_FLAG_UNBUFFERED = 1 << 3,
    PB_FLAG_NO_WARNINGS = 1 << 4,
    PB_FLAG_UTF8_MODE = 1 << 5,
    PB_FLAG_DEV_MODE = 1 << 6,
    PB_FLAG_DONT_WRITE_BYTECODE = 1 << 7,
    PB_FLAG_HASH_SEED_ZERO = 1 << 8,
    PB_FLAG_SAFE_PATH = 1 << 9,
    PB_FLAG_BYTES_WARNING = 1 << 10,
};

typedef struct {
    uint32_t format;
    uint32_t flags;        /* pb_index_flag */
    uint32_t python_flags; /* pb_python_flag */
    uint32_t reserved;
    pb_table entries, modules, distributions, files, excluded, lists, strings, frames;
    pb_string product_name, product_version, pybuild_version, prefix, base_prefix, stdlib_dir;
    pb_range sys_path; /* of the lists table */
} pb_index;

enum pb_module_flag {
    PB_MODULE_PACKAGE = 1,
    PB_MODULE_NAMESPACE = 2,
    PB_MODULE_EXTENSION = 4,
    PB_MODULE_CODE = 8,
    PB_MODULE_SOURCE = 16,
    PB_MODULE_FIRST_PARTY = 32,
};

typedef struct {
    pb_string name;
    pb_string target;
    pb_string root; /* empty: the program's folder */
    uint32_t flags; /* pb_module_flag */
    pb_range search_locations;
    uint32_t reserved;
    pb_blob code;
    pb_blob source;
} pb_module;

enum pb_entry_kind { PB_ENTRY_FUNCTION = 1, PB_ENTRY_MODULE = 2, PB_ENTRY_SCRIPT = 3 };

typedef struct {
    pb_string name;
    pb_string module;
    pb_string function;
    pb_range aliases;
    uint32_t kind; /* pb_entry_kind */
    uint32_t is_default;
    uint32_t reserved[2];
} pb_entry;

typedef struct {
    pb_string folder; /* "name-version.dist-info" */
    pb_range files;
} pb_distribution;

typedef struct {
    pb_string name;
    pb_blob content;
} pb_file;

typedef struct {
    pb_string module;
    pb_string reason;
} pb_exclusion;

typedef struct {
    const unsigned char *base; /* start of the payload */
    uint64_t size;             /* of the blobs: where the index begins */
    const pb_index *index;
    const pb_entry *entries;
    const pb_module *modules;
    const pb_distribution *distributions;
    const pb_file *files;
    const pb_exclusion *excluded;
    const pb_string *lists;
    const char *strings;
    const pb_frame *frames;
} pb_payload;

enum pb_outcome { PB_FINE, PB_DAMAGED, PB_NO_MEMORY };

struct pb_unpacked;

/* The bytes of a blob that was opened. */
typedef struct {
    const unsigned char *data;
    size_t size;
    struct pb_unpacked *frame; /* that holds them; NULL: they are in the mapping */
} pb_bytes;

/* Map and check the payload of the open file `descriptor` (which stays open and the caller's).
 * Returns NULL when `payload` was filled, else a static text that says what is wrong. */
const char *pb_payload_open(pb_payload *payload, int descriptor);

/* The text of a string of this payload, NUL-terminated, as long as the mapping. */
static inline const char *
pb_text(const pb_payload *payload, pb_string string)
{
    return payload->strings + string.offset;
}

/* The blob's bytes, checked, and unpacked if need be.  With PB_FINE they stay until pb_blob_close, else there is nothing to close.
 */
enum pb_outcome pb_blob_open(const pb_payload *payload, pb_blob blob, pb_bytes *bytes);

/* Give back the bytes of an opened blob. */
void pb_blob_close(pb_bytes *bytes);

/* The module of this name, or NULL. */
const pb_module *pb_find_module(const pb_payload *payload, const char *name, size_t length);

/* The number of the first module whose name is not less than `name`. */
uint32_t pb_lower_bound(const pb_payload *payload, const char *name, size_t length);

#endif
