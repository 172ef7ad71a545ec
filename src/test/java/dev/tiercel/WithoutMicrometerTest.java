package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does not ask for metrics needs no Micrometer. */
class WithoutMicrometerTest {
  @TempDir Path folder;

  @Test
  void aStackIsOpenedUsedLookedAtAndClosedWithoutIt() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("micrometer"))
            .collect(Collectors.joining(File.pathSeparator));
    Path errors = folder.resolve("errors");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                classPath,
                WithoutMicrometer.class.getName(),
                folder.resolve("tasks.db").toString())
            .redirectError(errors.toFile())
            .start();
    String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = run.waitFor();
    assertEquals(0, status, Files.readString(errors));
    assertEquals(
        List.of(
            "1",
            "true",
            "metrics need io.micrometer:micrometer-core, 1.14 or newer, on the class path or module"
                + " path",
            "closed"),
        printed.lines().toList());
  }
}
