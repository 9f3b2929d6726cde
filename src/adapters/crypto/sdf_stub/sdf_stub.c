/* A software stub of the interface of password machines (GM/T 0018), for tests only.
 *
 * It keeps keys in plain memory, is not constant in time and has never been certified: never use
 * it to protect anything. Written from the standards: GB/T 32905 (SM3), 32907 (SM4), 32918 (SM2),
 * NIST SP 800-38D (GCM). Build: cc -O2 -shared -fPIC -o libsdf_stub.so sdf_stub.c
 *
 * STUB_* functions set it up: a machine's administrator does that by other means.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OK = 0, UNKNOWERR = 0x01000001, NOTSUPPORT, COMMFAIL, HARDFAIL, OPENDEVICE, OPENSESSION,
    PARDENY, KEYNOTEXIST, ALGNOTSUPPORT, ALGMODNOTSUPPORT, PKOPERR, SKOPERR, SIGNERR, VERIFYERR,
    SYMOPERR, STEPERR
};
enum { ECB = 0x401, CBC = 0x402, GCM = 0x02000400, SM3 = 1 };
enum { KEYS = 16 };

typedef unsigned char byte;
typedef unsigned int uint;
typedef struct { uint bits; byte x[64], y[64]; } ECCrefPublicKey;
typedef struct { byte r[64], s[64]; } ECCSignature;
typedef struct { byte x[64], y[64], M[32]; uint L; byte C[1]; } ECCCipher;
typedef struct { byte bytes[16]; } Key;
typedef struct {
    byte *data; size_t size; int hashing, macing; byte mac_key[64]; int granted[KEYS];
} Session;

/* ---- SM3 ---- */
static uint32_t rotl(uint32_t x, int n) { n &= 31; return n ? x << n | x >> (32 - n) : x; }

static void sm3_block(uint32_t v[8], const byte *p) {
    uint32_t w[68], a = v[0], b = v[1], c = v[2], d = v[3], e = v[4], f = v[5], g = v[6], h = v[7];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[4*i] << 24 | p[4*i+1] << 16 | p[4*i+2] << 8 | p[4*i+3];
    for (int i = 16; i < 68; i++) {
        uint32_t x = w[i-16] ^ w[i-9] ^ rotl(w[i-3], 15);
        w[i] = (x ^ rotl(x, 15) ^ rotl(x, 23)) ^ rotl(w[i-13], 7) ^ w[i-6];
    }
    for (int i = 0; i < 64; i++) {
        uint32_t t = i < 16 ? 0x79cc4519 : 0x7a879d8a;
        uint32_t s1 = rotl(rotl(a, 12) + e + rotl(t, i), 7), s2 = s1 ^ rotl(a, 12);
        uint32_t ff = i < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
        uint32_t gg = i < 16 ? e ^ f ^ g : (e & f) | (~e & g);
        uint32_t t1 = ff + d + s2 + (w[i] ^ w[i+4]), t2 = gg + h + s1 + w[i];
        d = c; c = rotl(b, 9); b = a; a = t1;
        h = g; g = rotl(f, 19); f = e; e = t2 ^ rotl(t2, 9) ^ rotl(t2, 17);
    }
    v[0] ^= a; v[1] ^= b; v[2] ^= c; v[3] ^= d; v[4] ^= e; v[5] ^= f; v[6] ^= g; v[7] ^= h;
}

static void sm3(const byte *data, size_t size, byte out[32]) {
    uint32_t v[8] = {0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600,
                     0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e};
    byte last[128] = {0};
    size_t whole = size / 64 * 64, rest = size - whole, room = rest < 56 ? 64 : 128;
    for (size_t i = 0; i < whole; i += 64) sm3_block(v, data + i);
    if (rest) memcpy(last, data + whole, rest);
    last[rest] = 0x80;
    for (int i = 0; i < 8; i++) last[room - 1 - i] = (byte)((uint64_t)size * 8 >> 8 * i);
    for (size_t i = 0; i < room; i += 64) sm3_block(v, last + i);
    for (int i = 0; i < 32; i++) out[i] = (byte)(v[i / 4] >> (24 - 8 * (i % 4)));
}

