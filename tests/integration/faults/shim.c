/* Lets the Nth access to files below a path fail, once or from then on. Loaded by LD_PRELOAD.
   SHIM_PATH names the path; fault_arm(n, code, sticky) counts from the call on, 0 disarms;
   fault_seen() gives how many accesses there were since, fault_fired() how many failed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES 4096

static _Atomic unsigned char tracked[FILES];
static atomic_long armed, seen, fired;
static atomic_int code, sticky;

void fault_arm(long n, int with, int stays) {
    atomic_store(&seen, 0);
    atomic_store(&fired, 0);
    atomic_store(&code, with);
    atomic_store(&sticky, stays);
    atomic_store(&armed, n);
}
long fault_seen(void) { return atomic_load(&seen); }
long fault_fired(void) { return atomic_load(&fired); }

static int below(const char *path) {
    const char *root = getenv("SHIM_PATH");
    return root && *root && strncmp(path, root, strlen(root)) == 0;
}

static int fails(void) {
    long at = atomic_load(&armed);
    if (at <= 0) return 0;
    long now = atomic_fetch_add(&seen, 1) + 1;
    if (now == at || (now > at && atomic_load(&sticky))) {
        atomic_fetch_add(&fired, 1);
        errno = atomic_load(&code);
        return 1;
    }
    return 0;
}

static int watched(int fd) { return fd >= 0 && fd < FILES && atomic_load(&tracked[fd]); }

static int opened(int fd, const char *path) {
    if (fd >= 0 && fd < FILES) atomic_store(&tracked[fd], (unsigned char)below(path));
    return fd;
}

#define NEXT(name) \
    static __typeof__(&name) next; \
    if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define OPENER(name) \
    int name(const char *path, int flags, ...) { \
        NEXT(name); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        if ((flags & O_CREAT) && below(path) && fails()) return -1; \
        return opened(next(path, flags, mode), path); \
    }
OPENER(open)
OPENER(open64)

int close(int fd) {
    NEXT(close);
    if (fd >= 0 && fd < FILES) atomic_store(&tracked[fd], 0);
    return next(fd);
}

ssize_t write(int fd, const void *from, size_t count) {
    NEXT(write);
    return watched(fd) && fails() ? -1 : next(fd, from, count);
}
ssize_t pwrite(int fd, const void *from, size_t count, off_t at) {
    NEXT(pwrite);
    return watched(fd) && fails() ? -1 : next(fd, from, count, at);
}
ssize_t pwrite64(int fd, const void *from, size_t count, off64_t at) {
    NEXT(pwrite64);
    return watched(fd) && fails() ? -1 : next(fd, from, count, at);
}
int fsync(int fd) {
    NEXT(fsync);
    return watched(fd) && fails() ? -1 : next(fd);
}
int fdatasync(int fd) {
    NEXT(fdatasync);
    return watched(fd) && fails() ? -1 : next(fd);
}
int ftruncate(int fd, off_t size) {
    NEXT(ftruncate);
    return watched(fd) && fails() ? -1 : next(fd, size);
}
int ftruncate64(int fd, off64_t size) {
    NEXT(ftruncate64);
    return watched(fd) && fails() ? -1 : next(fd, size);
}
int fallocate(int fd, int mode, off_t from, off_t size) {
    NEXT(fallocate);
    return watched(fd) && fails() ? -1 : next(fd, mode, from, size);
}
int unlink(const char *path) {
    NEXT(unlink);
    return below(path) && fails() ? -1 : next(path);
}
int rename(const char *from, const char *to) {
    NEXT(rename);
    return below(to) && fails() ? -1 : next(from, to);
}
