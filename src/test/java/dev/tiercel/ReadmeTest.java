package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's programs do what it says; its commands are those that CI runs. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Path WRAPPING = Path.of("docs", "wrapping.md");
  private static final Pattern WRAP =
      Pattern.compile("```java\\R( *try \\(TieredCache .*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void theRepositoryProgramRunsAsPrinted() throws Exception {
    Programs programs = new Programs(README, folder);
    List<String> printed = programs.run("Hello");
    assertEquals(
        List.of(
            "Write the report",
            "true",
            "Read the report: COMPLETED",
            "2 completed, 1 pending",
            "write 6 changed agent:agent-7"),
        printed);
    assertEquals(printed, programs.output());
  }

  @Test
  void theLinesThatWrapAnInterfaceAreThoseOfAProgramThatIsRun() throws IOException {
    Matcher lines = WRAP.matcher(readme());
    assertTrue(lines.find());
    String program = new Programs(WRAPPING, folder).text("Wrap");
    assertTrue(program.contains(lines.group(1)), program);
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
    return Files.readString(README);
  }
}
