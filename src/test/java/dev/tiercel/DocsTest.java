package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the pages beside README run as they stand there, and no link leads nowhere. */
class DocsTest {
  private static final Path DOCS = Path.of("docs");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)\\s]*)?\\)");

  @TempDir Path folder;

  @Test
  void theProgramInFrontOfAnotherRepositoryRunsAsPrinted() throws Exception {
    assertEquals(List.of("0", "1", "true"), run("wrapping.md", "InFront"));
  }

  @Test
  void theProgramAroundAnyInterfaceRunsAsPrinted() throws Exception {
    assertEquals(List.of("1 true", "true", "2"), run("wrapping.md", "Wrap"));
  }

  @Test
  void theCacheProgramRunsAsPrinted() throws Exception {
    assertEquals(
        List.of("[write]", "[write]", "[write, read]", "false", "1 hit, 2 loads"),
        run("caching.md", "Board"));
  }

  @Test
  void thePoolProgramRunsAsPrinted() throws Exception {
    assertEquals(List.of("32", "1 made, 1 disposed of", "true"), run("pool.md", "Lend"));
  }

  @Test
  void theProgramThatShowsItselfRunsAsPrinted() throws Exception {
    assertEquals(List.of("at 127.0.0.1"), run("dashboard.md", "Look"));
  }

  @Test
  void theMeteredProgramRunsAsPrinted() throws Exception {
    assertEquals(List.of("1.0", "1", "1.0", "0"), run("metrics.md", "Metered"));
  }

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

  @Test
  void everyLinkLeadsToAFileOfTheProject() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (Files.notExists(page.resolveSibling(link.group(1)))) {
          dead.add(page + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), dead);
  }

  @Test
  void theIndexNamesEveryPage() throws IOException {
    String index = Files.readString(DOCS.resolve("README.md"));
    assertEquals(
        List.of(),
        pages().stream()
            .map(page -> page.getFileName().toString())
            .filter(name -> !name.equals("README.md") && !index.contains("(" + name + ")"))
            .toList());
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(DOCS)) {
      return Stream.concat(Stream.of(Path.of("README.md")), docs)
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }

  private List<String> run(String page, String name) throws Exception {
    return new Programs(DOCS.resolve(page), folder).run(name);
  }
}