/* ---- SM4 ---- */
static const byte SBOX[256] = {
    0xd6, 0x90, 0xe9, 0xfe, 0xcc, 0xe1, 0x3d, 0xb7, 0x16, 0xb6, 0x14, 0xc2, 0x28, 0xfb, 0x2c, 0x05,
    0x2b, 0x67, 0x9a, 0x76, 0x2a, 0xbe, 0x04, 0xc3, 0xaa, 0x44, 0x13, 0x26, 0x49, 0x86, 0x06, 0x99,
    0x9c, 0x42, 0x50, 0xf4, 0x91, 0xef, 0x98, 0x7a, 0x33, 0x54, 0x0b, 0x43, 0xed, 0xcf, 0xac, 0x62,
    0xe4, 0xb3, 0x1c, 0xa9, 0xc9, 0x08, 0xe8, 0x95, 0x80, 0xdf, 0x94, 0xfa, 0x75, 0x8f, 0x3f, 0xa6,
    0x47, 0x07, 0xa7, 0xfc, 0xf3, 0x73, 0x17, 0xba, 0x83, 0x59, 0x3c, 0x19, 0xe6, 0x85, 0x4f, 0xa8,
    0x68, 0x6b, 0x81, 0xb2, 0x71, 0x64, 0xda, 0x8b, 0xf8, 0xeb, 0x0f, 0x4b, 0x70, 0x56, 0x9d, 0x35,
    0x1e, 0x24, 0x0e, 0x5e, 0x63, 0x58, 0xd1, 0xa2, 0x25, 0x22, 0x7c, 0x3b, 0x01, 0x21, 0x78, 0x87,
    0xd4, 0x00, 0x46, 0x57, 0x9f, 0xd3, 0x27, 0x52, 0x4c, 0x36, 0x02, 0xe7, 0xa0, 0xc4, 0xc8, 0x9e,
    0xea, 0xbf, 0x8a, 0xd2, 0x40, 0xc7, 0x38, 0xb5, 0xa3, 0xf7, 0xf2, 0xce, 0xf9, 0x61, 0x15, 0xa1,
    0xe0, 0xae, 0x5d, 0xa4, 0x9b, 0x34, 0x1a, 0x55, 0xad, 0x93, 0x32, 0x30, 0xf5, 0x8c, 0xb1, 0xe3,
    0x1d, 0xf6, 0xe2, 0x2e, 0x82, 0x66, 0xca, 0x60, 0xc0, 0x29, 0x23, 0xab, 0x0d, 0x53, 0x4e, 0x6f,
    0xd5, 0xdb, 0x37, 0x45, 0xde, 0xfd, 0x8e, 0x2f, 0x03, 0xff, 0x6a, 0x72, 0x6d, 0x6c, 0x5b, 0x51,
    0x8d, 0x1b, 0xaf, 0x92, 0xbb, 0xdd, 0xbc, 0x7f, 0x11, 0xd9, 0x5c, 0x41, 0x1f, 0x10, 0x5a, 0xd8,
    0x0a, 0xc1, 0x31, 0x88, 0xa5, 0xcd, 0x7b, 0xbd, 0x2d, 0x74, 0xd0, 0x12, 0xb8, 0xe5, 0xb4, 0xb0,
    0x89, 0x69, 0x97, 0x4a, 0x0c, 0x96, 0x77, 0x7e, 0x65, 0xb9, 0xf1, 0x09, 0xc5, 0x6e, 0xc6, 0x84,
    0x18, 0xf0, 0x7d, 0xec, 0x3a, 0xdc, 0x4d, 0x20, 0x79, 0xee, 0x5f, 0x3e, 0xd7, 0xcb, 0x39, 0x48,
};

static uint32_t tau(uint32_t x) {
    return (uint32_t)SBOX[x >> 24] << 24 | SBOX[x >> 16 & 255] << 16 | SBOX[x >> 8 & 255] << 8
        | SBOX[x & 255];
}

