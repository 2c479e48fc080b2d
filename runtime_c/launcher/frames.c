/* Unpacking and keeping frames; see frames.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "launcher/frames.h"

#ifndef PB_ZSTD
#define PB_ZSTD 0
#endif

#if PB_ZSTD

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* What is needed of zstd's stable interface, so that its archive is enough. */
typedef struct ZSTD_DCtx_s ZSTD_DCtx;
ZSTD_DCtx *ZSTD_createDCtx(void);
size_t ZSTD_decompressDCtx(ZSTD_DCtx *context, void *target, size_t capacity, const void *source, size_t size);
unsigned long long ZSTD_getFrameContentSize(const void *source, size_t size);

#define PB_KEPT (8u << 20) /* bytes of frames that nobody uses just now */

struct pb_unpacked {
    struct pb_unpacked *next; /* used longer ago than this one */
    const pb_frame *frame;
    unsigned char *bytes;
    size_t served; /* bytes that were asked for, all times together */
    unsigned users;
};

/* Memory without a user, for the next frame: pages that were touched before are had without a fault. */
typedef struct {
    unsigned char *bytes;
    size_t size;
} pb_spare;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; /* of everything below */
static struct pb_unpacked *latest;
static pb_spare spare;
static ZSTD_DCtx *context;
static bool forks_are_watched;

static void
lock(void)
{
    pthread_mutex_lock(&mutex);
}

static void
unlock(void)
{
    pthread_mutex_unlock(&mutex);
}

/* Sizes of memory are whole classes, so that the spare one often fits. */
static size_t
rounded(size_t size)
{
    const size_t step = 256u << 10;
    return (size + step - 1) / step * step;
}

/* Memory of `size` bytes, NULL when there is none. */
static unsigned char *
allocate(size_t size)
{
    if (spare.size >= size) {
        unsigned char *bytes = spare.bytes;
        size_t excess = spare.size - rounded(size);
        if (excess > 0) {
            munmap(bytes + rounded(size), excess);
        }
        spare = (pb_spare){NULL, 0};
        return bytes;
    }
    void *memory = mmap(NULL, rounded(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory != MAP_FAILED ? memory : NULL;
}

/* Give memory of `size` bytes back. */
static void
discard(unsigned char *bytes, size_t size)
{
    if (rounded(size) > spare.size && size <= PB_KEPT / 4) {
        pb_spare other = spare;
        spare = (pb_spare){bytes, rounded(size)};
        bytes = other.bytes;
        size = other.size;
    }
    if (size > 0) {
        munmap(bytes, rounded(size));
    }
}

/* Unpack `frame` into `bytes`, which has its size.  The frame's own checksum is checked by zstd. */
static enum pb_outcome
unpack(const pb_payload *payload, const pb_frame *frame, unsigned char *bytes)
{
    static const unsigned char magic[4] = {0x28, 0xB5, 0x2F, 0xFD};
    const unsigned char *source = payload->base + frame->offset;
    if (frame->stored < sizeof magic || memcmp(source, magic, sizeof magic) != 0 ||
        ZSTD_getFrameContentSize(source, frame->stored) != frame->size) {
        return PB_DAMAGED;
    }
    if (context == NULL && (context = ZSTD_createDCtx()) == NULL) {
        return PB_NO_MEMORY;
    }
    return ZSTD_decompressDCtx(context, bytes, frame->size, source, frame->stored) == frame->size ? PB_FINE : PB_DAMAGED;
}

/* Take `frame` out of the kept ones; NULL when it is not there. */
static struct pb_unpacked *
take(const pb_frame *frame)
{
    for (struct pb_unpacked **link = &latest; *link != NULL; link = &(*link)->next) {
        struct pb_unpacked *unpacked = *link;
        if (unpacked->frame == frame) {
            *link = unpacked->next;
            return unpacked;
        }
    }
    return NULL;
}

/* Let go of what nobody uses and nobody is likely to: frames that were served in full, and all beyond the latest PB_KEPT bytes. */
static void
forget(void)
{
    size_t kept = 0;
    for (struct pb_unpacked **link = &latest; *link != NULL;) {
        struct pb_unpacked *unpacked = *link;
        kept += unpacked->frame->size;
        if (unpacked->users == 0 && (kept > PB_KEPT || unpacked->served >= unpacked->frame->size)) {
            *link = unpacked->next;
            discard(unpacked->bytes, unpacked->frame->size);
            free(unpacked);
        }
        else {
            link = &unpacked->next;
        }
    }
}

/* A new frame, unpacked; NULL when *outcome is not PB_FINE. */
static struct pb_unpacked *
make(const pb_payload *payload, const pb_frame *frame, enum pb_outcome *outcome)
{
    struct pb_unpacked *unpacked = malloc(sizeof *unpacked);
    unsigned char *bytes = unpacked != NULL ? allocate(frame->size) : NULL;
    *outcome = bytes != NULL ? unpack(payload, frame, bytes) : PB_NO_MEMORY;
    if (*outcome != PB_FINE) {
        if (bytes != NULL) {
            discard(bytes, frame->size);
        }
        free(unpacked);
        return NULL;
    }
    *unpacked = (struct pb_unpacked){.frame = frame, .bytes = bytes};
    return unpacked;
}

struct pb_unpacked *
pb_frame_acquire(const pb_payload *payload, const pb_frame *frame, size_t size, enum pb_outcome *outcome)
{
    *outcome = PB_FINE;
    lock();
    if (!forks_are_watched) { /* a child must not inherit a lock that another thread holds */
        forks_are_watched = pthread_atfork(lock, unlock, unlock) == 0;
    }
    struct pb_unpacked *unpacked = take(frame);
    if (unpacked == NULL) {
        forget();
        unpacked = make(payload, frame, outcome);
    }
    if (unpacked != NULL) {
        unpacked->users++;
        unpacked->served += size;
        unpacked->next = latest;
        latest = unpacked;
    }
    unlock();
    return unpacked;
}

const unsigned char *
pb_frame_bytes(const struct pb_unpacked *unpacked)
{
    return unpacked->bytes;
}

void
pb_frame_release(struct pb_unpacked *unpacked)
{
    lock();
    unpacked->users--;
    unlock();
}

bool
pb_frames_are_supported(void)
{
    return true;
}

#else

struct pb_unpacked *
pb_frame_acquire(const pb_payload *payload, const pb_frame *frame, size_t size, enum pb_outcome *outcome)
{
    (void)payload;
    (void)frame;
    (void)size;
    *outcome = PB_DAMAGED; /* not reached: pb_payload_open refuses payloads with frames */
    return NULL;
}

const unsigned char *
pb_frame_bytes(const struct pb_unpacked *unpacked)
{
    (void)unpacked;
    return NULL;
}

void
pb_frame_release(struct pb_unpacked *unpacked)
{
    (void)unpacked;
}

bool
pb_frames_are_supported(void)
{
    return false;
}

#endif
