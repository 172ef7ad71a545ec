package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tiercel.task.TaskRepository;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the pages beside README run as they stand there, and no link leads nowhere. */
class DocsTest {
  private static final Path DOCS = Path.of("docs");
  private static final Pattern OPTIONAL =
      Pattern.compile(
          "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*"
              + "(?:<version>[^<]+</version>\\s*)?<optional>true");
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?<file>[^)#:\\s]*)(?:#(?<anchor>[^)\\s]+))?\\)");

  @TempDir Path folder;

  @Test
  void theTaskProgramRunsAsPrinted() throws Exception {
    assertEquals(new Programs(DOCS.resolve("tasks.md"), folder).output(), run("tasks.md", "Work"));
  }

  @Test
  void everyCallOfTheRepositoryIsInItsTable() throws IOException {
    String page = Files.readString(DOCS.resolve("tasks.md"));
    String table = page.substring(page.indexOf("## Calls"), page.indexOf("## Versions"));
    assertEquals(
        List.of(),
        Arrays.stream(TaskRepository.class.getMethods())
            .map(Method::getName)
            .distinct()
            .filter(name -> !table.matches("(?s).*`" + name + "[`(].*"))
            .toList());
  }

  @Test
  void theConfiguredProgramRunsAsPrinted() throws Exception {
    assertEquals(
        List.of("1 pending", "below memory: sqlite", "below memory: files", "kept warm: urgent"),
        run("configuration.md", "Configure"));
  }

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
  void everyLinkLeadsToAPlaceOfTheProject() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String file = link.group("file");
        String anchor = link.group("anchor");
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        if (Files.notExists(target) || (anchor != null && !anchors(target).contains(anchor))) {
          dead.add(page + ": " + link.group());
        }
      }
    }
    assertEquals(List.of(), dead);
  }

  /* As the hosts of repositories make them of the headings. */
  private static Set<String> anchors(Path page) throws IOException {
    return Files.readString(page)
        .replaceAll("(?s)```.*?```", "")
        .lines()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void theTableOfOptionalDependenciesIsThatOfTheBuild() throws IOException {
    List<String> declared =
        OPTIONAL
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .map(found -> found.group(1) + ":" + found.group(2))
            .sorted()
            .toList();
    assertFalse(declared.isEmpty());
    assertEquals(
        declared,
        Pattern.compile("^\\| `([a-z0-9.]+:[a-z0-9._-]+)` \\|", Pattern.MULTILINE)
            .matcher(Files.readString(DOCS.resolve("configuration.md")))
            .results()
            .map(found -> found.group(1))
            .sorted()
            .toList());
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