static void sm4(const byte key[16], const byte in[16], byte out[16], int back) {
    static const uint32_t FK[4] = {0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc};
    uint32_t k[36], x[36];
    for (int i = 0; i < 4; i++) {
        k[i] = ((uint32_t)key[4*i] << 24 | key[4*i+1] << 16 | key[4*i+2] << 8 | key[4*i+3]) ^ FK[i];
        x[i] = (uint32_t)in[4*i] << 24 | in[4*i+1] << 16 | in[4*i+2] << 8 | in[4*i+3];
    }
    for (int i = 0; i < 32; i++) {
        uint32_t ck = 0;
        for (int j = 0; j < 4; j++) ck = ck << 8 | (uint32_t)((4 * i + j) * 7 & 255);
        uint32_t t = tau(k[i+1] ^ k[i+2] ^ k[i+3] ^ ck);
        k[i+4] = k[i] ^ t ^ rotl(t, 13) ^ rotl(t, 23);
    }
    for (int i = 0; i < 32; i++) {
        uint32_t t = tau(x[i+1] ^ x[i+2] ^ x[i+3] ^ k[back ? 35 - i : i + 4]);
        x[i+4] = x[i] ^ t ^ rotl(t, 2) ^ rotl(t, 10) ^ rotl(t, 18) ^ rotl(t, 24);
    }
    for (int i = 0; i < 16; i++) out[i] = (byte)(x[35 - i / 4] >> (24 - 8 * (i % 4)));
}

/* ---- GCM ---- */
static void gf_mul(byte x[16], const byte h[16]) {
    byte z[16] = {0}, v[16];
    memcpy(v, h, 16);
    for (int i = 0; i < 128; i++) {
        if (x[i / 8] >> (7 - i % 8) & 1) for (int j = 0; j < 16; j++) z[j] ^= v[j];
        int low = v[15] & 1;
        for (int j = 15; j; j--) v[j] = (byte)(v[j] >> 1 | v[j-1] << 7);
        v[0] >>= 1;
        if (low) v[0] ^= 0xe1;
    }
    memcpy(x, z, 16);
}

static void ghash(byte y[16], const byte h[16], const byte *data, size_t size) {
    for (size_t i = 0; i < size; i += 16) {
        for (size_t j = 0; j < 16 && i + j < size; j++) y[j] ^= data[i + j];
        gf_mul(y, h);
    }
}

static void gcm_tag(const byte key[16], const byte iv[12], const byte *aad, size_t aads,
                    const byte *body, size_t size, byte tag[16]) {
    byte h[16] = {0}, y[16] = {0}, sizes[16], mask[16];
    sm4(key, h, h, 0);
    ghash(y, h, aad, aads);
    ghash(y, h, body, size);
    for (int i = 0; i < 8; i++) {
        sizes[7 - i] = (byte)((uint64_t)aads * 8 >> 8 * i);
        sizes[15 - i] = (byte)((uint64_t)size * 8 >> 8 * i);
    }
    ghash(y, h, sizes, 16);
    memcpy(mask, iv, 12);
    mask[12] = mask[13] = mask[14] = 0; mask[15] = 1;
    sm4(key, mask, mask, 0);
    for (int i = 0; i < 16; i++) tag[i] = y[i] ^ mask[i];
}

static void gcm_stream(const byte key[16], const byte iv[12], const byte *in, size_t size, byte *out) {
    for (size_t i = 0; i < size; i += 16) {
        byte block[16];
        uint32_t n = (uint32_t)(i / 16 + 2);
        memcpy(block, iv, 12);
        for (int j = 0; j < 4; j++) block[12 + j] = (byte)(n >> (24 - 8 * j));
        sm4(key, block, block, 0);
        for (size_t j = 0; j < 16 && i + j < size; j++) out[i + j] = in[i + j] ^ block[j];
    }
}

