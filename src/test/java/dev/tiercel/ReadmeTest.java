package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's program, compiled and run as a newcomer would; its commands, as CI runs them. */
class ReadmeTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theRepositoryProgramRunsAsPrinted() throws Exception {
    assertEquals(
        List.of(
            "Write the report",
            "true",
            "Read the report: COMPLETED",
            "2 completed, 1 pending",
            "write 7 changed agent:agent-7"),
        run("Hello"));
  }

  @Test
  void theProgramInFrontOfAnotherRepositoryRunsAsPrinted() throws Exception {
    assertEquals(List.of("0", "1", "true"), run("InFront"));
  }

  @Test
  void theProgramAroundAnyInterfaceRunsAsPrinted() throws Exception {
    assertEquals(List.of("1 true", "true", "2"), run("Wrap"));
  }

  @Test
  void theCacheProgramRunsAsPrinted() throws Exception {
    assertEquals(
        List.of("[write]", "[write]", "[write, read]", "false", "1 hit, 2 loads"), run("Board"));
  }

  @Test
  void thePoolProgramRunsAsPrinted() throws Exception {
    assertEquals(List.of("32", "1 made, 1 disposed of", "true"), run("Lend"));
  }

  @Test
  void theProgramThatShowsItselfRunsAsPrinted() throws Exception {
    assertEquals(List.of("at 127.0.0.1"), run("Look"));
  }

  @Test
  void theMeteredProgramRunsAsPrinted() throws Exception {
    assertEquals(List.of("1.0", "1", "1", "0"), run("Metered"));
  }

  private List<String> run(String name) throws Exception {
    Matcher program = PROGRAM.matcher(readme());
    while (program.find()) {
      if (program.group(1).contains("public class " + name + " {")) {
        return run(Files.writeString(folder.resolve(name + ".java"), program.group(1)));
      }
    }
    throw new AssertionError("README shows no program " + name);
  }

  private List<String> run(Path source) throws Exception {
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                source.toString())
            .directory(folder.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, run.waitFor(), () -> printed + read(folder.resolve("errors")));
    return printed.lines().toList();
  }

  @Test
  void programStartsWithinSixtyLines() throws IOException {
    List<String> lines = readme().lines().toList();
    assertTrue(lines.indexOf("```java") < 60 && lines.contains("```java"));
  }

  @Test
  void ciRunsTheTestCommand() throws IOException {
    assertTrue(readme().contains("\nmvn verify "));
    String ci = Files.readString(Path.of(".ci", "run"));
    assertTrue(
        Pattern.compile("^mvn( -[A-Za-z-]+)* verify$", Pattern.MULTILINE).matcher(ci).find(), ci);
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String absolute(String classPath) {
    return String.join(
        File.pathSeparator,
        List.of(classPath.split(File.pathSeparator)).stream()
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }
}
