/*
 * Writes down, in a process that preloads it, what it does to the files below one folder, in the
 * order in which it happens: one lock is held around each call and its line in the record.
 *
 * TIERCEL_RECORD_ROOT names the folder, without links; TIERCEL_RECORD_LOG the record, which is
 * appended to. What the process writes into the file "notes" in the folder is a note in the record.
 *
 * A call that could change a file unseen is a line of its own kind, ESCAPED.
 *
 * Needs nothing but the C library: cc -shared -fPIC -o recorder.so recorder.c record.c -ldl -lpthread
 */
#define _GNU_SOURCE
#include "record.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#define MODE_OF(flags)                 \
  mode_t mode = 0;                     \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list more;                      \
    va_start(more, flags);             \
    mode = va_arg(more, mode_t);       \
    va_end(more);                      \
  }

/* Calls "does", which opens the path, and records it. */
#define OPEN(folder, path, flags, does)              \
  char absolute[PATH_MAX];                           \
  const char *name = below(folder, path, absolute);  \
  if (name == NULL) {                                \
    return does;                                     \
  }                                                  \
  begin();                                           \
  struct stat before;                                \
  int existed = lstat(absolute, &before) == 0;       \
  int fd = does;                                     \
  int error = errno;                                 \
  if (fd >= 0) {                                     \
    opened(fd, name, existed, flags);                \
  }                                                  \
  end(error);                                        \
  return fd;

#define OPEN_PATH(name)                                           \
  int name(const char *path, int flags, ...) {                    \
    MODE_OF(flags)                                                \
    BEHIND(name)                                                  \
    OPEN(AT_FDCWD, path, flags, real(path, flags, mode))          \
  }

#define OPEN_IN(name)                                             \
  int name(int folder, const char *path, int flags, ...) {        \
    MODE_OF(flags)                                                \
    BEHIND(name)                                                  \
    OPEN(folder, path, flags, real(folder, path, flags, mode))    \
  }

OPEN_PATH(open)
OPEN_PATH(open64)
OPEN_IN(openat)
OPEN_IN(openat64)