/* ---- numbers of 256 bits, least limb first ---- */
typedef struct { uint64_t v[4]; } Num;
typedef struct { Num x, y, z; } Point;
static const Num P = {{0xffffffffffffffff, 0xffffffff00000000, 0xffffffffffffffff, 0xfffffffeffffffff}};
static const Num A = {{0xfffffffffffffffc, 0xffffffff00000000, 0xffffffffffffffff, 0xfffffffeffffffff}};
static const Num B = {{0xddbcbd414d940e93, 0xf39789f515ab8f92, 0x4d5a9e4bcf6509a7, 0x28e9fa9e9d9f5e34}};
static const Num N = {{0x53bbf40939d54123, 0x7203df6b21c6052b, 0xffffffffffffffff, 0xfffffffeffffffff}};
static const Point G = {
    {{0x715a4589334c74c7, 0x8fe30bbff2660be1, 0x5f9904466a39c994, 0x32c4ae2c1f198119}},
    {{0x02df32e52139f0a0, 0xd0a9877cc62a4740, 0x59bdcee36b692153, 0xbc3736a2f4f6779c}},
    {{1, 0, 0, 0}}};

static int cmp(Num a, Num b) {
    for (int i = 3; i >= 0; i--) if (a.v[i] != b.v[i]) return a.v[i] < b.v[i] ? -1 : 1;
    return 0;
}
static int zero(Num a) { return !(a.v[0] | a.v[1] | a.v[2] | a.v[3]); }
static uint64_t plus(Num *r, Num a, Num b) {
    unsigned __int128 c = 0;
    for (int i = 0; i < 4; i++) { c += (unsigned __int128)a.v[i] + b.v[i]; r->v[i] = (uint64_t)c; c >>= 64; }
    return (uint64_t)c;
}
static void minus(Num *r, Num a, Num b) {
    unsigned __int128 borrow = 0;
    for (int i = 0; i < 4; i++) {
        unsigned __int128 d = (unsigned __int128)a.v[i] - b.v[i] - borrow;
        r->v[i] = (uint64_t)d; borrow = d >> 64 & 1;
    }
}
static Num add_m(Num a, Num b, Num m) {
    Num r; uint64_t c = plus(&r, a, b);
    if (c || cmp(r, m) >= 0) minus(&r, r, m);
    return r;
}
static Num sub_m(Num a, Num b, Num m) {
    Num r;
    if (cmp(a, b) >= 0) { minus(&r, a, b); return r; }
    minus(&r, b, a); minus(&r, m, r);
    return r;
}
static Num mul_m(Num a, Num b, Num m) {
    uint64_t t[8] = {0};
    for (int i = 0; i < 4; i++) {
        unsigned __int128 c = 0;
        for (int j = 0; j < 4; j++) {
            c += (unsigned __int128)a.v[i] * b.v[j] + t[i + j];
            t[i + j] = (uint64_t)c; c >>= 64;
        }
        t[i + 4] = (uint64_t)c;
    }
    Num r = {{0}};
    for (int i = 511; i >= 0; i--) {
        uint64_t top = r.v[3] >> 63;
        for (int j = 3; j; j--) r.v[j] = r.v[j] << 1 | r.v[j-1] >> 63;
        r.v[0] = r.v[0] << 1 | (t[i / 64] >> i % 64 & 1);
        if (top || cmp(r, m) >= 0) minus(&r, r, m);
    }
    return r;
}
static Num inv_m(Num a, Num m) {
    Num two = {{2}}, e, r = {{1}};
    minus(&e, m, two);
    for (int i = 255; i >= 0; i--) {
        r = mul_m(r, r, m);
        if (e.v[i / 64] >> i % 64 & 1) r = mul_m(r, a, m);
    }
    return r;
}
static Num num(const byte p[32]) {
    Num r;
    for (int i = 0; i < 4; i++) {
        r.v[3 - i] = 0;
        for (int j = 0; j < 8; j++) r.v[3 - i] = r.v[3 - i] << 8 | p[8 * i + j];
    }
    return r;
}
static void put(Num a, byte p[32]) {
    for (int i = 0; i < 32; i++) p[i] = (byte)(a.v[3 - i / 8] >> (56 - 8 * (i % 8)));
}
static Num mod_n(Num a) { if (cmp(a, N) >= 0) minus(&a, a, N); return a; }

