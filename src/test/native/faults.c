/*
 * Makes calls of the operating system fail on demand, in a process that preloads it.
 *
 * The process arms it through a mapped file, named by TIERCEL_FAULTS: eight numbers of 32 bits in the
 * machine's order, and from byte 64 on the end of the names of the files that are meant. Whoever
 * arms it writes everything else first and the operation last.
 *
 * Needs nothing but the C library: cc -shared -fPIC -o faults.so faults.c -ldl
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

enum { NONE, WRITE, SYNC, TRUNCATE };
enum { UNDONE, HALF_DONE, DONE };

struct control {
  int32_t operation; /* which calls fail, NONE when disarmed */
  int32_t before;    /* how many calls of that kind go well before one fails */
  int32_t times;     /* how many calls fail then */
  int32_t error;     /* errno */
  int32_t extent;    /* how much of the call is carried out although it fails */
  int32_t seen;      /* counted: calls of that kind since it was armed */
  int32_t failed;    /* counted: calls that were made to fail */
  int32_t synced;    /* counted: syncs of the files meant that went well, armed or not */
  char unused[32];
  char suffix[64];
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

static int is_meant(int fd) {
  char link[64];
  char path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path);
  size_t suffix = strnlen(control->suffix, sizeof control->suffix);
  return length > 0 && suffix > 0 && (size_t)length >= suffix
      && memcmp(path + length - suffix, control->suffix, suffix) == 0;
}

/* Whether this call is one that is to fail. */
static int hits(int operation, int fd) {
  if (control == NULL || __atomic_load_n(&control->operation, __ATOMIC_ACQUIRE) != operation) {
    return 0;
  }
  int before = errno;
  int meant = is_meant(fd);
  errno = before;
  if (!meant) {
    return 0;
  }
  int32_t place = __atomic_fetch_add(&control->seen, 1, __ATOMIC_SEQ_CST) - control->before;
  if (place < 0 || place >= control->times) {
    return 0;
  }
  __atomic_fetch_add(&control->failed, 1, __ATOMIC_SEQ_CST);
  return 1;
}

static size_t carried_out(size_t count) {
  return control->extent == DONE ? count : control->extent == HALF_DONE ? count / 2 : 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define WRITE_AT(name, offset_type)                                      \
  ssize_t name(int fd, const void *data, size_t count, offset_type at) { \
    static __typeof__(&name) real;                                       \
    if (real == NULL) {                                                  \
      real = REAL(name);                                                 \
    }                                                                    \
    if (!hits(WRITE, fd)) {                                              \
      return real(fd, data, count, at);                                  \
    }                                                                    \
    if (carried_out(count) > 0) {                                        \
      real(fd, data, carried_out(count), at);                            \
    }                                                                    \
    errno = control->error;                                              \
    return -1;                                                           \
  }

WRITE_AT(pwrite, off_t)
WRITE_AT(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t count) {
  static __typeof__(&write) real;
  if (real == NULL) {
    real = REAL(write);
  }
  if (!hits(WRITE, fd)) {
    return real(fd, data, count);
  }
  if (carried_out(count) > 0 && real(fd, data, carried_out(count)) < 0) {
    return -1;
  }
  errno = control->error;
  return -1;
}

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
      errno = control->error;                                       \
      return -1;                                                    \
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
      errno = control->error;            \
      return -1;                         \
    }                                    \
    return real(fd, length);             \
  }

TRUNCATE_TO(ftruncate, off_t)
TRUNCATE_TO(ftruncate64, off64_t)
