/* Finding, mapping and checking the payload; see payload.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "launcher/payload.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "launcher/crc32.h"
#include "launcher/frames.h"

#define PB_FORMAT 2

typedef struct {
    unsigned char magic[8];
    uint64_t payload_size; /* blobs, index and trailer */
    uint64_t index_size;
    uint32_t index_crc;
    uint32_t trailer_crc; /* of the fields above */
} pb_trailer;

_Static_assert(sizeof(pb_trailer) == 32, "trailer");
_Static_assert(sizeof(pb_index) == 136, "index header");
_Static_assert(sizeof(pb_module) == 72, "module record");
_Static_assert(sizeof(pb_entry) == 48, "entry record");
_Static_assert(sizeof(pb_distribution) == 16, "distribution record");
_Static_assert(sizeof(pb_file) == 24, "file record");
_Static_assert(sizeof(pb_exclusion) == 16, "exclusion record");
_Static_assert(sizeof(pb_frame) == 16, "frame record");

static const unsigned char magic[8] = {'p', 'y', 'b', 'u', 'i', 'l', 'd', 1};
static const char damaged_index[] = "its module table is damaged";

static bool
table_is_inside(const pb_table *table, size_t record, uint64_t index_size)
{
    return table->offset % 8 == 0 && table->offset <= index_size && table->count <= (index_size - table->offset) / record;
}

static bool
range_is_inside(pb_range range, uint32_t count)
{
    return range.first <= count && range.count <= count - range.first;
}

static bool
string_is_valid(const pb_payload *payload, pb_string string)
{
    uint32_t size = payload->index->strings.count;
    return string.offset < size && string.length < size - string.offset && payload->strings[string.offset + string.length] == '\0';
}

static bool
blob_is_inside(const pb_payload *payload, pb_blob blob)
{
    uint64_t size = payload->size, offset = blob.offset & ~PB_BLOB_PACKED;
    if (blob.offset & PB_BLOB_PACKED) {
        if (blob.check >= payload->index->frames.count) {
            return false;
        }
        size = payload->frames[blob.check].size;
    }
    return offset <= size && blob.size <= size - offset;
}

static bool
frames_are_valid(const pb_payload *payload)
{
    for (uint32_t i = 0; i < payload->index->frames.count; i++) {
        const pb_frame *frame = &payload->frames[i];
        if (frame->offset > payload->size || frame->stored > payload->size - frame->offset || frame->size == 0 ||
            frame->size > PB_FRAME_LIMIT) {
            return false;
        }
    }
    return true;
}

static bool
modules_are_valid(const pb_payload *payload)
{
    for (uint32_t i = 0; i < payload->index->modules.count; i++) {
        const pb_module *module = &payload->modules[i];
        if (!string_is_valid(payload, module->name) || !string_is_valid(payload, module->target) ||
            !string_is_valid(payload, module->root) || !blob_is_inside(payload, module->code) ||
            !blob_is_inside(payload, module->source) || !range_is_inside(module->search_locations, payload->index->lists.count)) {
            return false;
        }
    }
    return true;
}

static bool
entries_are_valid(const pb_payload *payload)
{
    for (uint32_t i = 0; i < payload->index->entries.count; i++) {
        const pb_entry *entry = &payload->entries[i];
        if (!string_is_valid(payload, entry->name) || !string_is_valid(payload, entry->module) ||
            !string_is_valid(payload, entry->function) || !range_is_inside(entry->aliases, payload->index->lists.count) ||
            entry->kind < PB_ENTRY_FUNCTION || entry->kind > PB_ENTRY_SCRIPT ||
            (entry->kind == PB_ENTRY_SCRIPT && *pb_text(payload, entry->module) != '@')) {
            return false;
        }
    }
    return true;
}