/* ---- points, Jacobian; z = 0 is infinity ---- */
#define M_(a, b) mul_m(a, b, P)
#define S_(a, b) sub_m(a, b, P)
#define A_(a, b) add_m(a, b, P)
static Point twice(Point p) {
    Point r = {{{0}}, {{0}}, {{0}}};
    if (zero(p.z) || zero(p.y)) return r;
    Num y2 = M_(p.y, p.y), s = M_(p.x, y2), x2 = M_(p.x, p.x), z2 = M_(p.z, p.z), y4 = M_(y2, y2);
    s = A_(s, s); s = A_(s, s);
    Num m = A_(A_(A_(x2, x2), x2), M_(A, M_(z2, z2)));
    r.x = S_(M_(m, m), A_(s, s));
    y4 = A_(y4, y4); y4 = A_(y4, y4); y4 = A_(y4, y4);
    r.y = S_(M_(m, S_(s, r.x)), y4);
    r.z = M_(p.y, p.z); r.z = A_(r.z, r.z);
    return r;
}
static Point sum(Point p, Point q) {
    if (zero(p.z)) return q;
    if (zero(q.z)) return p;
    Num pz = M_(p.z, p.z), qz = M_(q.z, q.z);
    Num u1 = M_(p.x, qz), u2 = M_(q.x, pz), s1 = M_(p.y, M_(qz, q.z)), s2 = M_(q.y, M_(pz, p.z));
    Num h = S_(u2, u1), r = S_(s2, s1);
    Point out = {{{0}}, {{0}}, {{0}}};
    if (zero(h)) return zero(r) ? twice(p) : out;
    Num h2 = M_(h, h), h3 = M_(h2, h), w = M_(u1, h2);
    out.x = S_(S_(M_(r, r), h3), A_(w, w));
    out.y = S_(M_(r, S_(w, out.x)), M_(s1, h3));
    out.z = M_(h, M_(p.z, q.z));
    return out;
}
static Point times(Num k, Point p) {
    Point r = {{{0}}, {{0}}, {{0}}};
    for (int i = 255; i >= 0; i--) {
        r = twice(r);
        if (k.v[i / 64] >> i % 64 & 1) r = sum(r, p);
    }
    return r;
}
static int affine(Point p, Num *x, Num *y) {
    if (zero(p.z)) return 0;
    Num i = inv_m(p.z, P), i2 = M_(i, i);
    *x = M_(p.x, i2); *y = M_(p.y, M_(i2, i));
    return 1;
}
static int point(const byte x[64], const byte y[64], Point *p) {
    Point r = {num(x + 32), num(y + 32), {{1}}};
    *p = r;
    if (cmp(r.x, P) >= 0 || cmp(r.y, P) >= 0) return 0;
    Num right = A_(A_(M_(M_(r.x, r.x), r.x), M_(A, r.x)), B);
    return cmp(M_(r.y, r.y), right) == 0;
}
static int draw(byte *out, size_t size) {
    FILE *f = fopen("/dev/urandom", "rb");
    size_t got = f ? fread(out, 1, size, f) : 0;
    if (f) fclose(f);
    return got == size;
}
static Num draw_number(void) {
    byte p[32];
    for (;;) {
        if (!draw(p, 32)) abort();
        Num k = num(p);
        if (!zero(k) && cmp(k, N) < 0) return k;
    }
}
static int kdf(const byte shared[64], size_t size, byte *out) { /* 0: all zero */
    byte in[68], hash[32], seen = 0;
    memcpy(in, shared, 64);
    for (uint32_t n = 1; (n - 1) * 32 < size; n++) {
        for (int j = 0; j < 4; j++) in[64 + j] = (byte)(n >> (24 - 8 * j));
        sm3(in, 68, hash);
        for (size_t j = 0, at = (n - 1) * 32; j < 32 && at + j < size; j++) seen |= out[at + j] = hash[j];
    }
    return seen != 0;
}
static void check_value(const byte shared[64], const byte *plain, size_t size, byte out[32]) {
    byte *in = malloc(64 + size);
    memcpy(in, shared, 32); memcpy(in + 32, plain, size); memcpy(in + 32 + size, shared + 32, 32);
    sm3(in, 64 + size, out);
    free(in);
}

