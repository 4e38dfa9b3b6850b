/* The door between a program and its disk: loaded before libc, it counts, records and breaks what changes a disk.

   What always holds:
   - Only paths under the watched folder concern it; everything else goes straight to the kernel, uncounted.
   - An operation is numbered when it is asked for, from 1, whether or not it then succeeds; one at a time is under way.
   - A refused operation has not touched the disk, except for the first half of a short write; a refused close closes.
   - What is synced is only noted: the kernel is never asked, for no test takes the power away from this machine.
   - SQLite's shared memory (`-shm`) is no disk: it is not counted, and it is gone when the power is.
   - Copies inside the kernel are refused as unsupported, so that a program falls back on writes that can be seen. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_DESCRIPTORS 1024
#define LONGEST_PATH 1024

enum operation { OPEN = 1, WRITE, RESIZE, SYNC, RENAME, LINK, UNLINK, MAKE_FOLDER, REMOVE_FOLDER, CLOSE };
enum fault { NONE, KILL, NO_SPACE, IO_ERROR, SHORT_WRITE, TORN_KILL, NO_SPACE_ANY_MORE, IO_ERROR_ANY_MORE };
enum trait { FAILED = 1, CREATED = 2, EMPTIED = 4, FOLDER = 8 };

struct handle {
    int watched, writable, folder;
    uint64_t inode;
    char path[LONGEST_PATH];
};

/* One line of the trace; the two paths and the data follow. tests/crash/tracing.py reads it. */
struct record {
    uint32_t operation, traits;
    uint64_t inode, offset;
    uint32_t path_bytes, other_bytes, data_bytes, number;
};

static struct handle handles[MOST_DESCRIPTORS];
static char root[LONGEST_PATH];
static size_t root_bytes;
static int asked, struck_at, fault, trace = -1, full = -1;
static uint64_t dice;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

/* ---- what the harness calls ---- */

void door_watch(const char *folder) { root_bytes = (size_t)snprintf(root, sizeof root, "%s", folder); }

void door_arm(int number, int with) { asked = 0, struck_at = number, fault = with, full = -1; }

int door_count(void) { return asked; }

void door_trace(int descriptor) { trace = descriptor; }

/* From now on random bytes are the same in every run with this seed; 0 gives real ones. */
void door_seed(uint64_t seed) { dice = seed; }

/* ---- whether a path or a descriptor concerns us ---- */

static int is_shared_memory(const char *path) {
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, "-shm") == 0;
}

/* The absolute path into `place`; whether it lies under the root. */
static int located(int folder, const char *path, char place[LONGEST_PATH]) {
    if (!root_bytes) return 0;
    if (path[0] == '/')
        snprintf(place, LONGEST_PATH, "%s", path);
    else if (folder >= 0 && folder < MOST_DESCRIPTORS && handles[folder].watched)
        snprintf(place, LONGEST_PATH, "%.500s/%.500s", handles[folder].path, path);
    else
        return 0;
    if (strncmp(place, root, root_bytes) != 0 || (place[root_bytes] != '/' && place[root_bytes] != 0)) return 0;
    return !is_shared_memory(place);
}

static struct handle *watched(int descriptor) {
    int known = descriptor >= 0 && descriptor < MOST_DESCRIPTORS && handles[descriptor].watched;
    return known ? &handles[descriptor] : NULL;
}

static void remember(int descriptor, const char *place, int flags) {
    struct stat found;
    if (descriptor < 0 || descriptor >= MOST_DESCRIPTORS || fstat(descriptor, &found) != 0) return;
    struct handle *handle = &handles[descriptor];
    handle->watched = 1;
    handle->writable = (flags & O_ACCMODE) != O_RDONLY;
    handle->folder = S_ISDIR(found.st_mode);
    handle->inode = found.st_ino;
    snprintf(handle->path, sizeof handle->path, "%s", place);
}

/* ---- counting, breaking, recording ---- */

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Whether a full disk refuses it: only what needs new room. */
static int needs_room(enum operation operation, int grows) {
    return grows || operation == MAKE_FOLDER || operation == LINK;
}

static int error_for(enum operation operation, int grows) {
    if (asked == struck_at && fault == KILL) die();
    if (asked == struck_at && fault == NO_SPACE) return ENOSPC;
    if (asked == struck_at && fault == IO_ERROR) return EIO;
    if (struck_at && asked >= struck_at && fault == IO_ERROR_ANY_MORE) return EIO;
    if (struck_at && asked >= struck_at && fault == NO_SPACE_ANY_MORE && needs_room(operation, grows)) return ENOSPC;
    return 0;
}

/* Numbers an operation; when it is to go on, it is now the only one and must end with `ended`. */
static int refused(enum operation operation, int grows) {
    pthread_mutex_lock(&one_at_a_time);
    asked++;
    int error = error_for(operation, grows);
    if (!error) return 0;
    pthread_mutex_unlock(&one_at_a_time);
    errno = error;
    return 1;
}

