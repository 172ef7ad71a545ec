/*
 * Makes calls of the operating system fail on demand, in a process that preloads it.
 *
 * The process arms it through a mapped file, named by TIERCEL_FAULTS: eight numbers of 32 bits in the
 * machine's order, and from byte 64 on which files are meant: the end of their paths or, if it begins
 * with a slash, a part of them. Whoever arms it writes everything else first and the operation last.
 *
 * Needs nothing but the C library: cc -shared -fPIC -o faults.so faults.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NONE, WRITE, SYNC, TRUNCATE, OPEN, READ, RENAME, UNLINK, MAP };
enum { UNDONE, HALF_DONE, DONE };

struct control {
  int32_t operation; /* which calls fail, NONE when disarmed */
  int32_t before;    /* how many calls of that kind go well before one fails */
  int32_t times;     /* how many calls fail then */
  int32_t error;     /* errno, or 0: no error, the call only does less than it was asked to */
  int32_t extent;    /* how much of the call is carried out although it fails */
  int32_t seen;      /* counted: calls of that kind since it was armed */
  int32_t failed;    /* counted: calls that were made to fail */
  int32_t synced;    /* counted: syncs of the files meant that went well, armed or not */
  char unused[32];
  char files[64];
};

static struct control *control;

__attribute__((constructor)) static void attach(void) {
  const char *name = getenv("TIERCEL_FAULTS");
  int fd = name == NULL ? -1 : open(name, O_RDWR | O_CLOEXEC);
  if (fd < 0) {
    return;
  }
  void *mapped = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped != MAP_FAILED) {
    control = mapped;
  }
}

static int is_meant_path(const char *path, size_t length) {
  size_t size = strnlen(control->files, sizeof control->files);
  if (size == 0) {
    return 0;
  }
  if (control->files[0] == '/') {
    return memmem(path, length, control->files, size) != NULL;
  }
  return length >= size && memcmp(path + length - size, control->files, size) == 0;
}

static int is_meant(int fd) {
  char link[64];
  char path[PATH_MAX];
  int before = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path);
  errno = before;
  return length > 0 && is_meant_path(path, length);
}

static int is_armed(int operation) {
  return control != NULL && __atomic_load_n(&control->operation, __ATOMIC_ACQUIRE) == operation;
}

/* Whether this call, on a file that is meant, is one that is to fail. */
static int is_next(void) {
  int32_t place = __atomic_fetch_add(&control->seen, 1, __ATOMIC_SEQ_CST) - control->before;
  if (place < 0 || place >= control->times) {
    return 0;
  }
  __atomic_fetch_add(&control->failed, 1, __ATOMIC_SEQ_CST);
  return 1;
}

static int hits(int operation, int fd) {
  return is_armed(operation) && is_meant(fd) && is_next();
}

static int hits_path(int operation, const char *path) {
  return is_armed(operation) && is_meant_path(path, strlen(path)) && is_next();
}

static int fails(void) {
  errno = control->error;
  return -1;
}

