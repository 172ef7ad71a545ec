package dev.tiercel.tier;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The permissions of files with cached values: nobody but their owner reads or writes them. */
final class OwnerOnly {
  private static final FileAttribute<?>[] NONE = {};

  private OwnerOnly() {}

  /** For a new file; none where the file system has other ones. */
  static FileAttribute<?>[] file(Path file) {
    return attributes(file, "rw-------");
  }

  /** For a new folder; none where the file system has other ones. */
  static FileAttribute<?>[] folder(Path folder) {
    return attributes(folder, "rwx------");
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return NONE;
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }
}