static void put(const void *bytes, size_t length) {
    for (size_t done = 0; done < length;) {
        long step = syscall(SYS_write, trace, (const char *)bytes + done, length - done);
        if (step < 0) die();
        done += (size_t)step;
    }
}

/* The path relative to the root, without a slash in front. */
static const char *inside(const char *place) {
    const char *rest = place + root_bytes;
    return *rest == '/' ? rest + 1 : rest;
}

static long ended(long result, struct record record, const char *place, const char *other, const void *data) {
    int error = errno;
    if (trace >= 0) {
        record.number = (uint32_t)asked;
        record.traits |= result < 0 ? FAILED : 0;
        record.path_bytes = (uint32_t)strlen(inside(place));
        record.other_bytes = other ? (uint32_t)strlen(inside(other)) : 0;
        put(&record, sizeof record);
        put(inside(place), record.path_bytes);
        if (other) put(inside(other), record.other_bytes);
        put(data, record.data_bytes);
    }
    pthread_mutex_unlock(&one_at_a_time);
    errno = error;
    return result;
}

/* ---- opening and closing ---- */

static int exists(const char *place) { return syscall(SYS_faccessat, AT_FDCWD, place, F_OK) == 0; }

static int opened(int folder, const char *path, int flags, mode_t mode) {
    char place[LONGEST_PATH];
    if (!located(folder, path, place)) return (int)syscall(SYS_openat, folder, path, flags, mode);
    int changes = (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC);
    int is_new = flags & O_CREAT && !exists(place);
    if (changes && refused(OPEN, is_new)) return -1;
    int descriptor = (int)syscall(SYS_openat, folder, path, flags, mode);
    if (descriptor >= 0) remember(descriptor, place, flags);
    if (!changes) return descriptor;
    struct handle *handle = watched(descriptor);
    uint32_t traits = (is_new ? CREATED : 0) | (flags & O_TRUNC ? EMPTIED : 0);
    struct record record = {.operation = OPEN, .traits = traits, .inode = handle ? handle->inode : 0};
    return (int)ended(descriptor, record, place, NULL, NULL);
}

#define MODE_AFTER(last)                                  \
    mode_t mode = 0;                                      \
    if (flags & (O_CREAT | __O_TMPFILE)) {                \
        va_list rest;                                     \
        va_start(rest, last);                             \
        mode = va_arg(rest, mode_t);                      \
        va_end(rest);                                     \
    }

int open(const char *path, int flags, ...) {
    MODE_AFTER(flags)
    return opened(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    MODE_AFTER(flags)
    return opened(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...) {
    MODE_AFTER(flags)
    return opened(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
    MODE_AFTER(flags)
    return opened(folder, path, flags, mode);
}

int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int creat64(const char *path, mode_t mode) { return creat(path, mode); }

int close(int descriptor) {
    struct handle *handle = watched(descriptor);
    if (!handle) return (int)syscall(SYS_close, descriptor);
    handle->watched = 0;
    if (full == descriptor) full = -1;
    if (!handle->writable) return (int)syscall(SYS_close, descriptor);
    if (refused(CLOSE, 0)) {
        int error = errno;
        syscall(SYS_close, descriptor);
        errno = error;
        return -1;
    }
    struct record record = {.operation = CLOSE, .inode = handle->inode};
    return (int)ended(syscall(SYS_close, descriptor), record, handle->path, NULL, NULL);
}

/* ---- content ---- */

static uint64_t size_of(int descriptor) {
    struct stat found;
    return fstat(descriptor, &found) == 0 ? (uint64_t)found.st_size : 0;
}

static ssize_t no_room_left(void) {
    full = -1;
    errno = ENOSPC;
    return -1;
}

static ssize_t written(int descriptor, const void *data, size_t length, off64_t offset) {
    struct handle *handle = watched(descriptor);
    if (!handle) return syscall(SYS_pwrite64, descriptor, data, length, offset);
    if (full == descriptor) return no_room_left();
    if (refused(WRITE, (uint64_t)offset + length > size_of(descriptor))) return -1;
    int halved = asked == struck_at && (fault == SHORT_WRITE || fault == TORN_KILL);
    if (halved) length /= 2;
    ssize_t done = syscall(SYS_pwrite64, descriptor, data, length, offset);
    if (halved && fault == TORN_KILL) die();
    if (halved) full = descriptor;
    struct record record = {.operation = WRITE, .inode = handle->inode, .offset = (uint64_t)offset};
    record.data_bytes = done > 0 ? (uint32_t)done : 0;
    return ended(done, record, handle->path, NULL, data);
}

ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset) {
    return written(descriptor, data, length, offset);
}

ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t offset) {
    return written(descriptor, data, length, offset);
}

ssize_t write(int descriptor, const void *data, size_t length) {
    if (!watched(descriptor)) return syscall(SYS_write, descriptor, data, length);
    int appends = fcntl(descriptor, F_GETFL) & O_APPEND;
    off64_t offset = appends ? (off64_t)size_of(descriptor) : syscall(SYS_lseek, descriptor, 0, SEEK_CUR);
    ssize_t done = written(descriptor, data, length, offset);
    if (done > 0) syscall(SYS_lseek, descriptor, offset + done, SEEK_SET);
    return done;
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    if (!watched(descriptor)) return syscall(SYS_writev, descriptor, parts, count);
    for (int i = 0; i < count; i++)
        if (parts[i].iov_len) return write(descriptor, parts[i].iov_base, parts[i].iov_len);
    return 0;
}

int ftruncate64(int descriptor, off64_t size) {
    struct handle *handle = watched(descriptor);
    if (!handle) return (int)syscall(SYS_ftruncate, descriptor, size);
    if (refused(RESIZE, (uint64_t)size > size_of(descriptor))) return -1;
    struct record record = {.operation = RESIZE, .inode = handle->inode, .offset = (uint64_t)size};
    return (int)ended(syscall(SYS_ftruncate, descriptor, size), record, handle->path, NULL, NULL);
}

int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }

static int synced(int descriptor, long call) {
    struct handle *handle = watched(descriptor);
    if (!handle) return (int)syscall(call, descriptor);
    if (refused(SYNC, 0)) return -1;
    struct record record = {.operation = SYNC, .traits = handle->folder ? FOLDER : 0, .inode = handle->inode};
    return (int)ended(0, record, handle->path, NULL, NULL);
}

int fsync(int descriptor) { return synced(descriptor, SYS_fsync); }

int fdatasync(int descriptor) { return synced(descriptor, SYS_fdatasync); }

ssize_t sendfile64(int to, int from, off64_t *offset, size_t length) {
    if (!watched(to)) return syscall(SYS_sendfile, to, from, offset, length);
    errno = EINVAL;
    return -1;
}

ssize_t copy_file_range(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t length, unsigned flags) {
    if (!watched(to)) return syscall(SYS_copy_file_range, from, from_offset, to, to_offset, length, flags);
    errno = EINVAL;
    return -1;
}

/* ---- names ---- */

int unlinkat(int folder, const char *path, int flags) {
    char place[LONGEST_PATH];
    if (!located(folder, path, place)) return (int)syscall(SYS_unlinkat, folder, path, flags);
    enum operation operation = flags & AT_REMOVEDIR ? REMOVE_FOLDER : UNLINK;
    if (refused(operation, 0)) return -1;
    struct record record = {.operation = operation};
    return (int)ended(syscall(SYS_unlinkat, folder, path, flags), record, place, NULL, NULL);
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }

int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int folder, const char *path, mode_t mode) {
    char place[LONGEST_PATH];
    if (!located(folder, path, place)) return (int)syscall(SYS_mkdirat, folder, path, mode);
    if (refused(MAKE_FOLDER, 1)) return -1;
    struct record record = {.operation = MAKE_FOLDER};
    return (int)ended(syscall(SYS_mkdirat, folder, path, mode), record, place, NULL, NULL);
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int renameat(int from, const char *path, int to, const char *other) {
    char place[LONGEST_PATH], new_place[LONGEST_PATH];
    if (!located(from, path, place) || !located(to, other, new_place))
        return (int)syscall(SYS_renameat2, from, path, to, other, 0);
    if (refused(RENAME, 0)) return -1;
    struct record record = {.operation = RENAME};
    return (int)ended(syscall(SYS_renameat2, from, path, to, other, 0), record, place, new_place, NULL);
}

int rename(const char *path, const char *other) { return renameat(AT_FDCWD, path, AT_FDCWD, other); }

int linkat(int from, const char *path, int to, const char *other, int flags) {
    char place[LONGEST_PATH], new_place[LONGEST_PATH];
    if (!located(from, path, place) || !located(to, other, new_place))
        return (int)syscall(SYS_linkat, from, path, to, other, flags);
    if (refused(LINK, 1)) return -1;
    struct record record = {.operation = LINK};
    return (int)ended(syscall(SYS_linkat, from, path, to, other, flags), record, place, new_place, NULL);
}

int link(const char *path, const char *other) { return linkat(AT_FDCWD, path, AT_FDCWD, other, 0); }

/* ---- chance ---- */

ssize_t getrandom(void *bytes, size_t length, unsigned flags) {
    if (!dice) return syscall(SYS_getrandom, bytes, length, flags);
    pthread_mutex_lock(&one_at_a_time);
    for (size_t i = 0; i < length; i++) {
        dice ^= dice << 13, dice ^= dice >> 7, dice ^= dice << 17; /* xorshift64, Marsaglia 2003 */
        ((unsigned char *)bytes)[i] = (unsigned char)(dice >> 32);
    }
    pthread_mutex_unlock(&one_at_a_time);
    return (ssize_t)length;
}
