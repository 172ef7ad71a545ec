/* The record that recorder.c keeps, and what it knows of the files below the root. */
#ifndef RECORD_H
#define RECORD_H

#include <dlfcn.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>

enum kind {
  NOTE, CREATE, OPENED, WRITE, SIZE, SYNC, SYNC_FOLDER, LINK, RENAME, UNLINK, MKDIR, ESCAPED
};

/* A file or folder below the root that was opened. */
struct known {
  dev_t device;
  ino_t inode;
  int is_folder;
  int is_note;
  char *name;
};

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* The function behind this one, looked up once. */
#define BEHIND(name)                 \
  static __typeof__(&name) real;     \
  if (real == NULL) {                \
    real = REAL(name);               \
  }

/* Else a library of the process that calls a function of its own by such a name would get these. */
#pragma GCC visibility push(hidden)

/* Takes the lock that keeps the record in true order. */
void begin(void);

/* Gives the lock back, and leaves errno as the call behind left it. */
void end(int error);

int is_recording(void);

void append(
    enum kind kind, ino_t file, const char *name, int64_t offset, const void *data, size_t length);

/* The name of a path below the root, "." for the root itself, or NULL if it lies elsewhere. */
const char *below(int folder, const char *path, char *absolute);

/* The file behind a descriptor, or NULL if it is none of those below the root. */
struct known *of(int fd, struct stat *found);

/* A file has lost its last name: its number may come again. */
void forget(const struct stat *file);

void opened(int fd, const char *name, int existed, int flags);

/* Where a call without an offset will write. */
int64_t place(int fd, const struct stat *file);

void wrote(
    const struct known *file, int64_t at, const struct iovec *parts, int count, ssize_t length);

void resized(int fd, const struct known *file);

void synced(const struct known *file);

#pragma GCC visibility pop

#endif
