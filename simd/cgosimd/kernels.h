// The kernels of cgosimd.go, which says what they do.

#ifndef COVET_KERNELS_H
#define COVET_KERNELS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
	uint64_t in_string; // all ones inside a string, else 0
	uint64_t escaped;   // 1 if the next byte is escaped
	uint64_t scalar;    // 1 if the last byte was part of a scalar
} covet_index_state;

size_t covet_index(uint32_t *dst, uint8_t *flags, const uint8_t *src, size_t n, uint32_t base, covet_index_state *s);
size_t covet_escape_index(const uint8_t *src, size_t n, int html, int valid);
size_t covet_copy_plain(uint8_t *dst, const uint8_t *src, size_t n, int html, int valid);
int covet_valid_utf8(const uint8_t *p, size_t n);

#endif
