package dev.tiercel.tier;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The folder of a {@link FileTier} and the names in it. What it makes is for its owner only, where
 * the file system knows owners; what it did not make it leaves alone.
 */
final class SegmentFolder {
  private static final String SUFFIX = ".segment";
  private static final Pattern NAME = Pattern.compile("[0-7][0-9a-f]{15}\\" + SUFFIX);

  private final Path path;

  SegmentFolder(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Makes it, unless it is there. */
  void make() throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, OwnerOnly.folder(path));
    }
  }

  /** Where the right to use it is. */
  Path lock() {
    return path.resolve("owner.lock");
  }

  Path segment(long id) {
    return path.resolve(HexFormat.of().toHexDigits(id) + SUFFIX);
  }

  /** The numbers of the segments in it, the oldest first. */
  List<Long> ids() throws IOException {
    List<Long> ids = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (NAME.matcher(name).matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          ids.add(HexFormat.fromHexDigitsToLong(name, 0, name.length() - SUFFIX.length()));
        }
      }
    }
    Collections.sort(ids);
    return ids;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
