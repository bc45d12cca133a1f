//go:build covet_cgo && cgo

// Vectors are GCC's vector extensions, which Clang has too. They are 16 bytes, what
// SSE2, NEON, VSX and z/Architecture have: GCC 12 takes a comparison of wider ones
// apart into bytes if the processor has no such registers.

#include "kernels.h"

#include <string.h>

typedef uint8_t vec __attribute__((vector_size(16)));

enum { control = 1, nonascii = 2, escape = 4 }; // the flags of simd.IndexJSON

#ifndef __SSE2__
static inline uint64_t little_endian(uint64_t x) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return __builtin_bswap64(x);
#else
	return x;
#endif
}

// gather8 is the high bit of each of eight bytes.
static inline uint64_t gather8(const void *p) {
	uint64_t x;
	memcpy(&x, p, 8);
	x = little_endian(x) >> 7 & 0x0101010101010101;
	return x * 0x0102040810204080 >> 56;
}
#endif

// mask is the high bit of each byte of v. Only x86 has an instruction for it, which
// the compiler does not find by itself.
static inline uint64_t mask(vec v) {
#ifdef __SSE2__
	typedef char chars __attribute__((vector_size(16)));
	return (uint64_t)__builtin_ia32_pmovmskb128((chars)v);
#else
	const uint8_t *p = (const uint8_t *)&v;
	return gather8(p) | gather8(p + 8) << 8;
#endif
}

// masks is the classes of a block, one bit a byte.
struct masks {
	uint64_t bs, high, ctl, white, op, quote;
};

static inline struct masks classify(const uint8_t *p) {
	struct masks m = {0};
	for (int i = 0; i < 64; i += 16) {
		vec v;
		memcpy(&v, p + i, 16);
		vec fold = v | 0x20;
		m.bs |= mask((vec)(v == '\\')) << i;
		m.high |= mask(v) << i;
		m.ctl |= mask((vec)(v < 0x20)) << i;
		m.white |= mask((vec)((v == ' ') | (v == '\n') | (v == '\r') | (v == '\t'))) << i;
		m.op |= mask((vec)((fold == '{') | (fold == '}') | (v == ':') | (v == ','))) << i;
		m.quote |= mask((vec)(v == '"')) << i;
	}
	return m;
}

// odd_runs is the bytes behind an odd run of backslashes: a walk from run to run.
static inline uint64_t odd_runs(uint64_t bs, uint64_t *escaped, size_t n) {
	uint64_t out = *escaped;
	*escaped = 0;
	for (uint64_t left = bs & ~out; left;) {
		int at = __builtin_ctzll(left);
		if (at + 1 >= (int)n) { // the last byte: what it escapes is not here yet
			*escaped = 1;
			break;
		}
		out |= 2ull << at;
		left &= ~(3ull << at);
	}
	return out;
}

static inline uint64_t prefix_xor(uint64_t x) {
	for (int i = 1; i < 64; i *= 2)
		x ^= x << i;
	return x;
}

// index_block takes the state over 64 bytes, of which n are text and the rest spaces.
static inline uint64_t index_block(const uint8_t *p, size_t n, uint8_t *flags, covet_index_state *s) {
	struct masks m = classify(p);
	uint64_t quote = m.quote;
	if (m.bs | s->escaped)
		quote &= ~odd_runs(m.bs, &s->escaped, n);
	uint64_t in = prefix_xor(quote) ^ s->in_string;
	s->in_string = in >> 63 ? ~0ull : 0;

	uint64_t scalar = ~(in | quote | m.op | m.white);
	uint64_t start = scalar & ~(scalar << 1 | s->scalar);
	s->scalar = scalar >> (n - 1) & 1;

	*flags = (m.bs ? escape : 0) | (m.high ? nonascii : 0) | (m.ctl & in ? control : 0);
	return (m.op & ~in) | quote | start;
}

static inline size_t flatten(uint32_t *dst, uint64_t m, uint32_t base) {
	size_t n = 0;
	for (; m; m &= m - 1)
		dst[n++] = base + (uint32_t)__builtin_ctzll(m);
	return n;
}

size_t covet_index(uint32_t *dst, uint8_t *flags, const uint8_t *src, size_t n, uint32_t base, covet_index_state *s) {
	size_t found = 0;
	for (; n; flags++, base += 64) {
		size_t take = n < 64 ? n : 64;
		const uint8_t *from = src;
		uint8_t padded[64];
		if (take < 64) {
			memset(padded, ' ', 64);
			from = memcpy(padded, src, take);
		}
		found += flatten(dst + found, index_block(from, take, flags, s), base);
		src += take;
		n -= take;
	}
	return found;
}

static inline int stops(uint8_t c, int html, int valid) {
	if (c < 0x20 || c == '"' || c == '\\' || c == 0xE2)
		return 1;
	if (html && (c == '<' || c == '>' || c == '&'))
		return 1;
	return !valid && c >= 0x80;
}

// any_stops tells of 16 bytes whether there is one to stop at.
static inline int any_stops(vec v, int html, int valid) {
	vec m = (vec)((v < 0x20) | (v == '"') | (v == '\\') | (v == 0xE2));
	if (html)
		m |= (vec)((v == '<') | (v == '>') | (v == '&'));
	if (!valid)
		m |= (vec)(v >= 0x80);
	uint64_t w[2];
	memcpy(w, &m, sizeof w);
	return (w[0] | w[1]) != 0;
}

// scan is both escape_index and, with a dst, copy_plain.
static inline size_t scan(uint8_t *dst, const uint8_t *src, size_t n, int html, int valid) {
	size_t i = 0;
	for (; i + 16 <= n; i += 16) {
		vec v;
		memcpy(&v, src + i, 16);
		if (any_stops(v, html, valid))
			break;
		if (dst)
			memcpy(dst + i, &v, 16);
	}
	for (; i < n && !stops(src[i], html, valid); i++)
		if (dst)
			dst[i] = src[i];
	return i;
}

size_t covet_escape_index(const uint8_t *src, size_t n, int html, int valid) {
	return scan(NULL, src, n, html, valid);
}

size_t covet_copy_plain(uint8_t *dst, const uint8_t *src, size_t n, int html, int valid) {
	return scan(dst, src, n, html, valid);
}

// continues tells whether p[1] is between lo and hi and the rest of size bytes are
// continuations (RFC 3629, section 4).
static inline int continues(const uint8_t *p, size_t size, uint8_t lo, uint8_t hi) {
	if (p[1] < lo || p[1] > hi)
		return 0;
	for (size_t i = 2; i < size; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return 1;
}

// rune is the length of the rune that p begins with, or 0.
static inline size_t rune(const uint8_t *p, size_t n) {
	uint8_t c = p[0];
	if (c < 0x80)
		return 1;
	if (c < 0xC2 || c > 0xF4)
		return 0;
	size_t size = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	uint8_t lo = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
	uint8_t hi = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
	return size <= n && continues(p, size, lo, hi) ? size : 0;
}

int covet_valid_utf8(const uint8_t *p, size_t n) {
	while (n) {
		uint64_t w[4];
		if (n >= 32) {
			memcpy(w, p, 32);
			if (!((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080)) {
				p += 32, n -= 32;
				continue;
			}
		}
		for (size_t end = n > 32 ? n - 32 : 0; n > end;) {
			size_t size = rune(p, n);
			if (!size)
				return 0;
			p += size, n -= size;
		}
	}
	return 1;
}