/* ---- the machine ---- */
static Num pairs[KEYS];
static int has_pair[KEYS], has_kek[KEYS];
static byte keks[KEYS][16];
static uint fail_next;
static int sessions;
#define FAILING() do { if (fail_next) { uint e = fail_next; fail_next = 0; return (int)e; } } while (0)

void STUB_SetKeyPair(uint index, const byte d[32]) { pairs[index] = num(d); has_pair[index] = 1; }
void STUB_SetKek(uint index, const byte key[16]) { memcpy(keks[index], key, 16); has_kek[index] = 1; }
void STUB_FailNext(uint value) { fail_next = value; }
int STUB_Sessions(void) { return sessions; }

int SDF_OpenDevice(void **device) { FAILING(); *device = malloc(1); return OK; }
int SDF_CloseDevice(void *device) { free(device); return OK; }
int SDF_OpenSession(void *device, void **session) {
    FAILING();
    if (!device) return OPENDEVICE;
    *session = calloc(1, sizeof(Session)); sessions++;
    return OK;
}
int SDF_CloseSession(void *session) {
    if (!session) return OPENSESSION;
    free(((Session *)session)->data); free(session); sessions--;
    return OK;
}
int SDF_GenerateRandom(void *s, uint size, byte *out) {
    FAILING(); (void)s;
    return draw(out, size) ? OK : HARDFAIL;
}
int SDF_GetPrivateKeyAccessRight(void *s, uint index, const byte *pin, uint size) {
    FAILING();
    if (index >= KEYS || !has_pair[index]) return KEYNOTEXIST;
    if (size != 8 || memcmp(pin, "stub-pin", 8)) return PARDENY;
    ((Session *)s)->granted[index] = 1;
    return OK;
}
int SDF_ReleasePrivateKeyAccessRight(void *s, uint index) {
    if (index < KEYS) ((Session *)s)->granted[index] = 0;
    return OK;
}
static int export(uint index, ECCrefPublicKey *out) {
    Num x, y;
    FAILING();
    if (index >= KEYS || !has_pair[index]) return KEYNOTEXIST;
    memset(out, 0, sizeof *out);
    affine(times(pairs[index], G), &x, &y);
    out->bits = 256; put(x, out->x + 32); put(y, out->y + 32);
    return OK;
}
int SDF_ExportSignPublicKey_ECC(void *s, uint i, ECCrefPublicKey *out) { (void)s; return export(i, out); }
int SDF_ExportEncPublicKey_ECC(void *s, uint i, ECCrefPublicKey *out) { (void)s; return export(i, out); }

