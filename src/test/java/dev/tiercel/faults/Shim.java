package dev.tiercel.faults;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The library from {@code faults.c} that stands before the C library of a child process. */
public final class Shim {
  private Shim() {}

  /** Compiles the shim, or says why these tests cannot run here. */
  public static Path compile(Path folder) throws IOException, InterruptedException {
    assumeTrue(
        System.getProperty("os.name", "").startsWith("Linux"),
        "faults are put before the C library as only Linux does it");
    Path library = folder.resolve("faults.so");
    Path said = folder.resolve("cc.out");
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(
                  "gcc",
                  "-O1",
                  "-shared",
                  "-fPIC",
                  "-o",
                  library.toString(),
                  Path.of("src", "test", "native", "faults.c").toString(),
                  "-ldl")
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException e) {
      return abort("there is no gcc to compile faults.c: " + e.getMessage());
    }
    if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
      throw new AssertionError("faults.c does not compile: " + Files.readString(said));
    }
    return library;
  }
}
