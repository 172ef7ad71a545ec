package dev.tiercel.store;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory that is full after a few megabytes. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts it, or says why the test cannot run here. */
  public static SmallDisk mount(Path folder, int mebibytes) throws IOException {
    Files.createDirectory(folder);
    String size = "size=" + mebibytes + "m";
    String told = run("mount", "-t", "tmpfs", "-o", size, "tiercel", folder.toString());
    if (!told.isEmpty()) {
      return abort("no small disk can be mounted here, that takes root: " + told);
    }
    return new SmallDisk(folder);
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /** From now on nothing on it can be changed; no file there may be open for writing. */
  public void makeReadOnly() throws IOException {
    String told = run("mount", "-o", "remount,ro", folder.toString());
    if (!told.isEmpty()) {
      throw new IOException("the small disk cannot be made read-only: " + told);
    }
  }

  private static String run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.onExit().join().exitValue();
    return status == 0 ? "" : "exit value " + status + ", " + said;
  }

  @Override
  public void close() throws IOException {
    // Also with files open, which a failed test may have left behind.
    String told = run("umount", "-l", folder.toString());
    if (!told.isEmpty()) {
      throw new IOException("the small disk stays mounted: " + told);
    }
  }
}
