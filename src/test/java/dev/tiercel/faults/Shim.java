package dev.tiercel.faults;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A library from {@code src/test/native} that stands before the C library of a child process. */
public final class Shim {
  private Shim() {}

  /** Compiles the one that makes calls fail, or says why these tests cannot run here. */
  public static Path compile(Path folder) throws IOException, InterruptedException {
    return compile(folder, "faults.c");
  }

  /** The same with these sources, the first of which gives it its name. */
  public static Path compile(Path folder, String... sources)
      throws IOException, InterruptedException {
    String name = sources[0];
    assumeTrue(
        System.getProperty("os.name", "").startsWith("Linux"),
        () -> skipped(name + " is put before the C library as only Linux does it"));
    Path library = folder.resolve(name.replace(".c", ".so"));
    List<String> command =
        new ArrayList<>(List.of("gcc", "-O1", "-shared", "-fPIC", "-o", library.toString()));
    for (String source : sources) {
      command.add(Path.of("src", "test", "native", source).toString());
    }
    command.addAll(List.of("-ldl", "-lpthread"));
    Path said = folder.resolve("cc.out");
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException e) {
      return abort(skipped("there is no gcc to compile " + name + ": " + e.getMessage()));
    }
    if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
      throw new AssertionError(name + " does not compile: " + Files.readString(said));
    }
    return library;
  }

  private static String skipped(String why) {
    System.out.println("skipped: " + why);
    return why;
  }
}
