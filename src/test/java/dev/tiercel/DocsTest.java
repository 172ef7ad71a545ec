package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the pages beside README, compiled and run as they stand there. */
class DocsTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theAsynchronousProgramRunsAsPrinted() throws Exception {
    assertEquals(
        List.of("Write the report", "42", "pending: Write the report"), run("async.md", "Async"));
  }

  @Test
  void theServingProgramRunsAsPrinted() throws Exception {
    assertEquals(
        List.of(
            "2 lines",
            "true",
            "{\"title\":\"Bad Request\",\"status\":400,"
                + "\"detail\":\"limit is 'none', it must be a whole number from 1 to 1000\","
                + "\"parameter\":\"limit\"}",
            "{\"type\":\"https://iana.org/assignments/http-problem-types#quota-exceeded\","
                + "\"title\":\"Too Many Requests\",\"status\":429,"
                + "\"detail\":\"too many requests; the next one is taken in N s\","
                + "\"violated-policies\":[\"default\"]}"),
        run("limits-and-pages.md", "Serve").stream()
            .map(line -> line.replaceAll("in [0-9]+ s", "in N s"))
            .toList());
  }

  private List<String> run(String page, String name) throws Exception {
    Matcher program = PROGRAM.matcher(Files.readString(Path.of("docs", page)));
    while (program.find()) {
      if (program.group(1).contains("public class " + name + " {")) {
        return run(Files.writeString(folder.resolve(name + ".java"), program.group(1)));
      }
    }
    throw new AssertionError(page + " shows no program " + name);
  }

  private List<String> run(Path source) throws Exception {
    Path errors = folder.resolve("errors");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                source.toString())
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start();
    String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = run.waitFor();
    String complaints = Files.readString(errors);
    assertEquals(0, status, printed + complaints);
    return printed.lines().toList();
  }

  private static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
