package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who serves by the JDK's server needs no servlets. */
class WithoutServletApiTest {
  @TempDir Path folder;

  @Test
  void pagesAreListedKeptAndLimitedWithoutIt() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !new File(entry).getName().contains("servlet"))
            .collect(Collectors.joining(File.pathSeparator));
    Path printed = folder.resolve("printed");
    Path errors = folder.resolve("errors");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                classPath,
                WithoutServletApi.class.getName())
            .redirectOutput(printed.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertTrue(run.waitFor(2, TimeUnit.MINUTES), "it does not come to an end");
      assertEquals(0, run.exitValue(), Files.readString(errors));
      assertEquals(
          List.of("200, hit: false", "200, hit: true", "429, hit: false"),
          Files.readAllLines(printed));
    } finally {
      run.toHandle().destroyForcibly();
    }
  }
}
