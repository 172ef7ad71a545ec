package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every public type, method, parameter, result and exception is documented. */
class JavadocTest {
  private static final Pattern COMPLAINT = Pattern.compile("^(.+\\.java):(\\d+): warning: (.*)$");
  private static final Pattern COMPACT_CONSTRUCTOR = Pattern.compile("\\s+public \\w+ \\{");

  @TempDir Path folder;

  @Test
  void nothingPublicIsUndocumented() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String line : missing(sources(Path.of("src", "main", "java")))) {
      Matcher complaint = COMPLAINT.matcher(line);
      if (complaint.matches() && !isCompactConstructor(complaint)) {
        missing.add(line);
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void aMissingCommentWouldBeSeen() throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("Bare.java"),
            "/** Known. */ public class Bare { public int bare(int x) { return x; } }");
    assertTrue(
        missing(List.of(source.toString())).stream().anyMatch(l -> l.contains("no comment")));
  }

  /* A record's components are documented at the record; doclint asks for them here once more. */
  private static boolean isCompactConstructor(Matcher complaint) throws IOException {
    List<String> lines = Files.readAllLines(Path.of(complaint.group(1)));
    int line = Integer.parseInt(complaint.group(2)) - 1;
    return COMPACT_CONSTRUCTOR.matcher(lines.get(line)).lookingAt();
  }

  private static List<String> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<String> sources =
          files
              .map(Path::toString)
              .filter(file -> file.endsWith(".java") && !file.endsWith("module-info.java"))
              .toList();
      assertFalse(sources.isEmpty());
      return sources;
    }
  }

  private List<String> missing(List<String> sources) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-d",
                folder.resolve("out").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xdoclint:missing",
                "-Xmaxwarns",
                "1000",
                "-quiet"));
    arguments.addAll(sources);
    StringWriter out = new StringWriter();
    ToolProvider.findFirst("javadoc")
        .orElseThrow()
        .run(new PrintWriter(out), new PrintWriter(out), arguments.toArray(String[]::new));
    return out.toString().lines().toList();
  }
}
