/* Frames: parts of the payload that are stored compressed, unpacked when something in them is asked for.
 *
 * Each is one zstd frame with several blobs in it, so that what is alike is compressed together.  What was unpacked is kept for the
 * frame's other blobs, until all were asked for, or other frames of a few MiB were used since.  Any thread may call, also without
 * the GIL (subinterpreters have their own). */
#ifndef PB_FRAMES_H
#define PB_FRAMES_H

#include "launcher/payload.h"

/* The unpacked bytes of `frame`, of which `size` are wanted; they stay until pb_frame_release.  NULL when it is damaged or there is
 * no memory, as *outcome says. */
struct pb_unpacked *pb_frame_acquire(const pb_payload *payload, const pb_frame *frame, size_t size, enum pb_outcome *outcome);

/* Where the bytes of what was acquired begin. */
const unsigned char *pb_frame_bytes(const struct pb_unpacked *unpacked);

/* Give back what was acquired. */
void pb_frame_release(struct pb_unpacked *unpacked);

/* Whether this launcher was built with zstd. */
bool pb_frames_are_supported(void);

#endif