int SDF_InternalSign_ECC(void *s, uint index, const byte *data, uint size, ECCSignature *out) {
    FAILING();
    if (index >= KEYS || !has_pair[index]) return KEYNOTEXIST;
    if (!((Session *)s)->granted[index]) return PARDENY;
    if (size != 32) return SIGNERR;
    Num e = mod_n(num(data)), d = pairs[index], one = {{1}}, x, y;
    for (;;) {
        Num k = draw_number();
        affine(times(k, G), &x, &y);
        Num r = add_m(e, mod_n(x), N);
        Num t = mul_m(inv_m(add_m(d, one, N), N), sub_m(k, mul_m(r, d, N), N), N);
        if (zero(r) || zero(t) || zero(add_m(r, k, N))) continue;
        memset(out, 0, sizeof *out); put(r, out->r + 32); put(t, out->s + 32);
        return OK;
    }
}
int SDF_ExternalVerify_ECC(void *s, uint alg, ECCrefPublicKey *key, const byte *data, uint size,
                           ECCSignature *given) {
    Point q; Num x, y;
    FAILING(); (void)s;
    if (alg != 0x00020100 && alg != 0x00020200) return ALGNOTSUPPORT;
    if (size != 32 || !point(key->x, key->y, &q)) return PKOPERR;
    Num r = num(given->r + 32), t = num(given->s + 32);
    if (zero(r) || zero(t) || cmp(r, N) >= 0 || cmp(t, N) >= 0) return VERIFYERR;
    Num both = add_m(r, t, N);
    if (zero(both) || !affine(sum(times(t, G), times(both, q)), &x, &y)) return VERIFYERR;
    return cmp(add_m(mod_n(num(data)), mod_n(x), N), r) ? VERIFYERR : OK;
}
int SDF_ExternalEncrypt_ECC(void *s, uint alg, ECCrefPublicKey *key, const byte *data, uint size,
                            ECCCipher *out) {
    Point q; Num x, y; byte shared[64];
    FAILING(); (void)s;
    if (alg != 0x00020400 && alg != 0x00020800) return ALGNOTSUPPORT;
    if (!size || size > 255 || !point(key->x, key->y, &q)) return PKOPERR;
    do {
        Num k = draw_number();
        affine(times(k, q), &x, &y);
        put(x, shared); put(y, shared + 32);
        memset(out->x, 0, 64); memset(out->y, 0, 64);
        affine(times(k, G), &x, &y);
        put(x, out->x + 32); put(y, out->y + 32);
    } while (!kdf(shared, size, out->C));
    check_value(shared, data, size, out->M);
    for (uint i = 0; i < size; i++) out->C[i] ^= data[i];
    out->L = size;
    return OK;
}
int SDF_InternalDecrypt_ECC(void *s, uint index, uint alg, ECCCipher *in, byte *out, uint *size) {
    Point q; Num x, y; byte shared[64], check[32];
    FAILING();
    if (index >= KEYS || !has_pair[index]) return KEYNOTEXIST;
    if (!((Session *)s)->granted[index]) return PARDENY;
    if (alg != 0x00020400 && alg != 0x00020800) return ALGNOTSUPPORT;
    if (!in->L || in->L > *size || !point(in->x, in->y, &q)) return SKOPERR;
    affine(times(pairs[index], q), &x, &y);
    put(x, shared); put(y, shared + 32);
    if (!kdf(shared, in->L, out)) return SKOPERR;
    for (uint i = 0; i < in->L; i++) out[i] ^= in->C[i];
    check_value(shared, out, in->L, check);
    if (memcmp(check, in->M, 32)) { memset(out, 0, in->L); return SKOPERR; }
    *size = in->L;
    return OK;
}

int SDF_ImportKeyWithKEK(void *s, uint alg, uint kek, const byte *in, uint size, void **handle) {
    FAILING(); (void)s;
    if (alg != ECB) return ALGNOTSUPPORT;
    if (kek >= KEYS || !has_kek[kek]) return KEYNOTEXIST;
    if (size != 16) return SYMOPERR;
    Key *key = malloc(sizeof *key);
    sm4(keks[kek], in, key->bytes, 1);
    *handle = key;
    return OK;
}
int SDF_GenerateKeyWithKEK(void *s, uint bits, uint alg, uint kek, byte *out, uint *size, void **handle) {
    FAILING();
    if (bits != 128) return ALGNOTSUPPORT;
    if (!draw(out, 16)) return HARDFAIL;
    *size = 16;
    return SDF_ImportKeyWithKEK(s, alg, kek, out, 16, handle);
}
int SDF_DestroyKey(void *s, void *handle) { (void)s; free(handle); return OK; }

