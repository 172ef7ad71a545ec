/*
 * The record that recorder.c keeps.
 *
 * A line: the kind, the length of a name, the file's number, an offset, the length of data; the name;
 * the data.
 */
#define _GNU_SOURCE
#include "record.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_FILES = 1 << 14 };

struct line {
  int32_t kind;
  int32_t name_length;
  int64_t file;
  int64_t offset;
  int64_t data_length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int record = -1;
static struct known files[MOST_FILES];
static int file_count;

static void die(const char *why) {
  perror(why);
  abort(); /* A record with a gap would be believed. */
}

__attribute__((constructor)) static void attach(void) {
  const char *folder = getenv("TIERCEL_RECORD_ROOT");
  const char *log = getenv("TIERCEL_RECORD_LOG");
  if (folder == NULL || log == NULL) {
    return;
  }
  int (*real)(const char *, int, ...) = REAL(open);
  record = real(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (record < 0) {
    die("the record");
  }
  snprintf(root, sizeof root, "%s", folder);
  root_length = strlen(root);
}

void append(
    enum kind kind, ino_t file, const char *name, int64_t offset, const void *data, size_t length) {
  static ssize_t (*real)(int, const void *, size_t);
  if (real == NULL) {
    real = REAL(write);
  }
  size_t name_length = name == NULL ? 0 : strlen(name);
  size_t whole = sizeof(struct line) + name_length + length;
  char *bytes = malloc(whole);
  if (bytes == NULL) {
    die("memory");
  }
  struct line line = {kind, (int32_t)name_length, (int64_t)file, offset, (int64_t)length};
  memcpy(bytes, &line, sizeof line);
  if (name_length > 0) {
    memcpy(bytes + sizeof line, name, name_length);
  }
  if (length > 0) {
    memcpy(bytes + sizeof line + name_length, data, length);
  }
  for (size_t done = 0; done < whole;) {
    ssize_t count = real(record, bytes + done, whole - done);
    if (count < 0 && errno != EINTR) {
      die("the record");
    }
    done += count < 0 ? 0 : (size_t)count;
  }
  free(bytes);
}

void begin(void) { pthread_mutex_lock(&lock); }

void end(int error) {
  pthread_mutex_unlock(&lock);
  errno = error;
}

int is_recording(void) { return record >= 0; }

const char *below(int folder, const char *path, char *absolute) {
  if (record < 0 || path == NULL) {
    return NULL;
  }
  if (path[0] == '/') {
    snprintf(absolute, PATH_MAX, "%s", path);
  } else {
    char parent[PATH_MAX] = "";
    if (folder == AT_FDCWD) {
      if (getcwd(parent, sizeof parent) == NULL) {
        return NULL;
      }
    } else {
      char link[64];
      snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
      ssize_t length = readlink(link, parent, sizeof parent - 1);
      if (length < 0) {
        return NULL;
      }
      parent[length] = 0;
    }
    if (snprintf(absolute, PATH_MAX, "%s/%s", parent, path) >= PATH_MAX) {
      return NULL;
    }
  }
  size_t length = strlen(absolute);
  while (length > 1 && (absolute[length - 1] == '/' || absolute[length - 1] == '.')
         && absolute[length - 2] == '/') {
    absolute[--length] = 0;
  }
  while (length > 1 && absolute[length - 1] == '/') {
    absolute[--length] = 0;
  }
  if (strncmp(absolute, root, root_length) != 0) {
    return NULL;
  }
  return absolute[root_length] == 0 ? "." : absolute[root_length] == '/'
      ? absolute + root_length + 1 : NULL;
}

static struct known *find(dev_t device, ino_t inode) {
  for (int i = file_count - 1; i >= 0; i--) {
    if (files[i].inode == inode && files[i].device == device) {
      return &files[i];
    }
  }
  return NULL;
}

struct known *of(int fd, struct stat *found) {
  if (record < 0 || fd < 0 || fstat(fd, found) != 0) {
    return NULL;
  }
  return find(found->st_dev, found->st_ino);
}

void forget(const struct stat *gone) {
  struct known *file = find(gone->st_dev, gone->st_ino);
  if (file != NULL) {
    free(file->name);
    *file = files[--file_count];
  }
}

void opened(int fd, const char *name, int existed, int flags) {
  struct stat found;
  if (fstat(fd, &found) != 0) {
    die(name);
  }
  int is_folder = S_ISDIR(found.st_mode);
  int is_note = strcmp(name, "notes") == 0;
  int is_new = find(found.st_dev, found.st_ino) == NULL;
  if (is_new) {
    if (file_count == MOST_FILES) {
      die("too many files");
    }
    struct known file = {found.st_dev, found.st_ino, is_folder, is_note, strdup(name)};
    files[file_count++] = file;
  }
  if (is_folder || is_note) {
    return;
  }
  if (!existed) {
    append(CREATE, found.st_ino, name, 0, NULL, 0);
  } else if (is_new) {
    append(OPENED, found.st_ino, name, 0, NULL, 0);
  }
  if (existed && (flags & O_TRUNC) && (flags & O_ACCMODE) != O_RDONLY) {
    append(SIZE, found.st_ino, NULL, 0, NULL, 0);
  }
}

int64_t place(int fd, const struct stat *file) {
  int flags = fcntl(fd, F_GETFL);
  return flags >= 0 && (flags & O_APPEND) ? (int64_t)file->st_size
                                           : (int64_t)lseek64(fd, 0, SEEK_CUR);
}

void wrote(
    const struct known *file, int64_t at, const struct iovec *parts, int count, ssize_t length) {
  if (length <= 0) {
    return;
  }
  char *bytes = malloc((size_t)length);
  if (bytes == NULL) {
    die("memory");
  }
  size_t done = 0;
  for (int i = 0; i < count && done < (size_t)length; i++) {
    size_t more = parts[i].iov_len;
    more = more < (size_t)length - done ? more : (size_t)length - done;
    memcpy(bytes + done, parts[i].iov_base, more);
    done += more;
  }
  append(file->is_note ? NOTE : WRITE, file->inode, NULL, at, bytes, done);
  free(bytes);
}

void resized(int fd, const struct known *file) {
  struct stat now;
  if (fstat(fd, &now) != 0) {
    die(file->name);
  }
  append(SIZE, file->inode, NULL, (int64_t)now.st_size, NULL, 0);
}

void synced(const struct known *file) {
  if (file->is_folder) {
    append(SYNC_FOLDER, file->inode, file->name, 0, NULL, 0);
  } else {
    append(SYNC, file->inode, NULL, 0, NULL, 0);
  }
}