int creat(const char *path, mode_t mode) {
  return open64(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int __open_2(const char *path, int flags) { return open(path, flags); }

int __open64_2(const char *path, int flags) { return open64(path, flags); }

/* Calls "does", which writes parts at an offset, and records as much as it says that it wrote. */
#define WRITE_OF(fd, at, parts, count, does)             \
  struct stat found;                                     \
  if (!is_recording()) {                                      \
    return does;                                         \
  }                                                      \
  begin();                                               \
  struct known *file = of(fd, &found);                   \
  if (file == NULL) {                                    \
    end(errno);                                          \
    return does; /* May block, and then for long. */     \
  }                                                      \
  int64_t offset = at;                                   \
  ssize_t length = does;                                 \
  int error = errno;                                     \
  wrote(file, offset, parts, count, length);             \
  end(error);                                            \
  return length;

ssize_t write(int fd, const void *data, size_t count) {
  BEHIND(write)
  struct iovec part = {(void *)data, count};
  WRITE_OF(fd, place(fd, &found), &part, 1, real(fd, data, count))
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  BEHIND(writev)
  WRITE_OF(fd, place(fd, &found), parts, count, real(fd, parts, count))
}

#define WRITE_AT(name, offset_type)                                      \
  ssize_t name(int fd, const void *data, size_t count, offset_type at) { \
    BEHIND(name)                                                         \
    struct iovec part = {(void *)data, count};                           \
    WRITE_OF(fd, at, &part, 1, real(fd, data, count, at))                \
  }

#define WRITE_PARTS_AT(name, offset_type)                                         \
  ssize_t name(int fd, const struct iovec *parts, int count, offset_type at) {    \
    BEHIND(name)                                                                  \
    WRITE_OF(fd, at, parts, count, real(fd, parts, count, at))                    \
  }

WRITE_AT(pwrite, off_t)
WRITE_AT(pwrite64, off64_t)
WRITE_PARTS_AT(pwritev, off_t)
WRITE_PARTS_AT(pwritev64, off64_t)

/* Calls "does"; if it goes well on a file that is known, records it as "line". */
#define CHANGE(fd, does, well, line)         \
  struct stat found;                         \
  if (!is_recording()) {                          \
    return does;                             \
  }                                          \
  begin();                                   \
  struct known *file = of(fd, &found);       \
  if (file == NULL) {                        \
    end(errno);                              \
    return does;                             \
  }                                          \
  __typeof__(does) result = does;            \
  int error = errno;                         \
  if (result well) {                         \
    line;                                    \
  }                                          \
  end(error);                                \
  return result;

/* What the record cannot tell. */
#define ESCAPES(what) append(ESCAPED, file->inode, what, 0, file->name, strlen(file->name))

#define SEND(name, offset_type)                                                 \
  ssize_t name(int out, int in, offset_type *offset, size_t count) {            \
    BEHIND(name)                                                                \
    CHANGE(out, real(out, in, offset, count), > 0, ESCAPES(#name))              \
  }

SEND(sendfile, off_t)
SEND(sendfile64, off64_t)

ssize_t copy_file_range(
    int in, off64_t *from, int out, off64_t *to, size_t count, unsigned int flags) {
  BEHIND(copy_file_range)
  CHANGE(out, real(in, from, out, to, count, flags), > 0, ESCAPES("copy_file_range"))
}

#define TRUNCATE(name, offset_type)                               \
  int name(int fd, offset_type length) {                          \
    BEHIND(name)                                                  \
    CHANGE(fd, real(fd, length), == 0, resized(fd, file))         \
  }

#define ALLOCATE(name, offset_type)                               \
  int name(int fd, offset_type at, offset_type length) {          \
    BEHIND(name)                                                  \
    CHANGE(fd, real(fd, at, length), == 0, resized(fd, file))     \
  }

#define ALLOCATE_IN_A_MODE(name, offset_type)                     \
  int name(int fd, int mode, offset_type at, offset_type length) { \
    BEHIND(name)                                                  \
    CHANGE(fd, real(fd, mode, at, length), == 0, mode == 0 ? resized(fd, file) : ESCAPES(#name)) \
  }

TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
ALLOCATE(posix_fallocate, off_t)
ALLOCATE(posix_fallocate64, off64_t)
ALLOCATE_IN_A_MODE(fallocate, off_t)
ALLOCATE_IN_A_MODE(fallocate64, off64_t)

#define SYNC_OF(name)                           \
  int name(int fd) {                            \
    BEHIND(name)                                \
    CHANGE(fd, real(fd), == 0, synced(file))    \
  }

SYNC_OF(fsync)
SYNC_OF(fdatasync)

static void is_mapped(int fd, int protection, int flags) {
  struct stat found;
  if (!is_recording() || fd < 0 || !(protection & PROT_WRITE) || (flags & MAP_TYPE) == MAP_PRIVATE) {
    return;
  }
  begin();
  struct known *file = of(fd, &found);
  size_t length = file == NULL ? 0 : strlen(file->name);
  /* SQLite's shared memory is thrown away by whoever opens the database first. */
  if (file != NULL && (length < 4 || strcmp(file->name + length - 4, "-shm") != 0)) {
    ESCAPES("mmap");
  }
  end(errno);
}

#define MAP(name, offset_type)                                                               \
  void *name(void *at, size_t length, int protection, int flags, int fd, offset_type offset) { \
    BEHIND(name)                                                                             \
    is_mapped(fd, protection, flags);                                                        \
    return real(at, length, protection, flags, fd, offset);                                  \
  }

MAP(mmap, off_t)
MAP(mmap64, off64_t)

/* Calls "does", which takes a name away or makes a folder. */
#define NAMED(folder, path, does, loses, kind)      \
  char absolute[PATH_MAX];                          \
  const char *name = below(folder, path, absolute); \
  if (name == NULL) {                               \
    return does;                                    \
  }                                                 \
  begin();                                          \
  struct stat was;                                  \
  int existed = lstat(absolute, &was) == 0;         \
  int result = does;                                \
  int error = errno;                                \
  if (result == 0) {                                \
    if (loses && existed && (S_ISDIR(was.st_mode) || was.st_nlink == 1)) { \
      forget(&was);          \
    }                                               \
    append(kind, 0, name, 0, NULL, 0);              \
  }                                                 \
  end(error);                                       \
  return result;

#define TAKE_NAME(name_of_call)                     \
  int name_of_call(const char *path) {              \
    BEHIND(name_of_call)                            \
    NAMED(AT_FDCWD, path, real(path), 1, UNLINK)    \
  }

TAKE_NAME(unlink)
TAKE_NAME(remove)
TAKE_NAME(rmdir)

int unlinkat(int folder, const char *path, int flags) {
  BEHIND(unlinkat)
  NAMED(folder, path, real(folder, path, flags), 1, UNLINK)
}

int mkdir(const char *path, mode_t mode) {
  BEHIND(mkdir)
  NAMED(AT_FDCWD, path, real(path, mode), 0, MKDIR)
}

int mkdirat(int folder, const char *path, mode_t mode) {
  BEHIND(mkdirat)
  NAMED(folder, path, real(folder, path, mode), 0, MKDIR)
}

/* Calls "does", which gives what has one name another one; the data is the new name. */
#define TWICE_NAMED(from, old_path, to, new_path, does, kind)        \
  char old_absolute[PATH_MAX];                                       \
  char new_absolute[PATH_MAX];                                       \
  const char *old_name = below(from, old_path, old_absolute);        \
  const char *new_name = below(to, new_path, new_absolute);          \
  if (old_name == NULL && new_name == NULL) {                        \
    return does;                                                     \
  }                                                                  \
  begin();                                                           \
  struct stat was;                                                   \
  struct stat is;                                                    \
  int existed = lstat(new_absolute, &was) == 0;                      \
  int result = does;                                                 \
  int error = errno;                                                 \
  if (result == 0) {                                                 \
    if (old_name == NULL || new_name == NULL) {                      \
      append(ESCAPED, 0, "across the root", 0, new_path, strlen(new_path)); \
    } else {                                                         \
      append(kind, 0, old_name, 0, new_name, strlen(new_name));      \
    }                                                                \
    if (existed && was.st_nlink == 1 && lstat(new_absolute, &is) == 0 \
        && is.st_ino != was.st_ino) {                                \
      forget(&was);          \
    }                                                                \
  }                                                                  \
  end(error);                                                        \
  return result;

int rename(const char *from, const char *to) {
  BEHIND(rename)
  TWICE_NAMED(AT_FDCWD, from, AT_FDCWD, to, real(from, to), RENAME)
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  BEHIND(renameat)
  TWICE_NAMED(from_folder, from, to_folder, to, real(from_folder, from, to_folder, to), RENAME)
}

int link(const char *from, const char *to) {
  BEHIND(link)
  TWICE_NAMED(AT_FDCWD, from, AT_FDCWD, to, real(from, to), LINK)
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  BEHIND(linkat)
  TWICE_NAMED(from_folder, from, to_folder, to, real(from_folder, from, to_folder, to, flags), LINK)
}
