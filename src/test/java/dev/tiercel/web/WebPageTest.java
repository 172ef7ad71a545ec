package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.Programs;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/web.md, and its table. */
class WebPageTest {
  private static final Path PAGE = Path.of("docs", "web.md");
  private static final Pattern SETTING = Pattern.compile("`(\\w+)\\([^`]*\\)`");

  @TempDir Path folder;

  @Test
  void theProgramForTheJdksServerRunsAsItIsSaid() throws Exception {
    assertEquals(
        List.of(
            "no-cache, hit: false",
            "no-cache, hit: true",
            "no-cache, hit: false",
            "no-cache, hit: true"),
        new Programs(PAGE, folder).run("Pages"));
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
                Programs.classPath(),
                new Programs(PAGE, folder).source("Mount").toString());
    assertEquals(0, status);
  }

  @Test
  void everySettingIsInTheTable() throws IOException {
    String page = Files.readString(PAGE);
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
}