static size_t carried_out(size_t count) {
  return control->extent == DONE ? count : control->extent == HALF_DONE ? count / 2 : 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* What became of a call that was carried out in part. */
static ssize_t result_of(ssize_t done) {
  return control->error == 0 || done < 0 ? done : fails();
}

/* At least a byte: nothing at all is the end of the file to those who read, and no sense to others. */
static size_t shortened(size_t count) {
  return control->error != 0 ? carried_out(count) : count > 1 ? count / 2 : count;
}

#define DATA_AT(name, operation, buffer_type, offset_type)                    \
  ssize_t name(int fd, buffer_type data, size_t count, offset_type at) {      \
    static __typeof__(&name) real;                                            \
    if (real == NULL) {                                                       \
      real = REAL(name);                                                      \
    }                                                                         \
    if (!hits(operation, fd)) {                                               \
      return real(fd, data, count, at);                                       \
    }                                                                         \
    size_t some = shortened(count);                                           \
    return some == 0 ? fails() : result_of(real(fd, data, some, at));         \
  }

DATA_AT(pwrite, WRITE, const void *, off_t)
DATA_AT(pwrite64, WRITE, const void *, off64_t)
DATA_AT(pread, READ, void *, off_t)
DATA_AT(pread64, READ, void *, off64_t)

#define DATA(name, operation, buffer_type)                                    \
  ssize_t name(int fd, buffer_type data, size_t count) {                      \
    static __typeof__(&name) real;                                            \
    if (real == NULL) {                                                       \
      real = REAL(name);                                                      \
    }                                                                         \
    if (!hits(operation, fd)) {                                               \
      return real(fd, data, count);                                           \
    }                                                                         \
    size_t some = shortened(count);                                           \
    return some == 0 ? fails() : result_of(real(fd, data, some));             \
  }

DATA(write, WRITE, const void *)
DATA(read, READ, void *)

#define VECTOR(name, operation)                                               \
  ssize_t name(int fd, const struct iovec *parts, int count) {                \
    static __typeof__(&name) real;                                            \
    if (real == NULL) {                                                       \
      real = REAL(name);                                                      \
    }                                                                         \
    if (!hits(operation, fd)) {                                               \
      return real(fd, parts, count);                                          \
    }                                                                         \
    int some = (int)shortened((size_t)count);                                 \
    return some == 0 ? fails() : result_of(real(fd, parts, some));            \
  }

VECTOR(writev, WRITE)
VECTOR(readv, READ)

#define SYNC_OF(name)                                               \
  int name(int fd) {                                                \
    static __typeof__(&name) real;                                  \
    if (real == NULL) {                                             \
      real = REAL(name);                                            \
    }                                                               \
    if (hits(SYNC, fd)) {                                           \
      if (control->extent == DONE) {                                \
        real(fd);                                                   \
      }                                                             \
      return fails();                                               \
    }                                                               \
    int result = real(fd);                                          \
    if (result == 0 && control != NULL && is_meant(fd)) {           \
      __atomic_fetch_add(&control->synced, 1, __ATOMIC_SEQ_CST);    \
    }                                                               \
    return result;                                                  \
  }

SYNC_OF(fsync)
SYNC_OF(fdatasync)

#define TRUNCATE_TO(name, offset_type)   \
  int name(int fd, offset_type length) { \
    static __typeof__(&name) real;       \
    if (real == NULL) {                  \
      real = REAL(name);                 \
    }                                    \
    if (hits(TRUNCATE, fd)) {            \
      return fails();                    \
    }                                    \
    return real(fd, length);             \
  }

TRUNCATE_TO(ftruncate, off_t)
TRUNCATE_TO(ftruncate64, off64_t)

/* The mode is there only where a file may be made. */
#define OPEN_OF(name)                                                         \
  int name(const char *path, int flags, ...) {                                \
    static __typeof__(&name) real;                                            \
    if (real == NULL) {                                                       \
      real = REAL(name);                                                      \
    }                                                                         \
    va_list more;                                                             \
    va_start(more, flags);                                                    \
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0; \
    va_end(more);                                                             \
    return hits_path(OPEN, path) ? fails() : real(path, flags, mode);         \
  }

OPEN_OF(open)
OPEN_OF(open64)

#define PATHS_OF(name)                                                        \
  int name(const char *from, const char *to) {                                \
    static __typeof__(&name) real;                                            \
    if (real == NULL) {                                                       \
      real = REAL(name);                                                      \
    }                                                                         \
    return hits_path(RENAME, to) ? fails() : real(from, to);                  \
  }

PATHS_OF(rename)
PATHS_OF(link)

int unlink(const char *path) {
  static __typeof__(&unlink) real;
  if (real == NULL) {
    real = REAL(unlink);
  }
  return hits_path(UNLINK, path) ? fails() : real(path);
}

#define MAP_OF(name, offset_type)                                             \
  void *name(void *at, size_t length, int access, int flags, int fd, offset_type from) { \
    static __typeof__(&name) real;                                            \
    if (real == NULL) {                                                       \
      real = REAL(name);                                                      \
    }                                                                         \
    if (fd >= 0 && hits(MAP, fd)) {                                           \
      fails();                                                                \
      return MAP_FAILED;                                                      \
    }                                                                         \
    return real(at, length, access, flags, fd, from);                         \
  }

MAP_OF(mmap, off_t)
MAP_OF(mmap64, off64_t)
