package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compiles and runs the programs of a page, as a newcomer would who copies them. */
public final class Programs {
  private static final Pattern PROGRAM = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
  private static final Pattern OUTPUT =
      Pattern.compile("It prints\\R\\R```\\R(.*?)```", Pattern.DOTALL);

  private final Path page;
  private final Path folder;

  /** Of a page; the programs are put into the folder and run there. */
  public Programs(Path page, Path folder) {
    this.page = page;
    this.folder = folder;
  }

  /** What the program of that name prints. */
  public List<String> run(String name) throws Exception {
    Path errors = folder.resolve("errors");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                classPath(),
                source(name).toString())
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start();
    String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = run.waitFor();
    String complaints = Files.readString(errors);
    assertEquals(0, status, printed + complaints);
    return printed.lines().toList();
  }

  /** The file of the program of that name. */
  public Path source(String name) throws IOException {
    return Files.writeString(folder.resolve(name + ".java"), text(name));
  }

  /** The program of that name, as it stands on the page. */
  String text(String name) throws IOException {
    Matcher program = PROGRAM.matcher(Files.readString(page));
    while (program.find()) {
      if (program.group(1).contains("public class " + name + " ")) {
        return program.group(1);
      }
    }
    throw new AssertionError(page + " shows no program " + name);
  }

  /** What the page says that its program prints. */
  List<String> output() throws IOException {
    Matcher output = OUTPUT.matcher(Files.readString(page));
    if (!output.find()) {
      throw new AssertionError(page + " does not say what is printed");
    }
    return output.group(1).lines().toList();
  }

  /** That of the tests, from any folder. */
  public static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
