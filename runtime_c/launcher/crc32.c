/* CRC-32, eight bytes a step ("slicing by eight").  See crc32.h. */
#include "launcher/crc32.h"

#include <stdbool.h>
#include <string.h>

#define PB_CRC_POLYNOMIAL 0xEDB88320u

static uint32_t tables[8][256];
static bool tables_are_made;

/* The tables are a function of the polynomial; making them takes some microseconds, once, before there are threads. */
static void
make_tables(void)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (crc & 1 ? PB_CRC_POLYNOMIAL : 0);
        }
        tables[0][byte] = crc;
    }
    for (uint32_t byte = 0; byte < 256; byte++) {
        for (int slice = 1; slice < 8; slice++) {
            uint32_t crc = tables[slice - 1][byte];
            tables[slice][byte] = (crc >> 8) ^ tables[0][crc & 0xFF];
        }
    }
    tables_are_made = true;
}

uint32_t
pb_crc32(const unsigned char *data, size_t size)
{
    if (!tables_are_made) {
        make_tables();
    }
    uint32_t crc = 0xFFFFFFFFu;
    for (; size >= 8; data += 8, size -= 8) {
        uint32_t low, high;
        memcpy(&low, data, 4);
        memcpy(&high, data + 4, 4);
        low ^= crc;
        crc = tables[7][low & 0xFF] ^ tables[6][(low >> 8) & 0xFF] ^ tables[5][(low >> 16) & 0xFF] ^
              tables[4][low >> 24] ^ tables[3][high & 0xFF] ^ tables[2][(high >> 8) & 0xFF] ^
              tables[1][(high >> 16) & 0xFF] ^ tables[0][high >> 24];
    }
    for (; size > 0; data++, size--) {
        crc = (crc >> 8) ^ tables[0][(crc ^ *data) & 0xFF];
    }
    return ~crc;
}