static int cbc(Key *key, uint alg, byte *iv, const byte *in, uint size, byte *out, uint *outs, int back) {
    FAILING();
    if (alg != CBC) return ALGMODNOTSUPPORT;
    if (size % 16) return SYMOPERR;
    for (uint i = 0; i < size; i += 16) {
        byte block[16], next[16];
        memcpy(next, in + i, 16);
        for (int j = 0; j < 16; j++) block[j] = back ? next[j] : next[j] ^ iv[j];
        sm4(key->bytes, block, block, back);
        for (int j = 0; j < 16; j++) out[i + j] = back ? block[j] ^ iv[j] : block[j];
        memcpy(iv, back ? next : block, 16);
    }
    *outs = size;
    return OK;
}
int SDF_Encrypt(void *s, void *key, uint alg, byte *iv, const byte *in, uint size, byte *out, uint *outs) {
    (void)s; return cbc(key, alg, iv, in, size, out, outs, 0);
}
int SDF_Decrypt(void *s, void *key, uint alg, byte *iv, const byte *in, uint size, byte *out, uint *outs) {
    (void)s; return cbc(key, alg, iv, in, size, out, outs, 1);
}
#ifndef STUB_2012 /* what the edition of 2023 added */
int SDF_AuthEnc(void *s, void *key, uint alg, const byte *iv, uint ivs, const byte *aad, uint aads,
                const byte *in, uint size, byte *out, uint *outs, byte *tag, uint *tags) {
    FAILING(); (void)s;
    if (alg != GCM || ivs != 12) return ALGMODNOTSUPPORT;
    gcm_stream(((Key *)key)->bytes, iv, in, size, out);
    gcm_tag(((Key *)key)->bytes, iv, aad, aads, out, size, tag);
    *outs = size; *tags = 16;
    return OK;
}
int SDF_AuthDec(void *s, void *key, uint alg, const byte *iv, uint ivs, const byte *aad, uint aads,
                const byte *tag, uint *tags, const byte *in, uint size, byte *out, uint *outs) {
    byte right[16];
    FAILING(); (void)s;
    if (alg != GCM || ivs != 12 || *tags != 16) return ALGMODNOTSUPPORT;
    gcm_tag(((Key *)key)->bytes, iv, aad, aads, in, size, right);
    if (memcmp(right, tag, 16)) return SYMOPERR;
    gcm_stream(((Key *)key)->bytes, iv, in, size, out);
    *outs = size;
    return OK;
}
#endif

static void append(Session *s, const byte *data, size_t size) {
    s->data = realloc(s->data, s->size + size + 1);
    if (size) memcpy(s->data + s->size, data, size);
    s->size += size;
}
int SDF_HashInit(void *h, uint alg, ECCrefPublicKey *key, const byte *id, uint ids) {
    Session *s = h;
    FAILING(); (void)key; (void)id; (void)ids;
    if (alg != SM3) return ALGNOTSUPPORT;
    s->size = 0; s->hashing = 1; s->macing = 0;
    return OK;
}
int SDF_HashUpdate(void *h, const byte *data, uint size) {
    Session *s = h;
    FAILING();
    if (!s->hashing) return STEPERR;
    append(s, data, size);
    return OK;
}
int SDF_HashFinal(void *h, byte *out, uint *size) {
    Session *s = h;
    FAILING();
    if (!s->hashing) return STEPERR;
    append(s, NULL, 0);
    sm3(s->data, s->size, out);
    *size = 32; s->hashing = 0;
    return OK;
}
int SDF_HMACInit(void *h, void *key, uint alg) {
    Session *s = h;
    byte inner[64];
    FAILING();
    if (alg != SM3) return ALGNOTSUPPORT;
    memset(s->mac_key, 0, 64); memcpy(s->mac_key, ((Key *)key)->bytes, 16);
    for (int i = 0; i < 64; i++) inner[i] = s->mac_key[i] ^ 0x36;
    s->size = 0; s->macing = 1; s->hashing = 0;
    append(s, inner, 64);
    return OK;
}
int SDF_HMACUpdate(void *h, const byte *data, uint size) {
    Session *s = h;
    FAILING();
    if (!s->macing) return STEPERR;
    append(s, data, size);
    return OK;
}
int SDF_HMACFinal(void *h, byte *out, uint *size) {
    Session *s = h;
    byte outer[96];
    FAILING();
    if (!s->macing) return STEPERR;
    for (int i = 0; i < 64; i++) outer[i] = s->mac_key[i] ^ 0x5c;
    sm3(s->data, s->size, outer + 64);
    sm3(outer, 96, out);
    *size = 32; s->macing = 0;
    return OK;
}
