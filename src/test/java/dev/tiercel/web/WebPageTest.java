package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/web.md, and its table. */
class WebPageTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern SETTING = Pattern.compile("`(\\w+)\\([^`]*\\)`");

  @TempDir Path folder;

  @Test
  void theProgramForTheJdksServerRunsAsItIsSaid() throws Exception {
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                classPath(),
                program("Pages").toString())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, run.waitFor(), Files.readString(folder.resolve("errors")));
    assertEquals(
        List.of(
            "no-cache, hit: false",
            "no-cache, hit: true",
            "no-cache, hit: false",
            "no-cache, hit: true"),
        printed.lines().toList());
  }

  @Test
  void theProgramForServletsCompiles() throws Exception {
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                folder.toString(),
                "-proc:none",
                "-cp",
                classPath(),
                program("Mount").toString());
    assertEquals(0, status);
  }

  @Test
  void everySettingIsInTheTable() throws IOException {
    String page = Files.readString(Path.of("docs", "web.md"));
    String table = page.substring(page.indexOf("## Settings"), page.indexOf("## Limits"));
    List<String> named =
        SETTING.matcher(table).results().map(match -> match.group(1)).sorted().toList();
    List<String> settings =
        Arrays.stream(ResponseCacheBuilder.class.getMethods())
            .filter(method -> method.getReturnType() == ResponseCacheBuilder.class)
            .map(Method::getName)
            .filter(name -> !name.equals("clock"))
            .sorted()
            .collect(Collectors.toList());
    assertEquals(settings, named);
  }

  private Path program(String name) throws IOException {
    Matcher program = PROGRAM.matcher(Files.readString(Path.of("docs", "web.md")));
    while (program.find()) {
      if (program.group(1).contains("public class " + name + " ")) {
        return Files.writeString(folder.resolve(name + ".java"), program.group(1));
      }
    }
    throw new AssertionError("docs/web.md shows no program " + name);
  }

  private static String classPath() {
    String path = System.getProperty("java.class.path");
    assertTrue(!path.isEmpty());
    return Arrays.stream(path.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