static bool
metadata_is_valid(const pb_payload *payload)
{
    const pb_index *index = payload->index;
    for (uint32_t i = 0; i < index->distributions.count; i++) {
        const pb_distribution *distribution = &payload->distributions[i];
        if (!string_is_valid(payload, distribution->folder) || !range_is_inside(distribution->files, index->files.count)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < index->files.count; i++) {
        if (!string_is_valid(payload, payload->files[i].name) || !blob_is_inside(payload, payload->files[i].content)) {
            return false;
        }
    }
    for (uint32_t i = 0; i < index->excluded.count; i++) {
        if (!string_is_valid(payload, payload->excluded[i].module) || !string_is_valid(payload, payload->excluded[i].reason)) {
            return false;
        }
    }
    return true;
}

/* Point the tables of `payload` into its index of `size` bytes and check all of them. */
static bool
index_is_valid(pb_payload *payload, uint64_t size)
{
    const pb_index *index = payload->index;
    if (!table_is_inside(&index->entries, sizeof(pb_entry), size) || !table_is_inside(&index->modules, sizeof(pb_module), size) ||
        !table_is_inside(&index->distributions, sizeof(pb_distribution), size) ||
        !table_is_inside(&index->files, sizeof(pb_file), size) || !table_is_inside(&index->excluded, sizeof(pb_exclusion), size) ||
        !table_is_inside(&index->lists, sizeof(pb_string), size) || !table_is_inside(&index->strings, 1, size) ||
        !table_is_inside(&index->frames, sizeof(pb_frame), size)) {
        return false;
    }
    const unsigned char *start = (const unsigned char *)index;
    payload->entries = (const pb_entry *)(start + index->entries.offset);
    payload->modules = (const pb_module *)(start + index->modules.offset);
    payload->distributions = (const pb_distribution *)(start + index->distributions.offset);
    payload->files = (const pb_file *)(start + index->files.offset);
    payload->excluded = (const pb_exclusion *)(start + index->excluded.offset);
    payload->lists = (const pb_string *)(start + index->lists.offset);
    payload->strings = (const char *)(start + index->strings.offset);
    payload->frames = (const pb_frame *)(start + index->frames.offset);
    for (uint32_t i = 0; i < index->lists.count; i++) {
        if (!string_is_valid(payload, payload->lists[i])) {
            return false;
        }
    }
    return string_is_valid(payload, index->product_name) && string_is_valid(payload, index->product_version) &&
           string_is_valid(payload, index->pybuild_version) && string_is_valid(payload, index->prefix) &&
           string_is_valid(payload, index->base_prefix) && string_is_valid(payload, index->stdlib_dir) &&
           range_is_inside(index->sys_path, index->lists.count) && frames_are_valid(payload) && modules_are_valid(payload) &&
           entries_are_valid(payload) && metadata_is_valid(payload);
}

/* Read and check the trailer of a file of `file_size` bytes; NULL or what is wrong. */
static const char *
read_trailer(pb_trailer *trailer, int descriptor, uint64_t file_size)
{
    if (file_size < sizeof *trailer ||
        pread(descriptor, trailer, sizeof *trailer, (off_t)(file_size - sizeof *trailer)) != sizeof *trailer ||
        memcmp(trailer->magic, magic, sizeof magic) != 0) {
        return "nothing is attached to it: the file was cut short, stripped, or changed after it was built";
    }
    if (trailer->trailer_crc != pb_crc32((const unsigned char *)trailer, offsetof(pb_trailer, trailer_crc)) ||
        trailer->payload_size > file_size || trailer->payload_size < sizeof *trailer ||
        trailer->index_size > trailer->payload_size - sizeof *trailer || trailer->index_size < sizeof(pb_index)) {
        return "its end is damaged";
    }
    return NULL;
}

const char *
pb_payload_open(pb_payload *payload, int descriptor)
{
    struct stat status;
    pb_trailer trailer;
    if (fstat(descriptor, &status) != 0 || status.st_size < 0) {
        return "its size cannot be read";
    }
    uint64_t file_size = (uint64_t)status.st_size;
    const char *problem = read_trailer(&trailer, descriptor, file_size);
    if (problem != NULL) {
        return problem;
    }
    uint64_t start = file_size - trailer.payload_size;
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    uint64_t mapped = start / page * page;
    void *mapping = mmap(NULL, (size_t)(file_size - mapped), PROT_READ, MAP_PRIVATE, descriptor, (off_t)mapped);
    if (mapping == MAP_FAILED) {
        return "it cannot be mapped into memory";
    }
    payload->base = (const unsigned char *)mapping + (start - mapped);
    payload->size = trailer.payload_size - sizeof trailer - trailer.index_size;
    payload->index = (const pb_index *)(payload->base + payload->size);
    if ((uintptr_t)payload->index % 8 != 0 ||
        pb_crc32(payload->base + payload->size, (size_t)trailer.index_size) != trailer.index_crc) {
        return damaged_index;
    }
    if (payload->index->format != PB_FORMAT) {
        return "its format is that of another version of pybuild";
    }
    if (!index_is_valid(payload, trailer.index_size)) {
        return damaged_index;
    }
    if (payload->index->frames.count > 0 && !pb_frames_are_supported()) {
        return "parts of it are compressed, and its launcher was built without zstd";
    }
    return NULL;
}

enum pb_outcome
pb_blob_open(const pb_payload *payload, pb_blob blob, pb_bytes *bytes)
{
    if (!(blob.offset & PB_BLOB_PACKED)) {
        *bytes = (pb_bytes){payload->base + blob.offset, blob.size, NULL};
        return pb_crc32(bytes->data, blob.size) == blob.check ? PB_FINE : PB_DAMAGED;
    }
    enum pb_outcome outcome;
    struct pb_unpacked *frame = pb_frame_acquire(payload, &payload->frames[blob.check], blob.size, &outcome);
    if (frame != NULL) {
        *bytes = (pb_bytes){pb_frame_bytes(frame) + (blob.offset & ~PB_BLOB_PACKED), blob.size, frame};
    }
    return outcome;
}

void
pb_blob_close(pb_bytes *bytes)
{
    if (bytes->frame != NULL) {
        pb_frame_release(bytes->frame);
    }
    bytes->data = NULL;
}

uint32_t
pb_lower_bound(const pb_payload *payload, const char *name, size_t length)
{
    uint32_t low = 0, high = payload->index->modules.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        pb_string candidate = payload->modules[middle].name;
        size_t common = candidate.length < length ? candidate.length : length;
        int order = memcmp(pb_text(payload, candidate), name, common);
        if (order < 0 || (order == 0 && candidate.length < length)) {
            low = middle + 1;
        }
        else {
            high = middle;
        }
    }
    return low;
}

const pb_module *
pb_find_module(const pb_payload *payload, const char *name, size_t length)
{
    uint32_t place = pb_lower_bound(payload, name, length);
    if (place == payload->index->modules.count) {
        return NULL;
    }
    const pb_module *module = &payload->modules[place];
    bool same = module->name.length == length && memcmp(pb_text(payload, module->name), name, length) == 0;
    return same ? module : NULL;
}
