/* CRC-32 (the one of zlib, gzip and PNG), by which the payload's parts are checked before they are used. */
#ifndef PB_CRC32_H
#define PB_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* CRC-32 of data[0, size). */
uint32_t pb_crc32(const unsigned char *data, size_t size);

#endif
