/* CRC-32: by carry-less multiplication where the processor has it, else eight bytes a step ("slicing by eight").  See crc32.h.
 *
 * The first way folds 64 bytes at a time: V. Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ
 * Instruction", Intel, 2009, with its constants for this polynomial, bits reflected. */
#include "launcher/crc32.h"

#include <stdbool.h>
#include <string.h>

#define PB_CRC_POLYNOMIAL 0xEDB88320u

/* Go on from `crc`, which is not yet complemented, by one byte. */
static inline uint32_t
update_by_bits(uint32_t crc, unsigned char byte)
{
    crc ^= byte;
    for (int bit = 0; bit < 8; bit++) {
        crc = (crc >> 1) ^ (crc & 1 ? PB_CRC_POLYNOMIAL : 0);
    }
    return crc;
}

static uint32_t tables[8][256];
static bool tables_are_made;

/* The tables are a function of the polynomial; making them takes some microseconds, once, before there are threads. */
static void
make_tables(void)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        tables[0][byte] = update_by_bits(0, (unsigned char)byte);
    }
    for (uint32_t byte = 0; byte < 256; byte++) {
        for (int slice = 1; slice < 8; slice++) {
            uint32_t crc = tables[slice - 1][byte];
            tables[slice][byte] = (crc >> 8) ^ tables[0][crc & 0xFF];
        }
    }
    tables_are_made = true;
}

static uint32_t
update_by_tables(uint32_t crc, const unsigned char *data, size_t size)
{
    if (!tables_are_made) {
        make_tables();
    }
    for (; size >= 8; data += 8, size -= 8) {
        uint32_t low, high;
        memcpy(&low, data, 4);
        memcpy(&high, data + 4, 4);
        low ^= crc;
        crc = tables[7][low & 0xFF] ^ tables[6][(low >> 8) & 0xFF] ^ tables[5][(low >> 16) & 0xFF] ^ tables[4][low >> 24] ^
              tables[3][high & 0xFF] ^ tables[2][(high >> 8) & 0xFF] ^ tables[1][(high >> 16) & 0xFF] ^ tables[0][high >> 24];
    }
    for (; size > 0; data++, size--) {
        crc = (crc >> 8) ^ tables[0][(crc ^ *data) & 0xFF];
    }
    return crc;
}

#if defined(__x86_64__) && !defined(PB_CRC_BY_TABLES)
#include <cpuid.h>
#include <immintrin.h>

#define PB_WITH_PCLMUL __attribute__((target("pclmul,sse4.1")))

/* value * x^n + data, where `factors` holds the two residues that move value's halves by n bits. */
PB_WITH_PCLMUL static inline __m128i
fold(__m128i value, __m128i factors, __m128i data)
{
    __m128i low = _mm_clmulepi64_si128(value, factors, 0x00);
    __m128i high = _mm_clmulepi64_si128(value, factors, 0x11);
    return _mm_xor_si128(_mm_xor_si128(low, high), data);
}

PB_WITH_PCLMUL static inline __m128i
load(const unsigned char *data)
{
    return _mm_loadu_si128((const __m128i *)(const void *)data);
}

/* From 128 bits to the 32 of the CRC: two folds, then Barrett reduction. */
PB_WITH_PCLMUL static inline uint32_t
reduce(__m128i value, __m128i by_128)
{
    const __m128i low_words = _mm_setr_epi32(-1, 0, -1, 0);
    const __m128i by_64 = _mm_set_epi64x(0, 0x163cd6124);
    const __m128i barrett = _mm_set_epi64x(0x1f7011641, 0x1db710641);
    value = _mm_xor_si128(_mm_srli_si128(value, 8), _mm_clmulepi64_si128(value, by_128, 0x10));
    __m128i upper = _mm_srli_si128(value, 4);
    value = _mm_xor_si128(_mm_clmulepi64_si128(_mm_and_si128(value, low_words), by_64, 0x00), upper);
    __m128i quotient = _mm_clmulepi64_si128(_mm_and_si128(value, low_words), barrett, 0x10);
    quotient = _mm_clmulepi64_si128(_mm_and_si128(quotient, low_words), barrett, 0x00);
    return (uint32_t)_mm_extract_epi32(_mm_xor_si128(value, quotient), 1);
}

/* The same as update_by_tables for a size of 64 or more that is a multiple of 16. */
PB_WITH_PCLMUL static uint32_t
update_by_folding(uint32_t crc, const unsigned char *data, size_t size)
{
    const __m128i by_512 = _mm_set_epi64x(0x1c6e41596, 0x154442bd4);
    const __m128i by_128 = _mm_set_epi64x(0x0ccaa009e, 0x1751997d0);
    __m128i a = _mm_xor_si128(load(data), _mm_cvtsi32_si128((int)crc));
    __m128i b = load(data + 16), c = load(data + 32), d = load(data + 48);
    for (data += 64, size -= 64; size >= 64; data += 64, size -= 64) {
        a = fold(a, by_512, load(data));
        b = fold(b, by_512, load(data + 16));
        c = fold(c, by_512, load(data + 32));
        d = fold(d, by_512, load(data + 48));
    }
    a = fold(fold(fold(a, by_128, b), by_128, c), by_128, d);
    for (; size >= 16; data += 16, size -= 16) {
        a = fold(a, by_128, load(data));
    }
    return reduce(a, by_128);
}

/* Asked of the processor itself: compilers' own ways need a library that zig does not link. */
static bool
can_fold(void)
{
    static int answer; /* 0: not asked yet; threads that ask at once get the same */
    if (answer == 0) {
        unsigned a, b, c = 0, d;
        const unsigned needed = 1u << 1 | 1u << 19; /* PCLMULQDQ, SSE4.1 */
        answer = __get_cpuid(1, &a, &b, &c, &d) && (c & needed) == needed ? 1 : -1;
    }
    return answer > 0;
}
#else
static uint32_t
update_by_folding(uint32_t crc, const unsigned char *data, size_t size)
{
    return update_by_tables(crc, data, size); /* never asked for */
}

static bool
can_fold(void)
{
    return false;
}
#endif

uint32_t
pb_crc32(const unsigned char *data, size_t size)
{
    uint32_t crc = 0xFFFFFFFFu;
    if (!can_fold()) {
        return ~update_by_tables(crc, data, size);
    }
    size_t folded = size >= 64 ? size & ~(size_t)15 : 0;
    if (folded > 0) {
        crc = update_by_folding(crc, data, folded);
    }
    for (size_t i = folded; i < size; i++) {
        crc = update_by_bits(crc, data[i]);
    }
    return ~crc;
}
